"""What a nudge says: today's three with their letters, and whatever else the day holds; nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
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

from keepwarm.core import moments as core
from keepwarm.core.names import initials, tint
from keepwarm.core.nudges import ON_TIME, Due, Plan
from keepwarm.core.reconnect.reasons import WEEKDAYS, of_moment
from keepwarm.core.session import ACTIONS, ONE, TALK
from keepwarm.core.written_days import STYLES, chosen, write
from keepwarm.models import Channel, Membership, Pick, Promise
from keepwarm.store import insights, introductions, letters, moments, promises, spaces, today, week
from keepwarm.store.moments import Open

# A letter has no style sheet that every mail program reads: of css/tokens.css, the tints with their inks, and warmth.
TINTS = {
    1: ("#ecddcc", "#513721"), 2: ("#d6e5d5", "#2c4431"), 3: ("#d2e2ee", "#283f57"), 4: ("#eed9e2", "#573244"),
    5: ("#e7e4cc", "#483f1f"), 6: ("#e2dcee", "#45385b"),
}  # fmt: skip
RINGS = ((20, "#62778f"), (40, "#8a7e73"), (60, "#b2822d"), (85, "#cb6700"), (101, "#cd3a10"))
NO_RING = "#ded9d3"
MOST = 5  # lines of a section
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
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
    button: str = ""  # what to begin with; the last section that has one gives it
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


def promised(asked: Asked) -> Section | None:
    """What the user has promised or been promised, and whom they wished to think of, by this day."""
    held = promises.due(asked.member.space, asked.member.user, asked.day)
    if not held:
        return None
    lines = tuple(Line(_on(one.due_on, asked.day), _promise(one)) for one in held[:MOST])
    return Section(_counted(len(held), "promise"), "Promises", lines=lines, path="promises")


def _promise(one: Promise) -> str:
    name = one.person.name
    if one.whose == Promise.Whose.WISH:
        return f"You wished to think of {name}{f': {one.text}' if one.text else ''}"
    return f"{name} promised: {one.text}" if one.whose == Promise.Whose.THEIRS else f"{name}: {one.text}"


def happened(asked: Asked) -> Section | None:
    """Moments: what comes round soon, and what has been heard in the last week; older news was in an earlier digest."""
    owner = spaces.owner_facts(asked.member.space, asked.member)
    groups = moments.open_on(asked.member.space, asked.day, owner, MOST)
    found = [one for group in groups for one in group.shown if _is_news(one, asked.day)]
    if not found:
        return None
    lines = tuple(Line(*_moment(one, asked.day)) for one in found[:MOST])
    return Section(_counted(len(lines), "nice moment"), "Nice moments", lines=lines, path="moments")


def _is_news(one: Open, day: date) -> bool:
    found = one.moment.found_on
    return one.moment.kind in core.COMES_ROUND or (found is not None and day - found <= timedelta(days=7))


def _moment(one: Open, day: date) -> tuple[str, str]:
    if one.moment.kind in core.COMES_ROUND:
        whose = {core.BIRTHDAY: "’s birthday", core.ANNIVERSARY: "’s anniversary"}
        return _on(one.moment.on, day), f"{one.name}{whose.get(one.moment.kind, f': {one.moment.text}')}"
    return "", f"{one.name}: {of_moment(one.moment, day)}"


def _on(day: date | None, today: date) -> str:
    """A day of this week by its name; nothing for one that has passed or was never said."""
    if day is None or day < today:
        return ""
    if day == today:
        return "Today"
    return WEEKDAYS[day.weekday()] if day - today < timedelta(days=7) else f"{day.day} {day:%b}"


def session(asked: Asked) -> Section | None:
    """The week's session, where there is someone it is time for and it has not been held; with what worked, if that
    is known."""
    this = week.of(asked.member, asked.day)
    left = [lane for lane in this.lanes if lane.left]
    if not left or (this.session and this.session.ended_at) or not week.due(asked.member.space, this):
        return None
    said = [f"{_number(lane.left)} {_kind(lane)}" for lane in left]
    told = insights.worked(asked.member, asked.day)
    worked = (Line("", told.text),) if told and told.sure else ()
    return Section(
        "the week’s session", "This week’s session", lines=(Line("", f"{_listed(said)}.".capitalize()), *worked),
        button="Start your twenty minutes", path="week",
    )  # fmt: skip


def _kind(lane: week.Lane) -> str:
    return (ONE if lane.left == 1 else ACTIONS)[lane.slot.action].lower() + (
        "s" if lane.slot.action == TALK and lane.left > 1 else ""
    )


def _counted(count: int, what: str) -> str:
    return f"{_number(count)} {what}{'' if count == 1 else 's'}"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def introducing(asked: Asked) -> Section | None:
    """Introductions that have waited a while, each in one digest week only."""
    held = introductions.wondering(asked.member.space, asked.member.user, asked.day)
    if not held:
        return None
    lines = tuple(Line("", introductions.wonder(one, asked.day)) for one in held[:MOST])
    return Section(_counted(len(held), "introduction"), "Introductions", lines=lines, path="introductions")


SECTIONS: tuple[Callable[[Asked], Section | None], ...] = (three, promised, happened, introducing, session)


# Together


def compose(asked: Asked, plan: Plan, due: Due) -> Digest | None:
    """None where there is nothing to say."""
    sections = [section for make in SECTIONS if (section := make(asked))]
    if not sections:
        return None
    asks = [section for section in sections if section.button] or [Section("", button="Open Keepwarm", path="today")]
    local, member = asked.now.astimezone(plan.zone), asked.member
    style = STYLES[chosen(member.language, "")]
    return Digest(
        asked.day, write(asked.day, style.weekday), _greeting(local, member), _opening(sections),
        _late(plan, due, asked.now, local), sections, asks[-1].button, asks[-1].path,
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
