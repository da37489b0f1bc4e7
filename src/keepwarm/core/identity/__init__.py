"""Same person? The keys two cards share, and how likely they are one human being.

cards = [identity.card(record, source, country) for …]
found = identity.matches(cards)          # pairs, each with a probability and a band
sure = identity.groups(found)            # those that merge by themselves
identity.reasons(match.levels, one, other)
"""

from __future__ import annotations

from keepwarm.core.identity.cards import Card, card
from keepwarm.core.identity.judge import Band, Match, groups, matches
from keepwarm.core.identity.keys import email_key, external_id, names_agree, phone_key, profile_key
from keepwarm.core.identity.why import Reason, reasons

__all__ = [
    "Band", "Card", "Match", "Reason", "card", "email_key", "external_id", "groups", "matches", "names_agree",
    "phone_key", "profile_key", "reasons",
]  # fmt: skip
