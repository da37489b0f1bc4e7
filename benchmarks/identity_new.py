"""A few new cards against many known: how long it takes, and whether it says what comparing everybody says."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from benchmarks import identity_people, identity_sets
from keepwarm.core import identity
from keepwarm.core.people import PersonRecord

Bands = dict[tuple[int, int], str]


class Known:
    """Cards of whom some are new, the others known to a database: their light rows, and an index of their keys."""

    def __init__(self, told: Sequence[identity_people.Told], new: Sequence[int]) -> None:
        self.cards = [identity.card(one.record, one.source, identity_sets.HOME) for one in told]
        self.new = sorted(new)
        self._known = sorted({*range(len(told))} - {*new})
        self.lights = [self._light(place, told[place].record) for place in self._known]
        self._place = {light.id: place for light, place in zip(self.lights, self._known, strict=True)}
        self._keys = sorted((key, place) for place in self._known for key in _keys(told[place].record))

    def _light(self, place: int, record: PersonRecord) -> identity.Light:
        city = next((address.city for address in record.addresses), "")
        firm = self.cards[place].organisation
        return identity.Light(place, record.name, record.given, record.family, firm, city, "")

    def looked_up(self, asked: identity.Lookups) -> Iterator[int]:
        for first, whole in (*((key, True) for key in asked.keys), *((prefix, False) for prefix in asked.prefixes)):
            at = bisect_left(self._keys, (first,))
            while at < len(self._keys) and self._keys[at][0].startswith(first):
                if not whole or self._keys[at][0] == first:
                    yield self._keys[at][1]
                at += 1

    def bands(self, model: identity.Model | None) -> Bands:
        """Of the pairs with someone new, by their places."""
        new = [self.cards[place] for place in self.new]
        network = identity.Network(self.lights)
        near = {self._place[id] for id in network.worth_loading(new)}
        loaded = sorted(near | {*self.looked_up(identity.lookups(new))})
        known = [self.cards[place] for place in loaded]
        found = identity.matches_among(new, known, network.often(new, known), model)
        return bands(found, [*self.new, *loaded])


def _keys(record: PersonRecord) -> list[str]:
    mails = [identity.email_key(value.value) for value in record.emails]
    phones = [identity.phone_key(value.value, identity_sets.HOME) for value in record.phones]
    return mails + phones + [identity.profile_key(value.value) for value in record.profiles]


def bands(found: Sequence[identity.Match], places: Sequence[int]) -> Bands:
    pairs = [(places[match.one], places[match.other], match.band.value) for match in found]
    return {(min(one, other), max(one, other)): band for one, other, band in pairs}


def measured(count: int, new: int) -> Mapping[str, float]:
    """`seconds` include the lights and the keys that are looked up in memory; no database has its part in it."""
    told = identity_people.cards(count)
    known = Known(told, Random(3).sample(range(count), new))
    everybody = identity.judged(known.cards)
    whole = bands(everybody.matches, range(count))
    whole = {pair: band for pair, band in whole.items() if {*pair} & {*known.new}}
    started = time.process_time()
    found = known.bands(everybody.model)
    seconds = time.process_time() - started
    pairs = whole.keys() | found.keys()
    same = sum(whole.get(pair) == found.get(pair) for pair in pairs)
    return {"seconds": seconds, "pairs": len(pairs), "same": same / max(1, len(pairs))}
