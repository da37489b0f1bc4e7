"""Words of one's own: how brackets and braces work, what is wrong with them, and how they read to someone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, Gift, grammar, known
from keepwarm.core.reconnect.drafts import Desk, drafts
from keepwarm.core.reconnect.own_words import hints, problems, try_on
from keepwarm.core.reconnect.shapes import Shape
from tests.core.reconnect.cast import INES, MARIA, OTTO, PRIYA, TODAY, history, person

KNOWN = {"org": "Acme", "topic": "the boat"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("How are things[ at {org}]?", "How are things at Acme?"),
        ("How are things[ in {town}]?", "How are things?"),
        ("We met {met}.", None),
        ("[How is {met}?|How is {topic}?|How are you?]", "How is the boat?"),
        ("[How is {met}?|How are you?]", "How are you?"),
        ("Are you[ at {org}[ as {title}]] now?", "Are you at Acme now?"),
        ("Hello [{town}] there , you", "Hello there, you"),
        ("[{town} came up, and ]you came to mind.", "You came to mind."),
        ("One.\n\n[{town}]\n\nTwo.", "One.\n\nTwo."),
        ("", ""),
    ],
)
def test_said(words: str, said: str | None) -> None:
    told = grammar.say(words, KNOWN)
    assert (told.text if told else None) == said


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("How are you[ at {org}?", "A bracket is opened and not closed: “How are you[ at {org}?”."),
        ("How are you at {org}]?", "There is a ] with no [ before it: “you at {org}]?”."),
        ("Is it this|that?", "A | stands outside brackets: “Is it this|that?”."),
        ("How is {org?", "A brace stands alone: “How is {org?”."),
        ("How is {}?", "There is nothing between two braces."),
        ("How is {orgg}?", "There is no fact called {orgg}. Did you mean {org}?"),
        ("How is {xyzzy}?", "There is no fact called {xyzzy}. Take one of those below the words."),
        ("word " * 301, "It is too long: 1,505 letters."),
    ],
)
def test_what_does_not_work(words: str, begins: str) -> None:
    (told,) = problems("", words)
    assert told.startswith(begins)


def test_hints() -> None:
    assert hints("How are things[ at {org}]?") == []
    ask, general = hints("Could you call me, {name}?")
    assert ask.startswith("It asks for something: “Could you”.")
    assert general.startswith("It names no fact")


def own(words: str, reason: str = "hello", **more: object) -> Shape:
    return Shape(reason, "own:1", words, label="Mine")._replace(**more)


def test_tried_on() -> None:
    told = try_on(own("How is {org}?"), MARIA, INES, TODAY, "sms")
    assert told.draft
    assert told.draft.body == "Hi Maria,\n\nHow is Brightwater Foods?\n\nInes"
    assert told.why == ""
    assert [check.kind for check in told.checks if not check.ok] == ["length"]
    assert try_on(own("How is {org}?"), OTTO, INES, TODAY, "sms").why.startswith(
        "Not offered: {org} is not known of Otto."
    )
    assert "is not noted as client" in try_on(own("Hello.", relation=("client",)), MARIA, INES, TODAY, "sms").why
    birthday = own("Good wishes for {day}!", "congratulate", when="birthday")
    assert "on Sunday" in str(try_on(birthday, PRIYA, INES, TODAY, "sms").draft)
    assert "{day} is not known of Maria" in try_on(birthday, MARIA, INES, TODAY, "sms").why


def test_a_greeting_of_ones_own_is_not_said_twice() -> None:
    def body(words: str) -> str:
        draft = try_on(own(words), MARIA, INES, TODAY, "sms").draft
        return draft.body if draft else ""

    assert body("Dear {name}, how are you?").startswith("Dear Maria, how")
    assert body("Hello from Leeds, how are you?").startswith("Hi Maria,\n\nHello from Leeds")


# --- which shape is taken ---


def written(someone: Candidate, kind: str, channel: str = "mail", turn: int = 0, **more: object) -> str:
    made = drafts(someone, INES, TODAY + timedelta(days=turn), channel, **more)
    return next(draft.name for draft in made if draft.shape == kind)


def test_what_they_have_had_is_not_taken_again_while_there_is_another() -> None:
    seen: list[str] = []
    for turn in range(9):
        name = written(MARIA._replace(said=frozenset(seen)), "hello", turn=turn)
        assert name not in seen
        seen.append(name)


def test_what_others_of_today_have_is_left_to_them() -> None:
    first = written(MARIA, "hello")
    assert written(MARIA, "hello", taken={first}) != first


def test_by_what_they_are_to_the_owner() -> None:
    for words, begins in (
        ("Old client", "client-"),
        ("friend", "friend-"),
        ("my mentor", "mentor-"),
        ("neighbour", "family-"),
    ):
        assert written(MARIA._replace(relation=words), "hello").startswith(begins)
    assert written(MARIA._replace(relation="friend of Ben"), "hello").startswith(("since-", "plain-"))


def test_after_a_year_a_hello_says_so() -> None:
    lou = person("Lou Reyes", "Lou", note_topic="the new bakery", history=history(TODAY - timedelta(days=800)))
    assert written(lou, "hello").startswith("long-")


GIFT = Gift(
    UUID(int=9),
    "The quiet timetable",
    "Ferry Post",
    "https://ferry.example/q",
    ("timetables",),
    "Worth a train ride",
    "title",
)


def test_a_gift_is_named_with_its_link_and_why() -> None:
    for channel in ("mail", "sms"):
        draft = next(d for d in drafts(MARIA._replace(gift=GIFT), INES, TODAY, channel) if d.shape == "saw_this")
        assert "“The quiet timetable” (Ferry Post)" in draft.body
        assert "https://ferry.example/q" in draft.body
        assert "timetables" in draft.body
        assert "Head of Insight" in draft.body
        assert ("“Worth a train ride.”" in draft.body) == (channel == "mail")


def test_own_words_beside_a_gift_need_their_facts_too() -> None:
    given = MARIA._replace(gift=GIFT)
    assert try_on(own("We met {met}.", "saw_this"), given, INES, TODAY, "sms").draft is None
    assert Desk.of(given, INES, TODAY, "sms").write(own("We met {met}.", "saw_this")) is None
    assert Desk.of(given, INES, TODAY, "sms").write(own("News of {org}.", "saw_this"))


@pytest.mark.parametrize(
    ("news", "said"),
    [
        ("Won the Leeds design prize", "the Leeds design prize"), ("Opened a second shop", "a second shop"),
        ("Lost the Leeds job", ""), ("She won the prize", ""), ("prize", ""), ("The birth of twins", ""),
    ],
)  # fmt: skip
def test_news_in_prose(news: str, said: str) -> None:
    assert known.prose.news_in_prose(news) == said


def test_a_birthday_ahead_and_on_its_day_have_words_of_their_own() -> None:
    desk = Desk.of(PRIYA._replace(birthday=PartialDate(None, TODAY.month, TODAY.day)), INES, TODAY, "mail")
    assert "soon" not in str(desk.best("congratulate"))
