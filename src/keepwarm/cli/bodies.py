"""How much of a request is taken in before anyone asks whose it is."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.conf import settings
from django.urls import reverse
from waitress.parser import HTTPRequestParser

SMALL = 2_000_000  # bytes: more than any form of ours


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """Takes a large body only where files come in, and from a browser that has signed in to something."""

    adj: Any  # waitress's settings: one object for all requests

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if not self._brings_files():
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = SMALL
        if self.content_length >= self.adj.max_request_body_size:
            self.expect_continue = False  # or waitress would ask for the body that it refuses

    def _brings_files(self) -> bool:
        known = f"{settings.SESSION_COOKIE_NAME}=" in self.headers.get("COOKIE", "")
        return known and self.command == "POST" and self.path == reverse("import_upload")
