"""What a line of English says that someone needs, offers or is taken by: "looking for a designer", "sells oak floors".

It would rather say nothing than something wrong: what is not meant now, not theirs, or too vague to act on is left.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keepwarm.core.line_words import several, tidy

NEED, OFFER, INTEREST = "need", "offer", "interest"
LONGEST_WORDS = 9
LONGEST = 200


class Found(NamedTuple):
    """One phrase, and where in the line it was said."""

    start: int
    end: int
    kind: str
    text: str  # "a designer", "help with grants"


def read(line: str) -> tuple[Found, ...]:
    """All that the line tells of, in its order."""
    found: list[Found] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(line):
            one = _found(line, match, rule)
            if one and not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found))


def tidied(text: str) -> str:
    """A phrase as the owner types it, ready to stand within a sentence: no full stop, no capital of a common word."""
    phrase = tidy(text).rstrip(" .!")[:LONGEST]
    first, _, rest = phrase.partition(" ")
    common = first.lower() in _ARTICLES or first.lower() in _COMMON or first.lower().endswith("ing")
    small = first.istitle() and common
    return f"{first.lower() if small else first}{' ' + rest if rest else ''}"


# --- what is said ---------------------------------------------------------------------------------------

_ARTICLES = several(
    "a an the some any one two three four five six several another more new good someone somebody people"
)
_COMMON = several("help advice introductions funding money work clients customers design office studio space room")
_STOP = (
    r"(?=$|[;:.!?](?:\s|$)|\n|\s[-–—]\s|\s*[()]|,\s|\s+(?:but|because|since|so|before|when|while|until|although|though|after"
    r"|if|unless|as|where|and (?:I|he|she|they|we|it|also|is|has|wants|needs|offers|can|could|sells|will|would|was|then"
    r"|looks|knows|likes|loves|plays|collects))\b)"
)
_WHAT = (
    r"(?P<what>(?!(?:to|for|with|me|my|him|himself|herself|themselves|it|its|this|that|them|us|our|you|your|her|no|not"
    rf"|nothing|forward|out|well|where|how|what|why|when)\b)\S.*?){_STOP}"
)
_BE = r"(?:is|are|was|were|['’]s|['’]re|been|be)"
_LATELY = r"(?:(?:currently|still|also|now|always|actively|desperately|urgently|really|already|just|probably) )*"
_LOOKING = r"(?:looking|on the (?:lookout|look-out|hunt)|in search|searching|hunting|scouting)(?: around)? (?:for|of)"


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    before: str = ""  # what the phrase begins with: "help with"


def _rule(kind: str, says: str, before: str = "", what: str = _WHAT) -> _Rule:
    return _Rule(kind, re.compile(rf"\b(?:{says})\s+{what}", re.IGNORECASE), before)


_ROOM = r"(?:flat|room|studio|office|desk|house|cottage|barn|workshop|space|shop)"
_EVERYONE = r"(?:everyone|everybody|all the people|a lot of people|lots of people|many people)"
_RULES = (
    _rule(NEED, rf"{_LOOKING}|looks for|seeks|seeking"),
    _rule(NEED, r"(?:hiring|recruiting|wants to (?:hire|recruit)|has an? (?:opening|vacancy) for)"),
    _rule(
        NEED,
        r"(?:needs|need|could (?:really |well |also )?(?:use|do with)|would need|is (?:badly |urgently )?in need of"
        r"|are in need of)",
    ),
    _rule(NEED, r"(?:wants|would (?:like|love)|hopes|is keen|is trying|are trying) to (?:find|meet|get hold of)"),
    _rule(NEED, r"asked (?:me )?(?:if|whether) I (?:know|knew|might know)(?: of)?"),
    _rule(
        NEED, r"(?:raising|trying to raise|wants to raise)", "",
        r"(?P<what>(?:an? |their |her |his )?(?:[\w-]+ ){0,2}(?:round|funding|capital|fund|seed|series [a-d])\b.*?)"
        + _STOP,
    ),
    _rule(OFFER, r"(?:can|could|is able to|is happy to|happy to|glad to|is willing to|willing to|offered to|offers to)"
          r" help (?:people |others |anyone |founders |us )?(?:with|in)", "help with"),
    _rule(OFFER, r"(?:can|is happy to|happy to|glad to|is willing to|willing to|offered to) advise (?:on|about)",
          "advice on"),
    _rule(OFFER, r"(?:is happy to|happy to|glad to|is willing to|willing to) (?:talk|speak) about", "talks about"),
    _rule(OFFER, r"(?:offers|is offering|are offering)"),
    _rule(OFFER, r"(?:sells|is selling|rents out|is renting out|lets out)"),
    _rule(OFFER, rf"has (?P<room>(?:an?|two|three|some) (?:[\w-]+ ){{0,2}}{_ROOM}s?)"
          r" (?:to (?:let|rent|spare|rent out)|free|for rent)", "", r"?(?P<what>(?:in|near|at) \S.*?)?" + _STOP),
    _rule(OFFER, rf"knows {_EVERYONE} (?:who matters )?(?P<where>in|at)",
          "introductions"),
    _rule(OFFER, r"(?:is )?well[ -]connected in", "introductions in"),
    _rule(OFFER, r"(?:knows (?:a lot|all|everything|a great deal) about|(?:is an? )?(?:real |great )?expert (?:in|on)"
          r"|speciali[sz]es in)",
          "advice on"),
    _rule(OFFER, r"(?:mentors)", "mentoring for"),
    _rule(OFFER, r"(?:invests in)", "investment in"),
    _rule(OFFER, r"(?:gives (?:talks|workshops|courses) (?:on|about))", "talks on"),
    _rule(OFFER, r"(?:teaches(?! (?:at|in|me|us|her|him|them)\b))", "lessons in"),
    _rule(INTEREST, r"(?:collects|(?:is|are) (?:really |very |so )?(?:into|keen on|passionate about|mad about)"
          r"|obsessed with)"),
    _rule(INTEREST, r"plays the(?! stock)"),
)  # fmt: skip


def _found(line: str, match: re.Match[str], rule: _Rule) -> Found | None:
    held = match.groupdict()
    if not _theirs(line, match.start()) or _asks(line, match.end()):
        return None
    what = _cut(held.get("what") or "")
    if held.get("room"):
        text = tidy(f"{held['room'].lower()} {what}")
    elif not what or _is_vague(what, rule):
        return None
    else:
        text = " ".join(part for part in (rule.before, held.get("where") or "", what) if part)
    if not text or len(text.split()) > LONGEST_WORDS + 2 or len(text) > LONGEST:
        return None
    return Found(match.start(), match.end(), rule.kind, text)


# --- what is not meant ------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[.;!?\n]\s*|[()]|\s[-–—]\s")
_NOT = re.compile(
    r"\b(?:not|never|nobody|no longer|no one|without|stopped|stop|used to|neither|nor|don['’]?t|doesn['’]?t|isn['’]?t"
    r"|aren['’]?t|wasn['’]?t|won['’]?t|hardly|no more|gave up|quit|done|finished|had been|if|unless|whether|might|may"
    r"|perhaps|maybe|should|pretends|until|once|when)\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\b(?:(?:I|I['’]m|I['’]ve|I['’]d|I['’]ll|we|we['’]re|we['’]ve|we['’]ll|my [\w-]+|our [\w-]+|what|will|everybody"
    r"|everyone|you)\s+(?:\w+ ){0,2}|(?:it|this|that|which|one)\s+(?:really |still |also )?)$",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"\b(?:sister|brother|daughter|son|wife|husband|mother|father|mum|mom|dad|cousin|friend|neighbour|neighbor|niece"
    r"|nephew|aunt|uncle|kids?|child|children|parents|book|books|colleague|boss|client|ex|dog|cat|house|car|boat|garden"
    r"|project)\s+(?:\w+ ){0,2}$",
    re.IGNORECASE,
)


def _theirs(line: str, start: int) -> bool:
    """Whether it is said of the person: not of the owner, of others, not denied, doubted or long past."""
    before = line[:start]
    ends = [match.end() for match in _SENTENCE.finditer(before)]
    clause = before[ends[-1] if ends else 0 :]
    asked = re.search(r"\basked (?:me )?(?:if|whether)", line[start : start + 20], re.IGNORECASE)
    nearest = re.split(r",|\bbut\b", clause)[-1]
    said_of = f"{' '.join(clause.split())} "
    return not ((_NOT.search(nearest) and not asked) or _MINE.search(said_of) or _KIN.search(said_of))


def _asks(line: str, end: int) -> bool:
    return line[end : end + 1] == "?"


_WHEN = re.compile(
    r"[\s,]*\b(?:at the moment|right now|for now|now|again|soon|asap|urgently|these days|at present|currently|as well"
    r"|too|if possible|badly|desperately|quickly|please|today|tomorrow|tonight|already|anyway|actually"
    r"|(?:by|from|in|before|for|until|since|starting|as of) (?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|the (?:new year|end of .*|spring|summer|autumn|winter)|next .*|christmas|easter|years?|months?|weeks?|20\d\d)"
    r"|(?:this|next|last) (?:week|month|year|spring|summer|autumn|winter|quarter|january|february|march|april|may|june"
    r"|july|august|september|october|november|december))$",
    re.IGNORECASE,
)


def _cut(what: str) -> str:
    """Without when."""
    text = tidy(what).strip(" ,.\"“”'’")
    while (shorter := _WHEN.sub("", text)) != text:
        text = shorter
    return text.strip(" ,")


# Said of many things in passing, and nobody can be introduced for it.
_VAGUE = several(
    """
    time rest sleep holiday break coffee space patience change air help more less a bit answers money
    something anything nothing everything somebody someone anyone somewhere trouble excuse excuses words word reminder
    call reply answer sense peace quiet day week weekend month moment hug drink minute hour while second
    freeze fear spree manager managers keys glasses phone
    """
)
_AFTER_VAGUE = several("to off from away alone for at in on")
_POINTING = re.compile(
    r"^(?:her|his|their|its|my|our|your|these|those|the (?:kids|children|stock|same|right time|next"
    r"|idea|job|weather|world|others?|thing|rest|car|train|bus|bathroom))\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:a |an |some |the |any |much |more |another |lots of |a lot of |very |good |little |few |bit of )+",
    re.IGNORECASE,
)


def _is_vague(what: str, rule: _Rule) -> bool:
    """No noun one could act on: "some time", "her keys", "me to call"."""
    words = what.split()
    bare = _LOOSE.sub("", what).strip().lower()
    own = bool(_POINTING.match(what))
    orders = rule.kind == NEED and re.search(r"^(?:\S+ )?(?:him|her|me|us|them) to\b|\bto (?:be|get|have)\b", what)
    too_long = len(words) > LONGEST_WORDS
    told = bare.split()
    only = not told or (told[0] in _VAGUE and (len(told) == 1 or told[1] in _AFTER_VAGUE))
    seen = (
        rule.kind == NEED and len(words) == 1 and (what.lower().endswith("ing") or what[0].isupper())
    )  # painting, Yusuf
    return own or too_long or bool(orders) or only or seen or not any(c.isalpha() for c in what)
