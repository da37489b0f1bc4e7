"""The words of each step: every letter over names and facts of every kind, read by rule."""

from __future__ import annotations

import re
from itertools import product

import pytest

from keepwarm.core.introductions import letters
from keepwarm.core.introductions.letters import Party
from keepwarm.core.introductions.steps import Side, Standing
from tests.conftest import NOW

LONG = "Bartholomew Alexander Featherstonehaugh-Lindqvist of Saxmundham"
PEOPLE = (
    Party("Gabriela Quispe Rojas", "Gabriela", "Weaver", "Alpaca & Daughters", "Cusco, Peru"),
    Party("Madhavi"), Party("نور الحداد", "نور", "محامية", "مكتب الحداد"),
    Party("田中美咲", "美咲", "", "株式会社アクメ"),
    Party(LONG, LONG.split(maxsplit=1)[0], "Chief Executive Officer and Founder", "A" * 60, "Norwich"),
    Party("Chiara Bonfanti", "Chiara", "", "Acme, Inc."), Party("J. R. Okafor", "J.", "Partner"),
    Party("anna@example.com", "", "", "", "12 High Street"), Party("Dr. Ben O'Neil", "Ben", "{name}", "%s GmbH"),
)  # fmt: skip
SAID = "Both of you build quiet rooms"
CHANNELS = ("mail", "linkedin", "whatsapp", "sms")
PAIRS = [(one, other) for one, other in product(PEOPLE, PEOPLE) if one is not other]
KINDS = sorted(letters._MAIL)


@pytest.mark.parametrize(("kind", "channel"), list(product(KINDS, CHANNELS)))
def test_every_letter_over_every_pair(kind: str, channel: str) -> None:
    for pair, said in product(PAIRS, ("", SAID)):
        letter = letters.of(kind, pair, 0, said, "Ines", channel)
        text, words = letter.body, len(letter.body.split())
        assert not re.search(r"  |\(\)|\s[,.;:]|,,|\.\.|\{|\bNone\b|, \.|there,", text), text
        assert (40 if channel == "mail" else 12) <= words <= (125 if channel == "mail" else letters.SHORT + 20), text
        assert text.count("?") <= 2
        assert text.startswith(("Hi ", "Hello"))
        assert bool(letter.subject) == (channel == "mail")
        wrong = [check.text for check in letters.checked(letter, pair[0], channel) if not check.ok]
        assert [one for one in wrong if "A little long" not in one] == [], text


def test_what_it_says_is_recorded_or_typed() -> None:
    pair = (PEOPLE[0], PEOPLE[5])
    asked = letters.of(letters.ASK_FIRST, pair, 0, SAID, "Ines", "mail").body
    assert "Chiara Bonfanti from Acme." in asked
    assert f"{SAID}." in asked
    assert "Cusco" not in asked
    both = letters.of(letters.TOGETHER, pair, 0, "", "Ines", "mail")
    assert both.to == (0, 1)
    assert both.body.startswith("Hi Gabriela, hi Chiara,")
    assert "Gabriela Quispe Rojas, Weaver at Alpaca & Daughters" in both.body


def test_two_of_one_name_are_greeted_together() -> None:
    pair = (Party("Anna Berg", "Anna"), Party("Anna Lund", "Anna"))
    assert letters.of(letters.TOGETHER, pair, 0, "", "Ines", "mail").body.startswith("Hello to you both,")


def test_a_long_reason_gives_way_where_it_is_to_be_short() -> None:
    body = letters.of(letters.ASK_FIRST, (PEOPLE[0], PEOPLE[5]), 0, "word " * 50, "Ines", "sms").body
    assert "word" not in body


YES, NO, ASKED = Side(NOW, "yes", NOW), Side(NOW, "no", NOW), Side(NOW)


@pytest.mark.parametrize(
    ("standing", "wonders", "kinds"),
    [
        (Standing(), False, [("ask_first", 0)]),
        (Standing(ASKED), False, []),
        (Standing(ASKED), True, [("any_news", 0)]),
        (Standing(YES), False, [("ask_second", 1)]),
        (Standing(YES, YES), False, [("together", 0)]),
        (Standing(YES, YES, NOW), True, [("have_you_met", 0)]),
        (Standing(YES, YES, NOW, NOW), False, [("thanks", 0)]),
        (Standing(NO), False, [("no_thanks", 0)]),
        (Standing(YES, NO), False, [("no_thanks", 1), ("not_now", 0)]),
    ],
)
def test_each_step_has_its_letter(standing: Standing, wonders: bool, kinds: list[tuple[str, int]]) -> None:
    assert letters.wanted(standing, wonders=wonders) == kinds
