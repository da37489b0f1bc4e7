"""One line about an exchange, read: "coffee with Amara last Tuesday, she is hiring; I'll send her the deck"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from keepwarm.core import spoken_days


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


def read(line: str, today: date, first_weekday: int = 0, *, month_first: bool = False) -> Line:
    """Read one English line. Nothing is invented: what is not said stays empty, and every guess has its span."""
    promised = _promise(line, today, first_weekday, month_first=month_first)
    said = _without(line, [promised[1]] if promised else [])
    day = _day(said, today, first_weekday, month_first=month_first)
    how = _channel(_without(said, [day] if day else []))
    balance = _balance(said)
    names = _names(_without(said, [span for span in (day, how[1]) if span])) or _names(line)
    company = _together(said, names)
    spans = _apart(span for span in (day and Span(*day[:2], "date"), how[1], *names, balance[1]) if span)
    return Line(
        channel=how[0],
        at=day.day if day else None,
        direction=_direction(said, how[0]),
        balance=balance[0],
        names=tuple(dict.fromkeys(_name(line, span) for span in names)),
        text=_text(line, spans, company),
        promise=promised[0] if promised else None,
        spans=tuple(sorted(_apart([promised[1], *spans] if promised else spans))),
        together=tuple(dict.fromkeys(_name(line, span) for span in company)),
    )


def _without(line: str, spans: Iterable[Span | spoken_days.Said]) -> str:
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

# A word of a name in any script: its marks, apostrophes, hyphens and inner dots belong to it.
_MARK = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff"
_NAME_WORD = rf"[^\W\d_](?:[\w{_MARK}'’‘-]|\.(?=\w))*"
_WORDS = re.compile(_NAME_WORD)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _set("van von de der den di da dos del la le el al bin ibn ter ten zu y")
_HER = r"(?:her|him|them|you|everyone|both)"
_WHOM = rf"(?:{_HER}|{_NAME_WORD})"
_OTHERS = _set("she he they who")
_AUXILIARY = _set(
    "has had have just also then finally kindly really even already very so again once later now gladly is was"
)
# Words that begin a line or follow "with" and are no one's name.
_NOT_NAMES = _set(
    """
    i we she he they it you me us her him them his their our my your its who whom which that this these those the a an
    and or but so then also again after before while when where because as if than at in on of for to from by with
    without about over under near re via per into out up down off around between during since until today tonight
    yesterday tomorrow last next past this morning afternoon evening night week month year weekend ago day days weeks
    months monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec coffee lunch dinner breakfast brunch tea drink drinks beer beers pint walk met meet meeting call called
    calls phoned rang phone zoom skype facetime teams video wrote write mailed mail email emailed e-mail e-mailed letter
    linkedin whatsapp whatsapped text texted sms message messaged dm dmed signal telegram slack instagram messenger
    spoke talked chat chatted talk saw seen ran bumped into caught catch catch-up heard got received had have has having
    was were is are been being be went gave give sent send shared forwarded passed introduced intro introducing
    connected recommended referred congratulated congrats thanked thank thanks asked ask requested borrowed lent helped
    offered invited reviewed bought told said replied answered exchanged visited met-up meetup dropped left put made
    discussed celebrated wished endorsed vouched quick short long nice good great lovely brief first second another
    some few many more old new finally just very no not yes ok hi hello dear mr mrs ms dr prof sir all everyone
    everybody someone team friend friends colleague colleagues people client wife husband kids mum dad boss idea help
    advice news lots much both each will would can could should must need still back home work there here how what why
    promised promise tried missed voicemail followed follow reminded reached connected-with invite note noted
    """
)


# With a capital, and not part of a date, these are people too.
_ALSO_NAMES = _set("jan april may june august sun mon")


def _is_name(word: str) -> bool:
    plain = re.split("['’]", word.lower())[0] or word  # "I'll" is no name, "O'Brien" is
    return not word[0].islower() and (plain not in _NOT_NAMES or plain in _ALSO_NAMES)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w-])", re.IGNORECASE)


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
    *((channel, _rule(pattern)) for channel, pattern in _MEDIA),
    # Not "a firm called Acme", and not "called it off".
    (
        "call",
        _rule(r"(?<!is )(?<!was )(?<!book )(?<!company )(?<!firm )(?<!one )call(?:ed|s)?(?! (?:off|it|in sick)\b)"),
    ),
    (
        "meeting",
        _rule(
            r"coffee|lunch(?:ed)?|dinner|breakfast|brunch|tea|drinks?|beers?|pint|(?:a |quick )walk|walked with"
            r"|met(?: up)?|meeting|meet-?up|visited|(?:ran|bumped) into|sat (?:next to|with|beside)|had over"
            r"|saw(?![^,;.!?]*\b(?:post|article|news|update|profile|photo|talk|film|interview|name|ad)\b)"
        ),
    ),
)
_ON_MEDIUM = tuple(
    (channel, _rule(rf"(?:on|via|by|over|through|in) (?:an? |the )?(?:{words})")) for channel, words in _MEDIA
)
_WEAK = (
    ("mail", _rule(r"wrote(?: back)?(?: to)?|written to|replied to|dropped (?:her|him|them) a line")),
    (
        "other",
        _rule(r"(?:caught|catching) up|catch-?ups?|spoke|talked|chat(?:ted)?|messaged|heard from|got in touch"),
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
_BOTH_WAYS = _rule(
    r"exchanged|swapped|back and forth|chat(?:ted)?|talked|spoke|caught up|catch-?up"
    r"|(?:she|he|they) (?:replied|answered|wrote back|responded)|got an? (?:reply|answer)"
)
_FROM_THEM = _rule(
    r"heard from|(?:mail|message|note|letter|text|whatsapp|sms|word|reply|answer|call|card|line|dm)s? from"
    rf"|{_WROTE}(?: back)? (?:to )?(?:me|us)"
)
_NOT_REACHED = _rule(
    r"voice ?mail|no answer|did(?:n['’]t| not) (?:pick up|answer)|tried (?:to (?:call|reach|ring)|calling)|missed call"
)
_VERB = _rule(rf"{_WROTE}|introduced|shared|forwarded|asked|invited|thanked|congratulated|recommended")


def _direction(said: str, channel: str) -> str:
    if channel == "meeting":
        return "both"
    theirs = bool(_FROM_THEM.search(said)) or _begun_by_them(said)
    if channel == "call":
        return ("in" if theirs else "out") if _NOT_REACHED.search(said) else "both"
    if _BOTH_WAYS.search(said):
        return "both"
    return "in" if theirs else "out" if channel or _VERB.search(said) or _balance(said)[1] else "both"


def _begun_by_them(said: str) -> bool:
    verb = _VERB.search(said)
    return verb is not None and _by_them(said, *verb.span())


def _by_them(said: str, start: int, end: int) -> bool:
    """Someone else does what the verb there says: "she sent", "Amara introduced", "introduced me"."""
    if re.match(r"\s+(?:back )?(?:to )?(?:me|us)\b", said[end:], re.IGNORECASE):
        return True
    before = re.split(r"[,;.:!?(]|\b(?:and|but)\b", said[:start])[-1].split()
    while before and before[-1].lower() in _AUXILIARY:
        before.pop()
    return bool(before) and (before[-1].lower() in _OTHERS or all(map(_is_name, before)))


# --- give and ask -------------------------------------------------------------------------------------

_PLAIN_THINGS = (
    r"(?:(?:quick|short|long|little|kind|first|second|follow-up|linkedin|whatsapp|text|voice|calendar) )*"
    r"(?:note|message|mail|e-?mail|text|whatsapp|line|reminder|invoice|invite|invitation|request|cv|résumé|resume|bill|"
    r"quote|proposal|contract|hello|reply|answer|letter|dm|sms)"
)
_GIVE = _rule(
    rf"introduc(?:ed|ing)|intro['’]?d|made (?:an?|the|two|some) intro(?:duction)?s?|connected {_WHOM} (?:with|to)"
    rf"|put (?:\S+ ){{1,4}}in touch|put in a (?:good |kind )?word|recommended(?! by)|referred(?! by)|vouched|endorsed"
    rf"|congrat(?:s|ulated|ulations)|shared|forwarded|passed (?:on|along)|passed {_WHOM} the|lent"
    rf"|gave(?! (?:up|notice|birth|in|a talk))|helped|offered|treated {_WHOM}"
    rf"|bought (?:{_HER} |{_NAME_WORD} (?=a|the|lunch|coffee|dinner|drinks))?(?:a|the|lunch|coffee|dinner|drinks)"
    rf"|reviewed|proof-?read|looked over|wrote {_WHOM} a (?:reference|recommendation|testimonial|review)|invited"
    rf"|sent(?: {_WHOM})?(?: {_NAME_WORD})?(?: over)? (?:the|an?|my|some|our|two|this|that)(?! {_PLAIN_THINGS}\b)"
    rf"|sent (?:{_WHOM} )?(?:flowers|books?|articles?|links?|photos?|slides|the deck)"
)
_ASK = _rule(
    rf"asked(?: {_WHOM})?(?: {_NAME_WORD})? (?:for|to|(?:if|whether) (?:she|he|they) (?:could|would|can|might|may))"
    rf"|asked(?: {_WHOM})? (?:a|the) (?:small |big )?favou?r|requested|borrowed|pitched(?: {_WHOM})?"
    r"|sought (?:advice|help)|need(?:ed)? (?:her|his|their) (?:help|advice|view|opinion)"
    r"|wanted (?:her|his|their) (?:help|advice|view|opinion)|picked (?:her|his|their) brains?"
)


def _balance(said: str) -> tuple[str, Span | None]:
    """The first thing in the line that the user gave or asked; what the other did is no part of it."""
    found = [
        (match.start(), balance, match)
        for balance, rule in (("give", _GIVE), ("ask", _ASK))
        for match in rule.finditer(said)
        if not _by_them(said, *_verb_of(match))
    ]
    if not found:
        return "neutral", None
    _, balance, match = min(found, key=lambda one: one[:2])
    return balance, Span(match.start(), match.start() + len(match[0].rstrip()), "balance")


def _verb_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the first word of the match stands: whom it is done to comes after it."""
    return match.start(), match.start() + len(match[0].split()[0])


# --- what is promised ---------------------------------------------------------------------------------

_WILL = re.compile(
    rf"(?:\b(?:and|but|so) )?(?:\bI['’]ll|\bI will|\bI(?:['’]m| am) going to"
    rf"|\b(?:I |have |I've )?promised(?: {_WHOM})? (?:to|(?:that )?I(?:['’]d| would|['’]ll))"
    rf"|\b(?:I )?(?:said|told {_WHOM})(?: that)? I(?:['’]d| would|['’]ll)|\bI owe {_WHOM}"
    r"|\bI (?:must|should|need to|have to)"
    r"|(?:^|(?<=[,;.] ))(?:will|must|need to|should|have to|to do:?))"
    r"\s+(?!(?:be|never|not|see|think|know|guess|say|admit)\b)(?P<what>.+?)"
    r"(?=$|[;.!?](?:\s|$)|,\s+(?:she|he|they|it|we|but|his|her)\b)",
    re.IGNORECASE,
)


def _promise(line: str, today: date, first_weekday: int, *, month_first: bool) -> tuple[Promise, Span] | None:
    """What the user means to do, and by when where that is said."""
    found = _WILL.search(line)
    if not found:
        return None
    what = found["what"]
    due = spoken_days.ahead(what, today, first_weekday, month_first=month_first)
    if due:
        what = _tidy(what[: due.start] + what[due.end :])
    return Promise(what.strip(" ,"), due.day if due else None), Span(*found.span(), "promise")


# --- who ----------------------------------------------------------------------------------------------

_ASIDE = re.compile(r"\b(?:at|in|about|of|for|near|re|regarding|joined|joining|via|on)\s+(?:the\s+)?$", re.IGNORECASE)
_TOWARDS = re.compile(
    rf"(?:\b(?:with|met(?: up with)?|saw|visited|called|rang|phoned|e-?mailed|mailed|messaged|texted|whatsapped|thanked"
    rf"|introduced|congratulated|asked|told|helped|into|wrote|and"
    rf"|(?:heard|mail|email|message|note|call|text|letter|whatsapp) from"
    rf"|(?:wrote|talked|spoke|chatted|sent|introduced) to)|\bw/)\s+(?P<name>{_NAME_WORD}(?: {_NAME_WORD})?)",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(rf"(?<!\w)@(?P<name>{_NAME_WORD})")


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
    for word in [*_WORDS.finditer(_OF_A_DATE.sub(lambda date: "0" * len(date[0]), said)), None]:
        joins = bool(run and word and said[run[-1].end() : word.start()] in (" ", ". "))
        if word and joins and (_is_name(word[0]) or word[0].lower() in _PARTICLES):
            run.append(word)
            continue
        while run and run[-1][0].lower() in _PARTICLES:
            run.pop()
        if run:
            found.append(Span(run[0].start(), run[-1].end(), "name"))
        run = [word] if word and _is_name(word[0]) else []
    return found


def _uncapitalled(match: re.Match[str]) -> Span | None:
    """ "with amara nwosu last week": the words after "with", as far as they may be a name."""
    words = list(_WORDS.finditer(match["name"]))
    if words[0][0].lower() in _NOT_NAMES:
        return None
    last = words[-1] if words[-1][0].lower() not in _NOT_NAMES else words[0]
    return Span(match.start("name"), match.start("name") + last.end(), "name")


def _first_word(said: str) -> list[Span]:
    word = _WORDS.search(said)
    if word is None or word[0].lower() in _NOT_NAMES:
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
    return re.sub(r"['’]s$", "", line[span.start : span.end])


# --- what to keep -------------------------------------------------------------------------------------

_FILLERS = _set(
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
    return _tidy(line[start:])


def _tidy(text: str) -> str:
    """One space between words, none before a comma, and no comma left alone at an end."""
    text = re.sub(r"\s+([,;:.!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return text.strip(" ,;:")


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
    if direction == "in":
        return f"{name} {_THEY.get(channel, _THEY['other'])}"
    if direction == "both":
        return _WE.get(channel, "You talked")
    return _YOU.get(channel, _YOU["other"])
