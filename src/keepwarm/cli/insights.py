"""`keepwarm insights`: whether it works, in the terminal."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from keepwarm.cli import app, out, start


@app.command()
def insights(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Whether it works: new people met and known ones looked after each week, who is in touch, what was answered."""
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Membership  # noqa: PLC0415

    member = Membership.objects.filter(space=home, is_owner=True).select_related("user", "space").first()
    with timezone.override(ZoneInfo(member.time_zone) if member and member.time_zone else None):
        told = _told(home, member)
    if as_json:
        out.print_json(json.dumps(told))
        return
    _say(told)


def _told(home: Any, member: Any) -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.core import insights as core  # noqa: PLC0415
    from keepwarm.core.rhythm import week_of  # noqa: PLC0415
    from keepwarm.store import insights as store  # noqa: PLC0415
    from keepwarm.store import outcomes  # noqa: PLC0415

    user, today = (member.user if member else None), timezone.localdate()
    week = week_of(today, member.first_weekday if member else 0)
    first, sent = week - timedelta(weeks=core.WEEKS - 1), outcomes.letters(home, user)
    weeks, year = store.weeks(home, user, first), store.warmth(home, today)
    turned = {"warmed": year.warmed, "cooled": year.cooled} if year else {}
    return shapes.insights(
        core.headline(weeks, before=store.begins_before(home, first), **turned), weeks, store.reach(home, user, today),
        store.days(home, user, store.first_of_year(week), today),
        store.asked_besides(home, user, store.first_of_year(week)), outcomes.tallies(sent, lambda one: one.shape, 1),
        store.of_letters(sent, week),
    )  # fmt: skip


def _say(told: dict[str, Any]) -> None:
    out.print(told["headline"]["title"], style="bold")
    out.print(told["headline"]["lede"], highlight=False)
    table = Table("week of", "looked after", "new")
    for week in told["weeks"]:
        table.add_row(week["start"], str(week["nurtured"]), str(week["new"]))
    out.print(table)
    reach = told["in_touch"]
    out.print(f"{reach['now']:,} of {reach['everyone']:,} people were in touch in ninety days.", highlight=False)
    out.print(f"Over the year: {told['gave']:,} given, {told['asked']:,} asked.", highlight=False)
    if told["worked"]:
        out.print(told["worked"], highlight=False)
