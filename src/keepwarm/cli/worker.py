"""`keepwarm worker`: background jobs beside web servers, for a team on PostgreSQL."""

from __future__ import annotations

import signal
import threading

from keepwarm.cli import Stop, app, out, start


@app.command()
def worker() -> None:
    """Do the background jobs until you press Ctrl+C; run as many as you like on PostgreSQL."""
    start.ready()
    from django.db import connection  # noqa: PLC0415

    from keepwarm import jobs  # noqa: PLC0415

    if connection.vendor == "sqlite":
        raise Stop("`keepwarm serve` does the jobs itself on SQLite. Workers of their own are for PostgreSQL.")
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    workshop = jobs.Workshop()
    workshop.start()
    out.print("Doing the background jobs. Ctrl+C stops.", highlight=False)
    ended.wait()
    workshop.stop()
