"""A door that a line tells of: "coffee with Maria, she introduced me to Kofi at the fund"."""

from __future__ import annotations

import re
from typing import NamedTuple

from keepwarm.core.line_words import rule, tidy

REFERRAL, INTRODUCTION, WORK, ADVICE, OTHER = "referral", "introduction", "work", "advice", "other"


class Found(NamedTuple):
    """What opened, in the words of the line: "introduced me to Kofi at the fund"."""

    kind: str
    text: str


_US = r"(?:me|us)"
# Only what they have done: "will introduce me" is a promise, and "I introduced" a give.
_OPENED = (
    (
        REFERRAL,
        rule(rf"(?:referred|recommended) {_US}|passed {_US} on to|put (?:my|our) name forward|vouched for {_US}"),
    ),
    (INTRODUCTION, rule(rf"introduced {_US}|intro['’]?d {_US}|put {_US} in touch|connected {_US} (?:with|to)")),
    (
        WORK,
        rule(
            rf"hired {_US}|commissioned {_US}|(?:gave|sent|offered|brought) {_US} (?:an?|the|some|more|our|another) "
            r"(?:\w+ )?(?:job|work|project|contract|commission|order|client|customer|gig|assignment)s?"
            rf"|ordered from {_US}|invited {_US} to (?:speak|write|teach|exhibit|join)"
        ),
    ),
    (ADVICE, rule(rf"advised {_US}|(?:gave|offered) {_US} (?:\w+ )?advice|talked {_US} (?:through|out of|into)")),
)  # fmt: skip
_NOT = re.compile(r"(?:\b(?:not|never|nobody|no one|almost|wish(?:es|ed)?|would have)|n['’]t)\b[^,;.]*$", re.IGNORECASE)
_ENDS = re.compile(r"[;.!?](?:\s|$)|,\s+(?:and|but|so|I|we|she|he|they)\b|\s+(?:and|but|so)\s+(?:I|we|she|he|they)\b")


def read(line: str) -> Found | None:
    """The first door in the line; None where it tells of none."""
    found = [(match.start(), kind, match) for kind, words in _OPENED for match in words.finditer(line)]
    for start, kind, _ in sorted(found, key=lambda one: one[0]):
        clause = re.split(r"[;.!?]\s", line[:start])[-1]
        if not _NOT.search(clause):
            end = _ENDS.search(line, start)
            return Found(kind, tidy(line[start : end.start() if end else len(line)]))
    return None
