"""Words of one's own in the store, and that what was sent to someone is not offered to them again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core.reconnect import Candidate, Owner
from keepwarm.models import Door, OwnShape, Person, Pick, Touch, User
from keepwarm.store import just_met, letters, occasions, people, promises, shapes, today, touches
from keepwarm.store.just_met import Met
from keepwarm.store.promises import Offer
from tests.build import bring_in, card, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()
ME = Owner(name="Ada Example", sign_off="Ada")


@pytest.fixture
def amara(cast: Cast) -> Person:
    bring_in(cast.home, card("Amara Nwosu", "EMAIL:amara@example.com", "ORG:Acme Brass", uid="a"))
    return person(cast.home, "Amara Nwosu")


def write(
    cast: Cast, by: User | None, words: str = "I thought of you at {org}. How are you?", **values: object
) -> OwnShape:
    facts = {"name": "Mine", "words": words, "reason": "hello"} | values
    return shapes.write(cast.home, by, NOW, **facts)


def letters_to(who: Person, cast: Cast, user: User | None, day: object = DAY) -> list[letters.Letter]:
    known = occasions.recipients([who.id], cast.home, user, DAY)[who.id]
    return letters.write(known, ME, DAY, "mail", {}, 0, own=shapes.in_use(cast.home, user))


def as_read(who: Person, cast: Cast, days: int = 0) -> Candidate:
    return occasions.recipients([who.id], cast.home, cast.ada, DAY + timedelta(days=days))[who.id]


def test_it_works(cast: Cast, amara: Person) -> None:
    own = write(cast, cast.ada)
    first = letters_to(amara, cast, cast.ada)[0]
    assert (first.shape, first.label, first.kind, first.current) == (own.key, "Mine", "hello", True)
    assert first.body == "Hi Amara,\n\nI thought of you at Acme Brass. How are you?\n\nAda"


def test_it_is_offered_only_where_it_fits(cast: Cast, amara: Person) -> None:
    for values in ({"words": "We met {met}."}, {"relation": "client"}, {"channel": "short"}, {"reason": "thanks"}):
        own = write(cast, cast.ada, **values)
        assert own.key not in {letter.shape for letter in letters_to(amara, cast, cast.ada)}


def test_resting_or_removed_it_is_not_offered(cast: Cast, amara: Person) -> None:
    own = write(cast, cast.ada)
    shapes.change(own, in_use=False)
    assert letters_to(amara, cast, cast.ada)[0].shape != own.key
    shapes.change(own, in_use=True)
    shapes.remove(own, NOW)
    assert not shapes.seen(cast.home, cast.ada)
    shapes.put_back(own)
    assert letters_to(amara, cast, cast.ada)[0].shape == own.key


def test_others_of_the_space_share_it_but_for_what_is_private(cast: Cast, amara: Person) -> None:
    write(cast, cast.ada)
    write(cast, cast.ada, name="Secret", private=True)
    assert [own.name for own in shapes.seen(cast.home, cast.ben)] == ["Mine"]
    assert shapes.seen(cast.away, cast.cleo) == []


def test_own_words_are_on_top_of_one_of_the_three(cast: Cast) -> None:
    network(cast.home, 6)
    write(cast, cast.ada, "I thought of you today. How are you?")
    whom = list(occasions.recipients(Person.objects.values_list("id", flat=True), cast.home, cast.ada, DAY).values())[
        :3
    ]
    own = shapes.in_use(cast.home, cast.ada)
    written = letters.write_set(whom, ME, DAY, ["mail"] * 3, {}, own)
    assert [some[0].label for some in written] == ["Mine"] * 3
    tops = [next(letter for letter in some if letter.current) for some in written]
    assert [letter.label == "Mine" for letter in tops] == [True, False, False]
    assert len({letter.body.split("\n\n")[1] for letter in tops}) == 3


def test_what_was_sent_is_not_offered_again(cast: Cast, amara: Person) -> None:
    before = {letter.kind: letter.name for letter in letters_to(amara, cast, cast.ada)}
    pick = Pick.objects.create(
        space=cast.home, user=cast.ada, person=amara, day=DAY, position=0, slot="warm_up", score=1, made_at=NOW
    )
    touch = today.sent(pick, "mail", "hello", "", NOW, name=before["hello"])
    assert touch
    assert as_read(amara, cast).said == frozenset()  # what is offered on a day stays
    assert as_read(amara, cast, days=1).said == {before["hello"]}
    after = letters.write(as_read(amara, cast, days=1), ME, DAY, "mail", {}, 0)
    assert before["hello"] not in {letter.name for letter in after}
    today.undo(pick, NOW)
    assert as_read(amara, cast, days=1).said == frozenset()


def test_a_promise_is_a_reason_until_it_is_long_done(cast: Cast, amara: Person) -> None:
    kept = promises.keep(amara, cast.ada, Offer("mine", "send the photos", DAY), NOW)
    assert as_read(amara, cast).promise == "send the photos"
    assert "send the photos" in next(one for one in letters_to(amara, cast, cast.ada) if one.kind == "promise").body
    promises.done(kept, NOW)
    assert as_read(amara, cast).promise
    assert as_read(amara, cast, days=9).promise == ""


def test_a_door_is_a_reason_to_say_thank_you_once(cast: Cast, amara: Person) -> None:
    Door.objects.create(
        space=cast.home, person=amara, author=cast.ada, kind="advice", text="told me", on=DAY, made_at=NOW
    )
    assert as_read(amara, cast).door == "your advice"
    touches.log(amara, cast.ada, NOW, NOW, channel="mail", direction="out", kind="thanks")
    assert as_read(amara, cast, days=1).door == ""


def test_the_first_weeks_have_letters_of_their_own(cast: Cast, amara: Person) -> None:
    just_met.again(amara, cast.ada, Met("Leeds fair", DAY), NOW)
    first = letters_to(amara, cast, cast.ada)[0]
    assert first.kind == "just_met"
    assert "today" in first.body


def test_tried_on_three_who_differ(cast: Cast) -> None:
    bring_in(
        cast.home,
        card("Ann Lee", "ORG:Acme", "TITLE:Director", uid="1"), card("Bob Fox", uid="2"), card("Prince", uid="3"),
        card("Cy Dee", uid="4"),
    )  # fmt: skip
    people.keep_out(person(cast.home, "Cy Dee"), never=True)
    names = [Person.objects.get(id=id).name for id in shapes.to_try_on(cast.home)]
    assert names[0] == "Ann Lee"
    assert len(set(names)) == 3
    assert shapes.to_try_on(cast.home, 1) != shapes.to_try_on(cast.home)
    assert shapes.to_try_on(cast.away) == []


def test_there_is_an_end_to_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST", 1)
    write(cast, cast.ada)
    with pytest.raises(shapes.TooMany):
        write(cast, cast.ada)
    assert Touch.objects.count() == 0
