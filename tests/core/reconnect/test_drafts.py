"""Letters: every shape, on every channel, for people of every sort, read by rule."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from keepwarm.core.balance_words import ask_in
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, Owner, linter
from keepwarm.core.reconnect.drafts import CHANNELS, Draft, drafts, limits
from keepwarm.core.reconnect.prose import (
    employer_in_prose,
    story_in_prose,
    subject_in_prose,
    title_in_prose,
    topic_in_prose,
)
from keepwarm.core.reconnect.reasons import town_of
from tests.core.reconnect.cast import INES, MARIA, OTTO, PRIYA, TODAY, TOMASZ, crowd, history, person

CROWD = crowd(400)


def shapes(someone: Candidate, channel: str = "mail", variety: int = 0) -> dict[str, Draft]:
    return {d.shape: d for d in drafts(someone, INES, TODAY, channel, variety)}


def test_it_works() -> None:
    letter = shapes(MARIA)["thread"]
    assert letter.body.startswith("Hi Maria,\n\n")
    assert letter.body.endswith("\n\nInes")
    assert "Brightwater Foods" in letter.body
    assert "June 2016" in letter.body


def test_someone_of_whom_anything_is_known_has_all_three_shapes() -> None:
    for someone in (MARIA, TOMASZ, PRIYA):
        assert {"hello", "thread", "saw_this"} <= set(shapes(someone))


def test_someone_of_whom_only_the_name_is_known_has_a_hello() -> None:
    assert set(shapes(OTTO)) == {"hello"}


def test_a_moment_is_congratulated_first() -> None:
    letter = drafts(PRIYA, INES, TODAY, "whatsapp")[0]
    assert letter.shape == "congratulate"
    assert "Sunday" in letter.body
    assert "congratulate" not in shapes(PRIYA._replace(birthday=PartialDate(None, 12, 24)))


def test_the_thread_picks_up_what_they_last_wrote_about() -> None:
    last = TODAY - timedelta(days=200)
    lou = person("Lou Reyes", "Lou", how_met="at a fair", history=history(last), last_context="Re: Harbour plans")
    for channel in CHANNELS:
        assert "“Harbour plans”" in shapes(lou, channel)["thread"].body
    assert "Harbour plans" not in shapes(lou)["hello"].body
    assert "bakery" in shapes(lou._replace(note_topic="the new bakery"))["thread"].body


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Re: AW: Harbour plans", "Harbour plans"), ("Lunch on Thursday?", "Lunch on Thursday"), ("Hi", ""),
        ("Re:", ""), ("Your invoice for May", ""), ("Meeting", ""), ("ALL HANDS TODAY", ""), ("2024-11-03 17", ""),
        ("see https://example.com", ""), ("Happy birthday!", ""), ("Bilan du projet", "Bilan du projet"),
    ],
)  # fmt: skip
def test_subject_in_prose(written: str, said: str) -> None:
    assert subject_in_prose(written) == said


def test_the_sign_off_is_the_owners() -> None:
    owner = INES._replace(sign_off="Warm wishes,\nInes C.")
    assert drafts(MARIA, owner, TODAY, "mail")[0].body.endswith("\n\nWarm wishes,\nInes C.")


def test_a_letter_without_an_owner_name_has_no_blank_in_its_place() -> None:
    for channel in CHANNELS:
        for letter in drafts(MARIA, Owner(), TODAY, channel):
            assert not letter.body.endswith("\n")
            assert letter.subject.strip() == letter.subject
            assert not letter.subject.endswith("from")


def test_no_talk_is_claimed_where_none_is_known() -> None:
    claims = re.compile(
        r"\b(we (spoke|talked|discussed)|last (spoke|talked|time)|you (said|told|mentioned)|been a while)"
    )
    for someone in CROWD:
        if someone.history is None:
            for letter in drafts(someone, INES, TODAY, "mail"):
                assert not claims.search(letter.body.lower()), letter.body


def test_the_gap_is_said_only_where_messages_prove_it() -> None:
    lou = person("Lou Reyes", "Lou", history=history(date(2026, 4, 10)))
    assert "April 2026" in shapes(lou)["thread"].body
    assert "seven months" in " ".join(shapes(lou, variety=v)["hello"].body for v in range(3))


# --- read by rule ---


def openings(letter: Draft) -> str:
    return " ".join(letter.body.split("\n\n")[1].split()[:4])


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("variety", range(3))
def test_every_letter_reads_well(channel: str, variety: int) -> None:
    for someone in CROWD:
        for letter in drafts(someone, INES, TODAY + timedelta(days=variety), channel, variety):
            read(letter, someone, channel)


def read(letter: Draft, someone: Candidate, channel: str) -> None:
    body, text = letter.body, letter.subject + "\n" + letter.body
    fewest, most = limits(letter.shape, channel)
    assert fewest <= len(body.split()) <= most, body
    assert text.count("?") <= 2, body
    assert ask_in(text) == "", body
    assert all(check.ok for check in linter.checks(letter, someone, channel)), body
    assert not re.search(r"  | [,.;:!?]|,,|\.\.|,\.|\(\)|[{}\[\]]|\bNone\b|there,\n|\bat [.,?]|\n\n\n", text), body
    assert re.match(r"(Hi \S.*|Hello),\n\n", body), body
    assert body.endswith("\n\nInes"), body
    assert bool(letter.subject) == (channel == "mail")
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 80
    for paragraph in body.split("\n\n")[1:-1]:
        assert paragraph[-1] in ".?!", body
        assert paragraph[0].isupper() or not paragraph[0].isascii() or paragraph[:2] == "eW", body


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_letter_holds_a_fact_of_the_record_where_there_is_one(channel: str) -> None:
    """The linter sees more, such as "we have worked together"; here it is one to be found letter by letter."""
    for someone in CROWD:
        cells = {
            employer_in_prose(someone.organisation), story_in_prose(someone.how_met), title_in_prose(someone.title),
            topic_in_prose(someone.note_topic), subject_in_prose(someone.last_context), town_of(someone.place),
            str(someone.known_since.year) if someone.known_since else "",
        } - {""}  # fmt: skip
        if cells and not someone.relation and not someone.history:
            for letter in drafts(someone, INES, TODAY, channel):
                # Of a congratulation the day itself is the fact.
                assert letter.shape == "congratulate" or any(cell in letter.body for cell in cells), letter.body


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("day", range(7))
def test_todays_three_never_open_alike(channel: str, day: int) -> None:
    alike = [
        person(f"Lou{n} Reyes", f"Lou{n}", n, organisation=f"Firm {n}", known_since=date(2019, 6, 2)) for n in range(3)
    ]
    for shape in ("hello", "thread", "saw_this"):
        letters = [
            next(d for d in drafts(who, INES, TODAY + timedelta(days=day), channel, n) if d.shape == shape)
            for n, who in enumerate(alike)
        ]
        assert len({openings(letter) for letter in letters}) == 3


def test_the_shapes_of_one_person_open_differently() -> None:
    for someone in CROWD:
        letters = drafts(someone, INES, TODAY, "mail")
        assert len({letter.body.split("\n\n")[1] for letter in letters}) == len(letters)


def test_the_same_day_writes_the_same_letter() -> None:
    assert drafts(MARIA, INES, TODAY, "mail", 1) == drafts(MARIA, INES, TODAY, "mail", 1)


# --- what goes into a sentence ---


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Brightwater Foods Ltd.", "Brightwater Foods"),
        ("OAKMERE COUNCIL", "Oakmere Council"),
        ("BBC", "BBC"),
        ("St. Brannock's Trust", "St. Brannock's Trust"),
        ("Self-employed", ""),
        ("{broken} Name", ""),
        ("The Harbour Society for the Encouragement of Arts, Manufactures and Commerce", ""),
    ],
)
def test_employer_in_prose(written: str, said: str) -> None:
    assert employer_in_prose(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Head of Insight", "Head of Insight"),
        ("CTO | Speaker | ex-Nimbus", "CTO"),
        ("SPEAKER", ""),
        ("Product Director at Fenwick.io", "Product Director"),
        ("Looking for new opportunities", ""),
        ("Student", ""),
        ("designer", ""),
    ],
)
def test_title_in_prose(written: str, said: str) -> None:
    assert title_in_prose(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Leeds Design Festival 2019", "at Leeds Design Festival 2019"),
        ("conference in Berlin", "at a conference in Berlin"),
        ("Workshop", "at a workshop"),
        ("the summer party", "at the summer party"),
        ("University", "at university"),
        ("Met at Anna's wedding.", "at Anna's wedding"),
        ("On the night train to Lisbon", "on the night train to Lisbon"),
        ("Introduced by Ben", "when we were introduced by Ben"),
        ("Ben", ""),
        ("She was my neighbour", ""),
        ("at a fair. Talked about dogs", ""),
    ],
)
def test_story_in_prose(written: str, said: str) -> None:
    assert story_in_prose(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The move to Kraków", "the move to Kraków"),
        ("Hiring two analysts.", "hiring two analysts"),
        ("Her divorce", ""),
    ],
)
def test_topic_in_prose(written: str, said: str) -> None:
    assert topic_in_prose(written) == said
