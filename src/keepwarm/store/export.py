"""People as records again, for a file to take along."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from keepwarm.core import facts, people
from keepwarm.core.people import PersonRecord
from keepwarm.models import Fact, Person, Photo, Space
from keepwarm.store.records import OWN_ID

AT_ONCE = 500


def records(space: Space) -> Iterator[PersonRecord]:
    """Everyone who is not in the trash, by name; a few hundred in memory at a time."""
    ids = list(Person.objects.of(space).here().order_by("folded", "id").values_list("id", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield from _records(ids[start : start + AT_ONCE], start)


def _records(ids: list[UUID], start: int) -> Iterator[PersonRecord]:
    here = Person.objects.in_bulk(ids)
    values: dict[UUID, list[tuple[str, str, str, str]]] = {id: [] for id in ids}
    held = Fact.objects.filter(person__in=ids, ended_at=None).order_by("position", "id")
    for person_id, field, value, label, parts in held.values_list("person_id", "field", "value", "label", "parts"):
        if (said := (field, value, label, parts)) not in values[person_id]:
            values[person_id].append(said)
    photos = {photo.person_id: photo for photo in Photo.objects.filter(person__in=ids)}
    for where, id in enumerate(ids, start + 1):
        person, photo = here[id], photos.get(id)
        told = facts.record(values[id], where)
        yield told._replace(
            # What is shown is what the user's edits and the best source say.
            name=person.name, given=person.given, family=person.family, title=person.title,
            organisation=person.organisation, external_id=f"{OWN_ID}{id}", is_organisation=person.is_organisation,
            photo=people.Photo(bytes(photo.data), photo.media_type) if photo else None,
        )  # fmt: skip
