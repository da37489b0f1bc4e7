"""What the demo's mailbox and calendar would have told: strangers, meetings ahead, and what became of past hellos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from keepwarm.core import identity
from keepwarm.core import session as core
from keepwarm.core.touches import Exchange, Party
from keepwarm.demo.cast import OWNER, OWNER_EMAIL
from keepwarm.formats.batch import Batch
from keepwarm.models import ImportRun, Person, Pick, Session, Space, Touch, User
from keepwarm.store import history
from keepwarm.store import imports as runs
from keepwarm.store.meetings import Expected

ME = Party(identity.email_key(OWNER_EMAIL), OWNER)
READ = timedelta(days=5)  # ago, when the mailbox was brought in
MEETINGS = 4
HELLOS = 24
SESSIONS, WEEKLY = 26, 9  # weeks with a session, of which the last ones all have one
SHAPES = ("hello", "thread", "saw_this", "thread", "congratulate")


class Writer(NamedTuple):
    """Someone in the mailbox who is in no address book."""

    name: str
    address: str
    letters: int
    last: int  # days ago
    subject: str
    automatic: str = ""


WRITERS = (
    Writer("Marguerite Aubry", "marguerite@aubry-papier.example", 4, 40, "Samples of the grey paper"),
    Writer("Paulo Sequeira", "paulo.sequeira@cais-sul.example", 3, 95, "The window on the ground floor"),
    Writer("Ada Thornbury", "ada@thornbury.example", 2, 160, "Your talk in Norwich"),
    Writer("Kirsten Ohlsen", "k.ohlsen@fjordkart.example", 2, 210, "A question about the estuary chart"),
    Writer("Bruno Lima", "bruno.lima@post.example", 1, 30, "Found your card in a book"),
    Writer("Hedda Falk", "hedda.falk@falkverlag.example", 1, 300, "Frankfurt, a quarter of an hour?"),
    Writer("", "joana.m@post.example", 1, 75, "The lost umbrella"),
    Writer("The Quay Review", "letters@news.quay-review.example", 41, 6, "This month on the quay", "list"),
    Writer("Portolan Studio", "newsletter@portolan.example", 18, 12, "New in the map room", "list"),
    Writer("Ferry timetable", "no-reply@ferries.example", 27, 3, "Your tickets", "auto"),
    Writer("Ninefold Billing", "billing@ninefold.example", 12, 20, "Your invoice", "auto"),
    Writer("Museum of Small Things", "info@small-things.example", 5, 50, "Opening night"),
    Writer("Parcel Point", "notifications@parcel-point.example", 33, 9, "Your parcel is on its way", "auto"),
    Writer("Harbour reading circle", "reading-circle@lists.harbour.example", 22, 15, "Re: The next book", "list"),
)


def fill(space: Space, owner: User, people: Sequence[Person], today: date, zone: ZoneInfo, seed: int) -> None:
    """All of it, for some of these people; the same every time."""
    random = Random(f"{seed} outside")  # noqa: S311 - a story, not a secret
    now = datetime.combine(today, time(7), zone)
    _read_mailbox(space, owner, now)
    _expect(space, owner, people, now, random)
    _said_hello(space, owner, people, today, random)
    _held(space, owner, today, zone)


def _read_mailbox(space: Space, owner: User, now: datetime) -> None:
    run = _run(space, owner, now - READ, "Mail.mbox")
    recorder = history.Recorder(run)
    recorder.take(Batch(exchanges=list(_letters(now - READ))), "mail", now - READ)
    runs.finish(run, ImportRun.State.DONE, now - READ)


def _run(space: Space, owner: User, at: datetime, name: str) -> ImportRun:
    run = runs.start(space, owner, at)
    runs.receive(run, [name])
    return run


def _letters(now: datetime) -> Iterator[Exchange]:
    for place, writer in enumerate(WRITERS):
        sender = Party(identity.email_key(writer.address), writer.name)
        for n in range(writer.letters):
            at = now - timedelta(days=writer.last + 17 * n, hours=place)
            id = f"mail:demo-{place}-{n}"
            yield Exchange(place, id, at, "mail", sender, (ME,), writer.subject, automatic=writer.automatic)


def _expect(space: Space, owner: User, people: Sequence[Person], now: datetime, random: Random) -> None:
    """Coffee with a few of those one sees anyway."""
    run = _run(space, owner, now - READ, "Calendar.ics")
    near = [person for person in people if person.important or person.circle_id][:60]
    expected = Expected(run)
    expected.hear("demo", [_meeting(n, one, now) for n, one in enumerate(random.sample(near, MEETINGS))])
    expected.write(now)
    runs.finish(run, ImportRun.State.DONE, now - READ)


def _meeting(place: int, person: Person, now: datetime) -> Exchange:
    address = person.facts.filter(field="email", ended_at=None).values_list("key", flat=True).first() or ""
    at = now + timedelta(days=2 + 3 * place, hours=4)
    titles = ("Coffee at the kiosk", "Lunch by the river", "The proofs, page by page", "A walk to the bindery")
    return Exchange(
        place, f"ics:demo-{place}:", at, "meeting", None, (ME, Party(address, person.name)), titles[place], both=True
    )


def _said_hello(space: Space, owner: User, people: Sequence[Person], today: date, random: Random) -> None:
    """Some letters of the past year were written from Today."""
    wrote = Touch.objects.filter(space=space, direction="out", person__in=[person.id for person in people])
    lately = wrote.filter(at__date__gte=today - timedelta(days=330), at__date__lt=today - timedelta(days=20))
    chosen = random.sample(list(lately.order_by("person_id", "at")), HELLOS)
    first = {touch.person_id: touch for touch in chosen}
    days = {touch.at.date(): touch for touch in first.values()}
    Pick.objects.bulk_create(
        Pick(
            space=space, user=owner, person_id=touch.person_id, day=day, position=0, slot="lapsed", score=1,
            state=Pick.State.SENT, silence=random.choice((70, 120, 240, 400)), touch=touch, decided_at=touch.at,
            made_at=touch.at,
        )
        for day, touch in days.items()
    )  # fmt: skip
    for place, touch in enumerate(days.values()):
        Touch.objects.filter(id=touch.id).update(kind=SHAPES[place % len(SHAPES)])


def _held(space: Space, owner: User, today: date, zone: ZoneInfo) -> None:
    """A session in most weeks of the last half year, each a Thursday's twenty minutes or a little less."""
    thursday = today - timedelta(days=(today.weekday() - 3) % 7)
    Session.objects.bulk_create(
        Session(
            space=space, user=owner, week=begun.date() - timedelta(days=3), slots=core.kept(core.DEFAULT), seconds=1200,
            started_at=begun, ended_at=begun + timedelta(minutes=16 + n % 5), how=Session.How.DONE,
        )
        for n in range(1, SESSIONS)
        if n % 5 or n < WEEKLY
        for begun in [datetime.combine(thursday - timedelta(weeks=n), time(9), zone)]
    )  # fmt: skip
