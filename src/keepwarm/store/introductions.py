"""Introductions: begun, asked for on each side, brought together, closed; each step written down and undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from keepwarm.core.introductions import letters, steps
from keepwarm.core.introductions.letters import Letter, Party
from keepwarm.core.introductions.steps import Standing
from keepwarm.core.people import KeptSide
from keepwarm.models import Introduction, Person, Side, Space, Touch, User
from keepwarm.models.introductions import IntroductionQuerySet
from keepwarm.store import pairs, touches

KIND = "introduction"  # Touch.kind
LONGEST_REASON, LONGEST_SAID = 500, 300
AGAIN = timedelta(days=7)  # in which a gentle word about one comes up, once
Why = Introduction.Why


class Told(NamedTuple):
    """An introduction with its two sides, as far as it has come."""

    row: Introduction
    sides: tuple[Side, Side]
    standing: Standing

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def people(self) -> tuple[Person, Person]:
        return self.sides[0].person, self.sides[1].person

    @property
    def state(self) -> str:
        return steps.state(self.standing)

    @property
    def turn(self) -> int:
        return steps.turn(self.standing)


# Looked up


def told(rows: IntroductionQuerySet) -> list[Told]:
    """With their people and what their warmth is told by."""
    whole = rows.select_related("author").prefetch_related(
        "sides__person__summary", "sides__person__circle", "sides__person__photo"
    )
    return [one for row in whole if (one := _told(row))]


def _told(row: Introduction) -> Told | None:
    sides = sorted(row.sides.all(), key=lambda side: side.position)
    if len(sides) != 2:
        return None
    first, second = sides
    standing = Standing(_side(first), _side(second), row.introduced_at, row.met_at, row.thanked_at, row.dropped_at)
    return Told(row, (first, second), standing)


def _side(side: Side) -> steps.Side:
    return steps.Side(side.asked_at, side.answer, side.answered_at)


def one(row: Introduction) -> Told:
    """As it stands now. Raises Introduction.DoesNotExist for one that has lost a side meanwhile."""
    held = told(Introduction.objects.filter(id=row.id))
    if not held:
        raise Introduction.DoesNotExist
    return held[0]


def mine(space: Space, user: User) -> IntroductionQuerySet:
    """Those that this user has in hand, or that nobody has any more."""
    return Introduction.objects.of(space).filter(Q(author=user) | Q(author=None, private=False))


def seen(space: Space, user: User | None) -> IntroductionQuerySet:
    return Introduction.objects.of(space).seen_by(user)


def begun(space: Space, viewer: User | None) -> IntroductionQuerySet:
    """All that may be looked at, but for what was only put away."""
    return seen(space, viewer).exclude(_put_away())


def of_person(person: Person, viewer: User | None) -> list[Told]:
    """Whom they were to meet through the owner, the newest first; what was only put away is no history."""
    held = begun(person.space, viewer).filter(sides__person=person).distinct()
    return told(held.newest_first())


def _put_away() -> Q:
    """An idea that was let be before anyone was asked."""
    asked = Side.objects.filter(Q(asked_at__isnull=False) | ~Q(answer=""))
    return Q(dropped_at__isnull=False) & ~Q(id__in=asked.values("introduction"))


def between(space: Space, viewer: User | None, one: UUID, other: UUID) -> Introduction | None:
    """The newest of these two that has not been let be."""
    held = seen(space, viewer).filter(sides__person=one).filter(sides__person=other, dropped_at=None)
    return held.newest_first().first()


# Begun


@transaction.atomic
def begin(
    first: Person, second: Person, author: User, now: datetime, *, why: str = Why.HAND, reason: str = "",
    said: str = "", private: bool = False,
) -> Introduction:  # fmt: skip
    """An idea of these two, `first` to be asked first; the one that is there already, where it has not been let be."""
    _hold(first, second)
    there = between(first.space, author, first.id, second.id)
    if there and there.author_id == author.id:
        return there
    made = Introduction.objects.create(
        space_id=first.space_id, author=author, private=private, why=why if why in Why.values else Why.HAND,
        reason=" ".join(reason.split())[:LONGEST_REASON], said=" ".join(said.split())[:LONGEST_SAID], made_at=now,
    )  # fmt: skip
    Side.objects.bulk_create(
        [
            Side(space_id=first.space_id, introduction=made, person=person, position=n)
            for n, person in enumerate((first, second))
        ]
    )
    return made


def order(one: Person, other: Person) -> tuple[Person, Person]:
    """Whom to ask first of two whom the owner has brought together by hand."""
    weights = [steps.Weight(standing=person.standing, name=person.name) for person in (one, other)]
    return (other, one) if steps.second_is_first(*weights) else (one, other)


def _hold(first: Person, second: Person) -> None:
    """Two clicks at once come one after the other."""
    list(Person.objects.select_for_update().filter(id__in=[first.id, second.id]).order_by("id"))


@transaction.atomic
def put_away(
    first: Person, second: Person, author: User, now: datetime, *, why: str, reason: str
) -> Introduction | None:
    """Not these two, for good. None where something is on its way between them: that is let be on its own page."""
    _hold(first, second)
    if between(first.space, author, first.id, second.id):
        return None
    whose = Introduction.objects.of(first.space).filter(_put_away(), author=author).filter(sides__person=first)
    if there := whose.filter(sides__person=second).first():
        return there
    made = begin(first, second, author, now, why=why, reason=reason)
    made.dropped_at = now
    made.save(update_fields=["dropped_at"])
    return made


def forget(row: Introduction, now: datetime) -> None:
    """As if it had never been begun, with all that was written down of it."""
    for touch in _touches(row, ""):
        touches.forget(touch, now)
    row.delete()


def change(row: Introduction, said: str, *, private: bool, by: User | None = None) -> None:
    """The words that both may read, and who of the space may see it. What nobody has in hand is theirs from now on,
    or private it would be nobody's."""
    row.said, row.private, row.author = " ".join(said.split())[:LONGEST_SAID], private, row.author or by
    row.save(update_fields=["said", "private", "author"])
    if private:
        Touch.objects.filter(id__in=[touch.id for touch in _touches(row, "")]).update(private=True)


# Step by step


@transaction.atomic
def take(row: Introduction, step: str, user: User, now: datetime, channel: str = "other") -> tuple[str, int] | None:
    """Take one step; returns it with the side it was taken on, None where it is not open (any more)."""
    Introduction.objects.select_for_update().get(id=row.id)
    held = one(row)
    if not steps.may(held.standing, step):
        return None
    side = held.sides[held.turn]
    if step == steps.TURN:
        _swap(held)
    elif step == steps.ASK:
        _set(side, asked_at=now)
        _log(held, (held.turn,), step, user, now, channel, f"Would you like to meet {_other(held, held.turn)}?")
    elif step in (steps.YES, steps.NO):
        _set(side, answer=step, answered_at=now)
    elif step == steps.INTRODUCE:
        _set(held.row, introduced_at=now)
        _log(held, (0, 1), step, user, now, channel, "", balance="give")
    elif step == steps.MEET:
        _set(held.row, met_at=now)
    elif step == steps.THANK:
        _set(held.row, thanked_at=now)
        _log(held, (0, 1), step, user, now, channel, "Thank you both")
    else:
        _set(held.row, dropped_at=now)
    return step, held.turn


@transaction.atomic
def wrote(row: Introduction, letter: str, place: int, user: User, now: datetime, channel: str) -> Touch | None:
    """Write down that a letter beside the steps was sent; None where it is written down already."""
    Introduction.objects.select_for_update().get(id=row.id)
    held = one(row)
    if _touches(row, letter).exists():
        return None
    about = f"About meeting {_other(held, place)}"
    return _log(held, (place,), letter, user, now, channel, about)[0]


def unwrite(row: Introduction, letter: str, place: int, now: datetime) -> None:
    """Undo of `wrote`."""
    for touch in _touches(row, letter).filter(external_id=_mark(row, letter, place)):
        touches.forget(touch, now)


@transaction.atomic
def undo(row: Introduction, step: str, place: int, now: datetime) -> bool:
    """Take the last step back; False where something has happened since."""
    held = one(row)
    if step == steps.TURN:
        may = held.state == steps.IDEA
        if may:
            _swap(held)
        return may
    if steps.last(held.standing) != (step, place):
        return False
    if step in (steps.ASK, steps.YES, steps.NO):
        side = held.sides[place]
        before: dict[str, Any] = {"asked_at": None} if step == steps.ASK else {"answer": "", "answered_at": None}
        _set(side, **before)
    else:
        _set(held.row, **{_MOMENTS[step]: None})
    unwrite(row, step, place, now)
    return True


_MOMENTS = {
    steps.INTRODUCE: "introduced_at", steps.MEET: "met_at", steps.THANK: "thanked_at", steps.DROP: "dropped_at",
}  # fmt: skip


def _swap(held: Told) -> None:
    """By way of a third place: no two sides may ever have the same. Letters begun were to the other one."""
    _set(held.row, words={})
    first, second = held.sides
    for side, position in ((first, 2), (second, 0), (first, 1)):
        _set(side, position=position)


def _set(row: Introduction | Side, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _other(held: Told, place: int) -> str:
    return held.people[1 - place].name[:400]


def _mark(row: Introduction, step: str, place: int) -> str:
    """The external id of its touches: what both got is one mark."""
    both = step in (steps.INTRODUCE, steps.THANK)
    return f"introduction:{row.id}:{step}{'' if both else f':{place}'}"


def _touches(row: Introduction, step: str) -> Any:
    marked = f"introduction:{row.id}:{step}"
    whose = row.sides.values("person")
    held = Touch.objects.filter(space=row.space_id, person__in=whose, external_id__startswith=marked)
    return held.select_related("person", "person__space")


def _log(
    held: Told, places: Sequence[int], step: str, user: User, now: datetime, channel: str, about: str,
    *, balance: str = "neutral",
) -> list[Touch]:  # fmt: skip
    return [
        touches.log(
            held.people[place], user, now, now, channel=channel if channel in touches.CHANNELS else "other",
            direction="out", kind=KIND, balance=balance, context=(about or f"Meet {_other(held, place)}")[:500],
            external_id=_mark(held.row, step, place), private=held.row.private,
        )
        for place in places
    ]  # fmt: skip


# The words of a step


def letters_of(held: Told, sign: str, channels: Mapping[UUID, str], day: date) -> list[Letter]:
    """The letters of the present step, in the owner's words where they have begun to change them; those that were
    written down already are not offered again."""
    parties = (party(held.people[0]), party(held.people[1]))
    wonders = (on := steps.wonder_on(held.standing)) is not None and on <= day
    wanted = letters.wanted(held.standing, wonders=wonders)
    written = {touch.external_id for touch in _touches(held.row, "")}
    left = [(kind, place) for kind, place in wanted if _mark(held.row, kind, place) not in written]
    return [
        _own(held.row, letters.of(kind, parties, place, held.row.said, sign, channels[held.people[place].id]))
        for kind, place in left
    ]


def _own(row: Introduction, letter: Letter) -> Letter:
    own = row.words.get(f"{letter.kind}:{letter.to[0]}")
    return letter._replace(subject=own[0], body=own[1]) if own else letter


def keep_words(row: Introduction, letter: str, place: int, subject: str, body: str) -> None:
    """The owner's own; an emptied letter goes back to ours."""
    key = f"{letter}:{place}"
    row.words = {name: own for name, own in row.words.items() if name != key}
    if body.strip():
        row.words[key] = [subject[:500], body[:20_000]]
    row.save(update_fields=["words"])


def party(person: Person) -> Party:
    return Party(person.name, person.given, person.title, person.organisation, person.place)


# In peace, and a gentle word


def rests(held: Told, day: date) -> dict[int, date]:
    """By side until when they are left in peace, for what was asked of them over somebody else."""
    asked = pairs.asked_on(held.row.space, [person.id for person in held.people], day, held.id)
    found = {n: steps.rests_until(asked.get(person.id), day) for n, person in enumerate(held.people)}
    return {n: until for n, until in found.items() if until}


def wondering(space: Space, user: User, day: date) -> list[Told]:
    """Which of this user's have waited for a while, each in the one week after that only."""
    going = told(mine(space, user).going_on().newest_first())
    waited = ((one, steps.wonder_on(one.standing)) for one in going)
    return [one for one, on in waited if on is not None and day - AGAIN < on <= day]


def wonder(held: Told, day: date) -> str:
    """In words: "Chiara has not said yet whether she …"."""
    one, other = (person.given or person.name for person in held.people)
    if held.state == steps.INTRODUCED and held.row.introduced_at:
        return f"{one} and {other} were introduced {_ago(held.row.introduced_at, day)}. Have they met?"
    called = (one, other)[held.turn]
    asked = held.sides[held.turn].asked_at
    about = (other, one)[held.turn]
    return f"You asked {called} {_ago(asked, day)} about meeting {about}." if asked else ""


def _ago(at: datetime, day: date) -> str:
    days = (day - timezone.localtime(at).date()).days
    return (
        "today"
        if days < 1
        else "yesterday"
        if days == 1
        else f"{days} days ago"
        if days < 14
        else f"{days // 7} weeks ago"
    )


# Back from an export


def restore(space: Space, run: UUID, author: UUID | None, sides: Iterable[tuple[UUID, KeptSide]]) -> None:
    """Each side finds the other by what both say of their introduction; what is here already stays as it is."""
    told = list(sides)
    held = Introduction.objects.filter(space=space, made_at__in={side.made_at for _, side in told})
    known = {(row.made_at, row.why, row.reason): row for row in held}
    missing = {mark: side for _, side in told if (mark := (side.made_at, side.why, side.reason)) not in known}
    own = ("position", "asked_at", "answer", "answered_at")
    for mark, side in missing.items():
        facts = {name: value for name, value in side._asdict().items() if name not in own}
        known[mark] = Introduction.objects.create(space=space, author_id=author, run_id=run, **facts)
    Side.objects.bulk_create(
        [
            Side(
                space=space, introduction=known[side.made_at, side.why, side.reason], person_id=person,
                **{name: getattr(side, name) for name in own},
            )
            for person, side in told
        ],
        ignore_conflicts=True,
    )  # fmt: skip
