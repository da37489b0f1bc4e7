"""The words of a line that somebody types: which may be a name, and a line tidied where some were cut out."""

from __future__ import annotations

import re

# A word of a name in any script: its marks, apostrophes, hyphens and inner dots belong to it.
_MARK = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff"
NAME_WORD = rf"[^\W\d_](?:[\w{_MARK}'’‘-]|\.(?=\w))*"
WORDS = re.compile(NAME_WORD)


def several(text: str) -> frozenset[str]:
    """A set of words, written as a text."""
    return frozenset(text.split())


HER = r"(?:her|him|them|you|everyone|both)"
WHOM = rf"(?:{HER}|{NAME_WORD})"
# Words that begin a line or follow "with" and are no one's name.
NOT_NAMES = several(
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
    promised promise remind nudge ping get check say tried missed voicemail followed follow reminded reached
    connected-with invite note noted
    """
)
# With a capital, and not part of a date, these are people too.
_ALSO_NAMES = several("jan april may june august sun mon")


def is_name(word: str) -> bool:
    """Whether it may be one: with a capital, or of a script that has none, and no common word."""
    plain = re.split("['’]", word.lower())[0] or word  # "I'll" is no name, "O'Brien" is
    return not word[0].islower() and (plain not in NOT_NAMES or plain in _ALSO_NAMES)


def tidy(text: str) -> str:
    """One space between words, none before a comma, and no comma left alone at an end."""
    text = re.sub(r"\s+([,;:.!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return text.strip(" ,;:")


def rule(pattern: str) -> re.Pattern[str]:
    """Whole words, in capitals or not."""
    return re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w-])", re.IGNORECASE)


_OTHERS = several("she he they who")
_AUXILIARY = several(
    "has had have just also then finally kindly really even already very so again once later now gladly is was"
)


def by_them(said: str, start: int, end: int) -> bool:
    """Someone else does what the verb there says: "she sent", "Amara introduced", "introduced me"."""
    if re.match(r"\s+(?:back )?(?:to )?(?:me|us)\b", said[end:], re.IGNORECASE):
        return True
    before = re.split(r"[,;.:!?(]|\b(?:and|but)\b", said[:start])[-1].split()
    while before and before[-1].lower() in _AUXILIARY:
        before.pop()
    return bool(before) and (before[-1].lower() in _OTHERS or all(map(is_name, before)))
