"""The user's word on strangers: a person, nobody or the owner; kept for good, and taken back by undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from keepwarm.core import strangers as rules
from keepwarm.core.facts import USER
from keepwarm.core.names import fold
from keepwarm.core.strangers import MET
from keepwarm.models import Action, Fact, Note, OwnerFact, Person, SourceRecord, Space, Stranger, Touch, User
from keepwarm.models.ids import new_id
from keepwarm.store import owners, people, records, strangers, summaries, trash
from keepwarm.store.bulk import Among
from keepwarm.store.finder import GONE, Finder
from keepwarm.store.records import Kind, Planned
from keepwarm.store.strangers import Verdict

PERHAPS, HARDLY, BECAME, NOBODY = "perhaps", "hardly", "became", "nobody"  # the parts of the page
PARTS = (PERHAPS, HARDLY, BECAME, NOBODY)
PAGE = 40
ME = "me"  # Stranger.why of the owner's own
JUDGED = "judged"  # an Action's `what`


class Page(NamedTuple):
    strangers: list[Stranger]  # each with `made`: whether the person they became was made of them
    more: bool


# To look at


def sizes(space: Space) -> dict[str, int]:
    """How many are in each part."""
    held = Stranger.objects.filter(space=space).values_list("verdict", "why").annotate(count=Count("*")).order_by()
    found = dict.fromkeys(PARTS, 0)
    for verdict, why, count in held:
        found[_part(verdict, why)] += count
    return found


def _part(verdict: str, why: str) -> str:
    if verdict == Verdict.WAITING:
        return HARDLY if why else PERHAPS
    return BECAME if verdict == Verdict.PERSON else NOBODY


def any_wait(space: Space) -> bool:
    return strangers.waiting(space.id).filter(why="").exists()


def page(space: Space, part: str, question: str, number: int) -> Page:
    """Forty of a part, whom to ask about first before the others; within a part by why it is nobody."""
    start = (number - 1) * PAGE
    held = _inside(space, part)
    if words := fold(question).split() or question.lower().split():
        for word in words:
            held = held.filter(folded__contains=word)
    found = list(held.order_by("why", "-best")[start : start + PAGE + 1])
    _mark_made(space, found[:PAGE])
    return Page(found[:PAGE], len(found) > PAGE)
