"""Same person? The keys two cards share, and how likely they are one human being.

cards = [identity.card(record, source, country) for …]
found, model = identity.judged(cards)     # pairs, each with a probability and a band, and what was learnt
sure = identity.groups(found, cards)      # those that merge by themselves
identity.reasons(match.levels, one, other)

New cards against those who are known: `network`.
"""

from __future__ import annotations

from keepwarm.core.identity.cards import Card, card
from keepwarm.core.identity.judge import Band, Judged, Match, groups, judged, levels, matches, matches_among
from keepwarm.core.identity.keys import email_key, external_id, names_agree, phone_key, profile_key
from keepwarm.core.identity.learn import Model
from keepwarm.core.identity.network import Light, Lookups, Network, lookups
from keepwarm.core.identity.why import Reason, Sign, reasons, signs

__all__ = [
    "Band", "Card", "Judged", "Light", "Lookups", "Match", "Model", "Network", "Reason", "Sign", "card", "email_key",
    "external_id", "groups", "judged", "levels", "lookups", "matches", "matches_among", "names_agree", "phone_key",
    "profile_key", "reasons", "signs",
]  # fmt: skip
