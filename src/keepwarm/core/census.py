"""Whose letters these are: who stands in nearly all of them is proposed as their owner."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from keepwarm.core.addresses import no_person
from keepwarm.core.exchanges import MACHINES, Owner, folded, full_key, is_wide
from keepwarm.core.strangers import NAMED, address, better_name
from keepwarm.core.touches import Exchange, Party

SHOWN = 6  # proposals
NEARLY_ALL = 0.8  # of the circles: a circle is those who stood in one exchange together
AHEAD = 1.5  # times the circles of whoever comes next
FEWEST = 2  # circles, or letters sent: of fewer nothing can be told
MOST = 20_000  # parties that are counted; the seldom seen are forgotten beyond that


class Proposal(NamedTuple):
    """Someone who may be the owner."""

    key: str  # core.identity's; w: and the folded name where that is all
    name: str
    letters: int  # that they stand in
    sure: bool


class Census:
    """Counts who stands in exchanges, one after the other; its memory does not grow with them."""

    def __init__(self, known: Owner) -> None:
        self.known = known
        self.seen = 0
        self.titled = False  # whether any has a subject or title
        self.unclear = 0  # exchanges of which neither the source nor what is known says who the owner is
        self._names: dict[str, str] = {}
        self._letters: Counter[str] = Counter()
        self._sent: Counter[str] = Counter()
        self._received: Counter[str] = Counter()  # from others than the owner, as far as that is known
        self._within: Counter[str] = Counter()  # in how many circles
        self._circles: set[int] = set()  # by their hash

    def see(self, exchange: Exchange) -> None:
        self.titled |= bool(exchange.context)
        if exchange.automatic in MACHINES or is_wide(exchange):
            return
        everyone = (exchange.sender, *exchange.others) if exchange.sender else exchange.others
        parties = {key: party.name for party in everyone if (key := self._key(party))}
        self.seen += 1
        self.unclear += exchange.mine is None and not any(map(self._is_known, parties))
        self._letters.update(parties.keys())
        for key, name in parties.items():
            self._names[key] = better_name(self._names.get(key, ""), name)
        if exchange.mine and exchange.sender:
            self._sent[self._key(exchange.sender)] += 1
        elif exchange.sender and not self._is_known(self._key(exchange.sender)):
            self._received.update(map(self._key, exchange.others))
        self._see_circle(frozenset(parties))
        if len(self._letters) > MOST:
            self._forget()

    def _see_circle(self, circle: frozenset[str]) -> None:
        mark = hash(circle)
        if mark not in self._circles and len(self._circles) < MOST:
            self._circles.add(mark)
            self._within.update(circle)

    def _key(self, party: Party) -> str:
        if party.key:
            return full_key(party.key, self.known.country)
        return f"{NAMED}{folded(party.name)}"[:200] if party.name else ""

    def _is_known(self, key: str) -> bool:
        return key in self.known.keys or (key.startswith(NAMED) and key[2:] in self.known.names)

    def _forget(self) -> None:
        kept = {key for key, _ in self._letters.most_common(MOST // 2)}
        for counter in (self._letters, self._within, self._sent, self._received):
            for key in counter.keys() - kept:
                del counter[key]
        self._names = {key: name for key, name in self._names.items() if key in kept}

    def proposals(self) -> list[Proposal]:
        """Who may be the owner and is not known as such: the surest first."""
        sure = self._sure()
        full = {name for name in (*self.known.names, *(folded(self._names[key]) for key in sure)) if " " in name}
        named = {key for key, name in self._names.items() if folded(name) in full}
        # Who bears the full name of the owner: another address of theirs, if letters come to it. Anyone may write under
        # any name, and many who mean no good do so under the owner's own.
        also = sure | {key for key in named if self._received[key]}
        likely = sorted(self._within, key=lambda key: (key not in also | named, -self._within[key], key))
        new = [key for key in likely if not self._is_known(key) and not _is_machine(key)]
        return [Proposal(key, self._names[key], self._letters[key], key in also) for key in new[:SHOWN]]

    def is_open(self) -> bool:
        """Whether it cannot be told who the owner is, of most of the exchanges."""
        return self.unclear * 2 > self.seen and not any(one.sure for one in self.proposals())

    def _sure(self) -> set[str]:
        """Who sent what the source itself calls sent, and who is in nearly all circles, far ahead of anyone else."""
        sent = {key for key, count in self._sent.items() if key and count >= max(FEWEST, self._sent.total() / 20)}
        ranked = [(key, count) for key, count in self._within.most_common(SHOWN) if not _is_machine(key)]
        if not ranked or len(self._circles) < FEWEST:
            return sent
        (first, most), next_most = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
        ahead = most >= NEARLY_ALL * len(self._circles) and most >= AHEAD * next_most
        return sent | {first} if ahead else sent


def _is_machine(key: str) -> bool:
    """Not info@: who works alone may have no other."""
    return bool(address(key)) and no_person(address(key), "") not in ("", "role")
