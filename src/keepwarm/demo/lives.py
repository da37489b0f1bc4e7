"""What passed between the owner and each invented person: touches and notes over three years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from keepwarm.demo.cast import Member
from keepwarm.demo.world import HOME_TALK, NOTES, SHARED, SUBJECTS

YEARS = 3 * 365
# How people speak: the closer, the less by mail. The last stands for the way that is left.
BY_FRIENDS = (("whatsapp", 0.45), ("meeting", 0.3), ("call", 0.2), ("mail", 1.0))
BY_OTHERS = (("mail", 0.5), ("meeting", 0.22), ("call", 0.15), ("linkedin", 0.5), ("whatsapp", 1.0))
PERSONAL = ("friend", "neighbour", "mentor")
# Ines ran on the treadmill for most of the year, and has stepped off it: so far ago there was less time for those she
# knew, and from then on ever more.
TREADMILL, TURN, BUSY = 340, 70, 0.55
KNOWN = ("weekly", "monthly", "quarterly")
TRIES = ("hello", "hello", "thread", "saw_this", "hello", "congratulate")


class Said(NamedTuple):
    """One touch, as models.Touch names its columns."""

    at: datetime
    channel: str
    direction: str
    kind: str = ""
    balance: str = "neutral"
    context: str = ""
    line: str = ""


class Noted(NamedTuple):
    at: datetime
    text: str


def touches(member: Member, seed: int, today: date, zone: ZoneInfo) -> list[Said]:
    """Everything that passed, the oldest first, none of it today; the same for the same seed and day."""
    random = Random(f"{seed} {member.name}")  # noqa: S311 - a story, not a secret
    days = _days(random, member, today)
    topics = _topics(random, member)
    said: list[Said] = []
    for day in reversed(days):  # so that the last times have something to tell
        said += _exchange(random, member, day, zone, topics, last=day == days[-1])
    said += _tries(random, member, days, today, zone)
    ends = datetime.combine(today, time(), zone)
    return sorted((touch for touch in said if touch.at < ends), key=lambda touch: touch.at)


def notes(member: Member, seed: int, today: date, zone: ZoneInfo) -> list[Noted]:
    """What the owner wrote down, if anything: a line of the past years, sometimes two."""
    if not member.note:
        return []
    random = Random(f"{seed} {member.name} notes")  # noqa: S311
    texts = {member.note: None} if random.random() < 0.7 else {member.note: None, random.choice(NOTES): None}
    return [Noted(_at(random, today - timedelta(days=random.randrange(20, 700)), zone), text) for text in texts]


def _days(random: Random, member: Member, today: date) -> list[date]:
    """Backwards from the last day at the tie's own pace, then in order."""
    tie = member.tie
    if tie.quiet == (0, 0):
        return []
    day = today - timedelta(days=random.randint(*tie.quiet))
    if not tie.every[0]:
        return [day]
    pace = random.uniform(*tie.every)
    first = max(day - timedelta(days=random.randint(*tie.lasted)), today - timedelta(days=YEARS))
    if tie.name == "new" and member.linkedin and member.linkedin.known_since:
        first = member.linkedin.known_since  # two who have just met talk from the first day on
    days = []
    while day >= first:
        days.append(day)
        day -= timedelta(days=max(2, round(pace * random.uniform(0.7, 1.35))))
    return _with_the_turn(random, member, days[::-1], today)


def _with_the_turn(random: Random, member: Member, days: list[date], today: date) -> list[date]:
    """Without the days for which there was no time on the treadmill, the first and the last excepted."""
    if member.tie.name not in KNOWN:
        return days
    kept = [day for day in days[1:-1] if random.random() >= _busy((today - day).days)]
    return [*days[:1], *kept, *days[1:][-1:]]


def _busy(ago: int) -> float:
    """The chance that a day of so many days ago was too busy; it dwindles to none in the last ten weeks."""
    return BUSY * min(1.0, max(0.0, (ago - 14) / (TURN - 14))) if ago <= TREADMILL else 0.0


def _topics(random: Random, member: Member) -> list[str]:
    """What there is to talk about with someone, each once: friends speak of home, others mostly of work."""
    home, work = (9, 2) if member.relation in PERSONAL else (3, len(member.field.talk))
    topics = [*random.sample(HOME_TALK, home), *random.sample(member.field.talk, work)]
    random.shuffle(topics)
    return topics


def _exchange(
    random: Random, member: Member, day: date, zone: ZoneInfo, topics: list[str], *, last: bool
) -> Iterator[Said]:
    """A talk, or a message and its answer: the day given is the last of it."""
    channel = _channel(random, member)
    line = _line(random, topics, last=last, talked=channel in ("meeting", "call"))
    if channel in ("meeting", "call"):
        yield Said(_at(random, day, zone), channel, "both", line=line)
        return
    first, second = ("out", "in") if random.random() < 0.65 else ("in", "out")
    context = random.choice(SUBJECTS) if channel == "mail" else ""
    if random.random() < 0.72:
        before = day - timedelta(days=random.choice((0, 0, 0, 0, 0, 1)))
        opened = Said(_at(random, before, zone, morning=True), channel, first, context=context)
        yield _given(random, opened)
        answer = f"Re: {context}" if context else ""
        yield Said(_at(random, day, zone), channel, second, context=answer, line=line)
    else:
        yield _given(random, Said(_at(random, day, zone), channel, first, context=context, line=line))


def _given(random: Random, touch: Said) -> Said:
    """Some messages give something: an article, a word of congratulation. A few ask."""
    chance = random.random()
    if touch.direction == "out" and chance < 0.14:
        return touch._replace(kind="saw_this", balance="give", context=random.choice(SHARED) if touch.context else "")
    if touch.direction == "out" and chance < 0.2:
        return touch._replace(kind="congratulate", balance="give", context="Well done!" if touch.context else "")
    return touch._replace(balance="ask") if touch.direction == "out" and chance > 0.95 else touch


def _tries(random: Random, member: Member, days: list[date], today: date, zone: ZoneInfo) -> Iterator[Said]:
    """Some who fell silent have had a hello since that nobody answered; a few have had two."""
    if member.tie.name not in ("slipping", "dormant", "once") or random.random() > 0.2:
        return
    quiet = (today - days[-1]).days
    for part in (0.45, 0.8)[: 1 if random.random() < 0.7 else 2]:
        day = days[-1] + timedelta(days=round(quiet * part))
        yield Said(_at(random, day, zone), "mail", "out", kind=random.choice(TRIES), context=random.choice(SUBJECTS))


def _channel(random: Random, member: Member) -> str:
    ways = BY_FRIENDS if member.relation in PERSONAL else BY_OTHERS
    found = next(channel for channel, chance in ways if random.random() < chance)
    if found == "linkedin" and not member.linkedin:
        return "mail"
    return "mail" if found == "whatsapp" and not (member.card and member.card.phones) else found


def _line(random: Random, topics: list[str], *, last: bool, talked: bool) -> str:
    """What it was about, where the owner wrote it down: mostly after a talk, and more often the last time."""
    likely = (0.65 if last else 0.4) if talked else (0.4 if last else 0.12)
    return topics.pop() if topics and random.random() < likely else ""


def _at(random: Random, day: date, zone: ZoneInfo, *, morning: bool = False) -> datetime:
    """Some moment of that day; the morning comes before all others."""
    hour = random.randrange(7, 10) if morning else random.randrange(10, 19)
    return datetime.combine(day, time(hour, random.randrange(60)), zone)
