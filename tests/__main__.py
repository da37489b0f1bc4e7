"""`python -m tests`: the whole suite on SQLite, then on PostgreSQL all that touches a database.

Arguments go to pytest. What the tests need from the system is installed where that is allowed.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import system

ON_BOTH = ["tests/store", "tests/web", "tests/imports", "tests/sync", "tests/reminders"]


def pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments]
    print(
        f"\n== {environment.get('KEEPWARM_DATABASE_URL', 'sqlite').partition(':')[0]}: {' '.join(arguments)}",
        flush=True,
    )
    return subprocess.call(command, env={**os.environ, **environment})


def main() -> int:
    system.provide()
    if chosen := sys.argv[1:]:
        return pytest(*chosen)
    failed = pytest("tests")
    server = system.postgres()
    if server is None:
        print("PostgreSQL is not installed: the tests ran on SQLite only.", file=sys.stderr)
        return failed or int(system.must_not_skip())
    with server as address:
        return pytest(*ON_BOTH, KEEPWARM_DATABASE_URL=address) or failed


sys.exit(main())
