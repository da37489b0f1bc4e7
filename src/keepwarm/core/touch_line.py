"""One line about an exchange, read: "coffee with Amara last Tuesday, she is hiring; I'll send her the deck"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from keepwarm.core import balance_words, doors, promises, spoken_days
from keepwarm.core.line_words import NAME_WORD, NOT_NAMES, WORDS, by_them, is_name, rule, several, tidy


class Span(NamedTuple):
    """A stretch of the line that was understood, and as what."""

    start: int
    end: int
    what: str  # name, date, channel, balance, promise


class Promise(NamedTuple):
    text: str
    due: date | None


class Line(NamedTuple):
    """A guess at what the line says, for the user to put right."""

    channel: str  # as a touch has it; "" is not said
    at: date | None
    direction: str  # out, in, both
    balance: str  # give, ask, neutral
    names: tuple[str, ...]  # what may be the person's name, the likeliest first
    text: str  # what to keep: the line without what the touch says already
    promise: Promise | None
    spans: tuple[Span, ...]  # in order, none in another
    together: tuple[str, ...] = ()  # of the names those in one breath: "with Ann Lee and Bob Ray"
    promises: tuple[promises.Found, ...] = ()  # all of them, also theirs, and wishes
    happened: bool = True  # there was an exchange; the line does not only look ahead
    door: doors.Found | None = None  # what opened by it


def read(line: str, today: date, first_weekday: int = 0, *, month_first: bool = False) -> Line:
    """Read one English line. Nothing is invented: what is not said stays empty, and every guess has its span."""
    promised = promises.read(line, today, first_weekday, month_first=month_first)
    said = _without(line, promised)
    day = _day(said, today, first_weekday, month_first=month_first)
    how = _channel(_without(said, [day] if day else []))
    between = balance_words.in_line(said)
    names = _names(_without(said, [span for span in (day, how[1]) if span])) or _names(line)
    if not names and promised:
        names = _named_small(line, promised[0])
    company = _together(said, names)
    day_said, balance_said = day and Span(*day[:2], "date"), between and Span(*between[1:], "balance")
    spans = _apart(span for span in (day_said, how[1], *names, balance_said) if span)
    return Line(
        channel=how[0],
        at=day.day if day else None,
        direction=_direction(said, how[0]),
        balance=between.balance if between else balance_words.NEUTRAL,
        names=tuple(dict.fromkeys(_name(line, span) for span in names)),
        text=_text(
            _without(line, [one for one in promised if one.whose == promises.WISH]).rstrip(" ;,"), spans, company
        ),
        promise=next((Promise(one.text, one.due) for one in promised if one.whose == promises.MINE), None),
        spans=tuple(sorted(_apart([*(Span(one.start, one.end, "promise") for one in promised), *spans]))),
        together=tuple(dict.fromkeys(_name(line, span) for span in company)),
        promises=promised,
        happened=_happened(said, promised, names, how[0]),
        door=doors.read(said),
    )


def _happened(said: str, promised: Sequence[promises.Found], names: list[Span], channel: str) -> bool:
    """Whether anything is told but what is to come: "remind me about Yusuf in March" tells of no exchange."""
    if not promised or channel or any(one.in_talk for one in promised):
        return True
    inside = {word for span in names for word in range(span.start, span.end)}
    return any(letter.isalnum() and place not in inside for place, letter in enumerate(said))


def _named_small(line: str, wish: promises.Found) -> list[Span]:
    """The name in a wish that was written without capitals."""
    if wish.whose != promises.WISH or not (name := promises.whom(wish, line)):
        return []
    start = line.index(name, wish.start)
    return [Span(start, start + len(name), "name")]


def _without(line: str, spans: Iterable[Span | spoken_days.Said | promises.Found]) -> str:
    """The line with these stretches cut out, and every other word where it was."""
    for span in spans:
        line = line[: span.start] + ";" + " " * (span.end - span.start - 1) + line[span.end :]
    return line


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Of two that share words only the one that comes first in the list."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return kept


def _day(said: str, today: date, first_weekday: int, *, month_first: bool) -> spoken_days.Said | None:
    """The day of the exchange: the first that must be past, else the first."""
    days = spoken_days.past(said, today, first_weekday, month_first=month_first)
    return next((day for day in days if day.sure), days[0] if days else None)


# --- words --------------------------------------------------------------------------------------------

_PARTICLES = several("van von de der den di da dos del la le el al bin ibn ter ten zu y")


# --- how ----------------------------------------------------------------------------------------------

_MEDIA = (
    ("call", r"(?:(?:video|phone|zoom|teams|whatsapp|linkedin|conference|facetime|skype)[ -])calls?"),
    ("whatsapp", r"whats ?app(?:ed|ing)?"),
    ("linkedin", r"linked ?in"),
    ("sms", r"text(?:ed|ing)|(?:a |some |by )texts?|text messages?|sms|imessages?"),
    ("call", r"phoned|rang|(?:the |by )phone|phone|zoom(?:ed)?|facetimed?|skyped?|google meet|ms teams|voice ?mail"),
    ("mail", r"e-?mail(?:ed|ing|s)?|mail(?:ed|s)?|letter|postcard"),
    ("other", r"signal|telegram|slack|instagram|messenger|dm(?:'?d|ed)?"),
)  # fmt: skip
_STRONG = (
    *((channel, rule(pattern)) for channel, pattern in _MEDIA),
    # Not "a firm called Acme", and not "called it off".
    (
        "call",
        rule(r"(?<!is )(?<!was )(?<!book )(?<!company )(?<!firm )(?<!one )call(?:ed|s)?(?! (?:off|it|in sick)\b)"),
    ),
    (
        "meeting",
        rule(
            r"coffee|lunch(?:ed)?|dinner|breakfast|brunch|tea|drinks?|beers?|pint|(?:a |quick )walk|walked with"
            r"|met(?: up)?|meeting|meet-?up|visited|(?:ran|bumped) into|sat (?:next to|with|beside)|had over"
            r"|saw(?![^,;.!?]*\b(?:post|article|news|update|profile|photo|talk|film|interview|name|ad)\b)"
        ),
    ),
)
_ON_MEDIUM = tuple(
    (channel, rule(rf"(?:on|via|by|over|through|in) (?:an? |the )?(?:{words})")) for channel, words in _MEDIA
)
_WEAK = (
    ("mail", rule(r"wrote(?: back)?(?: to)?|written to|replied to|dropped (?:her|him|them) a line")),
    (
        "other",
        rule(r"(?:caught|catching) up|catch-?ups?|spoke|talked|chat(?:ted)?|messaged|heard from|got in touch"),
    ),
)


def _channel(said: str) -> tuple[str, Span | None]:
    """By the first clause that says how; "on LinkedIn" outweighs the verb before it, and "spoke" any way at all."""
    clauses = [match.span() for match in re.finditer(r"[^,;.!?]+", said)]
    for start, end in clauses:
        for rules in (_ON_MEDIUM, _STRONG):
            if found := _first(rules, said, start, end):
                return found
        if weak := _first(_WEAK, said, start, end):
            return _first(_ON_MEDIUM, said, end, len(said)) or weak
    return "", None


def _first(
    rules: tuple[tuple[str, re.Pattern[str]], ...], said: str, start: int, end: int
) -> tuple[str, Span | None] | None:
    """The earliest word of these; of two at one place the rule that stands first."""
    found = [(match.start(), n, match) for n, (_, rule) in enumerate(rules) if (match := rule.search(said, start, end))]
    if not found:
        return None
    _, n, match = min(found, key=lambda one: one[:2])
    return rules[n][0], Span(*match.span(), "channel")


# --- who began ----------------------------------------------------------------------------------------

_WROTE = (
    r"(?:wrote|written|e-?mailed|mailed|texted|messaged|whatsapped|replied|answered|responded|got in touch|reached out"
    r"|sent|phoned|called|rang|dm'?d|pinged)"
)
_BOTH_WAYS = rule(
    r"exchanged|swapped|back and forth|chat(?:ted)?|talked|spoke|caught up|catch-?up"
    r"|(?:she|he|they) (?:replied|answered|wrote back|responded)|got an? (?:reply|answer)"
)
_FROM_THEM = rule(
    r"heard from|(?:mail|message|note|letter|text|whatsapp|sms|word|reply|answer|call|card|line|dm)s? from"
    rf"|{_WROTE}(?: back)? (?:to )?(?:me|us)"
)
_NOT_REACHED = rule(
    r"voice ?mail|no answer|did(?:n['’]t| not) (?:pick up|answer)|tried (?:to (?:call|reach|ring)|calling)|missed call"
)
_VERB = rule(rf"{_WROTE}|introduced|shared|forwarded|asked|invited|thanked|congratulated|recommended")


def _direction(said: str, channel: str) -> str:
    if channel == "meeting":
        return "both"
    theirs = bool(_FROM_THEM.search(said)) or _begun_by_them(said)
    if channel == "call":
        return ("in" if theirs else "out") if _NOT_REACHED.search(said) else "both"
    if _BOTH_WAYS.search(said):
        return "both"
    return "in" if theirs else "out" if channel or _VERB.search(said) or balance_words.in_line(said) else "both"


def _begun_by_them(said: str) -> bool:
    verb = _VERB.search(said)
    return verb is not None and by_them(said, *verb.span())


# --- who ----------------------------------------------------------------------------------------------

_ASIDE = re.compile(r"\b(?:at|in|about|of|for|near|re|regarding|joined|joining|via|on)\s+(?:the\s+)?$", re.IGNORECASE)
_TOWARDS = re.compile(
    rf"(?:\b(?:with|met(?: up with)?|saw|visited|called|rang|phoned|e-?mailed|mailed|messaged|texted|whatsapped|thanked"
    rf"|introduced|congratulated|asked|told|helped|into|wrote|and"
    rf"|(?:heard|mail|email|message|note|call|text|letter|whatsapp) from"
    rf"|(?:wrote|talked|spoke|chatted|sent|introduced) to)|\bw/)\s+(?P<name>{NAME_WORD}(?: {NAME_WORD})?)",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(rf"(?<!\w)@(?P<name>{NAME_WORD})")


_OF_A_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|april|may|june|august)|(?:jan|april|may|june|august) \d{1,2})\b",
    re.IGNORECASE,
)


def _names(said: str) -> list[Span]:
    """What may be names: after an @, capitals, what follows "with", the first word; places and topics last."""
    capitals = _capitals(said)
    main = [span for span in capitals if not _ASIDE.search(said[: span.start])]
    asides = [span for span in capitals if span not in main]
    marked = [Span(*match.span("name"), "name") for match in _AT_SIGN.finditer(said)]
    small = [span for match in _TOWARDS.finditer(said) if (span := _uncapitalled(match))]
    found = _apart([*marked, *main, *small]) or _first_word(said)
    return found or asides


def _capitals(said: str) -> list[Span]:
    """Runs of words that begin with a capital, or are of a script without any; particles join them."""
    found: list[Span] = []
    run: list[re.Match[str]] = []
    for word in [*WORDS.finditer(_OF_A_DATE.sub(lambda date: "0" * len(date[0]), said)), None]:
        joins = bool(run and word and said[run[-1].end() : word.start()] in (" ", ". "))
        if word and joins and (is_name(word[0]) or word[0].lower() in _PARTICLES):
            run.append(word)
            continue
        while run and run[-1][0].lower() in _PARTICLES:
            run.pop()
        if run:
            found.append(Span(run[0].start(), run[-1].end(), "name"))
        run = [word] if word and is_name(word[0]) else []
    return found


def _uncapitalled(match: re.Match[str]) -> Span | None:
    """ "with amara nwosu last week": the words after "with", as far as they may be a name."""
    words = list(WORDS.finditer(match["name"]))
    if words[0][0].lower() in NOT_NAMES:
        return None
    last = words[-1] if words[-1][0].lower() not in NOT_NAMES else words[0]
    return Span(match.start("name"), match.start("name") + last.end(), "name")


def _first_word(said: str) -> list[Span]:
    word = WORDS.search(said)
    if word is None or word[0].lower() in NOT_NAMES:
        return []
    return [Span(*word.span(), "name")]


_COMMA = re.compile(r"\s*,\s*@?")
_AND = re.compile(r"\s*,?\s*(?:&|\+|\band\b)\s*@?", re.IGNORECASE)


def _together(said: str, names: list[Span]) -> list[Span]:
    """The first name and those in one breath with it: "Ann, Bob and Cy", but not "Ann, London"."""
    company: list[Span] = []
    for span in sorted(names):
        between = said[company[-1].end : span.start] if company else ""
        if company and not _COMMA.fullmatch(between) and not _AND.fullmatch(between):
            if names[0] in company:
                break
            company = []
        company.append(span)
    while len(company) > 1 and not _AND.fullmatch(said[company[-2].end : company[-1].start]):
        company.pop()
    return company if len(company) > 1 and names[0] in company else []


def _name(line: str, span: Span) -> str:
    return re.sub(r"['’](?:s|ll)$", "", line[span.start : span.end])


# --- what to keep -------------------------------------------------------------------------------------

_FILLERS = several(
    "had have a an the quick nice lovely short long brief good great with on over for at we i and by via to from up "
    "into w in my our message messages spoke talked chatted wrote"
)  # fmt: skip
_GOES_ON = re.compile(
    r"(?:about|re|regarding|at|in|over|on|for|near|after|during|where|to (?:discuss|talk)|she|he|they|his|her|and)\b",
    re.IGNORECASE,
)


def _text(line: str, spans: list[Span], company: list[Span]) -> str:
    """The line without a beginning that only says who, when and how, and without words like "yesterday",
    which would soon be untrue. A sentence that this would break is kept whole."""
    whole = [Span(company[0].start, company[-1].end, "name")] if company else []
    known = whole + [span for span in spans if span.what in ("name", "date", "channel")]
    cut = _head(line, known)
    rest = line[cut:].strip()
    opened = rest.lstrip(" ,;:.!–—-")
    if cut and (opened != rest or not rest or _GOES_ON.match(rest)):
        dates = [span for span in known if span.what == "date" and span.start >= cut]
        offset = len(line) - len(opened) if opened else len(line)
        return _capital(_drop(line, dates, offset))
    return _capital(_drop(line, [span for span in known if span.what == "date"], 0))


def _head(line: str, known: list[Span]) -> int:
    """Where the words end that were all understood, from the start on; 0 where the first was not."""
    at = cut = 0
    while at < len(line):
        if span := next((span for span in known if span.start == at), None):
            at = cut = span.end
        elif not line[at].isalnum() and line[at] not in ",;:.!?–—-":
            at += 1
        elif (word := re.compile(r"[\w'’]+").match(line, at)) and word[0].lower() in _FILLERS:
            at = word.end()
        else:
            break
    return cut


def _drop(line: str, spans: list[Span], start: int) -> str:
    for span in reversed(spans):
        if span.start >= start:
            line = line[: span.start] + line[span.end :]
    return tidy(line[start:])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- and told back ------------------------------------------------------------------------------------

_YOU = {
    "mail": "You wrote", "linkedin": "You wrote on LinkedIn", "whatsapp": "You wrote on WhatsApp",
    "sms": "You sent a text message", "call": "You called", "meeting": "You met", "other": "You got in touch",
}  # fmt: skip
_THEY = {
    "mail": "wrote", "linkedin": "wrote on LinkedIn", "whatsapp": "wrote on WhatsApp", "sms": "sent a text message",
    "call": "called", "meeting": "came by", "other": "got in touch",
}  # fmt: skip
_WE = {
    "mail": "You wrote to each other", "linkedin": "You wrote to each other on LinkedIn",
    "whatsapp": "You wrote to each other on WhatsApp", "sms": "You sent each other text messages",
    "call": "You spoke on the phone", "meeting": "You met",
}  # fmt: skip


_KINDS = {"invitation": "invited", "endorsement": "endorsed", "recommendation": "recommended"}


def happened(channel: str, direction: str, name: str, kind: str = "") -> str:
    """A touch in a few words: "You met", "Amara wrote on LinkedIn", "You endorsed Amara on LinkedIn", "You talked"."""
    if did := _KINDS.get(kind):
        return f"{name} {did} you on LinkedIn" if direction == "in" else f"You {did} {name} on LinkedIn"
    if kind == "introduction" and direction == "out":
        return f"You wrote to {name} about an introduction"
    if direction == "in":
        return f"{name} {_THEY.get(channel, _THEY['other'])}"
    if direction == "both":
        return _WE.get(channel, "You talked")
    return _YOU.get(channel, _YOU["other"])
