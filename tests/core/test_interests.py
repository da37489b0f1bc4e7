from __future__ import annotations

import pytest

from keepwarm.core.interests import cut, stem


def stems(text: str, *names: str) -> list[str]:
    return [word.stem for word in cut(text, frozenset(names))]


def test_it_works() -> None:
    assert stems("Looking for two analysts who know wind farms") == ["analyst", "wind", "farm"]


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("farms", "farm"), ("cities", "city"), ("boxes", "box"), ("churches", "church"), ("glasses", "glass"),
        ("gas", "gas"), ("focus", "focus"), ("basis", "basis"), ("glass", "glass"), ("tie", "tie"),
        ("hiring", "hiring"),
    ],
)  # fmt: skip
def test_plurals(word: str, one: str) -> None:
    assert stem(word) == one


def test_names_count_without_a_capital() -> None:
    assert stems("Rose grows a rose in Reading, reading", "rose", "reading") == ["grow", "rose", "reading"]
    assert stems("Rose’s hives", "rose") == ["hive"]


@pytest.mark.parametrize("text", ["", "the 2019 and 3,000", "Director of it", "ann@bees.example www.bees.example"])
def test_what_tells_nothing(text: str) -> None:
    assert stems(text) == []


def test_signs_and_accents() -> None:
    assert stems("C++ und C#, Café") == ["c++", "und", "c#", "cafe"]
    assert stems("風力発電") == ["風力", "力発", "発電"]
