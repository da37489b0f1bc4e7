"""How far a folder of a mailbox has been read, and what is to be read next.

It stands in the account's cursor: by folder the UIDVALIDITY, and the stretches of UIDs that have been read. What lies
outside them is read next, so that new letters and a first reading that was stopped are one case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from imapclient import IMAPClient

from keepwarm.sync import imap
from keepwarm.sync.imap import Folder

TOGETHER = 500  # letters that are fetched, and stored, at once
Stretch = tuple[int, int]  # of UIDs, both ends included


class Step(NamedTuple):
    """Letters to fetch at once. When they are stored, all UIDs of `covers` have been read."""

    folder: Folder
    uids: list[int]
    covers: Stretch


def steps_of(client: IMAPClient, folder: Folder, known: dict[str, Any]) -> list[Step]:
    """Of one folder, the newest letters first. `known`: the cursor of it and others, by their names."""
    opened = imap.examine(client, folder)
    held = known.get(folder.name)
    if held is None or held["validity"] != opened.validity:
        held = known[folder.name] = {"validity": opened.validity, "read": []}
    steps: list[Step] = []
    for first, last in reversed(unread([tuple(stretch) for stretch in held["read"]], opened.last)):
        uids = imap.uids(client, first, last, opened.letters)
        if not uids:
            held["read"] = joined(held["read"], (first, last))
        steps += cut(folder, uids, first, last)
    return steps


def cut(folder: Folder, uids: list[int], first: int, last: int) -> list[Step]:
    """UIDs of a stretch, the newest first, into steps that cover all of it."""
    pieces = [uids[at : at + TOGETHER] for at in range(0, len(uids), TOGETHER)]
    tops = [last, *(piece[-1] - 1 for piece in pieces)]
    ends = [*(piece[-1] for piece in pieces[:-1]), first]
    return [Step(folder, *told) for told in zip(pieces, zip(ends, tops, strict=False), strict=False)]


def unread(read: list[Stretch], last: int) -> list[Stretch]:
    """The stretches from 1 to `last` that have not been read, in their order."""
    gaps, at = [], 1
    for low, high in sorted(read):
        if low > at:
            gaps.append((at, min(low - 1, last)))
        at = max(at, high + 1)
    return [gap for gap in [*gaps, (at, last)] if gap[0] <= gap[1]]


def joined(read: Iterable[Iterable[int]], more: Stretch) -> list[list[int]]:
    """The stretches with one more, those that touch made one: the cursor stays small."""
    out: list[list[int]] = []
    for low, high in sorted([*map(tuple, read), more]):
        if out and low <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], high)
        else:
            out.append([low, high])
    return out


def note(known: dict[str, Any], step: Step) -> None:
    """That a step is done."""
    held = known[step.folder.name]
    held["read"] = joined(held["read"], step.covers)
