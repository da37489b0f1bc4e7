"""Whose an exchange is: the person who has its key, else the only one of its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from keepwarm.core import identity
from keepwarm.core.addresses import no_person
from keepwarm.core.exchanges import folded
from keepwarm.core.strangers import address
from keepwarm.core.touches import KnownSince, TouchRecord
from keepwarm.models import Fact, Person
from keepwarm.models.people import by_bytes
from keepwarm.store import bulk, merge
from keepwarm.store.bulk import Among
from keepwarm.store.records import CROWD, Planned

REMEMBERED = 100_000  # keys
GONE = "gone"  # in place of a person: the user has put them in the trash, or said that it is nobody


class Somebody(NamedTuple):
    folded: str
    person: str  # 32 hexadecimal digits; perhaps of one who was taken into another since, see store.merge
    known: bool  # since when is known


Found = dict[str, dict[str, Somebody]]  # by what was asked for, then by who they are now


class Finder:
    """Finds people by a key and a name, for a batch at a time."""

    def __init__(self, space: UUID) -> None:
        self._space = space
        self._by_key: Found = {}  # remembered over batches: a history names the same few again and again
        self._holders: dict[tuple[str, str], str] = {}  # by key and name, as found before
        self._asked: set[str] = set()
        self._by_name: Found = {}
        self._in_trash: set[str] = set()  # keys
        self._profiled: set[str] = set()  # of those found by name, who has a LinkedIn profile
        self._ahead_by_key: Found = {}  # people of files that are only checked
        self._ahead_by_name: Found = {}
        self._now: dict[str, str] = {}  # by those who were taken into someone: into whom
        self.settled: dict[str, str] = {}  # keys of whom it was decided in this run: a person, or GONE

    def expect(self, plan: Planned) -> None:
        one = Somebody(_folded(plan.record.name), plan.person, plan.record.known_since is not None)
        self._ahead_by_name.setdefault(one.folded, {})[one.person] = one
        for key in plan.keys:
            self._ahead_by_key.setdefault(key, {})[one.person] = one
            if key.startswith("l:"):
                self._profiled.add(one.person)

    def look_up(self, asked: Sequence[TouchRecord | KnownSince], passed: Sequence[TouchRecord]) -> None:
        """Fetch whom these may be of. `passed` are exchanges: they go by a name only where they have no key."""
        self.look_up_keys({one.person for one in (*asked, *passed) if one.person})
        self.look_up_names(
            {one.name for one in asked if not self._by_key.get(one.person)}
            | {one.name for one in passed if not one.person}
        )

    def look_up_keys(self, keys: set[str]) -> None:
        if len(self._asked) > REMEMBERED:
            self.forget()
        new = keys - self._asked
        held = Fact.objects.filter(~Q(key=""), Among(F("key"), list(new)), space=self._space, ended_at=None)
        told = ("key", "person_id", "person__folded", "person__known_since", "origin", "person__deleted_at")
        rows = bulk.fetch(held.values_list(*told)) if new else []
        self._in_trash |= {row[0] for row in rows if row[5] is not None}
        self._by_key |= self._joined(new, self._ahead_by_key, (row[:5] for row in rows if row[5] is None))
        self._asked |= new

    def _joined(
        self, asked: Iterable[str], ahead: Mapping[str, Mapping[str, Somebody]], rows: Iterable[Sequence[Any]]
    ) -> Found:
        """Those who are here, and those of files that are only checked, once each; where all that is told of someone
        comes from whoever was taken into them, that one."""
        found = {mark: dict(ahead[mark]) for mark in asked if mark in ahead}
        for mark, id, name, since, *origin in rows:
            now, own = _hex(id), not origin or origin[0] is None
            person = now if own else _hex(origin[0])
            same = found.setdefault(mark, {})
            also = same.get(now)
            if not own:
                self._now[person] = now
            if also and not own:
                person = also.person
            same[now] = Somebody(name, person, since is not None or (also is not None and also.known))
        return found

    def forget(self) -> None:
        """Who has which key may have changed since."""
        self._by_key.clear()
        self._holders.clear()
        self._asked.clear()
        self._in_trash.clear()

    def look_up_names(self, names: set[str]) -> None:
        """Names as they are shown, or folded."""
        asked = {_folded(name) for name in names} - {""}
        named = Person.objects.filter(Among(by_bytes("folded"), list(asked)), space=self._space, deleted_at=None)
        rows = bulk.fetch(named.values_list("folded", "id", "folded", "known_since")) if asked else []
        self._by_name = self._joined(asked, self._ahead_by_name, [*rows, *self._merged(asked)])
        self._profiled |= self.having("l:", [row[1] for row in rows])

    def _merged(self, asked: set[str]) -> list[Sequence[Any]]:
        """Those of a name who were taken into someone who has another."""
        gone = Person.objects.filter(space=self._space, merged_into__isnull=False)
        named = gone.filter(Among(by_bytes("folded"), list(asked))).values_list("id", "folded", "known_since")
        told = list(named) if asked else []
        taken = merge.roots(self._space, [id for id, *_ in told])
        here = set(Person.objects.here().filter(id__in=taken.values()).values_list("id", flat=True))
        return [(folded, taken[id], folded, since, id) for id, folded, since in told if taken[id] in here]

    def having(self, kind: str, people: Sequence[Any]) -> set[str]:
        """Which of these people have a key of that kind."""
        if not people:
            return set()
        ids = [UUID(self._now.get(id, id)) if isinstance(id, str) else id for id in people]
        held = Fact.objects.filter(Among(F("person"), ids), space=self._space, ended_at=None, key__startswith=kind)
        return {person.hex for person in held.values_list("person_id", flat=True)}

    def whose(self, told: TouchRecord | KnownSince) -> Somebody | None:
        """Who has its key, the same name before one that agrees; else the only one of its name."""
        name = _folded(told.name)
        if told.person and (one := self._agreeing(name, self._by_key.get(told.person, {}))):
            return one
        same = [*self._by_name.get(name, {}).values()] if name else []
        # One name and two LinkedIn profiles are two people.
        profiled = {self._now.get(one.person, one.person) for one in same} & self._profiled
        if len(same) != 1 or (told.person.startswith("l:") and profiled):
            return None
        return same[0]

    def _agreeing(self, name: str, having: Mapping[str, Somebody]) -> Somebody | None:
        agreeing = sorted(one for one in having.values() if _agree(name, one.folded, len(having)))
        if not agreeing or not (name or len(agreeing) == 1):
            return None
        return next((one for one in agreeing if one.folded == name), agreeing[0])

    def holder(self, key: str, name: str) -> str:
        """The person of an exchange, "" where there is none, or GONE.

        An address, a number or a profile is mostly one person's, by whatever name they go that day ("Mum"). Where
        several have it, or the whole office, the name says who it was.
        """
        if not key:
            same = [*self._by_name.get(_folded(name), {}).values()]
            return same[0].person if len(same) == 1 else ""
        if key not in self._by_key:
            return GONE if key in self._in_trash else self.settled.get(key, "")
        if (key, name) not in self._holders:
            self._holders[key, name] = self._holder(key, name)
        return self._holders[key, name] or self.settled.get(key, "")

    def _holder(self, key: str, name: str) -> str:
        having = self._by_key[key]
        if one := self._agreeing(_folded(name), having):
            return one.person
        return next(iter(having.values())).person if len(having) == 1 and not _is_shared(key) else ""

    def namesake(self, key: str, name: str) -> str:
        """The only one who bears that full name, where they have no address, number or profile of that kind yet."""
        same = [one.person for one in self._by_name.get(_folded(name), {}).values()]
        if " " not in _folded(name) or len(same) != 1:
            return ""
        return "" if self.having(key[:2], same) else same[0]


def _hex(id: Any) -> str:
    return id if isinstance(id, str) else str(id.hex)


def _is_shared(key: str) -> bool:
    return bool(address(key)) and no_person(address(key), "") == "role"


def _agree(name: str, other: str, sharing: int) -> bool:
    return name == other if name and sharing > CROWD else identity.names_agree(name, other)


def _folded(name: str) -> str:
    return folded(name)[:500]
