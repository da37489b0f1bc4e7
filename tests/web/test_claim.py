"""The one-time link makes the owner; passwords, sign-in, and the way back when a password is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from keepwarm.models import ImportRun, Membership, Pick, SignInLink, Space, User
from keepwarm.store import spaces
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
OWNER = {"name": "Dee Example", "email": "Dee@Example.com", "password1": "correct horse", "zone": "Europe/Lisbon"}


@pytest.fixture
def link(db: None) -> str:
    return reverse("sign_in_link", args=[spaces.new_link(spaces.home(), None, NOW)])


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_it_works(client: Client, link: str) -> None:
    answer = client.post(link, OWNER, follow=True)
    assert "Welcome, Dee" in words(answer)
    assert signed_in(client)
    member = Membership.objects.get()
    assert (member.user.email, member.user.name) == ("dee@example.com", "Dee Example")
    assert (member.is_owner, member.sign_off, member.time_zone) == (True, "Dee", "Europe/Lisbon")


def test_looking_does_not_burn_it(client: Client, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert client.post(link, OWNER).status_code == 302


def test_once_used_it_is_dead(client: Client, link: str) -> None:
    client.post(link, OWNER)
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "keepwarm sign-in-link" in words(answer)
    assert Client().post(link, OWNER | {"email": "eve@example.com"}).status_code == 410
    assert User.objects.count() == 1


def test_of_two_at_once_one_wins(link: str) -> None:
    """Both have opened it before either sends the form."""
    found = spaces.link(link.rpartition("/")[2], NOW)
    again = spaces.link(link.rpartition("/")[2], NOW)
    spaces.claim(found, "Dee", "dee@example.com", "correct horse", NOW)
    with pytest.raises(spaces.DeadLink):
        spaces.claim(again, "Eve", "eve@example.com", "correct horse", NOW)
    assert list(User.objects.values_list("email", flat=True)) == ["dee@example.com"]


def test_a_day_later_it_is_dead(client: Client, link: str) -> None:
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert client.get(link).status_code == 410


def test_a_new_link_ends_the_old_one(client: Client, link: str) -> None:
    spaces.new_link(spaces.home(), None, NOW)
    assert client.get(link).status_code == 410


def test_what_was_brought_in_before_becomes_theirs(client: Client, link: str) -> None:
    home = spaces.home()
    network(home, 3)
    Pick.objects.create(
        space=home, person=home.person_set.first(), day=NOW.date(), position=0, slot="warm_up", score=1, made_at=NOW
    )  # fmt: skip
    client.post(link, OWNER)
    assert {run.user for run in ImportRun.objects.all()} == {User.objects.get()}
    assert Pick.objects.get().user == User.objects.get()
    assert "Three people to say hello to" in words(client.get("/"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password1", "short", "too short"),
        ("password1", "password", "too common"),
        ("password1", "", "required"),
        ("email", "nonsense", "valid email"),
        ("name", "", "required"),
        ("name", "   ", "required"),
    ],
)
def test_what_cannot_be_is_said_and_burns_nothing(client: Client, link: str, field: str, value: str, said: str) -> None:
    answer = client.post(link, OWNER | {field: value})
    assert said in words(answer)
    assert not User.objects.exists()
    assert client.post(link, OWNER).status_code == 302


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "x" * 500])
def test_an_unknown_zone_is_this_machines(client: Client, link: str, zone: str) -> None:
    client.post(link, OWNER | {"zone": zone})
    assert Membership.objects.get().time_zone == ""
    assert client.get("/").status_code == 200


def test_a_password_that_is_ones_own_address_is_refused(client: Client, link: str) -> None:
    assert client.post(link, OWNER | {"password1": "dee@example.com"}).status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["ada@example.com", "ADA@Example.COM", " ada@example.com "])
def test_sign_in(cast: Cast, client: Client, email: str) -> None:
    answer = client.post(reverse("account_login"), {"login": email, "password": "correct horse"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(cast: Cast, client: Client) -> None:
    wrong, unknown = (
        words(client.post(reverse("account_login"), {"login": email, "password": "wrong horse"}))
        for email in ("ada@example.com", "nobody@example.com")
    )
    assert wrong == unknown
    assert not signed_in(client)


def test_after_sign_in_one_is_where_one_wanted_to_be(cast: Cast, client: Client) -> None:
    asked = client.get(reverse("import"))
    answer = client.post(asked.url, {"login": "ada@example.com", "password": "correct horse", "next": "/import"})
    assert answer.url == "/import"


def test_sign_in_leads_to_no_other_site(cast: Cast, client: Client) -> None:
    sent = {"login": "ada@example.com", "password": "correct horse", "next": "https://evil.example/"}
    assert client.post(reverse("account_login"), sent).url == "/"


def test_guessing_is_stopped(cast: Cast, client: Client) -> None:
    said = [
        words(client.post(reverse("account_login"), {"login": "ada@example.com", "password": f"guess {n}"}))
        for n in range(7)
    ]
    assert "Too many" in said[-1]
    client.post(reverse("account_login"), {"login": "ada@example.com", "password": "correct horse"})
    assert not signed_in(client)


def test_asking_too_often_is_stopped(cast: Cast, client: Client) -> None:
    sent = [client.post(reverse("account_login"), {"login": f"{n}@example.com", "password": "x"}) for n in range(40)]
    assert sent[-1].status_code == 429
    assert "A little too fast" in words(sent[-1])


def test_sign_out(cast: Cast, ada: Client) -> None:
    ada.post(reverse("account_logout"))
    assert not signed_in(ada)
    assert ada.get("/").status_code == 302


def test_looking_at_sign_out_does_not_sign_out(cast: Cast, ada: Client) -> None:
    ada.get(reverse("account_logout"))
    assert signed_in(ada)


@pytest.mark.parametrize("path", ["/signup", "/sign-up", "/accounts/signup/", "/accounts/login/", "/admin/"])
def test_there_is_no_signing_up(cast: Cast, client: Client, path: str) -> None:
    assert client.get(path).status_code in (302, 404)
    if (answer := client.get(path)).status_code == 302:
        assert answer.url.startswith("/sign-in")
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_lost_password(cast: Cast, client: Client) -> None:
    address = reverse("sign_in_link", args=[spaces.new_link(cast.home, cast.ada, NOW)])
    assert "Sign in as Ada Example" in words(client.get(address))
    assert not signed_in(client)
    assert "A new password" in words(client.post(address, follow=True))
    client.post(reverse("set_password"), {"password1": "another horse"})
    assert signed_in(client)
    assert Client().get(address).status_code == 410
    cast.ada.refresh_from_db()
    assert cast.ada.check_password("another horse")


def test_a_sign_in_link_dies_within_the_hour(cast: Cast, client: Client) -> None:
    address = reverse("sign_in_link", args=[spaces.new_link(cast.home, cast.ada, NOW)])
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert client.post(address).status_code == 410


def test_a_new_password_only_after_the_link(cast: Cast, ada: Client) -> None:
    """Whoever finds a browser open must not change the lock."""
    answer = ada.post(reverse("set_password"), {"password1": "another horse"})
    assert answer.url == "/"
    cast.ada.refresh_from_db()
    assert cast.ada.check_password("correct horse")


def test_a_new_password_ends_other_sessions(cast: Cast, ada: Client) -> None:
    back = Client()
    back.post(reverse("sign_in_link", args=[spaces.new_link(cast.home, cast.ada, NOW)]))
    back.post(reverse("set_password"), {"password1": "another horse"})
    assert back.get("/").status_code == 200
    assert ada.get("/").status_code == 302


def test_a_weak_new_password_is_refused(cast: Cast, client: Client) -> None:
    client.post(reverse("sign_in_link", args=[spaces.new_link(cast.home, cast.ada, NOW)]))
    assert "too short" in words(client.post(reverse("set_password"), {"password1": "short"}))
    cast.ada.refresh_from_db()
    assert cast.ada.check_password("correct horse")


def test_only_a_hash_of_the_link_is_kept(link: str) -> None:
    token = link.rpartition("/")[2]
    assert token not in str(SignInLink.objects.values_list().get())
    assert Space.objects.count() == 1


def test_a_space_that_has_an_owner_is_not_claimed_again(cast: Cast, client: Client) -> None:
    link = reverse("sign_in_link", args=[spaces.new_link(cast.home, None, NOW)])
    assert client.post(link, OWNER).status_code == 410
    assert spaces.owner(cast.home) == cast.ada
    assert User.objects.count() == 3


def test_the_new_password_waits_for_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    client.post(reverse("sign_in_link", args=[spaces.new_link(cast.home, cast.ada, NOW)]))
    assert client.get(reverse("set_password")).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert client.post(reverse("set_password"), {"password1": "another horse"}).url == "/"
    cast.ada.refresh_from_db()
    assert cast.ada.check_password("correct horse")
