"""Push through Apprise, to a server of our own that speaks as ntfy does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from keepwarm.models import Channel, Membership, Nudge
from keepwarm.reminders import push
from keepwarm.store import reminders, secrets
from keepwarm.store.reminders import Trouble
from tests.build import network
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.reminders.conftest import reminded, tick

MINUTE = timedelta(minutes=1)
State = Nudge.State


class Ntfy:
    """What it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.status, self.headers = 200, {}  # type: tuple[int, dict[str, str]]
        ntfy = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if ntfy.status == 200:
                    ntfy.told.append(body)
                self.send_response(ntfy.status)
                for name, value in ntfy.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b'{"id": "x", "code": 40301, "error": "forbidden"}')

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"ntfy://127.0.0.1:{self.server.server_port}/keepwarm-ada"


@pytest.fixture
def ntfy() -> Iterator[Ntfy]:
    server = Ntfy()
    yield server
    server.server.shutdown()


@pytest.fixture
def phone(member: Membership, ntfy: Ntfy) -> Channel:
    return add(member, ntfy.url)


def add(member: Membership, url: str) -> Channel:
    since = NOW - timedelta(days=7, hours=1)
    channel = reminders.add_push(member, "My phone", push.service(url), secrets.seal({"url": url}), since)
    reminders.change(member, reminders._read({"days": "3", "at": "09:00"}), since)
    return channel


@pytest.mark.django_db
def test_it_works(cast: Cast, phone: Channel, ntfy: Ntfy) -> None:
    network(cast.home)
    assert [nudge.state for nudge in tick(NOW)] == [State.SENT]
    [told] = ntfy.told
    assert told["title"] == "Your twenty minutes, Thursday"
    assert told["topic"] == "keepwarm-ada"
    assert "http://localhost:8321/" in told["message"]
    assert "keepwarm-ada" not in Channel.objects.get().secret


@pytest.mark.django_db
def test_a_failure_is_kept_and_tried_again(cast: Cast, phone: Channel, ntfy: Ntfy) -> None:
    network(cast.home)
    ntfy.status = 403
    assert [nudge.state for nudge in tick(NOW)] == [State.CHOSEN]
    phone.refresh_from_db()
    assert "forbidden" in phone.trouble
    assert "keepwarm-ada" not in phone.trouble, "the address is a secret"
    ntfy.status = 200
    assert [nudge.state for nudge in tick(NOW + MINUTE)] == [State.SENT]
    phone.refresh_from_db()
    assert phone.trouble == ""


@pytest.mark.django_db
def test_one_a_day_over_all_ways(cast: Cast, member: Membership, phone: Channel, ntfy: Ntfy, post: Post) -> None:
    network(cast.home)
    reminded(member, post)
    tick(NOW)
    assert (len(ntfy.told), len(post.letters)) == (1, 0)


@pytest.mark.django_db
def test_the_next_way_is_taken_where_the_first_fails(
    cast: Cast, member: Membership, phone: Channel, ntfy: Ntfy, post: Post
) -> None:
    network(cast.home)
    reminded(member, post)
    ntfy.status = 500
    for minutes in range(10):
        tick(NOW + minutes * MINUTE)
    assert len(post.letters) == 1
    assert Nudge.objects.get().state == State.SENT


@pytest.mark.django_db
def test_killed_on_its_way_it_does_not_ring_twice(cast: Cast, phone: Channel, ntfy: Ntfy) -> None:
    """Nothing tells a second push from the first, as a Message-ID does: so it counts as sent."""
    network(cast.home)
    reminders.choose_due(NOW)
    [id] = reminders.waiting(NOW)
    nudge = reminders.claim(id, NOW)
    member = Membership.objects.get(user=cast.ada)
    reminders.take_way(nudge, member)
    reminders.hand_over(nudge, NOW.date(), NOW)
    assert tick(NOW + 4 * MINUTE) == []
    assert (Nudge.objects.get().state, ntfy.told) == (State.SENT, [])


@pytest.mark.parametrize(
    "url",
    ["exec://rm", "file:///etc/passwd", "json://example.com", "mailto://a:b@example.com", "syslog://", "https://x.y"],
)
def test_what_is_no_service_is_refused(url: str) -> None:
    with pytest.raises(push.Unknown, match="does not send by"):
        push.service(url)


@pytest.mark.parametrize("url", ["ntfy", "tgram://", "slack://x"])
def test_an_address_that_is_not_whole_is_refused(url: str) -> None:
    with pytest.raises(push.Unknown):
        push.service(url)


@pytest.mark.parametrize("url", ["ntfys://ntfy.sh/topic", "tgram://123456789:abcdefg_hijklmnop/12315544/"])
def test_services_are_known(url: str) -> None:
    assert push.service(url) in push.known()


@pytest.mark.django_db
def test_users_of_a_shared_server_do_not_look_around_in_its_network(
    cast: Cast, phone: Channel, ntfy: Ntfy, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://keepwarm.example"
    with pytest.raises(Trouble, match="in the network of this server"):
        push.send(phone, "title", "body")
    assert ntfy.told == []


@pytest.mark.django_db
def test_nobody_is_followed_elsewhere(cast: Cast, phone: Channel, ntfy: Ntfy) -> None:
    other = Ntfy()
    ntfy.status, ntfy.headers = 307, {"Location": f"http://127.0.0.1:{other.server.server_port}/"}
    with pytest.raises(Trouble):
        push.send(phone, "title", "body")
    assert other.told == []
    other.server.shutdown()
