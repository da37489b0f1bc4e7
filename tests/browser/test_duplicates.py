"""Is this the same person? answered by keyboard alone, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.build import card
from tests.running import Server

pytestmark = pytest.mark.browser
TWICE = "".join(
    card(name, f"EMAIL:{mail}@example.org", "ORG:Nordisk Tand", f"TITLE:{title}", uid=mail)
    for name, mail, title in (
        ("Hanne Lindqvist", "hanne", "Surveyor"),
        ("Hanne Lindqvist", "h.lindqvist", "Surveyor"),
        ("Torvald Brekke", "torvald", "Dentist"),
        ("Torvald Brekke", "t.brekke", "Dentist"),
    )
)


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    page = opened(full, full_home, reduced_motion="reduce")
    page.goto("/import")
    page.locator("input[type=file]").set_input_files(
        {"name": "twice.vcf", "mimeType": "text/vcard", "buffer": TWICE.encode()}
    )
    page.get_by_role("button", name="Look at what is in them").click()
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("heading", name="They are here").wait_for()
    for _ in range(20):
        page.goto("/duplicates")
        if page.get_by_text("1 of 2").count():
            break
        page.wait_for_timeout(500)
    return page


def test_answered_and_taken_back_by_keyboard(page: Page) -> None:
    asked = page.locator(".dateline")
    expect(asked).to_contain_text("1 of 2")
    for key in ("y", "n"):
        page.keyboard.press(key)
        expect(asked).to_contain_text("1 of 1")
        expect(page.locator(".choice .btn").first).to_be_focused()
        page.keyboard.press("u")
        expect(asked).to_contain_text("1 of 2")
    first = page.locator(".merge .head a").first.inner_text()
    page.keyboard.press("z")
    expect(page.locator(".merge .head a").first).not_to_have_text(first)
    expect(page.locator(".choice .btn").first).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".merge .head a").first).to_have_text(first)
