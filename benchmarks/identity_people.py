"""Invented people as three sources know them, with the truth beside: LinkedIn, a phone and a mailbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

from keepwarm.core.identity.frequency import COMMON_FAMILY, COMMON_GIVEN
from keepwarm.core.people import Address, PersonRecord, Value

SOURCES = ("linkedin", "phone", "mail")
_SYLLABLES = (
    "ba bel bri da den do fa fen ga gor ha hol ka kel la lin lo ma mer mo na nor pa per ra rin ro sa sen ta tor va wen"
)
_TITLES = (
    "Designer",
    "Head of Sales",
    "Data Engineer",
    "Architect",
    "Buyer",
    "Nurse",
    "Lawyer",
    "Recruiter",
    "Founder",
)
_CITIES = ("Leeds", "Bergen", "Lyon", "Graz", "Porto", "Cork", "Turin", "Bath", "Gdynia", "Utrecht", "Malmö", "Bristol")
_SHORT = {"robert": "bob", "william": "bill", "michael": "mike", "richard": "rick", "susan": "sue", "daniel": "dan"}


class Told(NamedTuple):
    person: int  # the truth
    source: str
    record: PersonRecord


class _Person(NamedTuple):
    given: str
    family: str
    mail: str
    work_mail: str
    phone: str
    profile: str
    firm: str
    title: str
    city: str


def cards(count: int, seed: int = 1) -> list[Told]:
    """Of each person one to three cards, and seldom two that say all the same. Among more there are more names."""
    chance = Random(seed)
    given = _names(chance, max(700, count // 500), COMMON_GIVEN)
    family = _names(chance, max(9_000, count // 10), COMMON_FAMILY)
    firms = [_word(chance, 3) for _ in range(max(3_000, count // 20))]
    everybody = (_person(chance, number, given, family, firms) for number in range(count))
    return list(islice(_told(chance, everybody), count))


def _told(chance: Random, everybody: Iterator[_Person]) -> Iterator[Told]:
    for number, person in enumerate(everybody):
        for source in chance.sample(SOURCES, chance.choices((1, 2, 3), (30, 40, 30))[0]):
            yield Told(number, source, _card(chance, person, source, number))


def _word(chance: Random, most: int) -> str:
    return "".join(chance.choice(_SYLLABLES.split()) for _ in range(chance.randint(2, most)))


def _names(chance: Random, count: int, common: frozenset[str]) -> Sequence[str]:
    """The first are borne by many, as names are."""
    return [*sorted(common), *(_word(chance, 4) for _ in range(count - len(common)))]


def _often(chance: Random, names: Sequence[str]) -> str:
    return names[int(len(names) * chance.random() ** 2)]


def _person(chance: Random, number: int, given: Sequence[str], family: Sequence[str], firms: Sequence[str]) -> _Person:
    first, last, firm = _often(chance, given), _often(chance, family), _often(chance, firms)
    return _Person(
        given=first,
        family=last,
        mail=f"{first}.{last}{number}@{chance.choice(('example.org', 'example.net'))}",
        work_mail=f"{first[0]}.{last}@{firm}.example",
        phone=f"+1 {200 + number // 100 % 800} {555 + number // 80_000} 01{number % 100:02d}",
        profile=f"https://www.linkedin.com/in/{first}-{last}-{number:x}",
        firm=firm.title(),
        title=chance.choice(_TITLES),
        city=chance.choice(_CITIES),
    )


def _card(chance: Random, person: _Person, source: str, where: int) -> PersonRecord:
    given = _SHORT.get(person.given, person.given) if source != "linkedin" and chance.random() < 0.5 else person.given
    family = _slip(chance, person.family) if chance.random() < 0.05 else person.family
    return _DRAWN[source](chance, person, PersonRecord(where, f"{given} {family}".title()))


def _slip(chance: Random, word: str) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _linkedin(chance: Random, person: _Person, record: PersonRecord) -> PersonRecord:
    address = Value(person.mail) if chance.random() < 0.15 else None
    return record._replace(
        profiles=(Value(person.profile, "linkedin"),),
        organisation=f"{person.firm} {chance.choice(('', 'Ltd', 'Inc.', 'GmbH'))}".strip(),
        title=person.title,
        emails=(address,) if address else (),
    )


def _phone(chance: Random, person: _Person, record: PersonRecord) -> PersonRecord:
    mail = (Value(person.mail),) if chance.random() < 0.5 else ()
    address = (Address("", city=person.city),) if chance.random() < 0.3 else ()
    firm = person.firm if chance.random() < 0.4 else ""
    return record._replace(phones=(Value(person.phone),), emails=mail, addresses=address, organisation=firm)


def _mail(chance: Random, person: _Person, record: PersonRecord) -> PersonRecord:
    return record._replace(emails=(Value(person.work_mail if chance.random() < 0.5 else person.mail),))


_DRAWN = {"linkedin": _linkedin, "phone": _phone, "mail": _mail}
