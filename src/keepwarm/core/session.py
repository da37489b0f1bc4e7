"""The weekly 12-4-1: slots of {source rule, count, action, minutes}, the presets, and the calm timer.

The method names 12-4-1 without defining it. Each preset is our reading of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

LIGHT, MESSAGE, TALK = "light", "message", "talk"
ACTIONS = {LIGHT: "Light touches", MESSAGE: "Messages", TALK: "Conversation"}
ONE = {LIGHT: "Light touch", MESSAGE: "Message", TALK: "Conversation"}
MIX = "mix"  # the source that is no rule of its own: whoever it is time for
MOST_SLOTS, MOST_PEOPLE, MOST_MINUTES = 6, 30, 60


@dataclass(frozen=True)
class Slot:
    """So many people, drawn by one rule, for one kind of action, in so many minutes."""

    source: str
    count: int
    action: str
    minutes: float


class Preset(NamedTuple):
    label: str
    says: str
    slots: tuple[Slot, ...]


PRESETS = {
    "quota": Preset(
        "Quota",
        "Twelve light touches, four messages, one conversation.",
        (Slot(MIX, 12, LIGHT, 6), Slot(MIX, 4, MESSAGE, 10), Slot(MIX, 1, TALK, 4)),
    ),
    "look_back": Preset(
        "Look-back",
        "People you met twelve, four and one weeks ago.",
        (Slot("met_12", 3, MESSAGE, 6), Slot("met_4", 3, MESSAGE, 6), Slot("met_1", 4, MESSAGE, 8)),
    ),
    "circles": Preset(
        "Circles",
        "People you keep twelve times, four times and once a year.",
        (Slot("yearly_12", 6, LIGHT, 6), Slot("yearly_4", 4, MESSAGE, 10), Slot("yearly_1", 1, TALK, 4)),
    ),
}
DEFAULT = PRESETS["quota"].slots


def minutes(slots: Iterable[Slot]) -> float:
    return sum(slot.minutes for slot in slots)


def budget(slots: Iterable[Slot]) -> int:
    """How many people of rhythm a week's session can take: all but the conversations."""
    return sum(slot.count for slot in slots if slot.action != TALK) or 1


def preset_of(slots: Sequence[Slot]) -> str:
    """Which preset these are; "" for the user's own."""
    return next((name for name, preset in PRESETS.items() if preset.slots == tuple(slots)), "")


def read(held: Any) -> tuple[Slot, ...]:
    """Slots as they are kept; the default where nothing is, or nothing that can be read."""
    try:
        slots = tuple(
            Slot(str(one["source"]), int(one["count"]), str(one["action"]), float(one["minutes"])) for one in held
        )
    except (KeyError, TypeError, ValueError):
        return DEFAULT
    good = all(slot.count > 0 and slot.minutes > 0 and slot.action in ACTIONS for slot in slots)
    return slots if slots and good else DEFAULT


def kept(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    return [asdict(slot) for slot in slots]


# The timer


class Wick(NamedTuple):
    """Burns from the start on, but for pauses; it knows no clock, so it survives whatever happens to a page."""

    started: datetime
    length: timedelta
    paused: timedelta = timedelta()  # all pauses that have ended
    paused_at: datetime | None = None

    def burnt(self, now: datetime) -> timedelta:
        gone = (self.paused_at or now) - self.started - self.paused
        return min(max(gone, timedelta()), self.length)

    def left(self, now: datetime) -> timedelta:
        return self.length - self.burnt(now)

    def ends(self, now: datetime) -> datetime:
        """When it will have burnt down, were nothing to interrupt it from now on."""
        return now + self.left(now)

    def out_at(self) -> datetime:
        """When it has burnt down, were there no further pause."""
        return self.started + self.length + self.paused


# Lanes: what was done this week, as ticks


class Gesture(NamedTuple):
    """One person reached this week: in which slot of the session, or by which kind of action outside it."""

    slot: int | None
    action: str
    name: str


def lanes(slots: Sequence[Slot], gestures: Iterable[Gesture]) -> list[list[Gesture]]:
    """The gestures of the week by slot. What was done in the session counts where it was done; what was done
    elsewhere fills the slots of its kind; ten letters are no light touches."""
    told = list(gestures)
    found: list[list[Gesture]] = [[] for _ in slots]
    for one in told:
        if one.slot is not None and one.slot < len(slots):
            found[one.slot].append(one)
    for one in told:
        if one.slot is None or one.slot >= len(slots):
            found[_lane(slots, found, one.action)].append(one)
    return found


NEAREST = {TALK: (TALK, MESSAGE, LIGHT), MESSAGE: (MESSAGE, LIGHT, TALK), LIGHT: (LIGHT, MESSAGE, TALK)}


def _lane(slots: Sequence[Slot], found: Sequence[Sequence[Gesture]], action: str) -> int:
    """Of its kind, or in a plan without any the nearest, the first with room."""
    kinds = {slot.action for slot in slots}
    kind = next(wish for wish in NEAREST[action] if wish in kinds)
    fit = [n for n, slot in enumerate(slots) if slot.action == kind]
    return next((n for n in fit if len(found[n]) < slots[n].count), fit[0])


# One conversation

HOURS = (time(10), time(12, 30), time(16))  # of three proposals, so that one suits
HALF_HOUR = timedelta(minutes=30)
APART = timedelta(hours=1)  # from anything known, on both sides


def times(busy: Iterable[datetime], today: date, zone: tzinfo, weekdays: str = "01234") -> list[datetime]:
    """Three half hours, on three of the coming weekdays at three hours of the day by the clock on the wall, free of
    what is known to be on."""
    taken = list(busy)
    days = (today + timedelta(days=ahead) for ahead in range(2, 60))
    found: list[datetime] = []
    for day in days:
        if str(day.weekday()) in (weekdays or "01234"):
            turn = HOURS[len(found) :] + HOURS[: len(found)]
            free = (at for hour in turn if _free(at := datetime.combine(day, hour, zone), taken))
            found.extend([at for at in (next(free, None),) if at])
        if len(found) == len(HOURS):
            break
    return found


def _free(at: datetime, busy: Iterable[datetime]) -> bool:
    # In UTC: between two times of one zone Python takes the difference of the clocks, also over a change of them.
    start = at.astimezone(UTC)
    return all(abs(start - one.astimezone(UTC)) >= APART for one in busy)
