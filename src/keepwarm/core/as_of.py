"""How old an export is: the day that a file tells of, and by what that is known."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

NAME, MEMBER, CONNECTED, FILE, IMPORT = "name", "member", "newest", "file", "import"

_LINKEDIN = re.compile(r"LinkedIn\w*_(\d{2})-(\d{2})-(\d{4})", re.IGNORECASE)  # the month first
_ISO = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
_FIRST = date(2003, 5, 5)  # LinkedIn's first day; archives write 1980 where they know nothing


class AsOf(NamedTuple):
    day: date
    by: str  # name, member, newest, file or import


def of_file(names: tuple[str, ...], member: datetime | None, written: date | None, today: date) -> AsOf:
    """By the date in a name (of the zip, of the file), the zip's own stamp on the file, when the file was written,
    else today, on which it came in. None is believed that lies ahead, or before there were exports."""
    told = [AsOf(day, NAME) for name in names if (day := in_name(name))]
    told += [AsOf(member.date(), MEMBER)] if member else []
    told += [AsOf(written, FILE)] if written else []
    return next((one for one in told if _FIRST <= one.day < today), AsOf(today, IMPORT))


def at_least(held: AsOf, newest: date | None, today: date) -> AsOf:
    """No file is older than the newest day that stands in it."""
    return AsOf(newest, CONNECTED) if newest and held.day < newest <= today else held


def in_name(name: str) -> date | None:
    """Complete_LinkedInDataExport_11-24-2025.zip, or contacts-2025-11-24.csv."""
    try:
        if found := _LINKEDIN.search(name):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if found := _ISO.search(name):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:  # 02-31: no date after all
        return None
    return None
