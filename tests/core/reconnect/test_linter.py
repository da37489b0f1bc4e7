"""The quiet checks: what asks, what does not, and when to say nothing."""

from __future__ import annotations

import pytest

from keepwarm.core.balance_words import ask_in
from keepwarm.core.reconnect.drafts import Draft
from keepwarm.core.reconnect.linter import checks, seconds
from tests.core.reconnect.cast import MARIA, OTTO

FILL = "I was glad to see your name at Brightwater today and thought I would write. " * 4


def kinds(body: str, channel: str = "mail", shape: str = "hello") -> set[str]:
    """What is not ok."""
    return {c.kind for c in checks(Draft(shape, "", body), MARIA, channel) if not c.ok}


def test_a_good_letter_hears_two_quiet_words() -> None:
    found = checks(Draft("hello", "", f"Hi Maria,\n\n{FILL}\n\nHow are you?\n\nInes"), MARIA, "mail")
    assert [c.text for c in found] == ["Asks for nothing", "Reads in 20 seconds"]
    assert all(c.ok for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "Could you introduce me to Anna?",
        "Would you mind sending me the deck?",
        "I’d love to pick your brain.",
        "I'd love to get your thoughts on this.",
        "Let me know if you know anyone hiring.",
        "Do you know someone who could help?",
        "Shall we jump on a call?",
        "I wonder if you could help me.",
        "I was wondering if you know a good lawyer.",
        "I have a small favour.",
        "Can you send me the slides?",
        "Do you have 15 minutes next week?",
        "I'm looking for a new role.",
        "Please let me know your thoughts.",
        "I'd appreciate it if you had a look.",
        "Here is my CV.",
        "Please check out our new product.",
        "Any chance you could vote for us?",
        "No need to answer at once, but could you send the deck?",
        "Would you be open to a chat about our services?",
    ],
)
def test_this_asks(text: str) -> None:
    assert ask_in(f"Hi Maria,\n\nIt was good to see your name. {text}\n\nInes")


@pytest.mark.parametrize(
    "text",
    [
        "How are you?",
        "No need to answer.",
        "Please don't feel you have to answer.",
        "Can you believe it is ten years?",
        "Let me know if you need anything.",
        "I could introduce you to Ben, if you like.",
        "Would you like an introduction to Ben?",
        "Happy to make an introduction to Ben.",
        "I'm not asking for a favour.",
        "I would love to hear how you are.",
        "If I can help you, just say so.",
        "What are you working on, and do you enjoy it?",
        "I wondered what came next for you.",
        "Do you know how it ended?",
        "I hope they can spare you for an hour.",
        "Are you still at Fenwick.io?",
        "A line is plenty, whenever it suits.",
        "Thank you for your help back then.",
        "Will there be cake?",
    ],
)
def test_this_asks_nothing(text: str) -> None:
    assert ask_in(text) == ""


def test_the_ask_is_quoted_as_written() -> None:
    asked = checks(Draft("hello", "", "Could you call me?"), MARIA, "mail")[0]
    assert asked.text.startswith("It asks for something: “Could you”.")


@pytest.mark.parametrize(("words", "read"), [(1, 5), (57, 15), (60, 20), (125, 40)])
def test_seconds(words: int, read: int) -> None:
    assert seconds("word " * words) == read


def test_length_is_said_with_its_numbers() -> None:
    assert "length" in kinds("Hi Maria, how are you?")
    assert "length" not in kinds("Hi Maria, I thought of you today. How are you and yours? Ines", "sms")
    found = checks(Draft("hello", "", "word " * 61), MARIA, "sms")
    assert found[-1].text == "A little long for a text message: 61 words. 12 to 60 read best."


def test_one_thing_of_this_person_makes_it_theirs() -> None:
    plain = "I was glad to see your name today and thought that I would write a line. " * 3
    assert "fact" in kinds(plain)
    for theirs in ("How is the Insight team?", "We have known each other since 2016.", "We met three years ago."):
        assert "fact" not in kinds(plain + theirs), theirs
    nobody_known = Draft("hello", "", plain)
    assert all(check.kind != "fact" for check in checks(nobody_known, OTTO, "mail"))
    assert all(check.kind != "fact" for check in checks(Draft("congratulate", "", plain), MARIA, "mail"))


def test_three_questions_are_many() -> None:
    assert "questions" in kinds(FILL + "How are you? Where? Why?")
    assert "questions" not in kinds(FILL + "How are you? Really??")
    assert "questions" not in kinds(FILL + "See https://tern.example/?a=1 How? Why?")


def test_one_clause_about_the_gap_is_kind_and_two_are_many() -> None:
    assert "gap" not in kinds(FILL + "Sorry for the long silence.")
    assert "gap" in kinds(FILL + "Sorry for the silence. I am terrible at keeping in touch.")
    assert "gap" in kinds(FILL + "I apologise that " + "for so many reasons " * 5 + "I did not write.")


@pytest.mark.parametrize(
    "text", ["Hi [name],", "I saw {article}.", "We met at ____.", "See <link>.", "TODO: more", "Hi ,"]
)
def test_a_blank_is_seen(text: str) -> None:
    assert "blank" in kinds(f"{text} {FILL}")


def test_hello_without_a_name_is_a_greeting() -> None:
    assert "blank" not in kinds(f"Hello,\n\n{FILL}")
