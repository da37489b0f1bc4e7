"""Headers that keep pages to themselves: nothing loads from elsewhere, nothing runs inline."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)


class SafetyHeaders:
    """Adds the content security policy to every answer; pages of people are never cached by others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class NoNul:
    """Leaves NUL out of what an address or a form says: no keyboard has it, and PostgreSQL takes none in text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Of forms without files, which are read whole anyway."""
        if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
            return
        if any("\0" in value for _, values in request.POST.lists() for value in values):
            said = request.POST.copy()
            for name, values in request.POST.lists():
                said.setlist(name, [value.replace("\0", "") for value in values])
            request.POST = said  # type: ignore[assignment]  # Django's own setter takes it


class OneLine(logging.Filter):
    """Says in one line that a host was asked for which is not ours: the asker's mistake has no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        record.msg = str(record.msg).replace("ALLOWED_HOSTS", "KEEPWARM_HOSTS")
        return True


class NoLink(logging.Filter):
    """Leaves the token out of an address that signs in: who reads the log must not be let in by it."""

    TOKEN = re.compile(r"(/welcome/|/feed/|/reminders/stop/)(?!password\b)[^\s/?#\"']+")

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if self.TOKEN.search(said):
            record.msg, record.args = self.TOKEN.sub(r"\1…", said), ()
        return True
