"""All shapes there are, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import congratulate, first_weeks, hello, kept, saw_this, thread

LIBRARY: Final = (
    *congratulate.SHAPES, *kept.SHAPES, *first_weeks.SHAPES, *thread.SHAPES, *hello.SHAPES, *saw_this.SHAPES,
)  # fmt: skip
