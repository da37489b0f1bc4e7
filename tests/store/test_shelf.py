"""The shelf in the store: saved once, read, given once to each, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Person, Share, Touch, User
from keepwarm.store import merge, people, shelf, touches, trash
from keepwarm.store.shelf import Page
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
URL = "https://portico.example/hiring"


@pytest.fixture
def amara(cast: Cast) -> Person:
    bring_in(cast.home, card("Amara Nwosu", "EMAIL:amara@example.com", uid="a"))
    return person(cast.home, "Amara Nwosu")


def save(cast: Cast, url: str = URL, *, by: User | None = None, note: str = "", private: bool = False) -> Item:
    return shelf.save(cast.home, by or cast.ada, Saved(url, note, private=private), NOW)[0]


def test_it_works(cast: Cast, amara: Person) -> None:
    item, new = shelf.save(cast.home, cast.ada, Saved(f"{URL}?utm_source=x", "page 3 is gold"), NOW)
    assert (new, item.url, item.title, item.state) == (True, URL, "portico.example/hiring", Item.State.WAITING)
    share = shelf.give(item, amara, cast.ada, NOW, channel="mail")
    assert share
    assert share.touch
    told = (share.touch.direction, share.touch.balance, share.touch.kind, share.touch.context)
    assert told == ("out", "give", "saw_this", item.title)
    assert shelf.last_given(cast.home, [amara.id]) == {amara.id: NOW}


def test_saved_twice_is_once_and_the_notes_are_both(cast: Cast) -> None:
    item = save(cast, note="for Ann")
    shelf.put_away(item, NOW)
    again, new = shelf.save(cast.home, cast.ben, Saved(f"{URL}/#top", "page 3"), NOW)
    assert (again, new, again.note, again.put_away_at) == (item, False, "for Ann\npage 3", None)


def test_a_thought_is_read_already_and_called_by_its_first_sentence(cast: Cast) -> None:
    item = save(cast, "", note="Chairs decide how long people stay. I saw it.")
    assert (item.title, item.state) == ("Chairs decide how long people stay", Item.State.READ)
    assert save(cast, "", note=item.note) != item


def test_nothing_is_not_saved(cast: Cast) -> None:
    with pytest.raises(ValueError, match="neither"):
        save(cast, "", note=" ")


def test_a_private_one_is_not_come_upon_by_others(cast: Cast) -> None:
    mine = save(cast, private=True)
    theirs = save(cast, by=cast.ben)
    assert mine != theirs
    assert set(Item.objects.of(cast.home).seen_by(cast.ben)) == {theirs}
    assert save(cast, by=cast.ben) == theirs


def test_a_private_note_never_joins_what_all_may_see(cast: Cast) -> None:
    theirs = save(cast, by=cast.ben, note="for all")
    mine = save(cast, note="for me alone", private=True)
    assert (mine != theirs, mine.private, Item.objects.get(id=theirs.id).note) == (True, True, "for all")
    assert save(cast, note="page 3", private=True).note == "for me alone\npage 3"


def test_what_is_nobodys_is_theirs_who_keep_it_to_themselves(cast: Cast) -> None:
    item, _ = shelf.save(cast.home, None, Saved(URL), NOW)  # from a terminal
    assert shelf.edit(item, cast.ada, NOW, title="Hiring", note="", private=True)
    assert set(Item.objects.of(cast.home).seen_by(cast.ada)) == {item}
    assert shelf.edit_back(item, cast.ada, NOW)
    assert not Item.objects.get().private


def test_what_no_database_keeps_is_left_out(cast: Cast) -> None:
    item, _ = shelf.save(cast.home, cast.ada, Saved(note="Chairs\0 are \ud800people"), NOW)
    assert (item.title, item.note) == ("Chairs are people", "Chairs are people")


def test_forgotten_while_its_page_is_read_it_stays_forgotten(cast: Cast) -> None:
    item, held = save(cast), Item.objects.get()
    shelf.forget(held)
    shelf.read_in(item, Page(title="Hiring"))
    assert not Item.objects.exists()


def test_made_private_later_it_is_not_come_upon_either(cast: Cast) -> None:
    mine = save(cast)
    assert shelf.edit(mine, cast.ada, NOW, title="Hiring", note="", private=True)
    theirs = save(cast, by=cast.ben)
    assert mine != theirs
    assert shelf.edit_back(mine, cast.ada, NOW)  # both are open now, and stay two
    assert (mine.title, mine.private, mine.key != theirs.key) == ("portico.example/hiring", False, True)
    assert not shelf.edit_back(mine, cast.ada, NOW)


def test_its_page_is_read_in_and_a_title_of_ones_own_stays(cast: Cast) -> None:
    item, named = save(cast), shelf.save(cast.home, cast.ada, Saved("https://b.example/x", title="Chairs"), NOW)[0]
    for one in (item, named):
        shelf.read_in(one, Page(title="Hiring for curiosity", site="Portico", words="x" * 50_000))
    assert (item.title, item.site, len(item.words), item.state) == ("Hiring for curiosity", "Portico", 40_000, "read")
    assert named.title == "Chairs"


def test_what_could_not_be_read_says_so_until_it_is_tried_again(cast: Cast) -> None:
    item = save(cast)
    shelf.unreadable(item, "It is a PDF.", "Give it a line of your own.")
    assert (item.state, item.trouble) == (Item.State.UNREADABLE, "It is a PDF.")
    shelf.wait(item)
    assert (item.state, item.trouble) == (Item.State.WAITING, "")


# Given


def test_nobody_gets_it_twice(cast: Cast, amara: Person) -> None:
    item = save(cast)
    assert shelf.give(item, amara, cast.ada, NOW, channel="mail")
    assert shelf.give(item, amara, cast.ben, NOW, channel="linkedin") is None
    assert Touch.objects.filter(person=amara).count() == 1


def test_taken_back_it_can_be_given_again(cast: Cast, amara: Person) -> None:
    item = save(cast)
    share = shelf.give(item, amara, cast.ada, NOW, channel="mail")
    assert share
    shelf.take_back(share, NOW)
    assert not Touch.objects.exists()
    assert shelf.give(item, amara, cast.ada, NOW, channel="mail")


def test_a_touch_taken_back_takes_the_give_along(cast: Cast, amara: Person) -> None:
    share = shelf.give(save(cast), amara, cast.ada, NOW, channel="mail")
    assert share
    assert share.touch
    touches.forget(share.touch, NOW)
    assert not Share.objects.exists()


def test_a_letter_with_what_is_private_is_private(cast: Cast, amara: Person) -> None:
    letter = touches.log(amara, cast.ada, NOW, NOW, channel="mail", direction="out", context="Hiring")
    assert shelf.given_with(save(cast, private=True), letter, NOW)
    assert not Touch.objects.seen_by(cast.ben).exists()


def test_not_for_them_until_the_user_gives_it_all_the_same(cast: Cast, amara: Person) -> None:
    item = save(cast)
    assert shelf.not_for(item, amara, cast.ada, NOW)
    assert shelf.last_given(cast.home, [amara.id]) == {}
    assert shelf.give(item, amara, cast.ada, NOW, channel="mail")
    assert shelf.not_for(item, amara, cast.ada, NOW) is None


def test_what_is_private_is_given_in_private(cast: Cast, amara: Person) -> None:
    share = shelf.give(save(cast, private=True), amara, cast.ada, NOW, channel="mail")
    assert share
    assert not Touch.objects.seen_by(cast.ben).exists()


def test_forgotten_it_stays_in_their_history(cast: Cast, amara: Person) -> None:
    item = save(cast)
    shelf.give(item, amara, cast.ada, NOW, channel="mail")
    shelf.forget(item)
    assert not Share.objects.exists()
    assert Touch.objects.get().context == "portico.example/hiring"


# Of people who are joined, taken apart, forgotten


def test_joined_and_taken_apart_each_has_their_own(cast: Cast, amara: Person) -> None:
    bring_in(cast.home, card("Amara N.", "EMAIL:a@example.org", uid="b"))
    other = person(cast.home, "Amara N.")
    both, hers = save(cast), save(cast, "https://b.example/x")
    shelf.give(both, amara, cast.ada, NOW, channel="mail")
    shelf.give(both, other, cast.ada, NOW, channel="mail")
    shelf.give(hers, other, cast.ada, NOW + timedelta(days=1), channel="mail")
    made = merge.join(amara, other, NOW, by=cast.ada)
    assert made
    assert set(Share.objects.filter(person=amara).values_list("item", flat=True)) == {both.id, hers.id}
    assert shelf.give(hers, amara, cast.ada, NOW, channel="mail") is None
    assert merge.part(made, NOW)
    assert list(Share.objects.filter(person=amara).values_list("item", flat=True)) == [both.id]
    assert set(Share.objects.filter(person=other).values_list("item", flat=True)) == {both.id, hers.id}


def test_gone_with_the_person(cast: Cast, amara: Person) -> None:
    shelf.give(save(cast), amara, cast.ada, NOW, channel="mail")
    people.to_trash([amara.id], NOW)
    trash.forget(cast.home, [amara.id])
    assert not Share.objects.exists()
    assert Item.objects.count() == 1


# The list


def titles(cast: Cast, **asked: str) -> list[str]:
    return [one.title for one in shelf.listed(cast.home, cast.ada, **asked).items]  # type: ignore[arg-type]


def test_listed_newest_first_in_three_parts(cast: Cast, amara: Person) -> None:
    for n, word in enumerate(("Chairs", "Lamps", "Ships")):
        shelf.save(cast.home, cast.ada, Saved(note=word), NOW + timedelta(hours=n))
    chairs, lamps, _ = Item.objects.order_by("made_at")
    shelf.give(chairs, amara, cast.ada, NOW, channel="mail")
    shelf.put_away(lamps, NOW)
    assert titles(cast) == ["Ships", "Chairs"]
    assert (titles(cast, part="given"), titles(cast, part="away")) == (["Chairs"], ["Lamps"])
    assert shelf.listed(cast.home, cast.ada).counts == {"shelf": 2, "given": 1, "away": 1}
    assert [share.person for share in shelf.shares_of([chairs])[chairs.id]] == [amara]


def test_found_by_the_beginnings_of_its_words(cast: Cast) -> None:
    item = save(cast, note="für Zoë")
    shelf.read_in(item, Page(title="Hiring for curiosity", site="Portico", words="One question tells more."))
    save(cast, "https://b.example/x")
    for asked in ("curi", "zoe port", "question", "portico.example"):
        assert titles(cast, words=asked) == ["Hiring for curiosity"]
    assert titles(cast, words="uriosity") == []


def test_a_letter_to_oneself_comes_once(cast: Cast) -> None:
    assert shelf.save_letter(cast.home, cast.ada, Saved(note="Chairs."), "mail:1", NOW)
    assert shelf.save_letter(cast.home, cast.ada, Saved(note="Chairs."), "mail:1", NOW) is None
    assert shelf.save_letter(cast.home, cast.ada, Saved(), "mail:2", NOW) is None
    assert titles(cast) == ["Chairs"]
