"""Workers that are killed at random points of a nudge, and begin again: `python -m tests.reminders.killed …`.

Django is loaded once; each worker is a fork of it with a connection of its own, and ends by os._exit at a line of
Python chosen at random among those between choosing a nudge and the commit that it is sent, the SMTP client's and
the transactions' among them. Nothing is cleaned up. Says as JSON how many were killed, and what they left.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import reverse  # noqa: E402

from keepwarm.models import Nudge  # noqa: E402
from keepwarm.reminders import digest, sending  # noqa: E402
from keepwarm.store import reminders  # noqa: E402

KILLED = 9
WITHIN = ("keepwarm/reminders/", "keepwarm/store/reminders.py", "smtplib.py", "django/db/transaction.py")


class Killer:
    """Ends this process at the n-th line that is run of the files within; without n it only counts."""

    def __init__(self, at: int | None, pipe: int) -> None:
        self.at, self.pipe, self.lines = at, pipe, 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not any(part in frame.f_code.co_filename for part in WITHIN):
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.at:
                os.write(self.pipe, f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno}\n".encode())
                os._exit(KILLED)
        return self


def life(now: datetime, dice: random.Random, at: int | None, pipe: int) -> None:
    """One worker: the clock's look, then every nudge that waits, though another may be told of the same."""
    digest.SECTIONS = (digest.three, lambda asked: digest.Section("something to say"))
    killer = Killer(at, pipe)
    sys.settrace(killer)
    reminders.free(now)
    reminders.choose_due(now)
    waiting = list(Nudge.objects.filter(state="chosen").values_list("id", flat=True))
    dice.shuffle(waiting)
    for id in waiting:
        with suppress(reminders.TakenOver):
            sending.send(id, lambda: now)
    sys.settrace(None)
    if at is None:
        os.write(pipe, f"{killer.lines}\n".encode())


def fork(now: datetime, dice: random.Random, at: int | None, pipe: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        life(now, dice, at, pipe)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a child must never come back
        traceback.print_exc()
        os._exit(1)


def main(start: datetime, workers: int, kills: int, seed: int) -> None:
    # What every worker would load at its start.
    for name in ("html", "txt"):
        get_template(f"emails/digest.{name}")
    reverse("today")
    read, pipe = os.pipe()
    dice, now, day = random.Random(seed), start, 0
    os.waitpid(fork(now, dice, None, pipe), 0)  # a whole life, to know how many lines it has
    lines = int(os.read(read, 100))
    ends: Counter[int] = Counter()
    between = 0
    pause = reminders.STANDSTILL + timedelta(seconds=1)
    while ends[KILLED] < kills:
        count = min(workers, kills - ends[KILLED])
        children = [fork(now, random.Random(dice.random()), dice.randint(1, lines), pipe) for _ in range(count)]
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        ends.update(ended)
        between += Nudge.objects.filter(state="sending").count()
        open_ones = Nudge.objects.filter(state__in=("chosen", "sending")).exists()
        connections.close_all()
        day += not open_ones and KILLED not in ended
        now = now + pause if open_ones or KILLED in ended else start + timedelta(days=day)
    for _ in range(2):  # and now they are let live
        ends[os.waitstatus_to_exitcode(os.waitpid(fork(now, dice, None, pipe), 0)[1])] += 1
        now += pause
    os.close(pipe)
    where = [line for line in os.read(read, 1_000_000).decode().split() if ":" in line]
    print(json.dumps({"killed": ends.pop(KILLED), "ends": ends, "between": between, "where": where, "days": day + 1}))


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]), *map(int, sys.argv[2:5]))
