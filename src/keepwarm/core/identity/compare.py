"""Two cards held against each other: for each field a level, and how often chance alone would give it.

A chance is a logarithm. Where it depends on the value (a rare name, a busy street) it is told here; elsewhere it is 0
and the table of the set at hand tells it, see `learn`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

from keepwarm.core.identity.card import Card, Mailbox, Name, Words
from keepwarm.core.identity.frequency import Frequencies, full
from keepwarm.core.identity.spelling import circles, same_sound, sound

UNKNOWN = -1  # either side is silent
Told = tuple[int, float]  # level and chance
NOTHING: Told = (UNKNOWN, 0.0)

# Levels of each field. The lower, the more the two agree.
FIELDS = {
    "given": ("same", "alike", "part", "slip", "near", "initial", "other"),
    "family": ("same", "alike", "part", "slip", "near", "initial", "other"),
    "order": ("straight", "swapped"),
    "middle": ("same", "other"),
    "generation": ("same", "one", "other"),
    "birthday": ("same", "day", "slip", "part", "close", "other"),
    "mailbox": ("same", "near", "local", "domain", "other"),
    "phone": ("same", "near", "other"),
    "profile": ("same", "other"),
    "organisation": ("same", "near", "domain", "other"),
    "title": ("same", "near", "other"),
    "street": ("same", "near", "other"),
    "place": ("same", "postcode", "city", "near", "other"),
    "source": ("same", "other"),
}
NAMES = ("given", "family", "order", "middle", "generation")
SAME, ALIKE, PART, SLIP, NEAR, INITIAL, OTHER = range(7)
ANYBODYS = log(0.05)  # a domain of so many is no employer's
Levels = tuple[int, ...]


class Compared(NamedTuple):
    levels: Levels  # in the order of FIELDS
    names: float  # the chance of what is the same in the names
    rest: float  # and of all else


def compare(one: Card, other: Card, often: Frequencies) -> Compared:
    given, family, order = _names(one.name, other.name, often)
    rest = (
        _birthday(one.birthday, other.birthday, often),
        _mailboxes(one, other, often),
        _phones(one.phones, other.phones, often),
        _profiles(one.profiles, other.profiles, often),
        _organisation(one, other, often),
        _title(one.title, other.title, often),
        _street(one, other, often),
        _place(one, other, often),
        NOTHING if not one.source or not other.source else (int(one.source != other.source), 0.0),
    )
    levels = (
        given[0], family[0], order, _middle(one.name, other.name),
        _generation(one.name.generation, other.name.generation), *(level for level, _ in rest),
    )  # fmt: skip
    return Compared(levels, _of_names(one.name, other.name, given, family, often), sum(chance for _, chance in rest))


# --- names ------------------------------------------------------------------------------------------

_FITS = (5, 4, 3, 4, 3, 1, -3, 0)  # by level; the last is UNKNOWN


def _names(one: Name, other: Name, often: Frequencies) -> tuple[Told, Told, int]:
    """Given, family and whether their order is straight (0) or swapped (1): whatever fits better."""
    given, family = _part(one.given, other.given, given_level), _family(one, other)
    swapped = 0
    if not (one.sure and other.sure and given <= ALIKE and family <= ALIKE) and OTHER in (given, family):
        crossed = _part(one.given, other.family, word_level), _part(one.family, other.given, word_level)
        if _FITS[crossed[0]] + _FITS[crossed[1]] > _FITS[given] + _FITS[family] + 2:
            (given, family), swapped = crossed, 1
    if UNKNOWN in (given, family) and not swapped:
        order = UNKNOWN
    else:
        order = swapped
    mine, yours = (other.family, other.given) if swapped else (other.given, other.family)
    told = _rarity("given", given, one.given, mine, often), _rarity("family", family, one.family, yours, often)
    return (given, told[0]), (family, told[1]), order


def _of_names(one: Name, other: Name, given: Told, family: Told, often: Frequencies) -> float:
    """Given and family name are not independent: a whole name is at least as frequent as it is found."""
    chance = given[1] + family[1]
    if given[0] in (SAME, ALIKE) and family[0] in (SAME, ALIKE):
        both = [often.chance("full", full(name.given, name.family)) for name in (one, other) if name.given and name.family]
        return max(chance, *both) if both else chance
    return chance


def _family(one: Name, other: Name) -> int:
    level = _part(one.family, other.family, word_level)
    if level <= SLIP:
        return level
    mine, yours = {*one.family, *one.also_family}, {*other.family, *other.also_family}
    wide = (mine & (yours | {*other.middle})) | (yours & {*one.middle})
    return PART if any(len(word) > 2 for word in wide) else level


def _part(one: Words, other: Words, told: Callable[[str, str], int]) -> int:
    """The level of one part of two names; of several words, those that agree best."""
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    levels = [told(mine, yours) for mine in one for yours in other]
    best = min(levels)
    if len(levels) > 1 and best <= SLIP:
        return ALIKE if "".join(one) == "".join(other) else PART
    return best


@lru_cache(maxsize=262_144)
def word_level(one: str, other: str) -> int:
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else OTHER
    if circles(one) & circles(other) or same_sound(one, other) or _begins(one, other):
        return ALIKE
    return _slips(one, other)


@lru_cache(maxsize=262_144)
def given_level(one: str, other: str) -> int:
    """Jan and Jana, Christian and Christina are no slips: each is a name of its own."""
    level = word_level(one, other)
    if level in (SAME, INITIAL) or circles(one) & circles(other):
        return level
    short, long = sorted((one, other), key=len)
    if circles(short) and (circles(long) or long in (f"{short}a", f"{short}e")):
        return OTHER
    return level


def _begins(one: str, other: str) -> bool:
    """Ben, Benjamin; but Christian is not Christina's."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short) and len(long) - len(short) >= 2


def _slips(one: str, other: str) -> int:
    """One slip of the keys, or two and three in a long word."""
    length = max(len(one), len(other))
    allowed = 1 if length < 6 else 2 if length < 9 else 3
    slips = OSA.distance(one, other, score_cutoff=allowed)
    if slips > allowed or (length < 5 and one[0] != other[0] and one[1:] != other[1:]):
        return OTHER
    return SLIP if slips == 1 else NEAR


def _rarity(kind: str, level: int, one: Words, other: Words, often: Frequencies) -> float:
    if level in (UNKNOWN, OTHER, INITIAL):
        return 0.0
    if level == SAME or level == PART:
        return max((often.chance(kind, word) for word in {*one} & {*other}), default=log(1 / 300))
    if level == ALIKE:
        return _chance_alike(kind, one[0], other[0], often)
    return _chance_near(min(often.chance(kind, one[0]), often.chance(kind, other[0])), len(one[0]), level)


def _chance_alike(kind: str, one: str, other: str, often: Frequencies) -> float:
    if rows := circles(one) & circles(other):
        return max(often.chance("circle", row) for row in rows)
    return min(often.of_others(kind, sound(word), word) for word in (one, other))


@lru_cache(maxsize=65_536)
def _chance_near(chance: float, length: int, level: int) -> float:
    """A short word has many neighbours."""
    return max(chance, log(0.004 if level == SLIP else 0.02) - 0.7 * max(0, length - 4))


def _middle(one: Name, other: Name) -> int:
    if not one.middle or not other.middle:
        return UNKNOWN
    return int({word[0] for word in one.middle}.isdisjoint(word[0] for word in other.middle))


def _generation(one: str, other: str) -> int:
    if not one and not other:
        return UNKNOWN
    return 0 if one == other else 2 if one and other else 1


# --- what belongs to one person ----------------------------------------------------------------------


def _birthday(one: tuple[int, int, int], other: tuple[int, int, int], often: Frequencies) -> Told:
    if one == other:
        return (0, often.chance("birthday", one)) if all(one) else (1, log(1 / 365)) if one[1] and one[2] else NOTHING
    if not (one[1] and one[2] and other[1] and other[2]):
        return NOTHING
    if not (one[0] and other[0]):
        return (1, log(1 / 365)) if one[1:] == other[1:] else (5, 0.0)
    return _near_days(one, other), 0.0


@lru_cache(maxsize=65_536)
def _near_days(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    written = ["%04d%02d%02d" % day for day in (one, other)]
    slips = OSA.distance(*written)
    if slips == 1 or (one[0] == other[0] and one[1:] == other[:0:-1]):
        return 2
    if sum(mine == yours for mine, yours in zip(one, other, strict=True)) == 2:
        return 3
    return 4 if slips == 2 or abs(_days(one) - _days(other)) < 400 else 5


def _days(day: tuple[int, int, int]) -> int:
    return day[0] * 365 + day[1] * 30 + day[2]


def _mailboxes(one: Card, other: Card, often: Frequencies) -> Told:
    if not one.mailboxes or not other.mailboxes:
        return NOTHING
    return min(_mailbox(mine, yours, often) for mine in one.mailboxes for yours in other.mailboxes)


def _mailbox(one: Mailbox, other: Mailbox, often: Frequencies) -> Told:
    if one.key == other.key:
        return 0, log(0.01) if one.shared else often.chance("mailbox", one.key)
    if one.local == other.local and one.local:
        return (2, often.chance("local", one.local)) if not one.shared else (4, 0.0)
    if _slipped(one, other):
        return 1, log(1 / 20_000)
    if one.employers and one.domain == other.domain and (chance := often.chance("domain", one.domain)) < ANYBODYS:
        return 3, chance
    return 4, 0.0


def _slipped(one: Mailbox, other: Mailbox) -> bool:
    """A typo; but jsmith2 sits next to jsmith, and anna.berg next to hanna.berg."""
    if one.domain == other.domain:
        letters = [box.local.strip("0123456789") for box in (one, other)]
        return len(letters[0]) > 6 and letters[0] != letters[1] and OSA.distance(*letters, score_cutoff=1) <= 1
    length = max(len(one.key), len(other.key))
    return length > 8 and OSA.distance(one.key, other.key, score_cutoff=length // 4) <= length // 4


def _phones(one: Words, other: Words, often: Frequencies) -> Told:
    if not one or not other:
        return NOTHING
    return min(_phone(mine, yours, often) for mine in one for yours in other)


def _phone(one: str, other: str, often: Frequencies) -> Told:
    if one == other:
        return 0, often.chance("phone", one)
    mine, yours = one[2:].lstrip("+0"), other[2:].lstrip("+0")
    if one[0] != other[0] and min(len(mine), len(yours)) >= 7 and mine[-7:] == yours[-7:]:
        if mine.endswith(yours) or yours.endswith(mine):
            return 0, log(1 / 100_000)
    near = len(mine) == len(yours) >= 9 and OSA.distance(mine, yours, score_cutoff=1) <= 1
    return (1, log(1 / 20_000)) if near else (2, 0.0)


def _profiles(one: Words, other: Words, often: Frequencies) -> Told:
    if shared := {*one} & {*other}:
        return 0, max(often.chance("profile", key) for key in shared)
    kinds = [{key[:2] for key in keys} for keys in (one, other)]
    return (1, 0.0) if "l:" in kinds[0] & kinds[1] else NOTHING


# --- what surrounds them -----------------------------------------------------------------------------


def _organisation(one: Card, other: Card, often: Frequencies) -> Told:
    mine, yours = one.organisation, other.organisation
    if mine and mine == yours:
        return 0, often.chance("organisation", mine)
    if mine and yours and _near_organisation(mine, yours):
        return 1, max(often.chance("organisation", mine), often.chance("organisation", yours))
    if _works_by_address(mine, other) or _works_by_address(yours, one):
        return 2, often.chance("organisation", mine or yours)
    return (3, 0.0) if mine and yours else NOTHING


@lru_cache(maxsize=65_536)
def _near_organisation(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return False
    return long.startswith(short + " ") or token_sort_ratio(one, other) >= 88 or _initials_of(long) == short


def _initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _works_by_address(organisation: str, other: Card) -> bool:
    """acme.com and Acme; brightwater.com and Brightwater Energy."""
    bare = organisation.replace(" ", "")
    words = [word for box in other.mailboxes for word in box.employers]
    return bool(bare) and any(word == bare or (len(word) > 4 and bare.startswith(word)) for word in words)


def _title(one: str, other: str, often: Frequencies) -> Told:
    if not one or not other:
        return NOTHING
    if one == other:
        return 0, often.chance("title", one)
    return (1, 0.0) if _near_title(one, other) else (2, 0.0)


@lru_cache(maxsize=65_536)
def _near_title(one: str, other: str) -> bool:
    return token_set_ratio(one, other) >= 85 or JaroWinkler.similarity(one, other) >= 0.9


def _street(one: Card, other: Card, often: Frequencies) -> Told:
    if not one.street or not other.street:
        return NOTHING
    likeness = _likeness(one.street, other.street)
    if likeness >= 88 and one.number == other.number:
        return 0, often.chance("street", f"{one.number} {one.street}")
    return (1, 0.0) if likeness >= (60 if one.number == other.number else 75) else (2, 0.0)


def _likeness(one: str, other: str) -> float:
    """0 to 100, whatever the order of the words and wherever they were parted."""
    return max(token_sort_ratio(one, other), ratio(one.replace(" ", ""), other.replace(" ", "")))


def _place(one: Card, other: Card, often: Frequencies) -> Told:
    city, postcode = _value(one.city, other.city, 2), _value(one.postcode, other.postcode, 1)
    if postcode == SAME:
        chance = often.chance("postcode", one.postcode)
        return (0, chance + log(0.7)) if city in (SAME, NEAR) else (1, chance)
    if city == SAME:
        chance = often.chance("city", one.city)
        return (0, chance + log(0.1)) if postcode == NEAR else (2, chance)
    if NEAR in (city, postcode):
        return 3, log(0.002) if city == postcode else 0.0
    return (4, 0.0) if OTHER in (city, postcode) else NOTHING


def _value(one: str, other: str, slips: int) -> int:
    """SAME, NEAR, OTHER or UNKNOWN."""
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    near = min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=slips) <= slips
    return NEAR if near else OTHER
