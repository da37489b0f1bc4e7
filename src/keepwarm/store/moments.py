"""What has happened to people and what comes round: open until a word is said about it, it is put away, or it fades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from keepwarm.core import moments
from keepwarm.core.facts import USER
from keepwarm.core.moments import COMES_ROUND, FADING, SOON, Moment
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Owner, factors, reasons
from keepwarm.models import Fact, Person, Space
from keepwarm.models import Moment as Row
from keepwarm.store.bulk import Among

PER_GROUP = 12
GROUPS = 12
SEARCHED = 60  # years back for round ones


class Open(NamedTuple):
    """One moment of one person, as a list shows it. Said and put away by person, kind and key."""

    person: UUID
    name: str
    moment: Moment
    role: str = ""


class Group(NamedTuple):
    """Moments of one kind that one import told of, or that come round; there may be more (`size`) than are `shown`."""

    kind: str
    run: UUID | None
    size: int
    shown: list[Open]


def open_on(space: Space, day: date, owner: Owner | None = None, most: int = PER_GROUP) -> list[Group]:
    """All that is open on a day: what comes round the closest first, then what happened, the newest first."""
    return [*_round_groups(space, day, owner, most), *_happened_groups(space, day, most)]


def of_people(
    space: Space, people: Iterable[UUID], day: date, *, comes_round: bool = False
) -> dict[UUID, list[Moment]]:
    """What is open of these people on that day, the best reason first; what comes round only where it is asked for."""
    ids = list(people)
    found: dict[UUID, list[Moment]] = {}
    if comes_round:
        for one in _coming_round(space, day, None, Q(Among(F("id"), ids))):
            found.setdefault(one.person, []).append(one.moment)
    for id, told in heard(space, ids).items():
        alive_still = [moment for moment in told if moments.opening(moment, day) > 0]
        found.setdefault(id, []).extend(sorted(alive_still, key=lambda moment: -moments.opening(moment, day)))
    return {id: held for id, held in found.items() if held}


def heard(space: Space, people: Iterable[UUID]) -> dict[UUID, tuple[Moment, ...]]:
    """All that has happened to these people and is not spoken of yet, for core.reconnect: it knows what has faded."""
    found: dict[UUID, tuple[Moment, ...]] = {}
    rows = Row.objects.filter(Among(F("person"), list(people)), space=space).open().exclude(kind__in=COMES_ROUND)
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), as_told(row))
    return found


def lately(space: Space, day: date, most: int) -> list[UUID]:
    """Of whom something worth a hello was heard last; who is congratulated first."""
    heard = alive(space, day).filter(kind__in=moments.CONGRATULATED).order_by("-found_at", "id")
    return list(dict.fromkeys(heard.values_list("person_id", flat=True)[:most]))


def some(space: Space, day: date) -> int:
    """How many things have happened that are open: for the line that leads to them."""
    return alive(space, day).filter(_wanted("person__")).count()


# What has happened


def alive(space: Space, day: date) -> QuerySet[Row]:
    """Neither said, put away nor faded by that day."""
    open_still = Q()
    for kind, fading in FADING.items():
        since = day - timedelta(weeks=fading.weeks)
        start = timezone.make_aware(datetime.combine(since + timedelta(days=1), time()))
        open_still |= Q(kind=kind) & (Q(on__gt=since) | Q(on=None, found_at__gte=start))
    oldest = timezone.make_aware(datetime.combine(day - timedelta(weeks=moments.LONGEST), time()))
    return Row.objects.of(space).open().filter(open_still, found_at__gte=oldest)


def _wanted(of: str = "") -> Q:
    return Q(**{f"{of}never": False, f"{of}is_organisation": False, f"{of}deleted_at": None})


def _happened_groups(space: Space, day: date, most: int) -> list[Group]:
    here = alive(space, day).filter(_wanted("person__"))
    sizes = here.values_list("kind", "run_id").annotate(Count("id"), newest=Max("found_at")).order_by("-newest", "kind")
    counted = list(sizes[:GROUPS])
    turn = Window(RowNumber(), partition_by=[F("kind"), F("run_id")], order_by=[F("on").desc(nulls_last=True), F("id")])
    shown: dict[tuple[str, UUID | None], list[Open]] = {}
    for row in here.select_related("person").annotate(turn=turn).filter(turn__lte=most).order_by("turn"):
        said = Open(row.person_id, row.person.name, as_told(row), row.person.role)
        shown.setdefault((row.kind, row.run_id), []).append(said)
    return [Group(kind, run, count, shown.get((kind, run), [])) for kind, run, count, _ in counted]


def as_told(row: Row) -> Moment:
    """A row as judgement reads it."""
    return Moment(
        row.kind, row.text, row.before, row.after_on, row.on, timezone.localtime(row.found_at).date(), row.source,
        row.key, row.url,
    )  # fmt: skip


# What comes round


def _round_groups(space: Space, day: date, owner: Owner | None, most: int) -> list[Group]:
    found: dict[str, list[Open]] = {}
    for one in _coming_round(space, day, owner):
        found.setdefault(one.moment.kind, []).append(one)
    groups = [(kind, found[kind]) for kind in COMES_ROUND if kind in found]
    return [Group(kind, None, len(held), held[:most]) for kind, held in groups]


def _coming_round(space: Space, day: date, owner: Owner | None, whose: Q | None = None) -> list[Open]:
    """Within the next days, the closest first; without those that a word was said about or that were put away."""
    here = Person.objects.of(space).filter(_wanted())
    here = here.filter(whose) if whose is not None else here
    found = [*_birthdays(here, day), *_anniversaries(space, here, day), *_years_together(here, day, owner)]
    ids = {one.person for one in found}
    settled = Row.objects.filter(Among(F("person"), ids), space=space, kind__in=COMES_ROUND)
    done = set(settled.exclude(said_at=None, put_away_at=None).values_list("person_id", "kind", "key"))
    left = [one for one in found if (one.person, one.moment.kind, one.moment.key) not in done]
    return sorted(left, key=lambda one: (one.moment.on or day, one.name))


SHOWN = ("id", "name", "title", "organisation")


def _turn(row: Mapping[str, Any], kind: str, on: date, text: str, years: int = 0) -> Open:
    role = ", ".join(part for part in (row["title"], row["organisation"]) if part)
    what = Moment(kind, text, on=on, found_on=on, key=on.isoformat(), years=years)
    return Open(row["id"], row["name"], what, role)


def _birthdays(here: QuerySet[Person], day: date) -> Iterable[Open]:
    for row in here.filter(round_between(day, day + timedelta(days=SOON))).values(*SHOWN, "birthday"):
        if on := _next(PartialDate.of(row["birthday"]), day):
            yield _turn(row, moments.BIRTHDAY, on, "Birthday")


def round_between(start: date, end: date) -> Q:
    """Birthdays from one day to another, also over New Year."""
    first, last = start.month * 100 + start.day, end.month * 100 + end.day
    if first <= last:
        return Q(birthday_in_year__range=(first, last))
    return Q(birthday_in_year__gte=first) | Q(birthday_in_year__lte=last)


def _anniversaries(space: Space, here: QuerySet[Person], day: date) -> Iterable[Open]:
    held = Fact.objects.filter(space=space, field="anniversary", ended_at=None)
    days = dict(held.values_list("person_id", "value"))
    near = {id: on for id, value in days.items() if (on := _next(PartialDate.of(value), day))}
    for row in here.filter(Among(F("id"), near)).values(*SHOWN) if near else ():
        yield _turn(row, moments.ANNIVERSARY, near[row["id"]], "An anniversary")


def _next(turn: PartialDate | None, day: date) -> date | None:
    """When it comes round, within the days that count as soon."""
    days = factors.days_until(turn, day)
    return day + timedelta(days=days) if days is not None and days <= SOON else None


def _years_together(here: QuerySet[Person], day: date, owner: Owner | None) -> Iterable[Open]:
    """Round years since the two met, by LinkedIn's day or the owner's own."""
    near = Q()
    for years in range(factors.ROUND, SEARCHED, factors.ROUND):
        near |= Q(known_since__range=(_before(day, years), _before(day + timedelta(days=SOON), years)))
    path = factors.career(owner.positions) if owner else None
    for row in here.filter(near).values(*SHOWN, "known_since"):
        since = row["known_since"]
        on = _next(PartialDate(None, since.month, since.day), day)
        if on:
            years = on.year - since.year
            stay = factors.era_on(since, path) if path else None
            at = f", in your time at {stay.position.organisation}" if stay else ""
            text = f"{reasons.spell(years).capitalize()} years since you met{at}"
            yield _turn(row, moments.WORK_ANNIVERSARY, on, text, years)


def _before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


# What the owner notes and does with them

BY_HAND = (moments.OTHER, moments.NEW_JOB, moments.NEW_TITLE, moments.PUBLISHED)


def note(person: Person, kind: str, text: str, on: date, now: datetime) -> Row:
    """Something that the owner has heard: one of BY_HAND. Noted twice, it is the same one, and open again."""
    said = " ".join(text.split())[:500]
    row, _ = Row.objects.update_or_create(
        space_id=person.space_id, person=person, kind=kind, key=f"{on}:{said}"[:200],
        defaults={
            "text": said, "on": on, "found_at": now, "source": USER, "said_at": None, "put_away_at": None,
        },
    )  # fmt: skip
    return row


def forget(row: Row) -> None:
    """As if the owner had never noted it."""
    row.delete()


def faded(kind: str, on: date, day: date) -> int:
    """After how many weeks something of this kind, which happened then, is no reason any more; 0 where it is one."""
    return 0 if moments.opening(Moment(kind, "", on=on), day) > 0 else FADING[kind].weeks


def said(person: Person, now: datetime) -> None:
    """A word was said: of all that is open with this person."""
    Row.objects.filter(space=person.space_id, person=person).open().update(said_at=now)
    for moment in of_people(person.space, [person.id], timezone.localtime(now).date(), comes_round=True).get(
        person.id, []
    ):
        _settle(person, moment.kind, moment.key, now, said_at=now)


def unsaid(person: UUID, at: datetime) -> None:
    """The word of that moment was taken back."""
    Row.objects.filter(person=person, said_at=at).update(said_at=None)


def put_away(person: Person, kind: str, key: str, now: datetime) -> bool:
    """Say no more of it; False where there is none such."""
    return _settle(person, kind, key, now, put_away_at=now)


def put_back(person: Person, kind: str, key: str) -> None:
    Row.objects.filter(space=person.space_id, person=person, kind=kind, key=key).update(put_away_at=None)


def _settle(person: Person, kind: str, key: str, now: datetime, **done: datetime) -> bool:
    """Write it down; of what comes round there is no row before."""
    mine = Row.objects.filter(space=person.space_id, person=person, kind=kind, key=key)
    if mine.update(**done):
        return True
    if kind not in COMES_ROUND or (on := _day(key)) is None:
        return False
    Row.objects.create(
        space_id=person.space_id, person=person, kind=kind, key=key, text=kind, on=on, found_at=now, source="", **done
    )
    return True


def _day(key: str) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None
