"""One article is one item however its address is written, and texts are cut where a reader would."""

from __future__ import annotations

import pytest

from keepwarm.core import shelf
from keepwarm.core.shelf import Told

PLAIN = "https://portico.example/essays/hiring?page=2"


def test_it_works() -> None:
    assert shelf.address("portico.example/essays/hiring?utm_source=x&page=2#part-3") == PLAIN
    assert shelf.key(PLAIN) == shelf.key("http://www.Portico.example/essays/hiring/?page=2&fbclid=abc")


@pytest.mark.parametrize(
    "same",
    [
        "https://m.portico.example/essays/hiring?page=2",
        "https://portico.example:443/essays/hiring?page=2",
        "https://portico.example/essays/hiring/?page=2#comments",
        "https://portico.example/essays/hirin%67?page=2",
        "HTTPS://PORTICO.EXAMPLE/essays/hiring?utm_campaign=a&page=2&gclid=b",
        "portico.example/essays/hiring?page=2",
    ],
)
def test_one_page_has_one_key(same: str) -> None:
    assert shelf.key(same) == shelf.key(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        "https://portico.example/essays/hiring?page=3",
        "https://portico.example/essays/Hiring?page=2",
        "https://essays.portico.example/essays/hiring?page=2",
        "https://portico.example:8080/essays/hiring?page=2",
        "https://portico.example/essays/hiring?page=2#/chapter",
    ],
)
def test_another_page_has_another(other: str) -> None:
    assert shelf.key(other) != shelf.key(PLAIN)


def test_the_order_of_parameters_makes_no_other_page_but_stays_in_the_address() -> None:
    assert shelf.key("https://a.example/?b=1&a=2") == shelf.key("https://a.example/?a=2&b=1")
    assert shelf.address("https://a.example/?b=1&a=2") == "https://a.example/?b=1&a=2"


@pytest.mark.parametrize(
    "none",
    ["", "a thought", "javascript:alert(1)", "ftp://a.example/x", "https://", "https://a b.example",
     "mailto:a@b.example", "https://a.example:99999/", f"https://a.example/{'x' * 2000}", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address(none: str) -> None:
    assert shelf.address(none) == ""


@pytest.mark.parametrize(
    ("text", "url", "rest"),
    [
        ("Read this: https://a.example/x. It is good.", "https://a.example/x", "Read this: It is good."),
        ("A title\nhttps://a.example/x", "https://a.example/x", "A title"),
        ("(see https://a.example/x_(y))", "https://a.example/x_(y)", "(see )"),
        ("<https://a.example/x>", "https://a.example/x", ""),
        ("a.example/x", "https://a.example/x", ""),
        ("Chairs are people too.", "", "Chairs are people too."),
        ("I met her at noon.Then we left", "", "I met her at noon.Then we left"),
    ],
)
def test_a_link_within_a_text(text: str, url: str, rest: str) -> None:
    assert shelf.told(text) == Told(url, rest)


@pytest.mark.parametrize(
    ("thought", "title"),
    [
        ("Chairs decide how long people stay. I saw it twice.", "Chairs decide how long people stay"),
        ("Ask Dr. Okafor about J. S. Bach. Soon.", "Ask Dr. Okafor about J. S. Bach"),
        ("Why not? Because.", "Why not?"),
        ("椅子很重要。还有灯。", "椅子很重要。"),
        ("One line\nand another", "One line"),
        ("", ""),
        ("word " * 60, "word " * 23 + "word…"),
    ],
)
def test_the_title_of_a_thought(thought: str, title: str) -> None:
    assert shelf.first_sentence(thought) == title


def test_a_summary_is_whole_sentences() -> None:
    assert shelf.cut("One is short. Two is longer than that. Three.", 40) == "One is short. Two is longer than that."
    assert shelf.cut("No end in sight here at all", 16) == "No end in sight…"
    assert shelf.cut("x" * 50, 10) == "x" * 9 + "…"
    assert shelf.cut("  ") == ""


def test_a_page_that_is_not_read_is_called_by_its_address() -> None:
    assert shelf.named("https://www.portico.example/essays/hiring/?page=2") == "portico.example/essays/hiring"


def test_a_note_said_twice_is_once() -> None:
    assert shelf.both(shelf.both("", "for Ann"), "for Ann") == "for Ann"
    assert shelf.both("for Ann", "page 3") == "for Ann\npage 3"


@pytest.mark.parametrize("said", ["http://[::1", "http://x.example:99999/a", "//[", "javascript:alert(1)", "\ud800"])
def test_what_is_no_address_has_a_key_all_the_same(said: str) -> None:
    assert shelf.key(said) == shelf.key(said) != shelf.key(f"{said}x")


def test_a_password_and_what_turns_letters_round_are_left_out() -> None:
    assert shelf.address("https://ada:pass@a.example/x\u202ey") == "https://a.example/xy"
    assert shelf.writable("a\0b\ud800c\n") == "abc\n"
