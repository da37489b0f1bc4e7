"""A short letter ready to edit: a shape of the library, or of the owner's own, filled with what is known of someone.

A letter is greeting, opening, what follows, a close and the owner's name. It is warm, true as it stands, and asks for
nothing. A fact that is missing or would not read well in prose drops its clause; another shape takes its place where
it can do no other way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from keepwarm.core import moments
from keepwarm.core.names import greeting_name
from keepwarm.core.reconnect import Candidate, Owner, factors, grammar, known, prose
from keepwarm.core.reconnect.known import Known
from keepwarm.core.reconnect.shapes import (
    CONGRATULATE,
    HELLO,
    JUST_MET,
    LONG_GAP,
    MAIL,
    PROMISE,
    SAW_THIS,
    THANKS,
    THREAD,
    Shape,
    ends,
)
from keepwarm.core.reconnect.shapes.library import LIBRARY

SHAPES = (CONGRATULATE, PROMISE, THANKS, JUST_MET, THREAD, HELLO, SAW_THIS)  # kinds of letters, the best first
CHANNELS = ("mail", "linkedin", "whatsapp", "sms")
COMFORTABLE = 40  # a mail with fewer words between greeting and name reads curt
# Said once in a letter is enough.
ECHOES = ("hello", "thought of you", "in touch", "busy", "how are you", "these days", "working on", "enjoy", "news of")
# Two names for the same thing: who has read one need not read the other.
SAME = {"gap": "last", "year": "since", "firm": "org", "post": "title"}


class Draft(NamedTuple):
    """A letter for one person. Only mail has a subject."""

    shape: str  # its kind, of SHAPES; talk
    subject: str
    body: str
    name: str = ""  # of the shape it was made by
    label: str = ""  # what the owner calls it, if it is their own


def limits(shape: str, channel: str) -> tuple[int, int]:
    """Fewest and most words of a body, greeting and name included."""
    return (40, 125) if channel == "mail" and shape != CONGRATULATE else (12, 60)


def drafts(
    candidate: Candidate,
    owner: Owner,
    today: date,
    channel: str,
    variety: int = 0,
    *,
    own: Sequence[Shape] = (),
    taken: Collection[str] = (),
) -> list[Draft]:
    """Every kind that can be written truly, the best first, and before them what `own` shapes say.

    `variety` is the place in today's set, `taken` the shapes that others of the set have: so no two open alike.
    """
    desk = Desk.of(candidate, owner, today, channel, variety, taken)
    mine = [draft for shape in own if (draft := desk.write(shape))]
    used: set[str] = set()
    written: list[Draft] = []
    for kind in SHAPES:
        if shape := desk.best(kind, used):
            used |= _lead(shape)
            written.append(desk.compose(shape, len(written)))
    return [*mine, *written]


# --- what there is to say --------------------------------------------------------------------------


class Occasion(NamedTuple):
    """That a reason is there today: what tells of it more closely, and its own facts."""

    tags: frozenset[str] = frozenset()
    facts: Known = {}


def occasions(c: Candidate, facts: Known, today: date) -> dict[str, Occasion]:
    """Today's reasons to write to someone."""
    found = {HELLO: Occasion(), THREAD: Occasion(), SAW_THIS: Occasion()}
    if c.history and factors.silence(c.history, today) >= factors.DORMANT:
        found[LONG_GAP] = Occasion()
    if c.first_weeks:
        found[JUST_MET] = Occasion(frozenset({c.first_weeks}))
    found |= {reason: Occasion() for reason in (PROMISE, THANKS) if _fact_of(reason) in facts}
    if moment := _day_near(c, facts, today) or _news(c, today) or _round_years(c, facts, today):
        found[CONGRATULATE] = moment
    return found


def _fact_of(reason: str) -> str:
    return "promise" if reason == PROMISE else "door"


def _day_near(c: Candidate, facts: Known, today: date) -> Occasion | None:
    for kind, turn in ((moments.BIRTHDAY, c.birthday), (moments.ANNIVERSARY, c.anniversary)):
        if turn and (days := factors.days_until(turn, today)) is not None and days <= factors.SOON:
            at_work = (today + timedelta(days=days)).weekday() < 5
            office = {"office": facts["org"]} if at_work and "org" in facts else {}
            tags = frozenset({kind, f"{kind}_today" if days == 0 else f"{kind}_soon"})
            return Occasion(tags, known.of_day(days, today) | office)
    return None


def _news(c: Candidate, today: date) -> Occasion | None:
    """What has happened to them of late and is a success. For a new name there may be a sad reason."""
    glad = (one for one in c.moments if one.kind in moments.CONGRATULATED or _is_success(one))
    news = moments.best(glad, today)
    if news is None:
        return None
    return Occasion(frozenset({news.kind, "news"}), {name: said for name, said in known.of_news(news).items() if said})


def _is_success(moment: moments.Moment) -> bool:
    return moment.kind == moments.PUBLISHED or (moment.kind == moments.OTHER and bool(prose.news_in_prose(moment.text)))


def _round_years(c: Candidate, facts: Known, today: date) -> Occasion | None:
    years = factors.years_known(c, today)
    if not years or years % factors.ROUND or "years" not in facts:
        return None
    return Occasion(frozenset({"round_years"}))


# --- choosing a shape ------------------------------------------------------------------------------


@cache
def _library() -> dict[str, tuple[Shape, ...]]:
    """By the kind of letter, in the order in which they are tried."""
    found: dict[str, list[Shape]] = {kind: [] for kind in SHAPES}
    for shape in LIBRARY:
        found[kind_of(shape.reason)].append(shape)
    return {kind: tuple(held) for kind, held in found.items()}


def kind_of(reason: str) -> str:
    """A hello after a long time is still a hello."""
    return HELLO if reason == LONG_GAP else reason


@cache
def _lead(shape: Shape) -> frozenset[str]:
    """The facts its opening rests on."""
    return frozenset(SAME.get(name, name) for name in grammar.needs(shape.opening) - known.PLAIN)


def _turn_with(shape: Shape) -> tuple[object, ...]:
    """Shapes of which this is the same take turns."""
    return shape.reason, shape.relation, shape.channel, shape.when, _lead(shape)


class Desk(NamedTuple):
    """All that a letter to one person on one day is written from."""

    facts: Known
    occasions: dict[str, Occasion]
    relation: str
    channel: str
    turn: int
    sign: str
    sent: frozenset[str]  # shapes they have had before
    taken: frozenset[str]

    @classmethod
    def of(
        cls, c: Candidate, owner: Owner, today: date, channel: str, variety: int = 0, taken: Collection[str] = ()
    ) -> Desk:
        facts = known.known_of(c, owner, today)
        return cls(
            facts, occasions(c, facts, today), known.relation_of(c.relation), channel, today.toordinal() + variety,
            _signed(owner), c.said, frozenset(taken),
        )  # fmt: skip

    def best(self, kind: str, used: Collection[str] = ()) -> Shape | None:
        """Not one they have had, nor one of today's others; with a fact, and not one that `used` holds; then the first
        of the library, in turn with those like it."""
        ranked = list(self._ranked(kind, frozenset(used)))
        if not ranked:
            return None
        first = min(rank for rank, _ in ranked)
        best = [shape for rank, shape in ranked if rank == first]
        return best[self.turn % len(best)]

    def _ranked(self, kind: str, used: frozenset[str]) -> Iterator[tuple[tuple[int, ...], Shape]]:
        places: dict[tuple[object, ...], int] = {}
        for place, shape in enumerate(_library()[kind]):
            group = places.setdefault(_turn_with(shape), place)
            if self.fits(shape):
                fresh = 2 if not self.tells(shape) else 1 if _lead(shape) & used else 0
                yield (shape.name in self.sent, shape.name in self.taken, fresh, group), shape

    def fits(self, shape: Shape) -> bool:
        """Whether it can be said to this person today, on this channel."""
        occasion = self.occasions.get(shape.reason)
        if occasion is None or (shape.when and shape.when not in occasion.tags):
            return False
        if shape.relation and self.relation not in shape.relation:
            return False
        if shape.channel and (shape.channel == MAIL) != (self.channel == "mail"):
            return False
        names_gift = shape.reason != SAW_THIS or "gift" in grammar.needs(shape.opening)
        if "gift" in self.facts and not names_gift and not shape.label:
            return False  # where there is one it is named, but for words of the owner's own
        return self.needed(shape) <= self.facts.keys() | occasion.facts.keys()

    def needed(self, shape: Shape) -> frozenset[str]:
        """The facts that it cannot be said without."""
        return grammar.needs(shape.opening) | grammar.needs(shape.body) | grammar.needs(shape.close)

    def tells(self, shape: Shape) -> bool:
        """Whether it holds anything that is recorded of them."""
        facts = self.facts_for(shape)
        told = [said.facts for text in (shape.opening, shape.body) if (said := grammar.say(text, facts))]
        by_their_tie = bool(shape.relation) and shape.relation != ("family",)  # these words do not name it
        return bool(by_their_tie or shape.when or any(names - known.PLAIN for names in told))

    def facts_for(self, shape: Shape) -> Known:
        return self.facts | self.occasions[shape.reason].facts

    # --- writing it ---

    def write(self, shape: Shape) -> Draft | None:
        """What this one shape says; None where it does not fit."""
        return self.compose(shape) if self.fits(shape) else None

    def compose(self, shape: Shape, step: int = 0) -> Draft:
        """`step` makes the ends of the letters to one person differ."""
        facts = self.facts_for(shape)
        said = _joined(self._say(text, facts) for text in (shape.opening, shape.body))
        if shape.label:
            return self._envelope(shape, facts, [said])
        end = self._say(shape.close, facts) or self._end(said, step)
        if self.channel != "mail" or shape.reason == CONGRATULATE:
            return self._envelope(shape, facts, [_joined((said, end))])
        return self._envelope(shape, facts, [said, self._warm(shape, said, end, facts), end])

    def _say(self, text: str, facts: Known) -> str:
        said = grammar.say(text, facts)
        return said.text if said else ""

    def _end(self, said: str, step: int) -> str:
        return _unlike(said, ends.MAIL_ENDS if self.channel == "mail" else ends.SHORT_ENDS, self.turn + step)

    def _warm(self, shape: Shape, said: str, end: str, facts: Known) -> str:
        """A sentence more, where the letter would be curt or does not say where they work; else ""."""
        org = facts.get("org", "")
        names_it = bool(org) and org not in said and not shape.close
        if not names_it and len(f"{said} {end}".split()) >= COMFORTABLE:
            return ""
        return _unlike(said, [self._say(text, {"org": org} if names_it else {}) for text in ends.WARM], self.turn)

    def _envelope(self, shape: Shape, facts: Known, paragraphs: Sequence[str]) -> Draft:
        name = facts.get("name", "")
        greeting = "" if _greets(paragraphs[0], name) else f"Hi {name}," if name else "Hello,"
        body = "\n\n".join(part for part in (greeting, *paragraphs, self.sign) if part)
        subject = self._say(shape.subject, facts) or self._say(ends.SUBJECTS[shape.reason], facts)
        told = subject if self.channel == "mail" else ""
        return Draft(kind_of(shape.reason), told, body, shape.name, shape.label)


_LINK_LAST = re.compile(r"https?://\S+$")


def _greets(text: str, name: str) -> bool:
    """Whether words of the owner's own begin with a greeting already."""
    return bool(
        re.match(rf"(?:hi|hello|hey|dear)(?:\s+{re.escape(name)})?\s*[,!]" if name else r"hello\s*,", text, re.I)
    )


def _joined(parts: Iterator[str] | Sequence[str]) -> str:
    """In one paragraph; after a link on a line of its own, as a full stop beside it would be taken into it."""
    text = ""
    for part in filter(None, parts):
        text += ("\n" if _LINK_LAST.search(text) else " ") + part if text else part
    return text


def _unlike(said: str, choices: Sequence[str], turn: int) -> str:
    """The one whose turn it is, or the next that does not say what has just been said."""
    turns = [choices[(turn + step) % len(choices)] for step in range(len(choices))]
    return next((c for c in turns if not any(e in c and e in said for e in ECHOES)), turns[0])


def _signed(owner: Owner) -> str:
    return owner.sign_off.strip() or greeting_name("", owner.name) or owner.name.strip()


# --- the one letter that asks ------------------------------------------------------------------------


def talk(candidate: Candidate, owner: Owner, times: Sequence[str], channel: str) -> Draft:
    """Proposes half an hour at one of these times, in words, and leaves the choice."""
    wish = "It would be good to hear how you are, out loud for once. Half an hour on the phone, or over a coffee?"
    offer = f"I could do {_either(times)}. If another time suits you better, name it." if times else "When suits you?"
    name = greeting_name(candidate.given, candidate.name)
    body = "\n\n".join(part for part in (f"Hi {name}," if name else "Hello,", wish, offer, _signed(owner)) if part)
    return Draft("talk", "Half an hour, out loud" if channel == "mail" else "", body)


def _either(times: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(times[:-1]), times[-1]) if part)
