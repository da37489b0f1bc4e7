"""How much of a request is taken in before its page is asked: files come only from who has signed in."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import parse_cookie
from django.urls import reverse
from waitress.parser import HTTPRequestParser

SMALL = 2_000_000  # bytes: more than any form of ours


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """waitress puts a whole body on the disk before the application may refuse it: so large ones are refused here."""

    adj: Any  # waitress's settings: one object for all requests

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.content_length < SMALL and not self.chunked:
            return
        if not (self.command == "POST" and self.path == reverse("import_upload") and self._signed_in()):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = SMALL
        if self.content_length >= self.adj.max_request_body_size:
            self.expect_continue = False  # or waitress would ask for the body that it refuses

    def _signed_in(self) -> bool:
        """Whether their session is one that we began, which we do at a sign-in only."""
        key = parse_cookie(self.headers.get("COOKIE", "")).get(settings.SESSION_COOKIE_NAME, "")
        close_old_connections()  # this thread never begins or ends a request
        return key.isalnum() and SessionStore().exists(key)
