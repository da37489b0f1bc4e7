"""Every date on a page, as the one who looks at it writes dates: told once a request, by access."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date

from keepwarm.core.people import PartialDate
from keepwarm.core.written_days import AMERICAN, BRITISH, STYLES, Style, chosen, write
from keepwarm.core.written_days import partial as write_partial

_active = ContextVar("dates", default=BRITISH)


def activate(wanted: str, spoken: str) -> None:
    """By the user's setting, else by their browser's Accept-Language."""
    _active.set(chosen(wanted, spoken))


def month_first() -> bool:
    """12/5 is the fifth of December for those who write American dates, and for nobody else."""
    return _active.get() == AMERICAN


def style() -> Style:
    return STYLES[_active.get()]


def whole(day: date) -> str:
    return write(day, style().whole)


def near(day: date, today: date) -> str:
    """With its year where that is another."""
    return write(day, style().day if day.year == today.year else style().whole)


def short(day: date, today: date) -> str:
    """As `near`, in a margin."""
    return write(day, style().short if day.year == today.year else style().short_whole)


def partial(day: PartialDate) -> str:
    return write_partial(day, style())
