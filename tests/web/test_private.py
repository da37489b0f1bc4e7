"""What one of two keeps to themselves: nowhere on the pages of the other, nor in what leaves with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm import shapes
from keepwarm.core.balance import Balance
from keepwarm.core.reconnect import Owner
from keepwarm.core.shelf import Saved
from keepwarm.models import Membership, Note, Person, Pick, Touch
from keepwarm.store import (
    asks,
    doors,
    export,
    introductions,
    letters,
    needs,
    people,
    shelf,
    spaces,
    today,
    touches,
)
from tests.build import found, network, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
SECRET = "Bluebird leaves her husband"


@pytest.fixture
def friend(cast: Cast) -> Person:
    """Of whom Ada has noted something, and a talk, for herself; the talk was three years ago."""
    (held, *_) = network(cast.home, 3)
    people.add_note(held, cast.ada, f"{SECRET} in May", NOW, private=True)
    touches.log(
        held, cast.ada, NOW - timedelta(days=1000), NOW, channel="call", direction="both", line=SECRET, private=True
    )
    return held


@pytest.fixture
def helped(cast: Cast, friend: Person) -> Person:
    """Of whom Ada keeps to herself also what she gives, asks and is told."""
    now, mine = NOW - timedelta(days=400), {"private": True}
    thing, _ = shelf.save(cast.home, cast.ada, Saved(note=SECRET, **mine), now)
    shelf.give(thing, friend, cast.ada, now, channel="mail")
    asks.asked(asks.plan(friend, cast.ada, SECRET, now, **mine), cast.ada, "mail", now)
    doors.write(friend, cast.ada, doors.Said("work", SECRET, NOW.date()), NOW, **mine)
    needs.keep(friend, cast.ada, needs.Said("need", SECRET), now, **mine)
    other = Person.objects.of(cast.home).exclude(id=friend.id)[0]
    introductions.begin(friend, other, cast.ada, NOW, reason=SECRET, said=SECRET, **mine)
    return friend


def test_giving_keeps_it_too(cast: Cast, ada: Client, ben: Client, helped: Person) -> None:
    public, _ = shelf.save(cast.home, cast.ben, Saved(note="What a bluebird does when it leaves"), NOW)
    pages = ["/give", "/shelf", "/shelf?part=given", f"/shelf/{public.id}", "/asks", "/insights", "/introductions"]
    pages += ["/who?q=leaves", "/moments", "/week", f"/people/{helped.id}", f"/people/{helped.id}/asks"]
    pages += [reverse("shelf_letter", args=[public.id, helped.id])]
    told = {page: ben.get(page) for page in pages}
    assert [
        page for page, answer in told.items() if answer.status_code != 200 or SECRET in answer.content.decode()
    ] == []
    assert SECRET in ada.get(f"/people/{helped.id}").content.decode()
    assert SECRET not in repr([*export.everything(cast.home, cast.ben), *export.shelf(cast.home, cast.ben)])


def everything(browser: Client, friend: Person) -> str:
    """Every page that tells of someone, as one text."""
    pages = ["/", "/people", "/people?q=bluebird", "/people/find?q=bluebird", f"/people/{friend.id}", "/dig"]
    pages += [f"/dig/walk?kind=organisation&key={friend.organisation_key}"]
    return "\n".join(browser.get(page).content.decode() for page in pages)


def test_it_works(ada: Client, ben: Client, friend: Person) -> None:
    page = words(ada.get(reverse("person", args=[friend.id])))
    assert page.count(SECRET) >= 2
    assert "Only you see this." in page
    theirs = everything(ben, friend)
    assert "Bluebird leaves" not in theirs
    assert "call" not in words(ben.get("/people?q=friend0")).lower()


def test_no_search_finds_it(cast: Cast, friend: Person) -> None:
    assert found(cast.home, "bluebird") == []


def test_no_letter_and_no_reason_tells_of_it(cast: Cast, friend: Person) -> None:
    for user in (cast.ada, cast.ben):
        Person.objects.update(suggested_on=None)
        owner = spaces.owner_facts(cast.home, Membership.objects.get(user=user))
        picks = today.of_day(cast.home, user, owner, NOW.date(), NOW)
        assert friend.id in {pick.person_id for pick in picks}
        told = str(letters.told(picks, cast.home, owner, user, NOW.date())) + str(
            list(Pick.objects.filter(user=user).values_list("reasons", flat=True))
        )
        assert ("Bluebird" in told) == (user == cast.ada)


def test_what_would_be_chosen_is_told_to_each_as_they_may_see_it(cast: Cast, friend: Person) -> None:
    for viewer, sees in ((cast.ada, True), (cast.ben, False), (None, False)):
        who = today.candidates_of([friend.id], cast.home, viewer)[friend.id]
        assert bool(who.note_topic) is sees
        assert ("Bluebird" in str(today.reasons_told(who, Owner(), NOW.date()))) is sees


@pytest.mark.parametrize("name", ["touch", "touch_balance", "touch_delete", "touch_put_back", "touch_undo"])
def test_nobody_else_can_touch_it(ben: Client, friend: Person, name: str) -> None:
    answer = ben.post(reverse(name, args=[Touch.objects.get().id]), {"balance": "give", "action": "keep"})
    assert answer.status_code == 404
    assert (Touch.objects.get().balance, Touch.objects.get().deleted_at) == ("neutral", None)


def test_nobody_else_can_take_the_note_back(ben: Client, friend: Person) -> None:
    assert ben.post(reverse("note_undo", args=[Note.objects.get().id])).status_code == 404


def test_the_command_shows_what_its_owner_may_see(cast: Cast, friend: Person) -> None:
    assert str(shapes.person(friend, cast.ada, Balance())).count("Bluebird") == 2
    assert "Bluebird" not in str(shapes.person(friend, cast.ben, Balance()))


def test_that_there_was_contact_is_known_to_both(cast: Cast, friend: Person) -> None:
    """See models.Summary: the day counts for all, so that nobody greets someone whom the other has just met."""
    touches.log(friend, cast.ada, NOW, NOW, channel="meeting", direction="both", private=True)
    assert Person.objects.get(id=friend.id).summary.last_on == NOW.date()


# Marking it


def test_a_note_is_kept_for_oneself(ada: Client, friend: Person) -> None:
    ada.post(reverse("note_add", args=[friend.id]), {"text": "Owes me tea", "private": "1"})
    ada.post(reverse("note_add", args=[friend.id]), {"text": "Likes tea"})
    assert dict(Note.objects.filter(text__contains="tea").values_list("text", "private")) == {
        "Owes me tea": True,
        "Likes tea": False,
    }


def test_a_line_is_kept_for_oneself_and_opened_again(ada: Client, ben: Client, cast: Cast, friend: Person) -> None:
    line = {"line": f"called {friend.name} yesterday, about tea"}
    assert 'name="private"' in ada.post("/log", line).content.decode()
    ada.post("/log", line | {"before": line["line"], "action": "keep", "private": "1"})
    touch = Touch.objects.get(line="About tea")
    assert touch.private
    page = reverse("person", args=[friend.id])
    assert "About tea" not in words(ben.get(page))
    sent = {"action": "keep", "private": "", "on": "2026-11-11", "channel": "call", "direction": "both"}
    ada.post(reverse("touch", args=[touch.id]), sent)
    assert "About tea" in words(ben.get(page))
    assert found(cast.home, "tea") == [friend.id]


def test_alone_there_is_nobody_to_keep_it_from(cleo: Client, cast: Cast) -> None:
    network(cast.away, 1)
    mine = person(cast.away, "Friend0 Number0")
    assert 'name="private"' not in cleo.get(reverse("person", args=[mine.id])).content.decode()
    assert 'name="private"' not in cleo.post("/log", {"line": f"called {mine.name}"}).content.decode()
