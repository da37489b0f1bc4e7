"""What a line says that someone needs, offers or cares about: eighty lines as people write them, judged by hand."""

from __future__ import annotations

import pytest

from keepwarm.core import needs

# Each line beside what a careful reader would take from it; nothing where there is nothing to act on.
SAID: list[tuple[str, list[tuple[str, str]]]] = [
    ("Looking for a designer", [("need", "a designer")]),
    ("Coffee with Amara. She's hiring two analysts.", [("need", "two analysts")]),
    ("needs a flat in Leeds by March", [("need", "a flat in Leeds")]),
    ("can help with grants", [("offer", "help with grants")]),
    ("Sells oak floors from the family yard.", [("offer", "oak floors from the family yard")]),
    ("Knows everyone in Leeds theatre", [("offer", "introductions in Leeds theatre")]),
    ("Still searching for someone who speaks Danish", [("need", "someone who speaks Danish")]),
    ("The studio is looking for a second illustrator, preferably local", [("need", "a second illustrator")]),
    ("Rui wants to meet people in museum shops", [("need", "people in museum shops")]),
    ("Could use a good accountant for the move to Ireland", [("need", "a good accountant for the move to Ireland")]),
    ("he is raising a seed round for the mapping tool", [("need", "a seed round for the mapping tool")]),
    ("asked if I know a good lawyer", [("need", "a good lawyer")]),
    ("Asked whether I knew a translator for Japanese", [("need", "a translator for Japanese")]),
    ("Sings bass. Looks for a choir.", [("need", "a choir")]),
    ("Her team needs a freelance editor this autumn", [("need", "a freelance editor")]),
    ("Desperately looking for a nursery place near Alfama", [("need", "a nursery place near Alfama")]),
    ("On the lookout for old printing presses", [("need", "old printing presses")]),
    ("They are recruiting a head of sales", [("need", "a head of sales")]),
    ("Lunch at the harbour; he's seeking a publisher for his memoir", [("need", "a publisher for his memoir")]),
    ("Would love to find a mentor in publishing", [("need", "a mentor in publishing")]),
    ("wants to hire a product designer in the spring", [("need", "a product designer")]),
    ("In search of a bookbinder.", [("need", "a bookbinder")]),
    ("needs funding for the second season", [("need", "funding for the second season")]),
    ("Hopes to find a co-founder who can code", [("need", "a co-founder who can code")]),
    ("Mira needs a place to rehearse", [("need", "a place to rehearse")]),
    ("Happy to help with tax questions", [("offer", "help with tax questions")]),
    ("Is happy to advise on museum law", [("offer", "advice on museum law")]),
    ("offers workshops on letterpress", [("offer", "workshops on letterpress")]),
    ("Has a spare room to let in Porto", [("offer", "a spare room in Porto")]),
    ("Has a studio to rent near the river", [("offer", "a studio near the river")]),
    ("mentors young founders", [("offer", "mentoring for young founders")]),
    ("Invests in climate start-ups", [("offer", "investment in climate start-ups")]),
    ("Knows a lot about customs law", [("offer", "advice on customs law")]),
    ("She's an expert in harbour engineering", [("offer", "advice on harbour engineering")]),
    ("gives talks on type design", [("offer", "talks on type design")]),
    ("Well connected in Lisbon film", [("offer", "introductions in Lisbon film")]),
    ("Teaches Portuguese to newcomers", [("offer", "lessons in Portuguese to newcomers")]),
    ("Knows everybody at the port. Generous with introductions.", [("offer", "introductions at the port")]),
    ("specialises in small archives", [("offer", "advice on small archives")]),
    ("Offered to help with the grant application", [("offer", "help with the grant application")]),
    ("Collects old harbour maps. Takes the early ferry.", [("interest", "old harbour maps")]),
    ("Plays the cello", [("interest", "cello")]),
    ("is very keen on night trains", [("interest", "night trains")]),
    ("Obsessed with lichens", [("interest", "lichens")]),
    (
        "Needs a web designer and sells handmade paper",
        [("need", "a web designer"), ("offer", "handmade paper")],
    ),
    ("She is looking for a tenant, he can help with accounts",
     [("need", "a tenant"), ("offer", "help with accounts")]),
    ("She mentioned that they need more volunteers for the festival in June.",
     [("need", "more volunteers for the festival")]),
    ("Tom says he could really use an introduction to someone at the port authority.",
     [("need", "an introduction to someone at the port authority")]),
    ("Has two rooms to let in Alfama.", [("offer", "two rooms in Alfama")]),
    ("hunting for a wedding venue near Évora for 80 people", [("need", "a wedding venue near Évora for 80 people")]),
    ("Looking for investors and a CFO.", [("need", "investors and a CFO")]),
    # What is none.
    ("I need to call her back", []),
    ("I'm looking for a designer", []),
    ("we are hiring two analysts", []),
    ("She needs to call the bank", []),
    ("not looking for a job any more", []),
    ("Is she looking for a job?", []),
    ("No longer needs a flat", []),
    ("needs some time off", []),
    ("Needs a break", []),
    ("Her sister needs a flat in Leeds", []),
    ("raising two kids on her own", []),
    ("looking for her keys all morning", []),
    ("She is looking forward to the summer", []),
    ("A hiring freeze at her firm until June", []),
    ("Does not need any help with the move", []),
    ("it needs painting", []),
    ("The house needs a new roof", []),
    ("might need a lawyer one day", []),
    ("If she needs an editor she will write", []),
    ("Wants to move north again one day.", []),
    ("Offered me a lift home", []),
    ("Offers to pay for lunch", []),
    ("He can help me move the piano", []),
    ("Knows every bakery in town", []),
    ("Has an eye for type. Ask before choosing a cover.", []),
    ("She used to sell insurance and looks for nothing now", []),
    ("Stopped looking for a new office", []),
    ("My brother is looking for an internship", []),
    ("You need a good coat in Porto", []),
    ("Prefers a call to mail, mornings best.", []),
    ("Found a flat at last", []),
    ("The garden needs rain", []),
    ("needs me to send the contract", []),
    ("Sucht einen Designer in Berlin", []),
    ("He needs it by Friday", []),
    ("Their kid needs a tutor in maths.", []),
    ("He will need a new passport.", []),
    ("She would like to meet Yusuf.", []),
    ("wants to find out who wrote it", []),
    ("The book sells well", []),
    ("collects the kids at four", []),
    ("we talked about what she needs for the house", []),
    ("Reads on trains. Lent me a book on lighthouses.", []),
]  # fmt: skip


def told(line: str) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in needs.read(line)]


@pytest.mark.parametrize(("line", "expected"), SAID, ids=[line for line, _ in SAID])
def test_as_a_careful_reader_would(line: str, expected: list[tuple[str, str]]) -> None:
    assert told(line) == expected


def test_eighty_lines() -> None:
    assert len(SAID) >= 80


def test_where_it_stands() -> None:
    line = "Met at the fair. Looking for a designer."
    (found,) = needs.read(line)
    assert line[found.start : found.end] == "Looking for a designer"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A designer.", "a designer"),
        ("  Two   analysts ", "two analysts"),
        ("Danish lessons", "Danish lessons"),
        ("Help with grants", "help with grants"),
        ("UX review", "UX review"),
    ],
)
def test_typed_ones_stand_in_a_sentence(typed: str, kept: str) -> None:
    assert needs.tidied(typed) == kept
