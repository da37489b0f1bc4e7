"""Are these people?: look, say yes, no or that is me, and take it back."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keepwarm.models import OwnerFact, Stranger
from keepwarm.store import verdicts
from keepwarm.web import strangers
from tests.build import bring_in, here, person
from tests.conftest import Cast
from tests.store.test_strangers import ADA, FROM_ANN, TO_ANN, letter, read
from tests.web.pages import act, words

pytestmark = pytest.mark.django_db
BOB = "Bob Fox <bob@example.org>"


@pytest.fixture
def waiting(cast: Cast) -> dict[str, Stranger]:
    """Bob and Cat wrote, a newsletter came, and Ann became a person by herself."""
    read(
        cast, FROM_ANN, TO_ANN, letter("cat@example.org", ADA, day=7),
        letter("deals@example.net", ADA, automatic="bulk"), *[letter(BOB, ADA, day=day) for day in range(4)],
    )  # fmt: skip
    return {row.key[2:].partition("@")[0]: row for row in Stranger.objects.all()}


def look(browser: Client, **asked: object) -> str:
    return words(browser.get(reverse("strangers"), asked))


def say(browser: Client, row: Stranger, said: str) -> str:
    return act(browser, "strangers_decide", row.id, said=said)


def take_back(browser: Client, page: str) -> str:
    """What the first Undo on this page does."""
    address = re.findall(r'action="(/strangers/[^"]+/undo[^"]*)"', page)[0].replace("&amp;", "&")
    return words(browser.post(address, follow=True))


def test_it_works(ada: Client, waiting: dict[str, Stranger]) -> None:
    told = look(ada)
    assert "Perhaps people 2 Probably not 1 Became people 1" in told
    assert "Bob Fox bob@example.org Wrote to you 4 times, last in January; you never answered. Day 3" in told
    assert told.index("Bob Fox") < told.index("cat@example.org")
    assert "deals@example.net" not in told


def test_probably_not_says_why(ada: Client, waiting: dict[str, Stranger]) -> None:
    told = look(ada, part="hardly")
    assert "deals@example.net Sent 1 newsletter or notice, in January. Newsletters or notices Yes" in told


@pytest.mark.parametrize(
    ("key", "counts", "told"),
    [
        ("e:a@example.org", {"received": 1}, "Wrote to you once, on 2 November; you never answered."),
        ("e:a@example.org", {"sent": 2}, "You wrote twice, last on 2 November; no answer came."),
        ("p:+15550100", {"sent": 1200}, "You called or wrote 1,200 times, last on 2 November; no answer came."),
        ("e:a@example.org", {"sent": 1, "received": 3}, "Wrote to you 3 times and you once, last on 2 November."),
        ("e:a@example.org", {"wide": 5}, "On 5 letters or meetings with many others, last on 2 November."),
    ],
)  # fmt: skip
def test_in_words(key: str, counts: dict[str, int], told: str) -> None:
    row = Stranger(key=key, last_on=date(2026, 11, 2), **counts)
    assert strangers.told(row, date(2026, 11, 12)) == told


def test_yes(cast: Cast, ada: Client, waiting: dict[str, Stranger]) -> None:
    page = ada.post(reverse("strangers_decide", args=[waiting["bob"].id]), {"said": "yes"}, follow=True)
    bob = person(cast.home, "Bob Fox")
    assert "Bob Fox is here now. Open Undo" in words(page)
    assert f'href="{reverse("person", args=[bob.id])}"' in page.content.decode()
    assert "Day 3" in words(ada.get(reverse("person", args=[bob.id])))
    assert "As before." in take_back(ada, page.content.decode())
    assert here(cast.home) == ["Ann Lee"]
    assert "Bob Fox bob@example.org" in look(ada)


def test_no_and_ask_again(ada: Client, waiting: dict[str, Stranger]) -> None:
    assert "Bob Fox: not a person." in say(ada, waiting["bob"], "no")
    assert "bob@example.org" not in look(ada)
    assert "Bob Fox bob@example.org" in look(ada, part="nobody")
    say(ada, waiting["bob"], "again")
    assert "bob@example.org" in look(ada)


def test_that_is_me(ada: Client, waiting: dict[str, Stranger]) -> None:
    assert "Bob Fox: that is you." in say(ada, waiting["bob"], "me")
    assert OwnerFact.objects.get().value == "bob@example.org"
    assert "That is you" in look(ada, part="nobody")


def test_take_back_who_became_a_person(cast: Cast, ada: Client, waiting: dict[str, Stranger]) -> None:
    assert "Ann Lee ann@example.org Wrote to you once and you once" in look(ada, part="became")
    page = ada.post(reverse("strangers_decide", args=[waiting["ann"].id]), {"said": "no"}, follow=True)
    assert here(cast.home) == []
    take_back(ada, page.content.decode())
    assert here(cast.home) == ["Ann Lee"]


def test_none_of_these(ada: Client, waiting: dict[str, Stranger]) -> None:
    page = ada.get(reverse("strangers")).content.decode()
    ids = re.findall(r'name="who" value="([^"]+)"', page)
    done = ada.post(reverse("strangers_none"), {"who": [*ids, "nonsense"]}, follow=True)
    assert "2 of them: not people." in words(done)
    assert "All answered" in words(done)
    take_back(ada, done.content.decode())
    assert "None of these 2" in look(ada)


def test_what_has_been_said_already(ada: Client, ben: Client, waiting: dict[str, Stranger]) -> None:
    say(ada, waiting["bob"], "yes")
    assert "That has been said already." in say(ben, waiting["bob"], "yes")


def test_nonsense_says_nothing(ada: Client, waiting: dict[str, Stranger]) -> None:
    say(ada, waiting["bob"], "smoke")
    assert "2 Probably not" in look(ada)
    for asked in ({"page": "0"}, {"page": "99999"}, {"page": "x"}, {"part": "x"}, {"q": "\x00%"}):
        assert ada.get(reverse("strangers"), asked).status_code == 200, asked


def test_search(ada: Client, waiting: dict[str, Stranger]) -> None:
    assert "Bob Fox" not in look(ada, q="cat@")
    assert "No one like that" in look(ada, q="zoe")


def test_htmx_gets_the_piece_and_the_turn_moves_on(ada: Client, waiting: dict[str, Stranger]) -> None:
    address = reverse("strangers_decide", args=[waiting["bob"].id])
    answer = ada.post(address, {"said": "no", "place": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.lstrip().startswith("<kw-dig")
    assert str(waiting["cat"].id) in answer.partition("data-current")[2].partition("</li>")[0]
    assert 'hx-swap-oob="innerHTML:#toasts"' in answer


def test_the_last_page_may_go_while_one_is_on_it(cast: Cast, ada: Client) -> None:
    read(cast, *[letter(f"p{n}@example.org", ADA) for n in range(verdicts.PAGE + 1)])
    second = ada.get(reverse("strangers"), {"page": "2"}).content.decode()
    (who,) = re.findall(r'name="who" value="([^"]+)"', second)
    address = f"{reverse('strangers_decide', args=[who])}?page=2"
    assert "None of these 40" in words(ada.post(address, {"said": "no"}, follow=True))


def test_nobody_yet(ada: Client) -> None:
    assert "Nobody to ask about" in look(ada)


def test_names_are_only_text(cast: Cast, ada: Client) -> None:
    tag = "<img src=x onerror=alert(1)>"
    read(cast, letter(f"{tag} <eve@example.org>", ADA, context=tag))
    assert "<img src=x" not in ada.get(reverse("strangers")).content.decode()
    say(ada, Stranger.objects.get(), "no")
    assert "<img src=x" not in ada.get(reverse("strangers"), {"part": "nobody"}).content.decode()


def test_everyone_of_the_space_may_say(cast: Cast, ben: Client, cleo: Client, waiting: dict[str, Stranger]) -> None:
    assert cleo.post(reverse("strangers_decide", args=[waiting["bob"].id]), {"said": "yes"}).status_code == 404
    cleo.post(reverse("strangers_none"), {"who": [str(waiting["bob"].id)]})
    assert "Nobody to ask about" in look(cleo)
    say(ben, waiting["bob"], "yes")
    assert here(cast.home) == ["Ann Lee", "Bob Fox"]


def test_people_tell_of_it_quietly(ada: Client, waiting: dict[str, Stranger]) -> None:
    line = "Are these people?"
    assert line in words(ada.get(reverse("people")))
    Stranger.objects.filter(verdict="waiting", why="").delete()
    assert line not in words(ada.get(reverse("people")))


@pytest.mark.parametrize("part", verdicts.PARTS)
def test_queries_stay_flat(cast: Cast, ada: Client, part: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ada.get(reverse("strangers"), {"part": part}).status_code == 200
        return len(queries)

    def more(count: int) -> None:
        for n in range(count):
            address = f"{'noreply' if part == 'hardly' else 'p'}{Stranger.objects.count() + n}@example.org"
            both = [letter(ADA, address)] if part == "became" else []
            read(cast, letter(address, ADA), *both)
        if part == "nobody":
            Stranger.objects.update(verdict="nobody")

    more(3)
    before = asked()
    more(6)
    assert asked() == before


def test_the_import_tells_of_it_while_they_wait(cast: Cast, ada: Client) -> None:
    letters = "".join(
        f"From x\nFrom: {who}@example.org\nTo: {ADA}\nDate: 05 Jan 2026 09:00:00 +0000\nMessage-ID: <{who}@x>\n\nHi\n\n"
        for who in ("bob", "cat")
    )
    run = bring_in(cast.home, user=cast.ada, **{"all.mbox": letters})
    page = reverse("import_run", args=[run.id])
    assert "2 more wait until you say whether they are people: so far it went one way. Have a look" in words(
        ada.get(page)
    )
    say(ada, Stranger.objects.get(key="e:bob@example.org"), "no")
    assert "1 more waits until you say" in words(ada.get(page))
    say(ada, Stranger.objects.get(key="e:cat@example.org"), "yes")
    assert "until you say" not in words(ada.get(page))
