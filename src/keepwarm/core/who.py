"""Who do I know who …? A question in plain words, against what is known of people, each answer with its reasons.

score = Σ idf(word) · the best weight of what it stands in / Σ idf(all words asked), and a little for warmth. Somebody
is an answer from half of what was asked: who says "grants for museums" is glad of who knows grants, not of all museums.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from keepwarm.core import stems

MOST = 12  # answers
REASONS = 3  # of each
ENOUGH = 0.5
WARM = 0.1  # what a glowing tie adds
LONGEST = 140  # letters of a note that are shown

OFFER, NEED, INTEREST, WORK, PLACE, TAG, NOTE, LINE, MET = (
    "offer", "need", "interest", "work", "place", "tag", "note", "line", "met",
)  # fmt: skip
WEIGHTS = {OFFER: 1.0, INTEREST: 0.9, TAG: 0.9, WORK: 0.85, PLACE: 0.7, NOTE: 0.6, LINE: 0.6, NEED: 0.5, MET: 0.4}
_NEEDING = re.compile(r"\b(?:needs?|looking for|wants?|searching|hiring|seeks?|could use)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"^\W*(?:(?:do i know|who do i know|who|someone|somebody|anyone|anybody|is there)\b\W*)+"
    r"(?:(?:who|that|whom|in|from|at|here)\b)?",
    re.IGNORECASE,
)
# Of a question only: "who knows about grants", "who could help with a visa".
_SAYING_NOTHING = frozenset({"there", "here", "somewhere", "someone", "else", "me", "good", "something", "anything"})


class Question(NamedTuple):
    text: str
    stems: dict[str, str]  # by stem the word as it was asked
    needing: bool  # who needs it, rather than who has it


class Told(NamedTuple):
    """One thing that is known of a person; `source` names where it stands."""

    kind: str
    text: str
    on: date | None = None
    source: str = ""


class Reason(NamedTuple):
    kind: str
    text: str  # as the reader sees it
    words: tuple[str, ...]  # what in it was asked for, as it stands there
    on: date | None
    source: str


class Answer(NamedTuple):
    id: UUID
    score: float
    reasons: tuple[Reason, ...]


def question(text: str) -> Question:
    """The words that count; none where nothing is asked."""
    asked = " ".join(text.split())[:200]
    bare = _ASKING.sub("", asked) or asked
    said = [word for word in stems.told(bare) if word not in _SAYING_NOTHING]
    meant = [word for word in said if word not in stems.GENERAL] or said
    return Question(asked, stems.stems(meant), _NEEDING.search(bare) is not None)


def has(asked: Question, text: str) -> bool:
    """Whether it holds any of the words."""
    return bool(_shared(asked, text))


def answers(
    asked: Question, known: Mapping[UUID, Sequence[Told]], warmth: Mapping[UUID, int | None], among: int
) -> list[Answer]:
    """The best few. `among`: how many people there are, against whom a word is rare or not."""
    having = _counts(asked, known)
    weight = {stem: math.log(1 + (among - n + 0.5) / (n + 0.5)) for stem, n in having.items() if n <= among}
    whole = sum(weight.get(stem, math.log(1 + 2 * among)) for stem in asked.stems)
    found = []
    for id, told in known.items():
        if (answer := _answer(id, asked, told, weight, whole)) and answer.score >= ENOUGH * WEIGHTS[MET]:
            found.append(answer._replace(score=answer.score + WARM * (warmth.get(id) or 0) / 100))
    return sorted(found, key=lambda one: (-one.score, one.id))[:MOST]


def _counts(asked: Question, known: Mapping[UUID, Sequence[Told]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for told in known.values():
        found.update({stem for one in told for stem in _shared(asked, one.text)})
    return found


def _shared(asked: Question, text: str) -> dict[str, str]:
    """By stem the words of the text that were asked for."""
    return {stem: word for stem, word in stems.stems(stems.told(text)).items() if stem in asked.stems}


def _answer(
    id: UUID, asked: Question, told: Sequence[Told], weight: Mapping[str, float], whole: float
) -> Answer | None:
    best: dict[str, float] = {}
    reasons: list[tuple[float, Reason]] = []
    for one in told:
        shared = _shared(asked, one.text)
        if shared:
            by_kind = _weight(one.kind, asked)
            worth = by_kind * sum(weight.get(stem, 0) for stem in shared)
            best |= {stem: max(by_kind, best.get(stem, 0)) for stem in shared}
            shown = excerpt(one.text, tuple(shared.values()))
            reasons.append((worth, Reason(one.kind, shown, _as_written(shown, asked), one.on, one.source)))
    covered = sum(weight.get(stem, 0) for stem in best)
    if not reasons or covered < ENOUGH * whole:
        return None
    reasons.sort(key=lambda pair: (-pair[0], -(pair[1].on or date.min).toordinal()))
    score = sum(weight.get(stem, 0) * by for stem, by in best.items()) / whole
    return Answer(id, score, tuple(reason for _, reason in _each_once(reasons)[:REASONS]))


def _as_written(text: str, asked: Question) -> tuple[str, ...]:
    """The words that were asked for, as they stand there."""
    written = dict.fromkeys(re.findall(r"\w+", text))
    return tuple(word for word in written if any(stems.stem(part) in asked.stems for part in stems.told(word)))


def _weight(kind: str, asked: Question) -> float:
    """Who needs it is asked for, or who has it."""
    if asked.needing and kind in (NEED, OFFER):
        return WEIGHTS[OFFER if kind == NEED else NEED]
    return WEIGHTS[kind]


def _each_once(reasons: Iterable[tuple[float, Reason]]) -> list[tuple[float, Reason]]:
    return list({reason.text: (worth, reason) for worth, reason in reversed(list(reasons))}.values())[::-1]


_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


def excerpt(text: str, words: Sequence[str]) -> str:
    """The sentence in which the first of the words stands, cut where it is long."""
    if len(text) <= LONGEST:
        return " ".join(text.split())
    for part in _SENTENCES.split(text):
        if set(words) & set(stems.told(part)):
            return _cut(" ".join(part.split()), words[0])
    return _cut(" ".join(text.split()), "")


def _cut(part: str, word: str) -> str:
    if len(part) <= LONGEST:
        return part
    at = max(0, part.lower().find(word) - LONGEST // 2)
    start = part.rfind(" ", 0, at) + 1 if at else 0
    end = part.rfind(" ", start, start + LONGEST)
    return f"{'…' if start else ''}{part[start : end if end > start else start + LONGEST]}…"


_SAID = {
    OFFER: "Offers {}", NEED: "Needs {}", INTEREST: "Cares about {}", WORK: "{}", PLACE: "In {}",
    TAG: "You tagged them {}", NOTE: "You noted: “{}”", LINE: "You talked: “{}”", MET: "How you met: {}",
}  # fmt: skip


def said(reason: Reason) -> str:
    """A reason as a sentence, without its end."""
    return _SAID[reason.kind].format(reason.text.rstrip(" ."))
