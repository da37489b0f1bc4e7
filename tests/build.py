"""Small files and networks to test with: what you see is what comes in."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from keepwarm.imports import upload, work
from keepwarm.models import ImportRun, Person, Space, User
from keepwarm.store import imports as runs
from keepwarm.store import search
from tests.conftest import NOW


def card(name: str, *lines: str, uid: str = "") -> str:
    """A vCard: `card("Ann Lee", "EMAIL:ann@example.com")`."""
    given, _, family = name.rpartition(" ")
    uid_line = [f"UID:{uid}"] if uid else []
    return "\r\n".join(
        ["BEGIN:VCARD", "VERSION:3.0", *uid_line, f"FN:{name}", f"N:{family};{given};;;", *lines, "END:VCARD", ""]
    )


CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def connections(*rows: str) -> str:
    """A Connections.csv: `connections("Ann,Lee,https://www.linkedin.com/in/annlee,,Acme,CEO,07 Jun 2021")`."""
    return CONNECTIONS + "".join(f"{row}\n" for row in rows)


MBOX = """From x Mon Jan  5 09:00:00 2026
From: {sender}
To: {to}
Date: {date}
Message-ID: <{id}@mail.example.org>
Subject: Plans

Hello
"""


def mbox(*letters: tuple[str, str]) -> str:
    """A mailbox of these letters, one a day: `mbox(("Ann Lee <ann@example.org>", "me@example.net"))`."""
    return "\n".join(
        MBOX.format(sender=sender, to=to, id=n, date=f"{n + 1:02d} Jan 2026 09:00:00 +0000")
        for n, (sender, to) in enumerate(letters)
    )


class Clock:
    """A clock that stands still."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def upload_files(
    space: Space, files: dict[str, str | bytes], user: User | None = None, at: datetime = NOW
) -> ImportRun:
    """A run with these files, not yet checked."""
    run = runs.start(space, user, at)
    for position, (name, content) in enumerate(files.items()):
        data = content.encode() if isinstance(content, str) else content
        upload.keep_stream(run.id, position, io.BytesIO(data), name)
    runs.receive(run, list(files))
    return run


def check(space: Space, files: dict[str, str | bytes], at: datetime = NOW) -> ImportRun:
    return work.check(upload_files(space, files, at=at).id, Clock(at))


def bring_in(
    space: Space,
    *cards: str,
    at: datetime = NOW,
    name: str = "phone.vcf",
    user: User | None = None,
    **files: str | bytes,
) -> ImportRun:
    """Import these cards (or files by name) and return the run."""
    run = upload_files(space, files or {name: "".join(cards)}, user, at)
    runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, at)
    return work.write(run.id, Clock(at))


def here(space: Space) -> list[str]:
    """Everyone's name, in order."""
    return list(Person.objects.of(space).here().order_by("name").values_list("name", flat=True))


def person(space: Space, name: str) -> Person:
    return Person.objects.of(space).get(name=name)


def found(space: Space, question: str) -> list[UUID]:
    """Whom the search finds."""
    return search.find(Person.objects.of(space).here(), space, question).ids


def network(space: Space, count: int = 12) -> list[Person]:
    """People at different firms whom one can write to."""
    bring_in(
        space,
        *[
            card(f"Friend{n} Number{n}", f"EMAIL:friend{n}@example.com", f"ORG:Firm {n}", "TITLE:Director", uid=f"f{n}")
            for n in range(count)
        ],
    )
    return list(Person.objects.of(space).order_by("name"))


DATA = Path(settings.DATA)
