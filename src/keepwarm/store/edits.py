"""What the user puts right by hand, or adds: kept over every source's word, removed for good, and undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from keepwarm.core import facts, names
from keepwarm.core.facts import Stated
from keepwarm.models import Fact, Person, Space, User
from keepwarm.models.ids import new_id
from keepwarm.store import people, rhythm
from keepwarm.store.people import REMOVED, same_value

SPOKEN = ("name", "title", "organisation", "place", "birthday")  # the user's word among those of the sources
MARKS = ("relation", "how_met", "trust", "important", "circle_id")  # only the user says these
EDITABLE = (*SPOKEN, *MARKS)
SEVERAL = ("email", "phone", "profile", "link", "handle", "address", "category", "nickname", "department")
EMPTY_MARK: dict[str, Any] = {"important": 0, "circle_id": None}  # the others are texts
LAST = 100  # after the values of the sources, which were there first


class AlreadyHere(Exception):
    """Someone is here who may be the same person; nothing was added."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person


class EditedElsewhere(Exception):
    """Someone has changed the same thing since the page was opened; nothing was saved."""

    def __init__(self, current: Mapping[str, str]) -> None:
        """`current`: what stands there now, by field."""
        super().__init__()
        self.current = dict(current)


# One value of each: a name, a role, a mark


@transaction.atomic
def edit(
    person: Person, values: Mapping[str, str], version: int, now: datetime, seen: Mapping[str, str] | None = None
) -> list[str]:
    """Keep the user's own words for these fields; returns the fields that changed.

    All values are text. An emptied field goes back to what the sources say; emptied where only a source
    speaks, that value is removed. `seen` is what stood there when the user began: where `version` is not the
    person's any more, it tells whether anything would be overwritten. Then: EditedElsewhere.
    """
    held = Person.objects.select_for_update().get(id=person.id)
    wanted = {name: values[name].strip() for name in EDITABLE if name in values}
    changed = [name for name, value in wanted.items() if value != spoken(held, name)]
    clash = [name for name in changed if (seen or {}).get(name) != spoken(held, name)]
    if clash and version != held.version:
        raise EditedElsewhere({name: spoken(held, name) for name in clash})
    for name in changed:
        _say(held, name, wanted[name], now)
    if changed:
        _done(held, now)
    if "circle_id" in changed:
        rhythm.place(held.space_id, [held.id], timezone.localdate(now))
    return changed


def spoken(person: Person, field: str) -> str:
    """An editable field as `edit` takes it."""
    return str(getattr(person, field) or "")


def _done(person: Person, now: datetime) -> None:
    Person.objects.filter(id=person.id).update(version=F("version") + 1, edited_at=now)
    people.show_again([person.id.hex])
    rhythm.retag(person.space_id, timezone.localdate(now))


def _say(person: Person, field: str, value: str, now: datetime) -> None:
    """Write down the user's own value, ending the one before."""
    if field in MARKS:
        Person.objects.filter(id=person.id).update(**{field: value or EMPTY_MARK.get(field, "")})
        return
    mine = Fact.objects.filter(person=person, field=field, source=facts.USER, ended_at=None)
    ended = mine.update(ended_at=now)
    if value:
        _write(person, Stated(field, value), now, 0)
    elif not ended:
        _remove(Fact(space_id=person.space_id, person=person, field=field, value=spoken(person, field)), now)


# A source's news beside the user's own word


def mine(person: Person, field: str) -> Fact | None:
    """The user's own word on a field of which there is one."""
    said = Fact.objects.filter(person=person, field=field, source=facts.USER, ended_at=None)
    return said.order_by("-seen_at").first()


@transaction.atomic
def take_over(news: Fact, now: datetime) -> Fact | None:
    """A source's word in the place of the user's, and what it says next from then on; returns what `undo_word` takes.

    None, and nothing done, where there is no word of the user's any more.
    """
    own = mine(news.person, news.field)
    if own is None or news.field not in SPOKEN or news.ended_at:
        return None
    _end_mine(own, now)
    people.show_again([news.person_id.hex])
    if spoken(Person.objects.get(id=news.person_id), news.field) != news.value:  # another source is heard before it
        _write(news.person, Stated(news.field, news.value, "", "", news.parts), now, 0)
    _done(news.person, now)
    return own


@transaction.atomic
def leave_mine(news: Fact, now: datetime) -> Fact | None:
    """The user says their own word once more: what was said before it is no news. As `take_over`."""
    own = mine(news.person, news.field)
    if own is None or news.field not in SPOKEN:
        return None
    _end_mine(own, now)
    _write(news.person, Stated(own.field, own.value, own.label, own.key, own.parts), now, own.position, own.origin)
    _done(news.person, now)
    return own


@transaction.atomic
def undo_word(own: Fact, now: datetime) -> bool:
    """Undo either; False where the user has said something else since."""
    if own.source != facts.USER or own.field not in SPOKEN or own.label == REMOVED or own.ended_at is None:
        return False
    said = Fact.objects.filter(person=own.person_id, field=own.field, source=facts.USER)
    if said.filter(seen_at__gt=own.ended_at).exists():
        return False
    said.filter(seen_at=own.ended_at, ended_at=None).delete()
    Fact.objects.filter(id=own.id).update(ended_at=None)
    _done(own.person, now)
    return True


def _end_mine(own: Fact, now: datetime) -> None:
    Fact.objects.filter(person=own.person_id, field=own.field, source=facts.USER, ended_at=None).update(ended_at=now)


# Several of each: e-mails, numbers, links, tags


@transaction.atomic
def add_value(person: Person, stated: Stated, now: datetime) -> Fact:
    """One value more; one that is there already is not written twice. Returns the fact that says it."""
    wanted = Fact(person=person, field=stated.field, value=stated.value, key=stated.key)
    if there := same_value(wanted).first():
        return there
    fact = _write(person, stated, now, LAST)
    _done(person, now)
    return fact


@transaction.atomic
def change_value(fact: Fact, stated: Stated, now: datetime) -> Fact:
    """Another value in the place of this one; returns the fact that says it.

    Raises EditedElsewhere where this one has been changed or removed since the page was opened.
    """
    if not same_value(fact).exists():
        raise EditedElsewhere({fact.field: _in_its_place(fact)})
    if (stated.field, stated.value, stated.label) == (fact.field, fact.value, fact.label):
        return fact
    _remove(fact, now)
    fresh = _write(fact.person, stated, now, fact.position, fact.origin)
    _done(fact.person, now)
    return fresh


def _in_its_place(gone: Fact) -> str:
    """What the user wrote in the place of a value that has ended; nothing where it was removed."""
    if gone.ended_at is None:
        return ""
    after = Fact.objects.filter(person=gone.person_id, source=facts.USER, ended_at=None, seen_at=gone.ended_at)
    return after.filter(position=gone.position).values_list("value", flat=True).first() or ""


@transaction.atomic
def remove_value(fact: Fact, now: datetime) -> Fact:
    """Take a value away, whoever says it; returns what `restore_value` brings it back by."""
    gone = _remove(fact, now)
    _done(fact.person, now)
    return gone


@transaction.atomic
def restore_value(gone: Fact, now: datetime) -> None:
    """Undo a removal: all that ended with it speaks again."""
    if gone.label != REMOVED:
        return
    ended = Fact.objects.filter(person=gone.person_id, field=gone.field, ended_at=gone.ended_at)
    _alike(ended, gone).exclude(id=gone.id).update(ended_at=None)
    gone.delete()
    _done(gone.person, now)


def _write(person: Person, stated: Stated, now: datetime, position: int, origin: UUID | None = None) -> Fact:
    """The user's own fact. What they had removed before, they have thought of again."""
    fact = Fact(
        space_id=person.space_id, person=person, origin=origin, source=facts.USER, seen_at=now, position=position,
        **stated._asdict(),
    )  # fmt: skip
    removed = Fact.objects.filter(person=person, field=fact.field, source=facts.USER, label=REMOVED)
    _alike(removed, fact).delete()
    fact.save()
    return fact


def _remove(fact: Fact, now: datetime) -> Fact:
    """End a value and remember that the user wants it gone, so that no later file brings it back."""
    same_value(fact).update(ended_at=now)
    return Fact.objects.create(
        space_id=fact.space_id, person_id=fact.person_id, source=facts.USER, field=fact.field, value=fact.value,
        key=fact.key, label=REMOVED, position=fact.position, seen_at=now, ended_at=now, origin=fact.origin,
    )  # fmt: skip


def _alike(held: QuerySet[Fact], fact: Fact) -> QuerySet[Fact]:
    return held.filter(key=fact.key) if fact.key else held.filter(value=fact.value)


# Someone new


@transaction.atomic
def add(
    space: Space,
    author: User | None,
    name: str,
    now: datetime,
    *,
    how_met: str = "",
    line: str = "",
    ways: Iterable[Stated] = (),
    id: UUID | None = None,
    anyway: bool = True,
) -> Person:
    """Someone whom the user adds by hand; `line` becomes the first note.

    `id` is that of the form they were typed into: sent twice, it adds one person. Raises AlreadyHere where
    someone may be the same, unless they are to be added `anyway`.
    """
    name, ways = " ".join(name.split())[:500], list(ways)
    Space.objects.select_for_update().get(id=space.id)  # of two forms at once, the second sees whom the first added
    if id and (there := Person.objects.filter(id=id).first()):
        if there.space_id == space.id and there.name == name and there.deleted_at is None:
            return there
        id = None  # the form was gone back to, for someone else
    if not anyway and (same := already(space, name, ways)):
        raise AlreadyHere(same)
    person = Person.objects.create(
        id=id or new_id(), space=space, name=name, folded=names.fold(name)[:500], how_met=how_met.strip()[:500],
        made_at=now,
    )  # fmt: skip
    for stated in (Stated("name", name), *ways):
        _write(person, stated, now, 0)
    if line.strip():
        people.add_note(person, author, line, now)
    people.show_again([person.id.hex])
    return Person.objects.get(id=person.id)


def already(space: Space, name: str, ways: Iterable[Stated]) -> Person | None:
    """Who may be the same: someone with this address, number or profile, else someone of this very name."""
    here = Person.objects.of(space).here()
    if keys := facts.shared_keys(ways):
        sharing = Fact.objects.filter(~Q(key=""), space=space, key__in=keys, ended_at=None)
        if found := here.filter(id__in=sharing.values("person_id")).first():
            return found
    return here.filter(folded=names.fold(name)[:500]).order_by("made_at").first()
