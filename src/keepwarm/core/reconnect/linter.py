"""The quiet checks under a letter, for the product's own words and the user's edits alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from keepwarm.core.balance_words import ask_in
from keepwarm.core.names import fold
from keepwarm.core.reconnect import Candidate, known, prose
from keepwarm.core.reconnect.drafts import Draft, limits
from keepwarm.core.reconnect.reasons import called, spell
from keepwarm.core.reconnect.shapes import CONGRATULATE

WORDS_A_MINUTE = 200
QUESTIONS = 2
GAP_WORDS = 16  # an apology for the silence longer than this is about the writer
_CHANNEL_NAMES = {"mail": "a mail", "linkedin": "LinkedIn", "whatsapp": "WhatsApp", "sms": "a text message"}


class Check(NamedTuple):
    """One line under the letter. Not ok is a hint, never a stop."""

    ok: bool
    kind: str  # ask, seconds, length, questions, fact, gap, blank
    text: str


def checks(draft: Draft, candidate: Candidate, channel: str) -> list[Check]:
    """What it asks for and how long it reads, always; the others only where there is something to say."""
    body = draft.body.replace("’", "'")
    quiet = (
        _fact(draft, body, candidate), _length(draft, channel), _questions(body), _gap(body), _blank(body, candidate),
    )  # fmt: skip
    return [_ask(body), _seconds(body), *(check for check in quiet if check)]


def seconds(text: str) -> int:
    """To read it at 200 words a minute, in steps of five."""
    exact = len(text.split()) * 60 / WORDS_A_MINUTE
    return max(5, 5 * round(exact / 5))


def _ask(body: str) -> Check:
    asked = ask_in(body)
    if asked:
        return Check(False, "ask", f"It asks for something: “{asked}”. A hello lands softer without.")
    return Check(True, "ask", "Asks for nothing")


def _seconds(body: str) -> Check:
    return Check(True, "seconds", f"Reads in {seconds(body)} seconds")


def _length(draft: Draft, channel: str) -> Check | None:
    fewest, most = limits(draft.shape, channel)
    words = len(draft.body.split())
    if fewest <= words <= most:
        return None
    size = "A little short" if words < fewest else "A little long"
    where = _CHANNEL_NAMES.get(channel, "a message")
    return Check(False, "length", f"{size} for {where}: {words} words. {fewest} to {most} read best.")


def _questions(body: str) -> Check | None:
    asked = len(re.findall(r"[?؟？]+", re.sub(r"https?://\S+", "", body)))
    if asked <= QUESTIONS:
        return None
    text = f"{spell(asked).capitalize()} questions. One or two are easier to answer."
    return Check(False, "questions", text)


def _fact(draft: Draft, body: str, candidate: Candidate) -> Check | None:
    """A congratulation has its day or its news; where nothing is recorded there is nothing to name."""
    if draft.shape == CONGRATULATE or not any(_sayable(candidate)) or tells(body, candidate):
        return None
    text = f"It could go to anyone. One thing you know of {called(candidate)} makes it theirs."
    return Check(False, "fact", text)


def tells(text: str, c: Candidate) -> bool:
    """Whether it names anything of this person's record, in the product's words or the user's."""
    if any(said in text for said in _sayable(c) if said):
        return True
    recorded = " ".join((c.organisation, c.title, c.place, c.how_met, c.note_topic, c.last_context, c.promise, c.door))
    years = {str(day.year) for day in (c.known_since, c.history and c.history.last, c.met_on) if day}
    if _long_words(text) & _long_words(recorded) or years & set(re.findall(r"\b\d{4}\b", text)):
        return True
    tie = _TIES.get(known.relation_of(c.relation))
    timed = _TIMES.search(text) if c.history or c.known_since or c.met_on else None
    return bool(timed or (tie and tie.search(text)))


def _sayable(c: Candidate) -> Iterator[str]:
    """What is recorded and reads well; "" for what is not."""
    yield prose.employer_in_prose(c.organisation)
    yield prose.title_in_prose(c.title)
    yield prose.story_in_prose(c.how_met)
    yield prose.topic_in_prose(c.note_topic)
    yield prose.subject_in_prose(c.last_context)
    yield prose.town_in_prose(c.place)
    yield str(c.known_since.year) if c.known_since else ""
    yield c.gift.url or prose.title_of_gift(c.gift.title) if c.gift else ""


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w{4,}", fold(text)) if word not in _COMMON)


_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also been best days from good have hello here into just know last like make mind more much need "
        "news note over some such that their them then there these they thing things this time today very want week "
        "well were what when where which will with work working would write year your yours send sent",
    )
)
_TIMES = re.compile(
    r"\b(?:(?:week|month|season|year)s?|in touch|last exchange|(?:we|first) met|(?:meet|met|meeting) you)\b",
    re.IGNORECASE,
)
_WORKED = re.compile(r"\bclients?\b|\bcolleagues?\b|\bwork(?:ed)? (?:for|with|together)\b|\bour work\b", re.IGNORECASE)
_TIES = {
    "client": _WORKED,
    "colleague": _WORKED,
    "friend": re.compile(r"\bfriends?\b", re.IGNORECASE),
    "event": re.compile(r"\bevents?\b|\bmet\b", re.IGNORECASE),
    "mentor": re.compile(r"\b(?:learn\w*|taught|teach\w*|mentor\w*|boss)\b", re.IGNORECASE),
    "family": re.compile(r"\b(?:family|neighbou?rs?)\b", re.IGNORECASE),
}
_APOLOGY = re.compile(
    r"\b(?:sorry (?:that |for |about |i |it |to have )|apolog\w+|forgive me|terrible at (?:keeping|"
    r"staying) in touch|"
    r"(?:bad|awful|hopeless) at (?:keeping|staying) in touch|my fault|long overdue|feel (?:bad|guilty)|"
    r"should have (?:written|been in touch|called|replied)|(?:far|much|way) too long|ages since)",
    re.IGNORECASE,
)


def _gap(body: str) -> Check | None:
    """A clause about the silence is kind; a second one, or a long one, makes the letter about the writer."""
    about = [s for s in re.split(r"(?<=[.!?])\s+|\n", body) if _APOLOGY.search(s)]
    times = sum(len(_APOLOGY.findall(s)) for s in about)
    if times < 2 and all(len(s.split()) <= GAP_WORDS for s in about):
        return None
    return Check(False, "gap", "One short clause about the silence is enough. They will be glad to hear from you.")


_BLANK = re.compile(
    r"\[[^\]\n]{0,60}\]|\{[^}\n]{0,60}\}|<[a-z][\w ]{0,40}>|_{3,}|\bX{3,}\b|\.{4,}|\b(?:TODO|TBC|"
    r"INSERT|FIXME|lorem ipsum)\b"
    r"|%\(?\w*\)?s\b|\bNone\b(?=[,.?!])"
)
_NO_NAME = re.compile(r"^\s*(?:hi|hello|hey|dear)\s*[,!]", re.IGNORECASE)
_HELLO_ALONE = re.compile(r"^\s*hello\s*[,!]", re.IGNORECASE)


def _blank(body: str, candidate: Candidate) -> Check | None:
    if found := _BLANK.search(body):
        return Check(False, "blank", f"There is still a blank to fill: “{found[0]}”.")
    if _NO_NAME.match(body) and not _HELLO_ALONE.match(body):
        return Check(False, "blank", f"The greeting has no name. This one goes to {candidate.name}.")
    return None
