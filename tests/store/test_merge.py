"""Two people into one and apart again: whatever happens in between, both are as if they had never been joined."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from keepwarm.core.facts import Stated
from keepwarm.models import (
    Circle,
    Fact,
    ImportRun,
    Merge,
    Note,
    OwnerFact,
    Person,
    Photo,
    SourceRecord,
    Space,
    Summary,
    Touch,
)
from keepwarm.store import edits, many, merge, people, touches, trash
from keepwarm.store import imports as runs
from tests.build import bring_in, card, connections, found, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PIXEL = "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw="
LINKEDIN = "Robert,Lindqvist,https://www.linkedin.com/in/boblindqvist,,{},{},07 Jun 2021"


def two(space: Space) -> tuple[Person, Person]:
    """Bob from the phone, Robert from LinkedIn, with nothing in common that an import would find."""
    bring_in(space, card("Bob Lindqvist", "TEL:+46 70 174 06 12", "EMAIL:bob@example.se", PIXEL, uid="bob"))
    bring_in(space, **{"Connections.csv": connections(LINKEDIN.format("Nordisk Tand", "Director"))})
    return person(space, "Bob Lindqvist"), person(space, "Robert Lindqvist")


def whole(space: Space) -> dict[str, Any]:
    """All that pages could show of everyone, by their first card."""
    return {str(one.id): _whole(one) for one in Person.objects.of(space).here()}


def _whole(one: Person) -> dict[str, Any]:
    left_out = {"version", "edited_at"}
    return {
        "shown": {
            name: value for name, value in Person.objects.filter(id=one.id).values()[0].items() if name not in left_out
        },
        "facts": sorted(
            Fact.objects.filter(person=one).values_list("field", "value", "source", "label", "ended_at", "origin"),
            key=str,
        ),
        "touches": sorted(Touch.objects.filter(person=one).values_list("external_id", "at", "line", "origin"), key=str),
        "notes": sorted(Note.objects.filter(person=one).values_list("text", "origin")),
        "records": sorted(
            SourceRecord.objects.filter(person=one).values_list("source", "external_id", "digest", "origin")
        ),
        "photo": Photo.objects.filter(person=one).exists(),
        "summary": Summary.objects.filter(person=one).values().first(),
        "found": sorted(found(one.space, one.name)),
    }


class TestJoining:
    def test_it_works(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        people.add_note(robert, cast.ada, "Loves sailing", NOW)
        touches.log(robert, cast.ada, NOW, NOW, channel="call", direction="both")
        made = merge.join(bob, robert, LATER, by=cast.ada)
        assert made is not None
        assert here(cast.home) == ["Bob Lindqvist"]
        bob.refresh_from_db()
        assert (bob.organisation, bob.reach & 2, bob.known_since is not None) == ("Nordisk Tand", 2, True)
        assert Note.objects.get().person == bob
        assert Summary.objects.get().person == bob
        assert found(cast.home, "robert") == [bob.id]
        assert found(cast.home, "sailing") == [bob.id]

    def test_marks_come_from_both(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        circle = Circle.objects.create(space=cast.home, name="Close", cadence=30)
        Person.objects.filter(id=bob.id).update(relation="friend", trust="knows", suggestions=2)
        Person.objects.filter(id=robert.id).update(
            relation="client", trust="opens", circle=circle, never=True, suggestions=1
        )
        merge.join(bob, robert, LATER)
        bob.refresh_from_db()
        assert (bob.relation, bob.trust, bob.circle, bob.never, bob.suggestions) == ("friend", "opens", circle, True, 3)

    def test_a_meeting_both_were_at_counts_once(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        for one in (bob, robert):
            touches.log(one, None, NOW, NOW, channel="meeting", direction="both", external_id="m1")
        made = merge.join(bob, robert, LATER)
        assert Touch.objects.filter(person=bob).count() == 1
        assert merge.part(made, LATER)
        assert [Touch.objects.filter(person=one).count() for one in (bob, robert)] == [1, 1]

    def test_who_is_not_here_is_left_out(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        people.to_trash([robert.id], NOW)
        assert merge.join(bob, robert, LATER) is None
        assert not Merge.objects.exists()

    def test_one_pair_after_another(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        bring_in(cast.home, card("R. Lindqvist", uid="third"))
        third = person(cast.home, "R. Lindqvist")
        pairs = [merge.Pair(bob.id, robert.id), merge.Pair(bob.id, third.id), merge.Pair(robert.id, third.id)]
        assert len(merge.join_all(cast.home, pairs, LATER)) == 2
        assert here(cast.home) == ["Bob Lindqvist"]

    def test_the_better_known_is_kept(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        assert merge.better_known(bob, robert) == (robert, bob)  # more is known of him
        touches.log(bob, None, NOW, NOW, channel="call", direction="both")
        assert merge.better_known(robert, bob) == (bob, robert)

    def test_every_table_of_a_person_goes_along_or_is_known_to_stay(self) -> None:
        for table in merge.moving():
            assert {"person", "origin"} <= {field.name for field in table._meta.fields}, table.__name__


class TestLater:
    def test_a_card_of_the_one_who_is_gone_still_speaks(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        made = merge.join(bob, robert, LATER)
        bring_in(cast.home, at=LATER, **{"Connections.csv": connections(LINKEDIN.format("Acme", "Chair"))})
        bob.refresh_from_db()
        assert (bob.organisation, bob.title) == ("Acme", "Chair")
        merge.part(made, LATER)
        bob.refresh_from_db()
        robert.refresh_from_db()
        assert (bob.organisation, robert.organisation, robert.deleted_at) == ("", "Acme", None)

    def test_a_new_card_with_their_profile_is_theirs(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        made = merge.join(bob, robert, LATER)
        bring_in(
            cast.home,
            card("Robert Lindqvist", "URL:https://www.linkedin.com/in/boblindqvist", "TEL:+46 8 1", uid="new"),
        )
        assert here(cast.home) == ["Bob Lindqvist"]
        merge.part(made, LATER)
        assert Fact.objects.get(field="phone", value__contains="8 1").person == robert

    def test_a_letter_to_their_address_is_theirs(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        edits.add_value(robert, Stated("email", "rl@nordisk.example", "", "e:rl@nordisk.example"), NOW)
        made = merge.join(bob, robert, LATER)
        letter = (
            "From x Mon Jan  5 09:00:00 2026\nFrom: me@example.net\nTo: {}\nDate: Mon, 05 Jan 2026 09:00:00 +0000\n"
            "Message-ID: <{}@x.example>\nSubject: Plans\n\nHello\n"
        )
        OwnerFact.objects.create(space=cast.home, kind="email", value="me@example.net", source="user", seen_at=NOW)
        mail = "\n".join(
            letter.format(to, n) for n, to in enumerate(["rl@nordisk.example", "bob@example.se", "bob@example.se"])
        )
        bring_in(cast.home, at=LATER, **{"mail.mbox": mail})
        assert Touch.objects.filter(person=bob).count() == 3
        merge.part(made, LATER)
        assert [Touch.objects.filter(person=one).count() for one in (bob, robert)] == [2, 1]

    def test_an_edit_since_stays(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        Person.objects.filter(id=robert.id).update(relation="client", how_met="at a fair")
        made = merge.join(bob, robert, LATER)
        bob.refresh_from_db()
        edits.edit(bob, {"relation": "friend"}, bob.version, LATER)
        merge.part(made, LATER)
        bob.refresh_from_db()
        robert.refresh_from_db()
        assert (bob.relation, bob.how_met, robert.relation, robert.how_met) == ("friend", "", "client", "at a fair")

    def test_a_value_removed_since_stays_removed_with_the_card_that_said_it(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        made = merge.join(bob, robert, LATER)
        edits.remove_value(Fact.objects.get(field="profile", ended_at=None), LATER)
        merge.part(made, LATER)
        bring_in(
            cast.home,
            at=LATER + timedelta(hours=1),
            **{"Connections.csv": connections(LINKEDIN.format("Acme", "Chair"))},
        )
        robert.refresh_from_db()
        assert (robert.organisation, robert.reach) == ("Acme", 0)

    def test_a_tag_for_many_is_undone_after_they_were_joined(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        before = whole(cast.home)
        action = many.tag(cast.home, cast.ada, [bob.id, robert.id], "sailing", NOW)
        made = merge.join(bob, robert, LATER)
        many.undo(action, LATER)
        merge.part(made, LATER)
        assert whole(cast.home) == before

    def test_the_import_that_brought_one_of_them_is_undone(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        before = whole(cast.home)[str(bob.id)]
        merge.join(bob, robert, LATER)
        run = ImportRun.objects.get(id=robert.made_by_id)
        runs.undo(run, LATER)
        assert whole(cast.home) == {str(bob.id): before}

    def test_forgotten_together(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        merge.join(bob, robert, LATER)
        people.to_trash([bob.id], LATER)
        assert [one.id for one in trash.inside(cast.home)] == [bob.id]
        trash.forget(cast.home, [bob.id])
        assert not Person.objects.of(cast.home).exists()
        assert not Fact.objects.exists()

    def test_after_90_days_they_are_one_for_good(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        made = merge.join(bob, robert, NOW)
        trash.forget_old(NOW + timedelta(days=91))
        assert Person.objects.get() == bob
        assert Fact.objects.filter(person=bob, field="profile").exists()
        assert not merge.part(made, NOW)

    def test_bringing_back_from_the_trash_is_not_parting(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        merge.join(bob, robert, LATER)
        assert trash.bring_back(cast.home, [robert.id]) == people.bring_back([robert.id]) == 0


class TestNested:
    def test_taken_apart_in_any_order(self, cast: Cast) -> None:
        bob, robert = two(cast.home)
        bring_in(cast.home, card("R. Lindqvist", "EMAIL:rl@example.org", uid="third"))
        third = person(cast.home, "R. Lindqvist")
        Person.objects.filter(id=robert.id).update(how_met="at a fair")
        people.weigh_again([robert.id])
        before = whole(cast.home)
        inner, outer = merge.join(bob, robert, LATER), merge.join(third, bob, LATER)
        assert here(cast.home) == ["R. Lindqvist"]
        assert Person.objects.get(id=third.id).how_met == "at a fair"
        merge.part(inner, LATER)
        assert here(cast.home) == ["R. Lindqvist", "Robert Lindqvist"]
        assert Person.objects.get(id=third.id).how_met == ""
        outer.refresh_from_db()
        merge.part(outer, LATER)
        assert whole(cast.home) == before


STEPS = ("merge", "part", "log", "note", "news", "letters", "edit", "value", "remove", "again")


class AsIfNeverJoined(TestCase):
    """Two spaces live through the same; in one of them people are joined and taken apart in between."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=12))
    def test_every_source_tells_its_own(self, steps: list[tuple[str, int]]) -> None:
        space, plain = Space.objects.create(name="joined"), Space.objects.create(name="plain")
        for turn, one in enumerate((space, plain)):
            self.people = [*two(one), self.third(one)]
            for n, (step, number) in enumerate(steps):
                self.take(one, step, number, n, joined=not turn)
            for made in reversed(Merge.objects.standing().filter(space=one).order_by("made_at", "id")):
                merge.part(made, LATER)
        assert self.told(space) == self.told(plain), steps

    def third(self, space: Space) -> Person:
        bring_in(space, card("R. Lindqvist", "EMAIL:rl@example.org", uid="third"))
        return person(space, "R. Lindqvist")

    def take(self, space: Space, step: str, number: int, turn: int, *, joined: bool) -> None:
        now, who = LATER + timedelta(minutes=turn), self.people[number]
        if step == "merge" and joined:
            one, other = (self.now(self.people[(number + n) % 3]) for n in range(2))
            merge.join(one, other, now)
        elif step == "part" and joined:
            held = list(Merge.objects.standing().filter(space=space).order_by("made_at", "id"))
            if held:
                merge.part(held[number % len(held)], now)
        elif step == "log":
            touch = touches.log(self.now(who), None, now, now, channel="call", direction="both")
            Touch.objects.filter(id=touch.id).update(origin=self.whose(who))
        elif step == "note":
            Note.objects.create(space=space, person=self.now(who), origin=self.whose(who), at=now, text=f"note {turn}")
        elif step == "news":
            bring_in(space, at=now, **{"Connections.csv": connections(LINKEDIN.format(f"Firm {turn}", "Chair"))})
        elif step == "letters":
            bring_in(
                space,
                card("Bob Lindqvist", "TEL:+46 70 174 06 12", f"EMAIL:bob{turn}@example.se", uid=f"bob{turn}"),
                at=now,
            )
        elif step == "remove" and (
            fact := Fact.objects.filter(space=space, field="email", ended_at=None).order_by("value").first()
        ):
            edits.remove_value(fact, now)
        elif step == "again":
            bring_in(space, card("R. Lindqvist", "EMAIL:rl@example.org", "ORG:Third & Co", uid="third"), at=now)

    def now(self, who: Person) -> Person:
        return Person.objects.get(id=merge.kept_as(who.space, who.id) or who.id)

    def whose(self, who: Person) -> UUID | None:
        return who.id if self.now(who) != who else None

    def told(self, space: Space) -> list[Any]:
        names = ("Bob Lindqvist", "Robert Lindqvist", "R. Lindqvist")
        return [self.told_of(person(space, name)) for name in names]

    def told_of(self, one: Person) -> list[Any]:
        """All rows of theirs, without what differs from space to space."""
        left_out = {"id", "space_id", "made_by_id", "version", "edited_at", "person_id", "merged_into"}
        rows = [Person.objects.filter(id=one.id).values()[0], Summary.objects.filter(person=one).values().first() or {}]
        fact = ("field", "value", "source", "label", "seen_at", "ended_at", "origin")
        record = ("source", "external_id", "digest", "origin")
        return [
            *({name: value for name, value in row.items() if name not in left_out} for row in rows),
            sorted(Fact.objects.filter(person=one).values_list(*fact), key=str),
            sorted(Touch.objects.filter(person=one).values_list("at", "channel", "origin")),
            sorted(Note.objects.filter(person=one).values_list("text", "origin")),
            sorted(SourceRecord.objects.filter(person=one).values_list(*record)),
        ]
