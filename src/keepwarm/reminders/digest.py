"""What a nudge says: today's three with their letters, and whatever else the day holds; nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from textwrap import indent
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings as options
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from keepwarm.core.names import initials, tint
from keepwarm.core.nudges import ON_TIME, Due, Plan
from keepwarm.core.reconnect.reasons import WEEKDAYS
from keepwarm.core.written_days import STYLES, chosen, write
from keepwarm.models import Channel, Membership, Pick
from keepwarm.store import letters, spaces, today

# A letter has no style sheet that every mail program reads: of css/tokens.css, the tints with their inks, and warmth.
TINTS = {
    1: ("#ecddcc", "#513721"), 2: ("#d6e5d5", "#2c4431"), 3: ("#d2e2ee", "#283f57"), 4: ("#eed9e2", "#573244"),
    5: ("#e7e4cc", "#483f1f"), 6: ("#e2dcee", "#45385b"),
}  # fmt: skip
RINGS = ((20, "#62778f"), (40, "#8a7e73"), (60, "#b2822d"), (85, "#cb6700"), (101, "#cd3a10"))
NO_RING = "#ded9d3"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
STOP = "reminders.stop"  # the salt of the address that stops letters


class Asked(NamedTuple):
    """Whose digest it is, of which day of theirs."""

    member: Membership
    day: date
    now: datetime


class Face(NamedTuple):
    """Someone to say hello to, with the letter that waits for them."""

    name: str
    initials: str
    background: str
    ink: str
    ring: str
    because: str
    draft: str
    write: str  # opens the letter where letters are written; "" where they have no address

    @property
    def indented(self) -> str:
        return indent(self.draft, "      ")


class Line(NamedTuple):
    """Something of a day."""

    when: str
    text: str


class Section(NamedTuple):
    """A part of the digest. `summary` says it in the first sentence: "three people …"."""

    summary: str
    title: str = ""
    people: tuple[Face, ...] = ()
    lines: tuple[Line, ...] = ()
    button: str = ""  # what to begin with; the first section that has one gives it
    path: str = ""


class Digest(NamedTuple):
    """All that a letter or a push says."""

    day: date
    dateline: str
    greeting: str
    opening: str
    late: str
    sections: list[Section]
    button: str
    path: str

    @property
    def subject(self) -> str:
        return f"Your twenty minutes, {WEEKDAYS[self.day.weekday()]}"

    @property
    def brief(self) -> str:
        """In one breath, for a push and for the line that mail programs show below the subject."""
        names = [face.name for section in self.sections for face in section.people]
        said = [f"{_listed(names)}."] if names else []
        said += [f"{line.when}: {line.text}." for section in self.sections for line in section.lines[:2]]
        return " ".join(said) or self.opening


# Sections


def three(asked: Asked) -> Section | None:
    """Today's three as the page Today shows them: chosen now and kept, where nobody has looked yet."""
    space, user = asked.member.space, asked.member.user
    owner = spaces.owner_facts(space, asked.member)
    picks = today.of_day(space, user, owner, asked.day, asked.now)
    open_ones = [pick for pick in picks if pick.state == Pick.State.SHOWN]
    if not open_ones:
        return None
    told = letters.told(open_ones, space, owner, user, asked.day)
    count = len(open_ones)
    whom = "someone" if count == 1 else f"{NUMBERS[count]} people"
    return Section(
        f"{whom} it may be time to say hello to", people=tuple(map(_face, told)), button="Write to them", path="today"
    )


def _face(told: dict[str, Any]) -> Face:
    name, warmth, draft = told["person"]["name"], told["warmth"], told["draft"]
    background, ink = TINTS[tint(told["person"]["id"])]
    ring = NO_RING if warmth is None else next(colour for limit, colour in RINGS if warmth < limit)
    because = told["reasons"][0]["text"] if told["reasons"] else ""
    return Face(
        name, initials(name), background, ink, ring, because, draft["body"] if draft else "",
        told["links"]["mail"] or "",
    )  # fmt: skip


SECTIONS: tuple[Callable[[Asked], Section | None], ...] = (three,)


# Together


def compose(asked: Asked, plan: Plan, due: Due) -> Digest | None:
    """None where there is nothing to say."""
    sections = [section for make in SECTIONS if (section := make(asked))]
    if not sections:
        return None
    first = next((section for section in sections if section.button), Section("", button="Open Keepwarm", path="today"))
    local, member = asked.now.astimezone(plan.zone), asked.member
    style = STYLES[chosen(member.language, "")]
    return Digest(
        asked.day, write(asked.day, style.weekday), _greeting(local, member), _opening(sections),
        _late(plan, due, asked.now, local), sections, first.button, first.path,
    )  # fmt: skip


def _greeting(local: datetime, member: Membership) -> str:
    part = "morning" if local.hour < 12 else "afternoon" if local.hour < 18 else "evening"
    name = member.user.first_name
    return f"Good {part}, {name}." if name else f"Good {part}."


def _opening(sections: list[Section]) -> str:
    said = _listed([section.summary for section in sections])
    return f"{said[:1].upper()}{said[1:]}. That is all."


def _late(plan: Plan, due: Due, now: datetime, local: datetime) -> str:
    """Why it comes at another hour than the one that was asked for."""
    if now - due.at <= ON_TIME:
        return ""
    meant = due.at.astimezone(plan.zone)
    when = f"{meant:%H:%M}" if meant.date() == local.date() else f"{WEEKDAYS[meant.weekday()]}, {meant:%H:%M}"
    return f"This was meant for {when}. Keepwarm was not running then, or could not reach you."


def _listed(parts: list[str]) -> str:
    """a, b and c."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


# As a letter


def base() -> str:
    """Where the pages are, as the reader of a letter reaches them."""
    return options.PUBLIC_URL or f"http://localhost:{options.OPTIONS['KEEPWARM_PORT']}"


def stop_url(channel: Channel) -> str:
    """Turns these letters off, without signing in, and does nothing else."""
    return base() + reverse("nudges_stop", args=[signing.dumps(channel.id.hex, salt=STOP)])


def channel_of(token: str) -> UUID:
    """Of an address that `stop_url` made. Raises signing.BadSignature."""
    return UUID(signing.loads(token, salt=STOP))


def letter(digest: Digest, plan: Plan, channel: Channel, sender: str, id: UUID, now: datetime) -> EmailMessage:
    """In plain text and in HTML. Its links open pages and ask for sign-in: a letter is forwarded and kept for years,
    so that one which signs in would be a key in other people's hands."""
    stop = stop_url(channel)
    context = {
        "digest": digest, "stop": stop, "when": _when(plan), "button": base() + reverse(digest.path),
        "settings": base() + reverse("reminders"), "today": base() + reverse("today"),
    }  # fmt: skip
    made = EmailMessage()
    made["Subject"] = digest.subject
    made["From"] = formataddr(("Keepwarm", sender))
    made["To"] = channel.settings["to"]
    made["Date"] = format_datetime(timezone.localtime(now))
    made["Message-ID"] = message_id(id, sender)
    made["List-Unsubscribe"] = f"<{stop}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(render_to_string("emails/digest.txt", context))
    made.add_alternative(render_to_string("emails/digest.html", context), subtype="html")
    return made


def message_id(id: UUID, sender: str) -> str:
    """The same for one nudge however often it is handed over: so a second copy is known as one."""
    domain = sender.rpartition("@")[2] or urlsplit(base()).hostname or "localhost"
    return f"<{id.hex}@{domain}>"


def _when(plan: Plan) -> str:
    """ "on Mondays and Thursdays at 08:00"."""
    days = [f"{WEEKDAYS[int(day)]}s" for day in sorted(plan.days)]
    said = "every day" if len(days) == 7 else f"on {_listed(days)}"
    return f"{said} at {plan.at:%H:%M}"
