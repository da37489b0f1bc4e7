"""Whose exchanges a run tells of: known, said, found out from its files, or asked.

What was found or said stands in the run's preview: a row for each, with `me` (the key), called, letters, sure and said.
What files say of the owner has rows with `told` (its kind) and value. A row `asks` is there where the exchanges cannot
be read before the user has answered, and `titled` where they have subjects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import timezone

from keepwarm import formats
from keepwarm.core.census import Census, Proposal
from keepwarm.core.exchanges import Owner
from keepwarm.formats.batch import Batch, Format, Problem, Unreadable
from keepwarm.imports import mapping, recognise
from keepwarm.models import ImportFile, ImportRun
from keepwarm.store import owners

ENOUGH = 2_000  # exchanges of each file, to find out whose they are
NAMED_IN_QUESTION = 3  # proposals
OWN = ("name", "email", "link")  # kinds of OwnFact by which an exchange knows its owner
Row = dict[str, Any]


def say(run: ImportRun, names: Mapping[str, str]) -> None:
    """The owner's word, ahead of the reading, that these are theirs: by their keys."""
    run.preview = [_row(Proposal(key, name, 0, sure=True)) | {"said": True} for key, name in names.items()]
    run.save(update_fields=["preview"])


def said(run: ImportRun) -> list[Row]:
    return [row for row in run.preview if row.get("said")]


def introduce(run: ImportRun, now: datetime) -> None:
    """Look at what the files say of the owner, and at the beginning of each for who surely is."""
    files = [(file, kind) for file in run.files.exclude(format="") if (kind := formats.named(file.format))]
    with recognise.Sources() as sources:
        for file, kind in files:
            if not kind.about_people:
                run.preview += _told(file, kind, sources, now)
        census = Census(known(run))
        for file, kind in files:
            if kind.people_first:
                _look_into(file, kind, sources, census, now)
    run.preview += _found(census, [one for one in census.proposals() if one.sure or census.is_open()])


def keep(run: ImportRun, now: datetime) -> None:
    """Keep what was said, and what is sure, without asking: for a run that is not checked first."""
    owners.confirm(run.space_id, run.user, [(row["me"], row["called"]) for row in said(run)], now)
    owners.take(run, found(run), now)
    run.save(update_fields=["preview"])


def ask(run: ImportRun, census: Census) -> None:
    """Propose what all of the files have shown."""
    kept = [row for row in run.preview if row.get("said") or not _is_mine(row)]
    run.preview = kept + _found(census, census.proposals()) + ([{"titled": True}] if census.titled else [])


def _is_mine(row: Row) -> bool:
    return "me" in row or "asks" in row


def known(run: ImportRun) -> Owner:
    """Who the owner is, by their own word or what files say."""
    told = [(row["told"], row["value"]) for row in run.preview if "told" in row]
    return owners.with_more(owners.of(run.space_id, run.user, told), _proposals(said(run)))


def owner(run: ImportRun) -> Owner:
    """As `known`, and who was found out."""
    return owners.with_more(known(run), [one for one in proposals(run) if one.sure])


def proposals(run: ImportRun) -> list[Proposal]:
    return _proposals(row for row in run.preview if "me" in row)


def _proposals(rows: Iterable[Row]) -> list[Proposal]:
    return [Proposal(row["me"], row["called"], row["letters"], row["sure"]) for row in rows]


def found(run: ImportRun) -> list[Proposal]:
    """Who was surely the owner, without a word of theirs."""
    word = {row["me"] for row in said(run)}
    return [one for one in proposals(run) if one.sure and one.key not in word]


def is_open(run: ImportRun) -> bool:
    """Whether exchanges have to wait for an answer."""
    return any("asks" in row for row in run.preview)


def is_titled(run: ImportRun) -> bool:
    """Whether its exchanges have subjects or titles, which are kept unless the user says otherwise."""
    return any("titled" in row for row in run.preview)


def answer(run: ImportRun, chosen: Sequence[Proposal], now: datetime) -> None:
    """The user has said which of the proposed are theirs, perhaps with others."""
    owners.confirm(run.space_id, run.user, [(one.key, one.name) for one in chosen], now)
    run.preview = [row for row in run.preview if not _is_mine(row)]
    run.save(update_fields=["preview"])


def question(run: ImportRun) -> Problem:
    """In words, where nobody can be asked on a page."""
    named = [owners.value(one.key, one.name) for one in proposals(run)[:NAMED_IN_QUESTION]]
    likely = f" It may be {' or '.join(named)}." if named else ""
    return Problem(
        0, "", f"Keepwarm cannot tell which address in it is yours, and has left the exchanges out.{likely}",
        "Bring it in again with --me and your address, or on the page Import, which asks.",
    )  # fmt: skip


def _found(census: Census, proposals: Iterable[Proposal]) -> list[Row]:
    return [*map(_row, proposals), *([{"asks": True}] if census.is_open() else [])]


def _row(one: Proposal) -> Row:
    return {"me": one.key, "called": one.name, "letters": one.letters, "sure": one.sure}


def _told(file: ImportFile, kind: Format, sources: recognise.Sources, now: datetime) -> list[Row]:
    """Names and addresses that a file on the owner states, as LinkedIn's Profile.csv."""
    facts = [fact for batch in _batches(file, kind, sources, now) for fact in batch.own]
    return [{"told": fact.kind, "value": fact.value} for fact in facts if fact.kind in OWN]


def _look_into(file: ImportFile, kind: Format, sources: recognise.Sources, census: Census, now: datetime) -> None:
    seen = 0
    for batch in _batches(file, kind, sources, now):
        for exchange in batch.exchanges:
            census.see(exchange)
        seen += len(batch.exchanges)
        if seen >= ENOUGH:
            return


def _batches(file: ImportFile, kind: Format, sources: recognise.Sources, now: datetime) -> Iterator[Batch]:
    with sources.opened(file) as opened, suppress(Unreadable):  # the pass that reads it all says so
        yield from formats.read(mapping.reading(kind, file), opened, timezone.localtime(now))
