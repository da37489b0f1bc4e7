"""Workers are killed a hundred times in the middle of it: no nudge is lost, and none goes twice.

A kill after the server has taken a letter and before that is kept cannot be told from one just before: there the
letter goes again, under the same Message-ID. Everywhere else it goes once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from keepwarm.models import Membership, Nudge, Space, User
from keepwarm.reminders import digest
from tests.build import network
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.reminders.conftest import reminded
from tests.running import ROOT

MEMBERS, KILLS = 2, 100


def members(space: Space) -> list[Membership]:
    made = []
    for n in range(MEMBERS):
        user = User.objects.create(email=f"member{n}@example.com", name=f"Member {n}")
        made.append(Membership.objects.create(space=space, user=user, time_zone="Europe/Lisbon"))
    return made


def kill(workers: int) -> dict[str, Any]:
    held = connection.settings_dict
    address = f"postgres://{held['USER']}@/{held['NAME']}?host={held['OPTIONS'].get('host', held['HOST'])}"
    environment = os.environ | {
        "KEEPWARM_DATABASE_URL": address,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "keepwarm.settings",
    }
    command = [sys.executable, "-m", "tests.reminders.killed", NOW.isoformat(), *map(str, (workers, KILLS, 7))]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    assert set(told["ends"]) == {"0"}, ran.stderr
    return told


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [1, 4])
def test_killed_a_hundred_times(cast: Cast, post: Post, workers: int) -> None:
    network(cast.home)
    for member in members(cast.home):
        reminded(member, post, days="0123456")
    told = kill(workers)
    nudges = list(Nudge.objects.all())
    counts = post.counts
    seconds = sum(counts.values()) - len(counts)
    print(
        f"\n{workers} at work, {told['killed']} killed at {len(set(told['where']))} different lines, {told['between']} "
        f"of them with a letter on its way: {len(nudges)} nudges, {len(counts)} Message-IDs, {seconds} second copies"
    )
    assert told["killed"] == KILLS
    assert len(nudges) == MEMBERS * told["days"], "one for each member and day"
    assert {nudge.state for nudge in nudges} == {Nudge.State.SENT}
    assert set(counts) == {digest.message_id(nudge.id, "keepwarm@example.org") for nudge in nudges}, "none lost"
    assert seconds <= told["between"], "a second copy only where it had been handed over"
    assert max(nudge.sent_at - nudge.due_at for nudge in nudges if nudge.sent_at) < timedelta(days=1)
