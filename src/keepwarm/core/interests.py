"""The words that tell what a text is about, each brought to one form: farms is farm.

Not told by words that stand everywhere, by numbers and addresses, or by the names of people and towns: Rose is no
flower and Reading no book, as long as they are written with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from keepwarm.core.names import fold

LONGEST = 40  # letters of a word
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{1,2}\b)?[+#]{0,2}")
_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_POSSESSIVE = re.compile(r"['’]\w{0,2}$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What English puts everywhere, and what everybody's notes and articles have.
STOP = _words(
    """
    a about above across after again against ago all almost alone along already also although always am among an and
    another any anybody anyone anything anyway are aren around as aside ask asked asking at away back be became because
    become been before began begin behind being below beside best better between beyond big bit both bring brings
    brought but by call called calls came can cannot cant come comes coming could couldn did didn different do does
    doesn doing don done down during each early easier easy either else end enough etc even ever every everybody
    everyone everything ex far few find first five for forward found four from full further gave get gets getting give
    given gives giving go goes going gone good got great had hadn half happen happened happy hard has hasn have haven
    having he hello help helped helpful helping helps her here hers herself hey hi him himself his how however i idea
    ideas if important in indeed instead interested interesting into is isn it its itself just keen keep keeping keeps
    kept kind knew know known knows large last late later latest least left less let lets lie like liked likes line
    little long look looked looking looks lot lots made main mainly make makes making many may maybe me mean means
    meet meeting meetings mentioned met might mine more most much must my myself name near nearly need needed needs
    neither never new news next nice no nobody none nor not note noted notes nothing now number of off often oh ok okay
    old on once one ones only onto open or other others our ours out over own part parts people per perhaps person place
    please possible probably project projects put quick quickly quite rather re read real really reason recent recently
    regards remember right said same saw say saying says second see seem seems seen self send sends sent set several
    shall share shared she should shouldn show shows side since six small so some somebody someone something sometimes
    somewhere soon sort spoke start started starting starts still stop such sure take taken takes taking talk talked
    talking talks tell tells ten than thank thanks that the their theirs them themselves then there these they thing
    things think thinking third this those though thought three through time times to today together told tomorrow
    tonight too took toward towards tried tries trip try trying turn turned turns twice two type under understand
    unless until up upon us use used useful user users uses using usual usually various ve very via want wanted wants
    was wasn way ways we week weeks well went were weren what whatever when where whether which while who whole whom
    whose why will wish with within without won wonder word words work worked working works would wouldn write writes
    writing written wrong wrote year years yes yesterday yet you young your yours yourself
    article articles blog chapter comment guide issue list page pages piece post posts question questions story tips
    update version website lesson lessons everyday top fwd fw aw wg subject
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december day days month months hour hours minute minutes morning evening night spring summer
    autumn winter season mr mrs ms dr prof lunch dinner coffee drink drinks chat catch phone email mail message linkedin
    colleague colleagues friend friends client clients contact introduce introduced introduction plan plans
    """
)  # fmt: skip
# What a title says of rank, and a firm's name of its form.
RANK = _words(
    """
    director manager head senior junior lead leader leads leading chief officer president vice founder cofounder owner
    partner associate assistant executive deputy principal specialist coordinator supervisor member board chair chairman
    chairwoman intern trainee staff general managing global regional international group team department freelance
    independent ceo cto cfo coo cmo cio vp svp evp avp md
    inc incorporated corp corporation co company companies ltd limited llc llp plc gmbh mbh ag kg sa sas sarl srl spa
    bv nv ab as aps oy pty pte holding holdings international partners associates enterprises solutions services
    """
)


class Word(NamedTuple):
    """One word that tells something: its one form, and as it was written."""

    stem: str
    written: str


def cut(text: str, names: frozenset[str] = frozenset()) -> Iterator[Word]:
    """The telling words of a text in their order. `names`: folded words that count only without a capital."""
    for found in _WORD.finditer(_ADDRESS.sub(" ", text)):
        written = found.group()
        if _SIGNS.match(written):
            yield from _of_signs(written)
            continue
        stem = _stem_of(_POSSESSIVE.sub("", written).lower() if written.isascii() else fold(written))
        if stem and not (written[0].isupper() and fold(_POSSESSIVE.sub("", written)) in names):
            yield Word(stem, written)


def _of_signs(written: str) -> Iterator[Word]:
    """Chinese and Japanese are written without spaces: two signs that stand together tell something."""
    for at in range(len(written) - 1):
        yield Word(written[at : at + 2], written[at : at + 2])


@lru_cache(maxsize=65_536)
def _stem_of(word: str) -> str:
    """ "" where it tells nothing."""
    if word in STOP or word in RANK or len(word) > LONGEST or not any(c.isalpha() for c in word):
        return ""
    found = stem(word)
    return "" if len(found) < 2 or found in STOP or found in RANK else found


def stem(word: str) -> str:
    """The plural taken off, as far as it is one: not of gas, focus or basis. Taking off -ing as well finds no more."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]
