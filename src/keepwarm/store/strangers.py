"""Who stands in letters and is nobody yet: kept with their last exchanges until it is said, or clear, who they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from keepwarm.core import strangers
from keepwarm.core.strangers import MET, Tally
from keepwarm.core.touches import TouchRecord
from keepwarm.models import ImportRun, SourceRecord, Stranger
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk
from keepwarm.store.bulk import Among

HELD = 50  # exchanges, the last ones
Verdict = Stranger.Verdict
Held = list[str]  # an exchange as it is kept, see `kept`
COUNTS = ("sent", "received", "automatic", "wide")
COLUMNS = (
    "id", "space_id", "key", "name", "folded", *COUNTS, "first_on", "last_on", "why", "best", "held", "verdict",
    "person_id", "run_id", "seen_at",
)  # fmt: skip


def waiting(space: UUID) -> QuerySet[Stranger]:
    """Those about whom the user may be asked."""
    return Stranger.objects.filter(space=space, verdict=Verdict.WAITING)


def known(space: UUID, keys: Sequence[str]) -> dict[str, Stranger]:
    """Those of these keys that were told of before."""
    return {row.key: row for row in Stranger.objects.filter(Among(F("key"), keys), space=space)}


def joined(tally: Tally, row: Stranger | None) -> Tally:
    """What is told now with what was: a file that is read again counts once, so the greater of the two counts."""
    if row is None:
        return tally
    counts = {name: max(getattr(tally, name), getattr(row, name)) for name in COUNTS}
    days = [day for day in (tally.first_on, tally.last_on, row.first_on, row.last_on) if day]
    name = strangers.better_name(row.name, tally.name)
    return Tally(name, tally.source, **counts, first_on=min(days, default=None), last_on=max(days, default=None))


def keep(run: ImportRun, tallies: Mapping[str, Tally], held: Mapping[str, Sequence[Held]]) -> None:
    """Have them wait, with what was told of them before and their last exchanges."""
    rows = known(run.space_id, list(tallies))
    after = {key: _after(key, tally, rows.get(key), held.get(key, ())) for key, tally in tallies.items()}
    new = [key for key in after if key not in rows]
    space, mine, seen = bulk.parameter(run.space_id), bulk.parameter(run.id), bulk.moment(run.made_at)
    bulk.insert(
        Stranger, COLUMNS,
        (
            (id, space, key, *after[key], Verdict.WAITING.value, None, mine, seen)
            for id, key in zip(new_hex(len(new)), new, strict=True)
        ),
    )  # fmt: skip
    names = COLUMNS[3:14]
    update = f"UPDATE {bulk.table(Stranger)} SET {', '.join(f'{name} = %s' for name in names)} WHERE id = %s"
    bulk.execute_each(update, [(*after[key], bulk.parameter(row.id)) for key, row in rows.items()])


def _after(key: str, tally: Tally, row: Stranger | None, held: Sequence[Held]) -> bulk.Row:
    """The cells from `name` to `held`."""
    last = merged(row.held if row else (), held)
    told = joined(tally, row)
    told.sent = max(told.sent, sum(one[3] != "in" for one in last))
    told.received = max(told.received, sum(one[3] != "out" for one in last))
    why = strangers.why(key, told)
    days = (told.first_on and told.first_on.isoformat(), told.last_on and told.last_on.isoformat())
    counts, found_by = (getattr(told, name) for name in COUNTS), strangers.found_by(key, told.name)
    return told.name[:500], found_by[:700], *counts, *days, why, strangers.best(told), json.dumps(last)


def merged(*several: Iterable[Held]) -> list[Held]:
    """The last exchanges of all, each once."""
    once = {one[0]: one for held in several for one in held}
    return sorted(once.values(), key=lambda one: one[1])[-HELD:]


def kept(touch: TouchRecord, source: str) -> Held:
    """An exchange as JSON keeps it."""
    at = touch.at.astimezone(UTC).isoformat()
    return [touch.external_id, at, touch.channel, touch.direction, touch.context[:500], touch.kind, source, touch.name]


def told(row: Stranger) -> Iterator[tuple[str, TouchRecord]]:
    """The way back: each with the source that told of it."""
    key = "" if row.key.startswith(strangers.NAMED) else row.key
    for id, at, channel, direction, context, kind, source, name in row.held:
        moment = datetime.fromisoformat(at)
        yield source, TouchRecord(0, id, key, name, moment, channel, direction, context, kind=kind)


def become(run: ImportRun, people: Mapping[str, str], tallies: Mapping[str, Tally]) -> None:
    """Keep whom these keys turned out to be: each a person's 32 hexadecimal digits."""
    keep(run, {key: tallies[key] for key in people}, {})
    rows = [(Verdict.PERSON.value, person, bulk.parameter(run.space_id), key) for key, person in people.items()]
    table = bulk.table(Stranger)
    bulk.execute_each(f"UPDATE {table} SET verdict = %s, person_id = %s WHERE space_id = %s AND key = %s", rows)


def take_back(run: ImportRun, staying: set[UUID]) -> None:
    """Undo: forget whom the run first told of, and have those wait again who became people by it and are not staying.

    The user's word that someone is nobody stays.
    """
    told = Stranger.objects.filter(space=run.space_id, run=run)
    told.filter(verdict=Verdict.WAITING).delete()
    met = SourceRecord.objects.filter(run_id=run.id, external_id__startswith=MET).exclude(Among(F("person"), staying))
    keys = [id.removeprefix(MET) for id in met.values_list("external_id", flat=True)]
    became = Stranger.objects.filter(Among(F("key"), keys), space=run.space_id, verdict=Verdict.PERSON)
    became.filter(run=run).delete()
    became.update(verdict=Verdict.WAITING, person=None)
