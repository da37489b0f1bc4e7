"""How far two names agree: short forms, sounds, slips of the keys, in whichever order they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA

from keepwarm.core.identity.cards import Name, Words
from keepwarm.core.identity.fields import ALIKE, INITIAL, NEAR, OTHER, PART, SAME, SLIP, UNKNOWN, Levels
from keepwarm.core.identity.frequency import Frequencies, full
from keepwarm.core.identity.spelling import circles, same_sound, sound

_FITS = (5, 4, 3, 4, 3, 1, -3, 0)  # by level; the last is UNKNOWN


class Agreed(NamedTuple):
    levels: Levels  # given, family, order, middle, generation
    chance: float


def agree(one: Name, other: Name, often: Frequencies) -> Agreed:
    given, family, swapped = _aligned(one, other)
    theirs = (other.family, other.given) if swapped else (other.given, other.family)
    chance = _rarity("given", given, one.given, theirs[0], often)
    chance += _rarity("family", family, one.family, theirs[1], often)
    if given == family == SAME:
        chance = often.of_whole(full(one.given, one.family), chance)
    order = UNKNOWN if UNKNOWN in (given, family) and not swapped else int(swapped)
    generation = _generation(one.generation, other.generation)
    return Agreed((given, family, order, _middle(one, other), generation), chance)


def _aligned(one: Name, other: Name) -> tuple[int, int, bool]:
    """The levels of given and family name, and whether they fit better crosswise."""
    given, family = _part(one.given, other.given, given_level), _family(one, other)
    if OTHER not in (given, family):
        return given, family, False
    crossed = _part(one.given, other.family, word_level), _part(one.family, other.given, word_level)
    if _FITS[crossed[0]] + _FITS[crossed[1]] > _FITS[given] + _FITS[family] + 2:
        return *crossed, True
    return given, family, False


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
    allowed = 1 if length < 6 else 2 if length < 10 else 3
    slips = OSA.distance(one, other, score_cutoff=allowed)
    if slips > allowed or (length < 5 and one[0] != other[0] and one[1:] != other[1:]):
        return OTHER
    return SLIP if slips == 1 else NEAR


def _rarity(kind: str, level: int, one: Words, other: Words, often: Frequencies) -> float:
    if level in (UNKNOWN, OTHER, INITIAL):
        return 0.0
    if level in (SAME, PART):
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
    return max(chance, log(0.004 if level == SLIP else 0.02) - 0.45 * max(0, length - 4))


def _middle(one: Name, other: Name) -> int:
    if not one.middle or not other.middle:
        return UNKNOWN
    return int({word[0] for word in one.middle}.isdisjoint(word[0] for word in other.middle))


def _generation(one: str, other: str) -> int:
    if not one and not other:
        return UNKNOWN
    return 0 if one == other else 2 if one and other else 1
