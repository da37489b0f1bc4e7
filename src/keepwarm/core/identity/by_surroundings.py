"""How far two cards agree in what surrounds a person: employer, title, street and place."""

from __future__ import annotations

from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.fields import NEAR, NOTHING, OTHER, SAME, UNKNOWN, Told
from keepwarm.core.identity.frequency import Frequencies


def organisation(one: Card, other: Card, often: Frequencies) -> Told:
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


def title(one: str, other: str, often: Frequencies) -> Told:
    if not one or not other:
        return NOTHING
    if one == other:
        return 0, often.chance("title", one)
    return (1, 0.0) if _near_title(one, other) else (2, 0.0)


@lru_cache(maxsize=65_536)
def _near_title(one: str, other: str) -> bool:
    return token_set_ratio(one, other) >= 85 or JaroWinkler.similarity(one, other) >= 0.9


def street(one: Card, other: Card, often: Frequencies) -> Told:
    if not one.street or not other.street:
        return NOTHING
    likeness = _likeness(one.street, other.street)
    if likeness >= 88 and one.number == other.number:
        return 0, often.chance("street", f"{one.number} {one.street}")
    return (1, 0.0) if likeness >= (60 if one.number == other.number else 75) else (2, 0.0)


def _likeness(one: str, other: str) -> float:
    """0 to 100, whatever the order of the words and wherever they were parted."""
    return max(token_sort_ratio(one, other), ratio(one.replace(" ", ""), other.replace(" ", "")))


def place(one: Card, other: Card, often: Frequencies) -> Told:
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
