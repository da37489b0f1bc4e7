"""Days as the user writes them: 3 March 2026, March 3, 2026 or 2026-03-03."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from keepwarm.core.people import PartialDate


class Style(NamedTuple):
    """Forms for `write`."""

    whole: str
    day: str  # within a year that is known
    short: str  # the same where there is little room
    short_whole: str
    weekday: str
    weekday_whole: str


BRITISH, AMERICAN, ISO = "en-gb", "en-us", "iso"
STYLES = {
    BRITISH: Style(
        "{d} {month} {y}", "{d} {month}", "{d} {mon}", "{d} {mon} {y}", "{weekday} {d} {month}",
        "{weekday} {d} {month} {y}",
    ),
    AMERICAN: Style(
        "{month} {d}, {y}", "{month} {d}", "{mon} {d}", "{mon} {d}, {y}", "{weekday}, {month} {d}",
        "{weekday}, {month} {d}, {y}",
    ),
    ISO: Style("{iso}", "{iso}", "{iso}", "{iso}", "{weekday} {iso}", "{weekday} {iso}"),
}  # fmt: skip


def chosen(wanted: str, spoken: str) -> str:
    """The style that the user has set, else that of their language: "en-US,en;q=0.9", "en_US.UTF-8"."""
    if wanted in STYLES:
        return wanted
    return AMERICAN if spoken.lower().replace("_", "-").startswith(AMERICAN) else BRITISH


def write(day: date, form: str) -> str:
    return form.format(d=day.day, month=f"{day:%B}", mon=f"{day:%b}", y=day.year, weekday=f"{day:%A}", iso=day)


def partial(day: PartialDate, style: Style) -> str:
    """As much of it as is known: 2 June 1980, 2 June, June 1980, 1980."""
    if style is STYLES[ISO] or day.month is None:
        return str(day)
    whole = date(day.year or 2000, day.month, day.day or 1)  # 2000 has every day
    if day.day:
        return write(whole, style.whole if day.year else style.day)
    return write(whole, "{month} {y}" if day.year else "{month}")
