"""How text is cut into words, and which words are a typo apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core import search

LETTERS = "abcdefgh"
WORDS = st.text(LETTERS, min_size=3, max_size=14)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("José  Ibáñez", ["jose", "ibanez"]),
        ("ann.lee@example.com", ["ann", "lee", "example", "com"]),
        ("李小龙", ["李", "小", "龙"]),
        ("हिन्दी", ["हिन्दी"]),
        ("3M & Co_op", ["3m", "co", "op"]),
        ("", []),
        ("…!", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert search.words(text) == words


def test_names_are_found_in_one_word_too() -> None:
    assert search.of_names(["Jean-Luc O’Brien"]) == ["jean", "luc", "o", "brien", "jeanluc", "obrien"]


@pytest.mark.parametrize(
    ("words", "one"), [(["ann", "lee"], "annlee"), (["ann"], ""), ([], ""), (["a", "b", "c", "d", "e"], "")]
)
def test_a_name_as_one_word(words: list[str], one: str) -> None:
    assert search.together(words) == one


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("jose", "josef", True),
        ("jsoe", "jose", True),
        ("jo", "je", False),
        ("anna", "annabel", False),
        ("katazryna", "katarzyna", True),
        ("longlonglong", "long", False),
        ("maria", "maria", False),
    ],
)
def test_near(word: str, other: str, near: bool) -> None:
    assert bool(search.near(word, [other])) is near


def test_what_is_still_typed_may_begin_a_longer_word() -> None:
    assert search.near("krsit", ["kristina"], unfinished=True) == ["kristina"]
    assert search.near("krsit", ["kristina"]) == []


@given(WORDS, st.data())
def test_one_slip_leaves_what_whole_looks_for(word: str, data: st.DataObject) -> None:
    """However a word of up to seven letters is spoiled, the look-up by beginnings and end still meets the right one."""
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    spoiled = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    if search.slips(spoiled):
        starts, end = search.whole(spoiled)
        assert word.startswith(starts) or word.endswith(end)
