"""What a line of English promises, and whose promise it is: "I'll send her the deck by Friday"; and told back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from keepwarm.core import spoken_days
from keepwarm.core.line_words import NAME_WORD, WHOM, WORDS, is_name, several, tidy

MINE, THEIRS, WISH = "mine", "theirs", "wish"
LATER = timedelta(days=30)  # for a wish that names no day


class Found(NamedTuple):
    """One promise or wish, and where it stands in the line."""

    start: int
    end: int
    whose: str
    text: str  # "send her the deck"; a wish may be about no more than the person
    due: date | None
    in_talk: bool  # it was given to somebody, so there was an exchange


class _Reader(NamedTuple):
    line: str
    today: date
    first_weekday: int
    month_first: bool

    def ahead(self, text: str) -> spoken_days.Said | None:
        return spoken_days.ahead(text, self.today, self.first_weekday, month_first=self.month_first)


def read(line: str, today: date, first_weekday: int = 0, *, month_first: bool = False) -> tuple[Found, ...]:
    """All that the line promises, in its order. Plans ("she starts on Monday") are none."""
    reader = _Reader(line, today, first_weekday, month_first)
    found: list[Found] = []
    for rule in (_wishes, _theirs, _mine):
        for one in rule(reader):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found))


# --- whose it is --------------------------------------------------------------------------------------

_NAME = rf"(?=(?-i:[^\W\d_a-z])){NAME_WORD}"
_SUBJECT = rf"\b(?P<who>she|he|they|{_NAME}(?: {_NAME})?)"
_SHE = r"(?:that )?(?:she|he|they)"
# Where the sentence, or this half of it, ends.
_STOP = (
    r"(?=$|[;.!?](?:\s|$)|,\s+(?:and |but )?(?:I|she|he|they|it|we|but|his|her|(?:please )?remind)\b"
    r"|\s+(?:and|but|while|so)\s+(?:(?:I|she|he|they|we)\b|(?:please )?remind me\b"
    rf"|{_NAME}(?:['’]ll\b| will | promised | offered )))"
)
_NOT_DOING = r"(?!(?:be|never|not|see|think|know|guess|say|admit|have)\b)"
_I_WILL = re.compile(
    r"(?:\b(?:and|but|so) )?(?:\bI['’]ll|\bI will|\bI(?:['’]m| am) going to"
    rf"|(?P<given>\b(?:I |have |I've )?promised(?: {WHOM})? (?:to|(?:that )?I(?:['’]d| would|['’]ll))"
    rf"|\b(?:I )?(?:said|told {WHOM})(?: that)? I(?:['’]d| would|['’]ll)|\bI owe {WHOM})"
    r"|\bI (?:must|should|need to|have to)"
    r"|(?:^|(?<=[,;.] ))(?:will|must|need to|should|have to|to do:?))"
    rf"\s+{_NOT_DOING}(?P<what>.+?){_STOP}",
    re.IGNORECASE,
)
_DOING = (
    r"(?:(?:also|then|gladly|kindly|happily|even) )?(?:send|share|forward|introduce|intro|connect|put|call|ring|phone"
    r"|write|text|mail|e-?mail|message|ping|get back|come back|let|tell|check|look|ask|find|bring|lend|give|pass|invite"
    r"|review|read|recommend|refer|show|help|confirm|return|pay|book|set up|arrange|speak|talk|dig out|report|reply)\b"
)
_TO_ME = r"(?=[^;.!?]*\b(?:me|us|my|our|back)\b)"
_THEY_WILL = re.compile(
    rf"(?:\b(?:and|but|so) )?{_SUBJECT}"
    rf"(?:(?:['’]ll| will|['’]s going to| is going to| are going to) {_TO_ME}(?={_DOING})"
    r"| (?:has |have |also |kindly )*(?:promised(?: me| us)?|offered|agreed|volunteered)"
    rf" (?:to|{_SHE}(?:['’]d| would|['’]ll| will)) "
    rf"| (?:said|told me|told us|says) {_SHE}(?:['’]d| would|['’]ll| will) )"
    rf"{_NOT_DOING}(?P<what>.+?){_STOP}",
    re.IGNORECASE,
)
_REMIND = re.compile(
    r"(?:\b(?:and|but|so) )?(?:\bplease )?"
    r"\b(?:remind me|nudge me|give me a nudge|(?:set|send me) a reminder|reminder)\b(?: again)?:?"
    rf"(?P<what>.*?){_STOP}",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^(?P<what>(?:get (?:back )?in touch with|be in touch with|say hello to|write to|check in (?:with|on)"
    r"|follow up with|catch up with|reach out to|ping|ring|call(?! with)) [^,;.!?]+)",
    re.IGNORECASE,
)
_NO_ONE = several("i we you it me us and but so then now")


def _mine(reader: _Reader) -> Iterator[Found]:
    for match in _I_WILL.finditer(reader.line):
        yield _found(reader, match, MINE, in_talk=match["given"] is not None)


def _theirs(reader: _Reader) -> Iterator[Found]:
    for match in _THEY_WILL.finditer(reader.line):
        first, *_ = match["who"].split()
        if first.lower() in ("she", "he", "they") or (first.lower() not in _NO_ONE and is_name(first)):
            yield _found(reader, match, THEIRS, in_talk=True)


def _wishes(reader: _Reader) -> Iterator[Found]:
    for match in _REMIND.finditer(reader.line):
        yield _wish(reader, match)
    if (again := _AGAIN.match(reader.line)) and reader.ahead(again["what"]):
        yield _wish(reader, again)


def _wish(reader: _Reader, match: re.Match[str]) -> Found:
    found = _found(reader, match, WISH, in_talk=False)
    about = re.sub(r"^(?:again )?(?:about|of|re|for|to|on)\b\s*", "", found.text, flags=re.IGNORECASE)
    return found._replace(text="" if _is_only_a_name(about) else about)


def _is_only_a_name(text: str) -> bool:
    """ "Yusuf", "her", "yusuf demir": nothing but whom it is about."""
    words = text.split()
    named = all(is_name(word) for word in words)
    return len(words) <= 1 or (named and len(words) <= 4)


def _found(reader: _Reader, match: re.Match[str], whose: str, *, in_talk: bool) -> Found:
    what, due = match["what"], reader.ahead(match["what"])
    if due:
        what = tidy(what[: due.start] + what[due.end :])
    day = due and _day(due, match["what"], reader.today)
    return Found(match.start(), match.end(), whose, what.strip(" ,"), day, in_talk)


_MONTH_ALONE = re.compile(r"(?:by|in|before|around|next)(?: early)? [a-z]{3,9}\.?(?: \d{4})?", re.IGNORECASE)


def _day(due: spoken_days.Said, what: str, today: date) -> date:
    """ "In March" is from its first day on: sooner is better than a middle that nobody has named."""
    alone = due.day.day == 15 and _MONTH_ALONE.fullmatch(what[due.start : due.end].strip())
    return max(today, due.day.replace(day=1)) if alone else due.day


def whom(found: Found, line: str) -> str:
    """Of a wish the first word that may be the name, written small: "remind me about yusuf in march"."""
    words = (word for word in WORDS.findall(line[found.start : found.end]) if word.lower() not in NOT_WHOM)
    return next(words, "")


NOT_WHOM = several("please remind me nudge give send a set reminder again about of re for to on in by")


# --- told back ----------------------------------------------------------------------------------------

_YOU = {"me": "you", "my": "your", "mine": "yours", "us": "you both", "our": "your", "i": "you", "myself": "yourself"}
_THEM = {
    "me": "them",
    "my": "their",
    "mine": "theirs",
    "us": "them",
    "our": "their",
    "i": "they",
    "myself": "themselves",
}
_FIRST_PERSON = re.compile(r"\b(?:me|my|mine|us|our|myself|I)\b(?!['’])")


def to_you(text: str) -> str:
    """The owner's own words, said to them: "send me my book" is "send you your book"."""
    return _FIRST_PERSON.sub(lambda match: _YOU[match[0].lower()], text)


def to_them(text: str) -> str:
    """The same of someone else who has said it."""
    return _FIRST_PERSON.sub(lambda match: _THEM[match[0].lower()], text)


def said(whose: str, text: str, called: str, author: str = "") -> str:
    """In a sentence without its end: "You said you would send her the deck", "Amara was going to call you".

    `author` is who said so, where that is not the one who reads it.
    """
    text = (to_them if author else to_you)(text.rstrip(" .!"))
    if whose == MINE:
        return f"{author} said they would {text}" if author else f"You said you would {text}"
    if whose == THEIRS:
        return f"{called} was going to {text}"
    return f"{author or 'You'} wanted to be reminded of {called}" + (f": {text}" if text else "")
