"""One exchange with one person, as a source tells it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class TouchRecord(NamedTuple):
    """When, by which channel, in which direction; `context` is a subject, never a body."""

    where: int
    external_id: str  # the same exchange from two sources has one id
    person: str  # the key that finds the person: an e-mail, a profile link, a phone
    name: str
    at: datetime
    channel: str  # mail, linkedin, whatsapp, sms, call, meeting
    direction: str  # out, in, both
    context: str = ""
    ambient: bool = False
