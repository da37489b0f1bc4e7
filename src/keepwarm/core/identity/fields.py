"""The fields two cards are compared in, and the levels of each: the lower, the more the two agree."""

from __future__ import annotations

UNKNOWN = -1  # either side is silent
Told = tuple[int, float]  # level and chance
NOTHING: Told = (UNKNOWN, 0.0)

FIELDS = {
    "given": ("same", "alike", "part", "slip", "near", "initial", "other"),
    "family": ("same", "alike", "part", "slip", "near", "initial", "other"),
    "order": ("straight", "swapped"),
    "middle": ("same", "other"),
    "generation": ("same", "one", "other"),
    "birthday": ("same", "day", "slip", "part", "close", "other"),
    "mailbox": ("same", "near", "local", "domain", "other"),
    "phone": ("same", "near", "other"),
    "profile": ("same", "other"),
    "organisation": ("same", "near", "domain", "other"),
    "title": ("same", "near", "other"),
    "street": ("same", "near", "other"),
    "place": ("same", "postcode", "city", "near", "other"),
    "source": ("same", "other"),
}
NAMES = ("given", "family", "order", "middle", "generation")
SAME, ALIKE, PART, SLIP, NEAR, INITIAL, OTHER = range(7)
Levels = tuple[int, ...]
