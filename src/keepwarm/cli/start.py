"""Django, set up on first use: the folder, the tables, the space."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from keepwarm.cli import Stop

if TYPE_CHECKING:
    from keepwarm.models import Space


def ready() -> None:
    """Make Django and an up-to-date database ready; two commands at once do it one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwarm.settings")
    import django  # noqa: PLC0415

    try:
        django.setup()
    except OSError as refused:
        raise Stop(
            f"Keepwarm cannot use {refused.filename}: {refused.strerror}. Set KEEPWARM_DATA to a folder of your own."
        ) from None
    from django.conf import settings  # noqa: PLC0415
    from filelock import FileLock  # noqa: PLC0415

    with FileLock(settings.DATA / "setup.lock"):
        _migrate()


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import OperationalError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as refused:
        raise Stop(
            f"The database does not answer: {str(refused).splitlines()[0]}. See KEEPWARM_DATABASE_URL."
        ) from None
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if any(app == "keepwarm" for app, _ in unknown):
        raise Stop("This data folder was written by a newer Keepwarm. Please update; nothing was changed.")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        from keepwarm.store import interests, search, statistics  # noqa: PLC0415

        statistics.tell()
        search.index_missing()  # a data folder older than the search
        interests.index_missing()  # or than matching


def space(name: str) -> Space:
    """The space a command works on."""
    ready()
    from keepwarm.store import spaces  # noqa: PLC0415

    try:
        return spaces.named(name)
    except spaces.NoSuchSpace as unknown:
        raise Stop(str(unknown)) from None


def interactive() -> bool:
    return sys.stderr.isatty()
