"""New cards against a network of which only the table of people is at hand: whom to load, and how common names are.

network = identity.Network(lights)                   # all who are known
ids = network.worth_loading(new)                     # their cards, and whoever `lookups(new)` finds, are `known`
found = identity.matches_among(new, known, network.often(new, known), model)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from keepwarm.core.identity import blocks
from keepwarm.core.identity.cards import Card, Name, name_of, plain
from keepwarm.core.identity.frequency import Counted, Frequencies, full
from keepwarm.core.identity.spelling import circles, sound
from keepwarm.core.people import PartialDate, PersonRecord


class Light(NamedTuple):
    """What the table of people says of one."""

    id: Hashable
    name: str
    given: str
    family: str
    organisation: str  # core.names.organisation_key
    place: str
    birthday: str  # a PartialDate as text


class Network:
    """Everybody who is known, as far as one can be looked for without their addresses."""

    def __init__(self, lights: Iterable[Light]) -> None:
        self._lights = list(lights)
        self._cards = [_card(light) for light in self._lights]

    def __len__(self) -> int:
        return len(self._lights)

    def worth_loading(self, new: Sequence[Card]) -> list[Hashable]:
        """The ids of those who may be one of the new by name, birthday, place or employer."""
        count = len(new)
        places = {other - count for _, other in blocks.pairs([*new, *self._cards], count) if other >= count}
        return [self._lights[place].id for place in sorted(places)]

    def often(self, new: Sequence[Card], known: Sequence[Card]) -> Frequencies:
        """Names, employers, places and birthdays counted in the whole network, all else among the cards at hand."""
        return Frequencies([*new, *known], _counted([*new, *self._cards]))


def _card(light: Light) -> Card:
    return Card(
        _name(light.name, light.given, light.family),
        _birthday(light.birthday),
        organisation=light.organisation,
        city=plain(light.place),
    )


def _name(name: str, given: str, family: str) -> Name:
    return name_of(PersonRecord(0, name, given=given, family=family))


@lru_cache(maxsize=65_536)
def _birthday(text: str) -> tuple[int, int, int]:
    day = PartialDate.of(text)
    return (day.year or 0, day.month or 0, day.day or 0) if day else (0, 0, 0)


def _counted(cards: Sequence[Card]) -> Counted:
    """As `frequency` counts the values of one card after the other, only faster."""
    names = [card.name for card in cards]
    given = Counter(name.given[0] for name in names if name.given)
    family = Counter(chain.from_iterable(name.family for name in names))
    sounds: Counter[object] = Counter()
    rows: Counter[object] = Counter()
    for word, count in chain(given.items(), family.items()):
        sounds[sound(word)] += count
    for word, count in given.items():
        for row in circles(word):
            rows[row] += count
    counts: dict[str, Counter[object]] = {
        "given": Counter(given),
        "family": Counter(family),
        "sound": sounds,
        "circle": rows,
        "full": Counter(full(name.given, name.family) for name in names if name.given and name.family),
        "organisation": Counter(card.organisation for card in cards if card.organisation),
        "city": Counter(card.city for card in cards if card.city),
        "birthday": Counter(card.birthday for card in cards if all(card.birthday)),
    }
    return Counted(counts, len(cards))


# --- what an index of keys can be asked for ---------------------------------------------------------


class Lookups(NamedTuple):
    """Keys as `email_key`, `phone_key` and `profile_key` make them."""

    keys: frozenset[str]
    prefixes: frozenset[str]  # every key that begins so: the mailbox at another domain, or with a tag


def lookups(new: Iterable[Card]) -> Lookups:
    keys: set[str] = set()
    prefixes: set[str] = set()
    for card in new:
        keys.update(card.profiles, *map(_spellings, card.phones))
        for box in card.mailboxes:
            keys.add(f"e:{box.key}")
            if len(box.local) > blocks.SHORT and not box.shared:
                prefixes |= {f"e:{box.local}@", f"e:{box.local}+"}
    return Lookups(frozenset(keys), frozenset(prefixes))


def _spellings(phone: str) -> Iterator[str]:
    """The number, and as it may be written without its country, with and without a 0."""
    yield phone
    if phone.startswith("p:+"):
        digits = phone[3:]
        for bare in (digits[country:] for country in (1, 2, 3)):
            if len(bare) >= blocks.TELLING_DIGITS:
                yield from (f"n:{bare}", f"n:0{bare}")
