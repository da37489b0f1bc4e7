"""What the tests of pages share: the words on a page, and the jobs done here and now."""

from __future__ import annotations

import html
import re
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from django_tasks_db.management.commands.db_worker import Worker

from keepwarm.models import ImportRun, Pick


def words(response: object) -> str:
    """The text of a page as one reads it: no tags, one space between words."""
    text = response.content.decode()  # type: ignore[attr-defined]
    text = re.sub(r"<(script|template|head)\b.*?</\1>", " ", text.replace("<wbr>", ""), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def worker() -> Worker:
    """A worker that does all waiting jobs, then ends."""
    return Worker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="test",
    )  # fmt: skip


def work_off() -> None:
    """Do all waiting jobs, as the worker of the server does, within the transaction of the test."""
    with mock.patch.object(db_worker, "close_old_connections"):
        worker().run()


def bring(browser: Client, **files: str | bytes) -> ImportRun:
    """Upload these files by name and have them checked."""
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    answer = browser.post(reverse("import_upload"), {"files": sent})
    work_off()
    return ImportRun.objects.get(id=answer.url.rpartition("/")[2])  # type: ignore[attr-defined]


def three(browser: Client) -> list[Pick]:
    """Open Today; the picks that are on it, in their places."""
    browser.get("/")
    return list(
        Pick.objects.filter(state__in=["shown", "sent", "talked"]).select_related("person").order_by("position")
    )


def act(browser: Client, name: str, id: object, /, **fields: str) -> str:
    """Post to an address, go where it leads, and return the words there."""
    return words(browser.post(reverse(name, args=[id]), fields, follow=True))
