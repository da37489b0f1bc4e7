"""The user's word on strangers: a person, nobody, or the owner; kept for good, and taken back by undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from keepwarm.core import strangers as rules
from keepwarm.core.facts import USER
from keepwarm.core.names import fold
from keepwarm.core.strangers import MET, NAMED
from keepwarm.models import (
    Action,
    Fact,
    ImportRun,
    Note,
    OwnerFact,
    Person,
    Promise,
    SourceRecord,
    Space,
    Stranger,
    Touch,
    User,
)
from keepwarm.models.ids import new_id
from keepwarm.store import owners, people, records, strangers, summaries, trash
from keepwarm.store.bulk import Among
from keepwarm.store.finder import GONE, Finder
from keepwarm.store.records import Kind, Planned
from keepwarm.store.strangers import Verdict

PERHAPS, HARDLY, BECAME, NOBODY = "perhaps", "hardly", "became", "nobody"
PARTS = (PERHAPS, HARDLY, BECAME, NOBODY)
YES, NO, ME, AGAIN = "yes", "no", "me", "again"  # what one may say; ME also stands in Stranger.why
JUDGED = "judged"  # an Action's `what`
PAGE = 40


class Page(NamedTuple):
    strangers: list[Stranger]
    made: set[UUID]  # of these strangers: of whom, and of nothing else, their person was made
    more: bool


# To look at


def sizes(space: Space) -> dict[str, int]:
    """How many there are in each part."""
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
    """Whether there is anyone to ask about."""
    return _inside(space, PERHAPS).exists()


def page(space: Space, part: str, question: str, number: int) -> Page:
    """Some of a part, best first; of those who are probably nobody, by the reason."""
    held, start = _inside(space, part), (number - 1) * PAGE
    for word in fold(question).split():
        held = held.filter(folded__contains=word)
    # The index tells these ids by itself; whole rows would all be read up to a late page.
    ids = list(held.order_by("why", "-best", "id").values_list("id", flat=True)[start : start + PAGE + 1])
    rows = Stranger.objects.select_related("person").in_bulk(ids[:PAGE])
    found = [rows[id] for id in ids[:PAGE] if id in rows]
    return Page(found, _made(found), len(ids) > PAGE)


def _inside(space: Space, part: str) -> QuerySet[Stranger]:
    held = Stranger.objects.filter(space=space)
    if part in (PERHAPS, HARDLY):
        waiting = held.filter(verdict=Verdict.WAITING)
        return waiting.filter(why="") if part == PERHAPS else waiting.filter(why__gt="")
    return held.filter(verdict=Verdict.PERSON if part == BECAME else Verdict.NOBODY)


def _made(rows: Iterable[Stranger]) -> set[UUID]:
    """Of which of them someone was made who is here, and of whom no file and no hand has told besides."""
    became = {row.person_id: row for row in rows if row.person_id}
    if not became:
        return set()
    held = SourceRecord.objects.filter(person__in=became, person__deleted_at=None)
    told = held.values_list("person_id", "external_id")
    others = {person for person, id in told if id != MET + became[person].key}
    met = {person for person, _ in told} - others
    met -= set(Fact.objects.filter(person__in=met, field="name", record=None).values_list("person_id", flat=True))
    return {became[person].id for person in met}


def last(space: Space, user: User) -> Action | None:
    """What this user said last and has not taken back."""
    mine = Action.objects.filter(space=space, user=user, what=JUDGED, undone_at=None)
    return mine.order_by("-made_at", "-id").first()


def about(action: Action) -> list[Stranger]:
    """Whom it was said of."""
    ids = [UUID(id) for id, *_ in action.before["were"]]
    return list(Stranger.objects.filter(space=action.space_id, id__in=ids).select_related("person").order_by("-best"))


# To say. Each returns what undoes it, None where there is nothing to say any more


@transaction.atomic
def nobody(space: Space, user: User, ids: Iterable[UUID], now: datetime) -> Action | None:
    """No people: no file asks about them again. A person who was made of one goes to the trash."""
    return _dismiss(space, user, NO, _held(space, ids), now)


@transaction.atomic
def owner(space: Space, user: User, id: UUID, now: datetime) -> Action | None:
    """The user's own address, number or name: what passes between oneself is no exchange."""
    held = _held(space, [id])
    action = _dismiss(space, user, ME, held, now)
    if action:
        owners.confirm(space.id, user, [(held[0].key, held[0].name)], now)
        Stranger.objects.filter(id=id).update(why=ME)
    return action


def _dismiss(space: Space, user: User, said: str, rows: list[Stranger], now: datetime) -> Action | None:
    made = _made(rows)
    rows = [row for row in rows if row.verdict == Verdict.WAITING or row.id in made]
    people.to_trash([row.person_id for row in rows if row.person_id], now)
    return _judge(space, user, said, rows, Verdict.NOBODY, now)


@transaction.atomic
def again(space: Space, user: User, id: UUID, now: datetime) -> Action | None:
    """Ask about them once more; what was said to be the owner's is not."""
    rows = [row for row in _held(space, [id]) if row.verdict == Verdict.NOBODY]
    action = _judge(space, user, AGAIN, rows, Verdict.WAITING, now)
    for row in rows:
        if row.why == ME:
            _disown(row)
    return action


def _disown(row: Stranger) -> None:
    """Forget that word; what the settings said before it stays."""
    assert row.decided_at  # the moment of that word
    said = OwnerFact.objects.filter(space=row.space_id, source=USER, kind=owners.KINDS[row.key[:2]])
    said.filter(value=owners.value(row.key, row.name)[:500], seen_at=row.decided_at).delete()
    Stranger.objects.filter(id=row.id).update(why=rules.why(row.key, strangers.joined(rules.Tally(), row)))


@transaction.atomic
def person(space: Space, user: User, id: UUID, now: datetime) -> Action | None:
    """A person, with the exchanges that were held for them.

    They come as by the run that first told of them, so that its undo takes them back.
    """
    Space.objects.select_for_update().get(id=space.id)  # of two who make people, the second sees whom the first made
    rows = [row for row in _held(space, [id]) if row.verdict != Verdict.PERSON]
    if not rows:
        return None
    row = rows[0]
    run = row.run or _own_run(row, user, now)
    plan = _make(row, run, user)
    who = UUID(plan.person)
    brought = people.bring_back([who]) if plan.kind is Kind.LEFT_OUT else 0
    told = {
        "became": who.hex, "new": plan.kind is Kind.NEW, "brought": bool(brought),
        "touches": [touch.hex for touch in _give(row, run, who, now)],
        "record": "" if plan.known else plan.external_id, "run": "" if row.run else run.id.hex,
    }  # fmt: skip
    return _judge(space, user, YES, rows, Verdict.PERSON, now, who, **told)


def _own_run(row: Stranger, user: User, now: datetime) -> ImportRun:
    """In the place of the run that told of them, which is gone."""
    run = ImportRun.objects.create(
        space_id=row.space_id, user=user, state=ImportRun.State.DONE, made_at=now, beat_at=now, finished_at=now
    )
    Stranger.objects.filter(id=row.id).update(run=run)
    return run


def _make(row: Stranger, run: ImportRun, user: User) -> Planned:
    """Someone new, or the one who is here and has that key or name."""
    source, country = row.held[-1][6] if row.held else USER, owners.country(row.space_id, user)
    recorder = records.Recorder(run.space, source, run.id, run.made_at, country)
    here = _here(row)
    theirs = {MET + row.key: here} if here else {}
    (plan,) = recorder.plan([rules.record(row.key, row.name)], theirs=theirs)
    if plan.known is None:
        recorder.write([plan])
    return plan


def _here(row: Stranger) -> str:
    finder, key = Finder(row.space_id), "" if row.key.startswith(NAMED) else row.key
    finder.look_up_keys({key} - {""})
    finder.look_up_names({row.name})
    held = finder.holder(key, row.name)
    if held and held != GONE:
        return held
    return "" if row.why else finder.namesake(row.key, row.name)


def _give(row: Stranger, run: ImportRun, person: UUID, now: datetime) -> list[UUID]:
    """Store what was held; returns which of it was not here yet."""
    held = [
        Touch(
            id=new_id(), space_id=row.space_id, person_id=person, run=run, author_id=run.user_id, made_at=run.made_at,
            at=told.at, channel=told.channel, direction=told.direction, kind=told.kind, context=told.context,
            source=source, external_id=told.external_id[:200],
        )
        for source, told in strangers.told(row)
    ]  # fmt: skip
    Touch.objects.bulk_create(held, ignore_conflicts=True)
    summaries.of(row.space_id, [person], timezone.localtime(now).date())
    return list(Touch.objects.filter(id__in=[touch.id for touch in held]).values_list("id", flat=True))


def _held(space: Space, ids: Iterable[UUID]) -> list[Stranger]:
    """These strangers; nobody else says anything of them meanwhile."""
    held = Stranger.objects.select_for_update(of=("self",)).filter(Among(F("id"), list(ids)), space=space)
    return list(held.select_related("run").order_by("id"))


def _judge(
    space: Space, user: User, said: str, rows: list[Stranger], after: Verdict, now: datetime,
    person: UUID | None = None, **more: Any,
) -> Action | None:  # fmt: skip
    if not rows:
        return None
    were = [[row.id.hex, row.verdict, row.why, row.person_id.hex if row.person_id else ""] for row in rows]
    ids = [row.id for row in rows]
    Stranger.objects.filter(Among(F("id"), ids)).update(verdict=after, person=person, decided_at=now)
    before = {"said": said, "were": were, **more}
    return Action.objects.create(space=space, user=user, what=JUDGED, before=before, made_at=now)


# Undo


@transaction.atomic
def undo(action: Action, now: datetime) -> bool:
    """As before; a second time changes nothing. False where someone made a person has a life of their own by now."""
    before = action.before
    if before["said"] == YES and _lives(action):
        return False
    if not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return True
    rows = {row.id: row for row in _held(action.space, [UUID(id) for id, *_ in before["were"]])}
    for id, *was in before["were"]:
        row = rows.get(UUID(id))
        if row and row.decided_at == action.made_at:  # nobody has said anything else since
            _put_back(row, *was)
    if before["said"] == YES:
        _unmake(action, now)
    return True


def _put_back(row: Stranger, verdict: str, why: str, person: str) -> None:
    if row.why == ME and why != ME:
        _disown(row)
    there = Person.objects.filter(space=row.space_id, id=person).first() if person else None
    if there:
        people.bring_back([there.id])
    elif verdict == Verdict.PERSON:  # gone for good meanwhile
        verdict = Verdict.WAITING
    Stranger.objects.filter(id=row.id).update(verdict=verdict, why=why, person=there, decided_at=None)


def _made_by(action: Action) -> Person | None:
    return Person.objects.filter(space=action.space_id, id=action.before["became"]).first()


def _lives(action: Action) -> bool:
    """Whether more is known of the person that was made than the stranger told."""
    who, before = _made_by(action), action.before
    if who is None or not before["new"]:
        return False
    others = (
        Touch.objects.filter(person=who).exclude(id__in=before["touches"]),
        Note.objects.filter(person=who),
        Promise.objects.filter(person=who),
        SourceRecord.objects.filter(person=who).exclude(external_id=before["record"]),
    )
    return who.edited_at is not None or any(rows.exists() for rows in others)


def _unmake(action: Action, now: datetime) -> None:
    who, before = _made_by(action), action.before
    if who is None:
        return
    Touch.objects.filter(space=action.space_id, id__in=before["touches"]).delete()
    if before["new"]:
        _forget(action, who, now)
        return
    if before["brought"]:
        people.to_trash([who.id], now)
    if before["record"]:
        told = SourceRecord.objects.filter(person=who, external_id=before["record"])
        Fact.objects.filter(person=who, record__in=told).delete()
        told.delete()
        people.show_again([who.id.hex])
    summaries.of(action.space_id, [who.id], timezone.localtime(now).date())


def _forget(action: Action, who: Person, now: datetime) -> None:
    people.to_trash([who.id], now)
    trash.forget(action.space, [who.id])
    if run := action.before["run"]:
        ImportRun.objects.filter(space=action.space_id, id=run).delete()
