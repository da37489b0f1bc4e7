"""How far two cards agree in what belongs to one person: birthday, mailbox, phone, profile."""

from __future__ import annotations

import re
from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA

from keepwarm.core.identity.cards import ANYBODYS, Card, Mailbox, Name, Words
from keepwarm.core.identity.fields import NOTHING, Told
from keepwarm.core.identity.frequency import RANGE, Frequencies

_NOT_LETTERS = re.compile(r"[^a-z]+")
AS_NAMED = log(0.15)  # of two people with one name, how many have mailboxes called alike
A_CROWD = log(0.05)  # a domain of so many is no employer's


def birthday(one: tuple[int, int, int], other: tuple[int, int, int], often: Frequencies) -> Told:
    if one == other:
        return (0, often.chance("birthday", one)) if all(one) else (1, log(1 / 365)) if one[1] and one[2] else NOTHING
    if not (one[1] and one[2] and other[1] and other[2]):
        return NOTHING
    if not (one[0] and other[0]):
        return (1, log(1 / 365)) if one[1:] == other[1:] else (5, 0.0)
    return _near_days(one, other), 0.0


@lru_cache(maxsize=65_536)
def _near_days(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    written = [f"{year:04d}{month:02d}{day:02d}" for year, month, day in (one, other)]
    slips = OSA.distance(*written)
    if slips == 1 or (one[0] == other[0] and one[1:] == other[:0:-1]):
        return 2
    if sum(mine == yours for mine, yours in zip(one, other, strict=True)) == 2:
        return 3
    return 4 if slips == 2 or abs(_days(one) - _days(other)) < 400 else 5


def _days(day: tuple[int, int, int]) -> int:
    return day[0] * 365 + day[1] * 30 + day[2]


def mailboxes(one: Card, other: Card, often: Frequencies) -> Told:
    if not one.mailboxes or not other.mailboxes:
        return NOTHING
    names = one.name, other.name
    return min(_mailbox(mine, yours, names, often) for mine in one.mailboxes for yours in other.mailboxes)


def _mailbox(one: Mailbox, other: Mailbox, names: tuple[Name, Name], often: Frequencies) -> Told:
    if one.key == other.key:
        return 0, log(0.01) if one.shared else often.chance("mailbox", one.key)
    if one.local == other.local and one.local:
        return (2, _chance_of_local(one.local, names, often)) if not one.shared else (4, 0.0)
    if _slipped(one, other):
        return 1, log(1 / 20_000)
    if one.employers and one.domain == other.domain and (chance := often.chance("domain", one.domain)) < A_CROWD:
        return 3, chance
    return 4, 0.0


def _chance_of_local(local: str, names: tuple[Name, Name], often: Frequencies) -> float:
    """ann.lee at two domains says no more than that both are called Ann Lee."""
    letters, chance = _NOT_LETTERS.sub("", local), often.chance("local", local)
    return max(chance, AS_NAMED) if all(letters in _spellings(name) for name in names) else chance


def _spellings(name: Name) -> set[str]:
    """What a mailbox is called by a name: annlee, alee, leea, ann, lee."""
    given, family = "".join(name.given[:1]), "".join(name.family[-1:])
    return {given + family, given[:1] + family, family + given, family + given[:1], given + family[:1], given, family}


def _slipped(one: Mailbox, other: Mailbox) -> bool:
    """A typo; but jsmith2 sits next to jsmith, and anna.berg next to hanna.berg."""
    if one.domain == other.domain:
        letters = [box.local.strip("0123456789") for box in (one, other)]
        return len(letters[0]) > 6 and letters[0] != letters[1] and OSA.distance(*letters, score_cutoff=1) <= 1
    if {one.domain, other.domain} <= ANYBODYS:
        return False  # two providers, two addresses
    length = max(len(one.key), len(other.key))
    return length > 8 and OSA.distance(one.key, other.key, score_cutoff=length // 4) <= length // 4


def phones(one: Words, other: Words, often: Frequencies) -> Told:
    if not one or not other:
        return NOTHING
    return min(_phone(mine, yours, often) for mine in one for yours in other)


def _phone(one: str, other: str, often: Frequencies) -> Told:
    if one == other:
        return 0, often.chance("phone", one)
    mine, yours = one[2:].lstrip("+0"), other[2:].lstrip("+0")
    if one[0] != other[0] and _ends_alike(*sorted((mine, yours), key=len)):
        return 0, log(1 / 100_000)
    near = len(mine) == len(yours) >= 9 and OSA.distance(mine, yours, score_cutoff=1) <= 1
    return (1, _chance_next(one, other, often)) if near else (2, 0.0)


def _chance_next(one: str, other: str, often: Frequencies) -> float:
    """A slip in the last digits leads to a neighbour's number, and neighbours are known to the same people."""
    return max(log(1 / 2_000), *(often.chance("range", key[:-RANGE]) for key in (one, other)))


def _ends_alike(short: str, long: str) -> bool:
    """The same number, once without its country."""
    return len(short) >= 7 and long.endswith(short)


def profiles(one: Words, other: Words, often: Frequencies) -> Told:
    if shared := {*one} & {*other}:
        return 0, max(often.chance("profile", key) for key in shared)
    kinds = [{key[:2] for key in keys} for keys in (one, other)]
    return (1, 0.0) if "l:" in kinds[0] & kinds[1] else NOTHING
