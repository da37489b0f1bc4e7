"""A page taken apart in a process of its own: `python -m keepwarm.sync.aside`, the page comes in and JSON goes out.

Pages are strangers' work, and what reads them is a lot of C and regular expressions. A thread that hangs in those can
never be ended, and holds up all others; a process can be killed, may only have so much memory, and sees no secrets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

from keepwarm.formats import article
from keepwarm.formats.article import Article, NoArticle

MEMORY = 1536 * 2**20  # bytes; a page of 5 MB takes a fifth of it
DAYS = "published_on"


class Stuck(Exception):
    """It took too long, or too much memory, or the reader fell over."""


def read(page: bytes, address: str, seconds: float) -> Article:
    """As formats.article.read, killed when it takes longer. Raises NoArticle and Stuck."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and an address that no shell sees
            [sys.executable, "-m", __name__, address], input=page, capture_output=True, timeout=seconds, check=False,
            env=_little(),
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        raise Stuck from None
    if done.returncode or not done.stdout:
        raise Stuck
    told = json.loads(done.stdout)
    if not told:
        raise NoArticle
    return Article(**told | {DAYS: article.day(told[DAYS])})


def _little() -> dict[str, str]:
    """Where Python's modules are, and nothing of what this server knows."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}


def _limit(seconds: int = 60) -> None:
    """Also where the one that waits for this process is killed itself. Windows has no such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - only where there is one

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    _limit()
    try:
        found = article.read(sys.stdin.buffer.read(), sys.argv[1])
    except NoArticle:
        sys.stdout.write("{}")
    else:
        day = found.published_on
        json.dump(found._asdict() | {DAYS: day.isoformat() if day else ""}, sys.stdout)


if __name__ == "__main__":
    main()
