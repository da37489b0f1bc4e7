"""Insights: whether it works, in pictures that the server draws, each with a sentence and its numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import charts, warm_year
from keepwarm.core import insights as core
from keepwarm.core.insights import Day
from keepwarm.core.warm_year import Year
from keepwarm.core.what_worked import FEWEST
from keepwarm.models import Membership
from keepwarm.store import insights, letters, outcomes, people, week
from keepwarm.store.insights import Opened
from keepwarm.store.outcomes import Sent
from keepwarm.web import access, dates, rows

WHOLE, BAR, SMALL = 500, 372, 240  # how wide bars are: of who is in touch, of give and ask, of replies
SIX = 6  # weeks on a phone


class Kind(NamedTuple):
    """A row of the replies. `bar`: how much of it is filled; None where there are too few to say."""

    name: str
    sent: int
    replied: int
    met: int
    bar: float | None


class Opening(NamedTuple):
    """A door, and what there was before it."""

    person: rows.Face
    when: str
    on: date
    text: str
    before: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member, today = access.membership(request), timezone.localdate()
    if not people.anybody(member.space):
        return render(request, "insights/page.html", {"anybody": False})
    start = week.of_day(member, today)
    context: dict[str, Any] = {"anybody": True, "shared": member.space.memberships.count() > 1, "today": today}
    for part in (_treadmill, _gestures, _reach, _replies, _doors):
        context |= part(member, start, today)
    minutes = insights.time_spent(member.space, member.user, today - insights.YEAR)
    return render(request, "insights/page.html", context | {"time": core.time_sentence(*minutes)})


def _treadmill(member: Membership, start: date, today: date) -> dict[str, Any]:
    """The headline, the bars below it, and how warm it is, for both speak of the year."""
    space, first = member.space, start - timedelta(weeks=core.WEEKS - 1)
    told = insights.weeks(space, member.user, first)
    year = insights.warmth(space, today)
    turned = {"warmed": year.warmed, "cooled": year.cooled} if year else {}
    labels = [dates.short(one.start, one.start) for one in told[:-1]] + ["now"]
    return {
        "headline": core.headline(told, before=insights.begins_before(space, first), **turned),
        "weeks": list(zip(labels, told, strict=True)),
        "since": labels[0],
        "wide": charts.bars(told, labels, charts.WIDE),
        "narrow": charts.bars(told[-SIX:], labels[-SIX:], charts.NARROW),
        "weeks_say": core.treadmill_sentence(told),
        "six_say": core.treadmill_sentence(told[-SIX:]),
        "moved": any(one.nurtured or one.new for one in told),
    } | _warmth(year)


def _warmth(year: Year | None) -> dict[str, Any]:
    if year is None:
        return {"too_many": insights.MOST}
    if not year.people:
        return {}
    months = [(day, held[::-1]) for day, held in zip(year.days, year.counts, strict=True)]
    return {
        "warm": charts.areas(year.counts, year.days, warm_year.WORDS),
        "warm_people": year.people, "warm_says": warm_year.sentence(year), "warm_months": months,
        "warm_words": warm_year.WORDS[::-1],
    }  # fmt: skip


def _gestures(member: Membership, start: date, today: date) -> dict[str, Any]:
    first = insights.first_of_year(start)
    found = insights.days(member.space, member.user, first, today)
    reached = {day: told.reached for day, told in found.items()}
    return {
        "heat": charts.heat(reached, first, today),
        "gestures": sum(reached.values()),
        "gestures_say": core.gestures_sentence(reached),
        "months": core.months(reached, first, today),
    } | _balance(found, insights.asked_besides(member.space, member.user, first))


def _balance(found: dict[date, Day], besides: int) -> dict[str, Any]:
    gave, asked = sum(day.gave for day in found.values()), besides + sum(day.asked for day in found.values())
    most = max(gave, asked)
    return {
        "gave": gave, "asked": asked, "balance_says": core.balance_sentence(gave, asked),
        "gave_bar": charts.share(gave, most, BAR), "asked_bar": charts.share(asked, most, BAR),
    }  # fmt: skip


def _reach(member: Membership, _: date, today: date) -> dict[str, Any]:
    found = insights.reach(member.space, member.user, today)
    return {
        "reach": found, "reach_bar": charts.share(found.now, found.everyone, WHOLE),
        "reach_says": core.reach_sentence(found.now, found.a_year_ago),
    }  # fmt: skip


def _replies(member: Membership, start: date, today: date) -> dict[str, Any]:
    sent = outcomes.letters(member.space, member.user)
    lately = [one for one in sent if timezone.localtime(one.at).date() > today - insights.YEAR]
    answered = sum(one.replied_at is not None for one in lately)
    enough = len(lately) >= FEWEST
    return {
        "kinds": _kinds(lately),
        "fewest": FEWEST,
        "replies_say": f"{round(100 * answered / len(lately))} in 100 wrote back" if enough else "",
        "worked": insights.of_letters(sent, start),
    }


def _kinds(sent: list[Sent]) -> list[Kind]:
    return [
        Kind(
            letters.LABELS.get(one.of, "In your own words"), one.sent, one.replied, one.met,
            charts.share(one.replied, one.sent, SMALL) if one.sent >= FEWEST else None,
        )
        for one in outcomes.tallies(sent, lambda letter: letter.shape, fewest=1)
    ]  # fmt: skip


def _doors(member: Membership, _: date, today: date) -> dict[str, Any]:
    found = insights.opened(member.space, member.user, today - insights.YEAR)
    asked = sum(one.door.ask_id is not None for one in found)
    return {"doors": [_opening(one, today) for one in found], "doors_say": core.doors_sentence(len(found), asked)}


def _opening(one: Opened, today: date) -> Opening:
    door = one.door
    return Opening(
        rows.face(door.person, today), dates.short(door.on, today), door.on, door.text.rstrip(" ."),
        core.before_sentence(one.before),
    )  # fmt: skip
