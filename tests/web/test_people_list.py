"""The list of people: what is on a page, what narrows it down, many at once, and the trash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keepwarm import jobs
from keepwarm.models import Circle, Fact, Person, SourceRecord
from keepwarm.store import people, search, touches, trash
from tests.build import bring_in, card, here, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
BOOK = [
    card("Ann Lee", "ORG:Acme", "EMAIL:ann@example.com", "ADR:;;1 Quay;Porto;;;Portugal", "CATEGORIES:choir", uid="1"),
    card("Bob Fox", "ORG:Acme Ltd", "TEL;TYPE=cell:+351 912 345 678", uid="2"),
    card("Émile Roy", "ORG:Lantern", "CATEGORIES:Choir", uid="3"),
    card("Zoe Quill", uid="4"),
]


@pytest.fixture
def book(cast: Cast, ada: Client) -> Client:
    bring_in(cast.home, *BOOK)
    return ada


def listed(browser: Client, **params: str) -> list[str]:
    """The names on the page, in order."""
    return [row.person.name for row in browser.get(reverse("people"), params).context["rows"]]


def do(browser: Client, what: str, *names: str, query: str = "", **fields: str) -> str:
    chosen = [str(id) for id in Person.objects.filter(name__in=names).values_list("id", flat=True)]
    url = reverse("people_many") + query
    return words(browser.post(url, {"who": chosen, "do": what} | fields, follow=True))


def undo(browser: Client) -> None:
    """Press the Undo that the last page offers."""
    from keepwarm.models import Action  # noqa: PLC0415

    browser.post(reverse("many_undo", args=[Action.objects.latest("made_at", "id").id]))


def test_it_works(book: Client) -> None:
    page = book.get(reverse("people"))
    assert [row.letter for row in page.context["rows"]] == ["a", "b", "e", "z"]
    assert "Ann Lee Acme" in words(page)
    assert "Everyone 4" in words(page)


def test_nobody_yet(ada: Client) -> None:
    assert "No one here yet" in words(ada.get(reverse("people")))


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"q": "emile"}, ["Émile Roy"]),
        ({"q": "Lee ann"}, ["Ann Lee"]),
        ({"q": "acme"}, ["Ann Lee", "Bob Fox"]),
        ({"q": "emlie"}, ["Émile Roy"]),
        ({"q": "nobody at all"}, []),
        ({"tag": "choir"}, ["Ann Lee", "Émile Roy"]),
        ({"tag": "CHOIR", "q": "roy"}, ["Émile Roy"]),
        ({"company": "acme, inc."}, ["Ann Lee", "Bob Fox"]),
        ({"place": "porto"}, ["Ann Lee"]),
        ({"missing": "email"}, ["Bob Fox", "Émile Roy", "Zoe Quill"]),
        ({"missing": "phone"}, ["Ann Lee", "Émile Roy", "Zoe Quill"]),
        ({"missing": "company"}, ["Zoe Quill"]),
        ({"missing": "place"}, ["Bob Fox", "Émile Roy", "Zoe Quill"]),
        ({"circle": "none", "q": "zo"}, ["Zoe Quill"]),
        ({"circle": "no-such"}, []),
        ({"touched": "never"}, ["Ann Lee", "Bob Fox", "Émile Roy", "Zoe Quill"]),
        ({"sort": "company"}, ["Ann Lee", "Bob Fox", "Émile Roy", "Zoe Quill"]),
        ({"sort": "no-such", "page": "99"}, ["Ann Lee", "Bob Fox", "Émile Roy", "Zoe Quill"]),
    ],
)
def test_narrowed_down(book: Client, params: dict[str, str], names: list[str]) -> None:
    assert listed(book, **params) == names
    assert listed(book, **params | {"narrow": "1"}) == names


def test_by_last_touch(cast: Cast, book: Client) -> None:
    for name, days in (("Bob Fox", 400), ("Zoe Quill", 120), ("Ann Lee", 3)):
        touches.log(person(cast.home, name), cast.ada, NOW - timedelta(days=days), NOW, channel="mail", direction="out")
    assert listed(book, sort="recent") == ["Ann Lee", "Zoe Quill", "Bob Fox", "Émile Roy"]
    assert listed(book, sort="quiet") == ["Bob Fox", "Zoe Quill", "Ann Lee", "Émile Roy"]
    assert listed(book, q="acme") == ["Ann Lee", "Bob Fox"]
    assert listed(book, q="acme", sort="quiet") == ["Bob Fox", "Ann Lee"]
    assert listed(book, touched="quarter") == ["Ann Lee"]
    assert listed(book, touched="lapsing") == ["Zoe Quill"]
    assert listed(book, touched="dormant") == ["Bob Fox"]
    assert listed(book, touched="never") == ["Émile Roy"]
    assert "9 Nov mail" in words(book.get(reverse("people")))


def test_known_for(cast: Cast, book: Client) -> None:
    Person.objects.filter(name="Bob Fox").update(known_since=NOW.date() - timedelta(days=8 * 365))
    assert listed(book, known="10") == ["Bob Fox"]
    assert listed(book, known="5") == []
    assert listed(book, sort="known")[0] == "Bob Fox"


def test_pages_and_letters(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, *[card(f"{letter}{n:02} Lee", uid=f"{letter}{n}") for letter in "abm" for n in range(40)])
    first, second = ada.get(reverse("people")), ada.get(reverse("people"), {"page": "2"})
    assert [len(page.context["rows"]) for page in (first, second)] == [50, 50]
    assert "Page 2 of 3" in words(second)
    assert [choice.label for choice in first.context["letters"]] == ["A", "B", "M"]
    m = ada.get(reverse("people"), {"letter": "m"})
    assert "m00 Lee" in [row.person.name for row in m.context["rows"]]
    assert 'id="letter-m"' in m.content.decode()
    assert listed(ada, page="9") == listed(ada, page="3")


def test_the_panel_counts_the_commonest(book: Client) -> None:
    said = words(book.get(reverse("people"), {"narrow": "1"}))
    assert "Tag choir 2" in said or "Tag Choir 2" in said
    assert "Company Acme 2 Lantern 1" in said or "Company Acme Ltd 2 Lantern 1" in said


def test_htmx_brings_only_what_is_below_the_search(book: Client) -> None:
    piece = book.get(reverse("people"), {"q": "roy"}, headers={"HX-Request": "true"}).content.decode()
    assert piece.lstrip().startswith("<kw-choose")
    assert "<html" not in piece


def test_three_circles_to_begin_with(book: Client, cast: Cast) -> None:
    book.get(reverse("people"))
    made = Circle.objects.filter(space=cast.home).values_list("name", "cadence")
    assert list(made) == [("Close", 30), ("Regular", 90), ("Yearly", 365)]


def test_quick_search(book: Client) -> None:
    assert words(book.get(reverse("people_find"), {"q": "fo"})).endswith("Bob Fox Acme Ltd")
    assert "No one like that" in words(book.get(reverse("people_find"), {"q": "xqz"}))
    assert words(book.get(reverse("people_find"))) == ""


# Many at once


def test_into_a_circle_and_back(cast: Cast, book: Client) -> None:
    book.get(reverse("people"))
    close = Circle.objects.get(name="Close")
    assert "2 people now in “Close”." in do(book, f"circle:{close.id}", "Ann Lee", "Zoe Quill")
    assert listed(book, circle=str(close.id)) == ["Ann Lee", "Zoe Quill"]
    undo(book)
    assert listed(book, circle=str(close.id)) == []


def test_tag_and_back(book: Client) -> None:
    assert "1 person tagged “Book club”." in do(book, "tag:on", "Zoe Quill", tag=" Book  club ")
    assert listed(book, q="book club") == listed(book, tag="book club") == ["Zoe Quill"]
    undo(book)
    assert listed(book, tag="book club") == listed(book, q="book club") == []


def test_a_tag_taken_off_stays_off(cast: Cast, book: Client) -> None:
    assert "“choir” taken from 2 people." in do(book, "tag:off", "Ann Lee", "Émile Roy", "Zoe Quill", tag="choir")
    bring_in(cast.home, BOOK[0].replace("Acme", "Acme Foods"))
    assert listed(book, tag="choir") == []
    undo(book)
    assert listed(book, tag="choir") == ["Ann Lee", "Émile Roy"]


def test_relation_and_back(book: Client) -> None:
    Person.objects.filter(name="Bob Fox").update(relation="friend")
    do(book, "relation", "Ann Lee", "Bob Fox", relation="client")
    assert listed(book, relation="client") == ["Ann Lee", "Bob Fox"]
    undo(book)
    assert (listed(book, relation="client"), listed(book, relation="friend")) == ([], ["Bob Fox"])


def test_rest_and_back(book: Client) -> None:
    assert "1 person will rest for three months." in do(book, "rest:13", "Bob Fox")
    assert Person.objects.get(name="Bob Fox").rests_until == NOW.date() + timedelta(weeks=13)
    undo(book)
    assert Person.objects.get(name="Bob Fox").rests_until is None


def test_delete_and_back(cast: Cast, book: Client) -> None:
    do(book, "trash", "Bob Fox", "Zoe Quill")
    assert here(cast.home) == ["Ann Lee", "Émile Roy"]
    undo(book)
    assert len(here(cast.home)) == 4


def test_everyone_of_the_list(book: Client) -> None:
    assert "2 people tagged “x”." in do(book, "tag:on", "Zoe Quill", query="?company=acme", all="1", tag="x")
    assert listed(book, tag="x") == ["Ann Lee", "Bob Fox"]


@pytest.mark.parametrize(
    ("what", "names", "said"),
    [
        ("trash", (), "Choose someone first."),
        ("", ("Ann Lee",), "Please say what to do with them."),
        ("tag:on", ("Ann Lee",), "Please write the tag first."),
        ("circle:gone", ("Ann Lee",), "That circle is no longer there."),
    ],
)
def test_what_is_not_meant_changes_nothing(
    cast: Cast, book: Client, what: str, names: tuple[str, ...], said: str
) -> None:
    assert said in do(book, what, *names)
    assert len(here(cast.home)) == 4


def test_braces_in_a_tag_are_letters(book: Client) -> None:
    assert "tagged “{x}”" in do(book, "tag:on", "Ann Lee", tag="{x}")


def test_cleo_touches_nobody(cast: Cast, book: Client, cleo: Client) -> None:
    do(cleo, "trash", "Ann Lee")
    do(cleo, "tag:on", "Ann Lee", tag="mine")
    assert len(here(cast.home)) == 4
    assert not Fact.objects.filter(value="mine").exists()
    assert "Ann" not in words(cleo.get(reverse("people_find"), {"q": "ann"}))


# The trash


def test_the_trash(cast: Cast, book: Client) -> None:
    do(book, "trash", "Bob Fox", "Zoe Quill")
    assert "Zoe Quill" in words(book.get(reverse("people_trash")))
    assert "Zoe" not in words(book.get(reverse("people"), {"q": "zoe"}, headers={"HX-Request": "true"}))
    zoe, bob = person(cast.home, "Zoe Quill"), person(cast.home, "Bob Fox")
    book.post(reverse("trash_do"), {"who": [str(zoe.id)], "do": "back"})
    book.post(reverse("trash_do"), {"who": [str(bob.id), str(person(cast.home, "Ann Lee").id)], "do": "forget"})
    assert here(cast.home) == ["Ann Lee", "Zoe Quill", "Émile Roy"]
    assert not Person.objects.filter(name="Bob Fox").exists()


def test_gone_for_good_leaves_nothing(cast: Cast, book: Client) -> None:
    bring_in(cast.home, BOOK[1].replace("Acme", "Quay"))  # a change, which undo of the import would look for
    bob = person(cast.home, "Bob Fox")
    people.add_note(bob, cast.ada, "plays the harmonica", NOW)
    touches.log(bob, cast.ada, NOW, NOW, channel="mail", direction="out", line="boats")
    do(book, "trash", "Bob Fox")
    assert trash.forget_old(NOW + timedelta(days=89)) == 0
    assert trash.forget_old(NOW + timedelta(days=91)) == 1
    assert not Fact.objects.filter(person_id=bob.id).exists()
    assert not SourceRecord.objects.filter(person_id=bob.id).exists()
    assert search.find(Person.objects.all(), cast.home, "harmonica").ids == []


def test_once_a_day(cast: Cast) -> None:
    assert [jobs.daily(NOW), jobs.daily(NOW), jobs.daily(NOW + timedelta(days=1))] == [True, False, True]


# Promises


@pytest.mark.parametrize(
    "params", [{}, {"q": "lee"}, {"q": "lef"}, {"narrow": "1"}, {"sort": "quiet"}, {"tag": "choir"}]
)
def test_queries_stay_flat(cast: Cast, ada: Client, params: dict[str, str]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ada.get(reverse("people"), params).status_code == 200
        return len(asked)

    lines = ("ORG:Acme", "CATEGORIES:choir", "EMAIL:{n}@example.com")
    bring_in(cast.home, *[card(f"Ann{n} Lee", *[line.format(n=n) for line in lines], uid=f"a{n}") for n in range(20)])
    queries()
    before = queries()
    bring_in(
        cast.home, *[card(f"Bea{n} Lee", *[line.format(n=f"b{n}") for line in lines], uid=f"b{n}") for n in range(20)]
    )
    assert queries() == before


@pytest.mark.parametrize("page", ["0", "-1", "²", "9" * 5000])
def test_a_page_that_is_none_is_the_first(book: Client, page: str) -> None:
    assert book.get(reverse("people_trash"), {"page": page}).status_code == 200
    assert book.get(reverse("people"), {"page": page}).status_code == 200
