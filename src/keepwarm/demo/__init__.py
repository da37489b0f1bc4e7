"""`keepwarm demo`'s network: 400 invented people and three years with them, to see every page full at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from keepwarm.core.facts import tag_key
from keepwarm.core.people import PersonRecord
from keepwarm.demo import cast, lives, needs, opened, outside, promised, shelf
from keepwarm.demo.cast import Member
from keepwarm.models import Circle, Fact, ImportRun, Membership, Note, Person, Space, Touch, User
from keepwarm.store import duplicates, interests, people, records, spaces, summaries
from keepwarm.store import imports as runs

SEED = 12  # the cast of the pictures in docs; another seed is another cast
GENEROUS = ("monthly", "quarterly")  # ties of whom something was asked, and who opened doors
RESTING, LEFT_OUT = 4, 3  # people the owner does not want to be reminded of, for now or at all


class Filled(NamedTuple):
    """What is there now."""

    space: Space
    owner: User
    people: int
    touches: int


def is_empty() -> bool:
    """Whether there is nobody yet, so that nothing of anyone's own gets mixed with the invented."""
    return not User.objects.exists() and not Person.objects.exists()


def fill(today: date, zone: str, seed: int = SEED) -> Filled:
    """Write the whole demo, or nothing of it. The same day, zone and seed give the same network."""
    local = ZoneInfo(zone)
    with transaction.atomic(), timezone.override(local):
        space, owner = _owner(today, zone)
        members = cast.people(seed, today)
        _bring_in(space, owner, members, today, seed)
        by_name = _marked(space, members, today)
        _talked(space, owner, members, by_name, seed, today, local)
        everyone = list(by_name.values())
        outside.fill(space, owner, everyone, today, local, seed)
        generous = [by_name[member.name] for member in members if member.tie.name in GENEROUS]
        asked = opened.fill(owner, generous, today, local)
        summaries.of(space.id, {touch.person_id for touch in asked}, today)
        promised.fill(space, owner, everyone, today, local, seed)
        here = Person.objects.filter(space=space).select_related("circle").order_by("made_at", "name")
        shelf.fill(space, owner, list(here), today, local, seed)
        needs.fill(owner, [(member, by_name[member.name]) for member in members], today, local)
        people.show_again(person.id.hex for person in by_name.values())  # finding knows what was marked and said
    # As at midnight: whoever comes from now on is new.
    duplicates.look(space, datetime.combine(today, time(), local))
    interests.index_missing(space)
    whole = (table.objects.filter(space=space).count() for table in (Person, Touch))
    return Filled(space, owner, *whole)


def _owner(today: date, zone: str) -> tuple[Space, User]:
    """Ines, who has a circle for each of the three rhythms, and sees Today at the weekend too."""
    space = spaces.home()
    owner = User.objects.create_user(cast.OWNER_EMAIL, None, name=cast.OWNER)
    Membership.objects.create(
        space=space, user=owner, is_owner=True, sign_off=owner.first_name, time_zone=zone, phone_country="PT",
        days="0123456",
    )  # fmt: skip
    for position, (name, weeks) in enumerate(cast.CIRCLES):
        Circle.objects.create(space=space, name=name, cadence=weeks * 7, position=position)
    return space, owner


# The files that would have told of these people


def _bring_in(space: Space, owner: User, members: list[Member], today: date, seed: int) -> None:
    """LinkedIn a year ago, the phone soon after, a few forgotten cards, and LinkedIn again last week."""
    noon = timezone.make_aware(datetime.combine(today, time(12)))
    files: tuple[tuple[int, str, str, Callable[[Member], PersonRecord | None]], ...] = (
        (400, "Connections.csv", "linkedin", lambda member: member.linkedin_before),
        (396, "Contacts.vcf", "vcard", lambda member: member.card),
        (200, "Old phone.vcf", "vcard", lambda member: member.second_card),
        (8, "Connections.csv", "linkedin", lambda member: member.linkedin),
    )
    for days, name, source, told in files:
        at = noon - timedelta(days=days)
        run = runs.start(space, owner, at)
        runs.receive(run, [name])
        _record(run, source, [record for member in members if (record := told(member))], seed)
        if source == "linkedin":
            runs.note_own(run, source, cast.owner_facts(), at)
        runs.finish(run, ImportRun.State.DONE, at + timedelta(minutes=1))


def _record(run: ImportRun, source: str, told: list[PersonRecord], seed: int) -> None:
    """As an import does, but with ids that come from the seed: near-ties and colours go by the id."""
    recorder = records.Recorder(
        run.space, source, run.id, run.made_at, "PT", as_of=timezone.localtime(run.made_at).date()
    )
    planned = recorder.plan([record._replace(where=row) for row, record in enumerate(told, 2)])
    for place, plan in enumerate(planned):
        if plan.kind is records.Kind.NEW:
            plan.person = _id(run.made_at, seed, place)
    runs.count(run, planned)
    recorder.write(planned)


def _id(at: datetime, seed: int, place: int) -> str:
    """A UUID of version 7 that is the same every time."""
    return f"{int(at.timestamp() * 1000) + place:012x}7{place & 0xFFF:03x}8{seed & 0xFFF:03x}{place:012x}"


# What the owner says of them


def _marked(space: Space, members: list[Member], today: date) -> dict[str, Person]:
    """Relation, how they met, trust, circle and tags; returns the people by name, the first of each."""
    by_name: dict[str, Person] = {}
    for person in Person.objects.of(space).order_by("-id"):
        by_name[person.name] = person
    circles = {circle.name: circle for circle in Circle.objects.filter(space=space)}
    for member in members:
        person = by_name[member.name]
        person.relation, person.how_met, person.trust = member.relation, member.how_met, member.trust
        person.important, person.circle = member.important, circles.get(member.tie.circle)
    _at_rest(by_name, members, today)
    marked = ["relation", "how_met", "trust", "important", "circle", "never", "rests_until"]
    Person.objects.bulk_update(by_name.values(), marked, batch_size=100)
    Fact.objects.bulk_create(_tags(by_name, members, today))
    return by_name


def _at_rest(by_name: dict[str, Person], members: list[Member], today: date) -> None:
    quiet = [by_name[member.name] for member in members if member.tie.name == "now and then"]
    for place, person in enumerate(quiet[:RESTING]):
        person.rests_until = today + timedelta(weeks=2 + 3 * place)
    for person in quiet[RESTING : RESTING + LEFT_OUT]:
        person.never = True


def _tags(by_name: dict[str, Person], members: list[Member], today: date) -> Iterable[Fact]:
    seen = timezone.make_aware(datetime.combine(today, time(9))) - timedelta(days=300)
    return [
        Fact(
            space_id=person.space_id, person=person, source="user", field="category", value=tag, key=tag_key(tag),
            position=place, seen_at=seen,
        )
        for member in members
        for person in [by_name[member.name]]
        for place, tag in enumerate(member.tags)
    ]  # fmt: skip


# What passed between them


def _talked(
    space: Space,
    owner: User,
    members: list[Member],
    by_name: dict[str, Person],
    seed: int,
    today: date,
    zone: ZoneInfo,
) -> None:
    """Write all touches and notes at once, then each person's summary."""
    said: list[Touch] = []
    noted: list[Note] = []
    for member in members:
        person = by_name[member.name]
        mine = {"space_id": person.space_id, "person": person, "author": owner}
        told = lives.touches(member, seed, today, zone)
        said += [Touch(**mine, made_at=touch.at, **touch._asdict()) for touch in told]
        if member.tie.name == "new" and not member.linkedin:  # added by hand as they met
            Person.objects.filter(id=person.id).update(made_by=None, made_at=told[0].at)
        noted += [Note(**mine, at=note.at, text=note.text) for note in lives.notes(member, seed, today, zone)]
    Touch.objects.bulk_create(said, batch_size=500)
    Note.objects.bulk_create(noted, batch_size=500)
    spoken: set[UUID] = {touch.person_id for touch in said}
    summaries.of(space.id, spoken, today)
