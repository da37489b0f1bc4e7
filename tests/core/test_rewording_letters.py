"""A hundred and more rewordings written by hand, honest and lying: no lie gets through, and most of the honest do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from keepwarm.core import rewording

SAMPLES = Path(__file__).parent / "samples" / "rewording"


class Sample(NamedTuple):
    """One rewording of one letter; the second of each two was looked at only to count."""

    letter: str
    channel: str
    draft: str
    honest: bool
    text: str
    held_out: bool


def samples(name: str = "letters.txt") -> Iterator[Sample]:
    for part in (SAMPLES / name).read_text("utf-8").split("\n== "):
        title, _, rest = part.removeprefix("== ").partition("\n")
        channel, _, letter = title.partition(": ")
        lines = rest.strip().split("\n")
        start = next(place for place, line in enumerate(lines) if line[:2] in ("+ ", "- "))
        draft, said = "\n".join(lines[:start]).strip(), [line for line in lines[start:] if line]
        seen = {"+": 0, "-": 0}
        for line in said:
            seen[line[0]] += 1
            text = line[2:].replace("\\n", "\n")
            yield Sample(letter, channel, draft, line[0] == "+", text, seen[line[0]] % 2 == 0)


@cache
def judged(sample: Sample) -> rewording.Outcome:
    shape = "congratulate" if sample.letter == "newjob" else "hello"
    fewer = len(sample.text.split()) < len(rewording.taken_apart(sample.draft).text.split())
    tone = rewording.SHORTER if fewer else rewording.WARMER
    return rewording.judge(sample.draft, sample.text, tone=tone, channel=sample.channel, shape=shape)


def counted(*, honest: bool, held_out: bool) -> tuple[int, int]:
    """How many were let through, of how many."""
    asked = [judged(one).refused is None for one in samples() if (one.honest, one.held_out) == (honest, held_out)]
    return sum(asked), len(asked)


def test_no_lie_gets_through() -> None:
    told = [one.text for one in samples() if not one.honest and judged(one).refused is None]
    assert told == []


def test_the_figures_in_the_docs() -> None:
    """As docs/decisions/rewording.md states them; who changes the check takes them again."""
    assert counted(honest=False, held_out=False) == (0, 54)
    assert counted(honest=False, held_out=True) == (0, 50)
    assert counted(honest=True, held_out=False) == (26, 30)
    assert counted(honest=True, held_out=True) == (16, 27)
