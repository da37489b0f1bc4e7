"""Which party of an exchange is the owner, and so what it was between the owner and each of the others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from keepwarm.core import balance_words, identity
from keepwarm.core.names import fold
from keepwarm.core.touches import Exchange, Party, TouchRecord

# More recipients, or more people at a meeting, and it is no contact with any of them. The owner counts where they
# are listed, and who wrote it does not.
FEW = 10
LONGEST_ID = 200
MACHINES = frozenset({"bulk", "auto", "bounce"})  # Exchange.automatic: nobody wrote it to anyone


class Owner(NamedTuple):
    """Whose history it is: all by which sources may name them."""

    keys: frozenset[str] = frozenset()  # core.identity: e:, p:, l:
    names: frozenset[str] = frozenset()  # folded; they count only where a party has no key
    country: str = ""  # of numbers without one

    def is_known(self) -> bool:
        return bool(self.keys or self.names)


def owner(values: Iterable[tuple[str, str]], country: str = "") -> Owner:
    """From (kind, value): an "email", "phone" or "link" of theirs, or a "name"."""
    keys: set[str] = set()
    names: set[str] = set()
    for kind, value in values:
        if kind == "name":
            names.add(fold(value))
        else:
            keys.add(_key(kind, value, country))
    return Owner(frozenset(keys - {""}), frozenset(names - {""}), country)


def _key(kind: str, value: str, country: str) -> str:
    if kind == "phone":
        return identity.phone_key(value, country)
    return identity.email_key(value) if kind == "email" else identity.profile_key(value)


def touches(exchange: Exchange, owner: Owner) -> list[TouchRecord]:
    """What the exchange was to each of the others.

    The owner's own letter goes "out" to each. A letter from someone else comes "in" from them, also where the owner
    is not listed, as by a blind copy or an alias; who else received it has no part in it. A meeting, or a call that
    was answered, goes both ways with each; one that the owner never said yes or no to only came in. Wide or over a
    list, it is ambient for all of them.
    """
    if exchange.automatic in MACHINES or not owner.keys.isdisjoint(exchange.absent) or _is_forged(exchange, owner):
        return []
    sender, wide = exchange.sender, is_wide(exchange)
    mine = _is_mine(exchange, owner)
    others = [party for party in exchange.others if not _is(party, owner)]
    if exchange.both or wide:
        parties = others if sender is None or mine else [sender, *others]
    else:
        parties = others if mine else [sender] if sender else []
    both = exchange.both and owner.keys.isdisjoint(exchange.silent)
    direction = "both" if both else "out" if mine else "in"
    balance = balance_words.NEUTRAL if wide else balance_words.of_subject(exchange.context, direction)
    return [
        TouchRecord(
            exchange.where, exchange.external_id if mine or party == sender else _beside(exchange),
            full_key(party.key, owner.country), party.name, exchange.at, exchange.channel, direction, exchange.context,
            wide, balance,
        )
        for party in parties
    ]  # fmt: skip


def _beside(exchange: Exchange) -> str:
    """The id for those who only stand beside whoever wrote it: else a stranger could send what bears the id of another
    person's letter, and so have that taken for one that is known already."""
    return f"{exchange.external_id} {exchange.sender.key}"[:LONGEST_ID] if exchange.sender else exchange.external_id


def is_wide(exchange: Exchange) -> bool:
    """Whether it went to more than a few, or over a list."""
    return exchange.automatic == "list" or len(exchange.others) + exchange.unlisted > FEW


def _is_forged(exchange: Exchange, owner: Owner) -> bool:
    """Said to be from the owner, where the source knows that it is not."""
    return exchange.mine is False and exchange.sender is not None and _is(exchange.sender, owner)


def _is_mine(exchange: Exchange, owner: Owner) -> bool:
    """Sent by the owner: as the source says, or by who sent it."""
    return bool(exchange.mine) or (exchange.sender is not None and _is(exchange.sender, owner))


def _is(party: Party, owner: Owner) -> bool:
    if party.key:
        return party.key in owner.keys or (party.key[0] == "n" and full_key(party.key, owner.country) in owner.keys)
    return folded(party.name) in owner.names


def full_key(key: str, country: str) -> str:
    """A number's digits with the country it must be of; any other key as it is."""
    return identity.phone_key(key[2:], country) or key if key.startswith("n:") else key


@lru_cache(maxsize=8192)  # the same few write again and again
def folded(name: str) -> str:
    return fold(name)
