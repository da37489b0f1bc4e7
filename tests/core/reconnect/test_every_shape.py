"""Every shape of the library for everyone in the demo and 200 odd people, on every channel, read by rule."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from keepwarm.core import just_met
from keepwarm.core.moments import Moment
from keepwarm.core.names import organisation_key
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, Gift, Owner, grammar, known, linter
from keepwarm.core.reconnect.drafts import Desk, Draft, _turn_with, limits
from keepwarm.core.reconnect.shapes import MAIL, REASONS, SHORT, Shape
from keepwarm.core.reconnect.shapes.library import LIBRARY
from keepwarm.demo import SEED, cast, lives
from tests.core.reconnect.cast import INES, TODAY, crowd, history

RELATIONS = ("client", "colleague", "friend", "met at an event", "mentor", "neighbour", "")
GIFTS = (
    None,
    Gift(UUID(int=1), "The quiet timetable", "Ferry Post", "https://ferrypost.example/quiet", ("timetables", "hiring"),
         "Page three is the best of it", "title"),
    Gift(UUID(int=2), 'RT: [video] “How {we} ship” | 10x 🚀  growth ' + "and on " * 40, "www.x.example",
         "https://x.example/?a=1&b=[2]", ("北海",), "she'd love it", "organisation"),
    Gift(UUID(int=3), "Why boats are late.", "", "", (), "Boats are late because the sea is wide.", ""),
    Gift(UUID(int=4), "北海の静けさ", "", "https://例え.example/", ("sea", "quiet", "{odd}", "harbours"), "", "tag"),
)  # fmt: skip
DOORS = ("", "the introduction", "your advice", "the work that came my way through you")
PROMISES = ("", "", "send the photos", "Send her the deck", "I'll call", "{odd}", "write to Ben about the boat")


def happened(lots: random.Random) -> tuple[Moment, ...]:
    day = TODAY - timedelta(days=lots.randrange(20))
    told = (
        ("new_job", "Producer at Harbour Films", "harbour films@x"), ("new_job", "x at Ω|?", "@x"),
        ("new_title", "Managing Director", "acme@x"), ("new_title", "🚀", "acme@x"),
        ("published", "On boats, and other things that leave", ""), ("published", "[video] {x}", ""),
        ("other", "Won the Leeds design prize", ""), ("other", "Lost her father", ""), ("new_name", "Lou Moss", ""),
    )  # fmt: skip
    kind, text, key = lots.choice(told)
    return (Moment(kind, text, "", None, day, TODAY, "user", key),) if lots.random() < 0.7 else ()


def odd_people() -> Iterator[Candidate]:
    """One-word names, no company, Arabic, Chinese, sixty letters, emoji, capitals, odd punctuation, nothing at all."""
    lots = random.Random(7)
    for who in crowd(200, seed=5):
        if lots.random() < 0.1:
            yield Candidate(id=who.id, name=who.name, given=who.given)
            continue
        met_on = TODAY - timedelta(days=lots.randrange(100))
        yield who._replace(
            relation=lots.choice(RELATIONS), gift=lots.choice(GIFTS), door=lots.choice(DOORS),
            promise=lots.choice(PROMISES), moments=happened(lots), met_on=met_on,
            first_weeks=lots.choice(("", *(name for name, _ in just_met.STEPS))),
            known_since=lots.choice((who.known_since, date(2016, TODAY.month, TODAY.day))),
        )  # fmt: skip


def demo_people() -> Iterator[Candidate]:
    """The cast of `keepwarm demo` as the judgement sees it, without a database."""
    lots = random.Random(3)
    for n, member in enumerate(cast.people(SEED, TODAY), 1):
        card = member.linkedin or member.card
        said = lives.touches(member, SEED, TODAY, ZoneInfo("Europe/Lisbon"))
        lines, subjects = [one.line for one in said if one.line], [one.context for one in said if one.context]
        assert card
        yield Candidate(
            id=UUID(int=n), name=member.name, given=card.given, title=card.title, organisation=card.organisation,
            organisation_key=organisation_key(card.organisation), known_since=card.known_since, source="linkedin",
            place=card.addresses[0].city if card.addresses else "", channels=("mail",), relation=member.relation,
            how_met=member.how_met, note_topic=lines[-1] if lines else "",
            last_context=subjects[-1] if subjects else "",
            history=history(said[-1].at.date()) if said else None, gift=lots.choice(GIFTS),
            birthday=lots.choice((None, None, PartialDate(None, TODAY.month, TODAY.day))), moments=happened(lots),
            anniversary=lots.choice((None, PartialDate(2001, TODAY.month, TODAY.day))),
        )  # fmt: skip


@cache
def people(which: str) -> tuple[Candidate, ...]:
    if which == "odd":
        return tuple(odd_people())
    everyone = tuple(demo_people())
    return everyone[::2] if which == "half the demo" else everyone[1::2]


def test_there_is_a_shape_for_each_reason_and_relation() -> None:
    assert len(LIBRARY) >= 60
    assert {shape.reason for shape in LIBRARY} == set(REASONS)
    assert {relation for shape in LIBRARY for relation in shape.relation} == set(known.RELATIONS)
    assert {shape.channel for shape in LIBRARY} == {MAIL, SHORT, ""}


def test_each_is_written_as_the_grammar_has_it_and_has_a_name_of_its_own() -> None:
    for shape in LIBRARY:
        for words in (shape.opening, shape.body, shape.close, shape.subject):
            assert grammar.problems(words, known.FACTS) == [], shape.name
    assert len({shape.name for shape in LIBRARY}) == len(LIBRARY)


def test_those_that_take_turns_are_three_at_least_and_open_each_in_its_own_way() -> None:
    groups: dict[object, list[Shape]] = {}
    for shape in LIBRARY:
        groups.setdefault(_turn_with(shape), []).append(shape)
    for held in groups.values():
        assert len(held) >= 3, held
        assert len({" ".join(shape.opening.split()[:3]) for shape in held}) == len(held)


@pytest.mark.parametrize("channel", ["mail", "sms"])  # what is short is the same on LinkedIn and WhatsApp
@pytest.mark.parametrize("which", ["half the demo", "the other half", "odd"])
def test_every_shape_reads_well_for_everyone(which: str, channel: str) -> None:
    for n, someone in enumerate(people(which)):
        desk = Desk.of(someone, INES, TODAY, channel, n)
        for shape in LIBRARY:
            if letter := desk.write(shape):
                read(letter, someone, channel, tells=desk.tells(shape))


def test_there_is_someone_for_every_shape() -> None:
    left = set(LIBRARY)
    for someone in (*people("half the demo"), *people("odd")):
        for desk in (Desk.of(someone, INES, TODAY, "mail"), Desk.of(someone, INES, TODAY, "sms")):
            left -= {shape for shape in left if desk.fits(shape)}
    assert {shape.name for shape in left} == set()


WRONG = re.compile(
    r"  | [,.;:!?](?=\s|$)|,,|\.\.|,\.|[.!?],|\(\s*\)|“\s*”|[{}|]|\[|\]|\bNone\b|there,\n|"
    r"\b(?:at|in|of|with|since) [.,?!]|\n\n\n|: ?\n\n"
)


def read(letter: Draft, someone: Candidate, channel: str, *, tells: bool) -> None:
    text = letter.body
    words = re.sub(r"https?://\S+", "LINK.", text)
    assert not WRONG.search(words.rstrip()), text
    assert re.match(r"(Hi \S[^\n]*|Hello),\n\n", text), text
    fewest, most = limits(letter.shape, channel)
    assert fewest <= len(text.split()) <= most, text
    assert len(re.findall(r"[?？]", words)) <= 2, text
    assert not ask(text), (ask(text), text)
    assert not tells or letter.shape == "congratulate" or linter.tells(text, someone), text
    for paragraph in text.split("\n\n")[1:-1]:
        first, last = paragraph[0], paragraph.split()[-1]
        assert last[-1] in ".?!…”" or last.startswith("http"), text
        assert not first.islower() or paragraph.startswith(("eW", "http")), text
    assert bool(letter.subject) == (channel == "mail"), text
    assert len(letter.subject) <= 100
    assert not WRONG.search(letter.subject), letter.subject


@cache
def asks(sentence: str) -> str:
    return linter.ask_in(sentence)


def ask(text: str) -> str:
    """As the linter, but a sentence that has been read is not read again: there are many and they repeat."""
    return next((found for part in re.split(r"(?<=[.!?])\s+|\n", text) if (found := asks(part))), "")


def test_an_owner_without_a_name_signs_with_nothing() -> None:
    for someone in people("odd")[:40]:
        desk = Desk.of(someone, Owner(), TODAY, "mail")
        for shape in LIBRARY:
            if letter := desk.write(shape):
                assert letter.body == letter.body.strip()
                assert not WRONG.search(letter.subject), letter.subject
