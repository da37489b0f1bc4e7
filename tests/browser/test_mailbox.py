"""A mailbox is added and read before one's eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import dovecot
from tests.browser.test_journey import claim
from tests.dovecot import Dovecot, letter
from tests.running import served

BOX, ANN = "ada@mail.example.org", "Ann Lee <ann@example.net>"
pytestmark = pytest.mark.browser


def test_it_works(tmp_path: Path, mail_server: Dovecot, opened: Callable[..., Page]) -> None:
    """From the menu to the person whom the letters tell of; the page moves by itself."""
    now = datetime.now(UTC).replace(microsecond=0)
    days = [now - timedelta(days=n + 1) for n in range(1200)]
    mail_server.fill(BOX, [letter(ANN, BOX, f"Letter {n}", at) for n, at in enumerate(days)])
    mail_server.put(BOX, "Gesendete Elemente", letter(BOX, ANN, "The boat", now))
    with served(tmp_path / "data", SSL_CERT_FILE=str(mail_server.certificate)) as server:
        page = opened(server)
        claim(page, server.link)
        page.get_by_label("Your account: Ada Example").click()
        page.get_by_role("link", name="Mailboxes and calendars").click()
        page.get_by_role("link", name="Add a mailbox").click()
        page.get_by_label("Your e-mail address").fill(BOX)
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Server").fill("localhost")
        page.get_by_label("Port").fill(str(mail_server.imaps))
        page.get_by_label("Password").fill(dovecot.PASSWORD)
        page.get_by_role("button", name="Try it, and read it").click()
        expect(page.get_by_text("1,201 exchanges so far.")).to_be_visible()
        expect(page.get_by_text("Read just now")).to_be_visible()
        page.goto("/people")
        page.get_by_role("link", name="Ann Lee").first.click()
        expect(page.get_by_text("The boat").first).to_be_visible()
