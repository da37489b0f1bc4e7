"""Lost touch, and why not someone else, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.running import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    return opened(full, full_home, reduced_motion="reduce")


def test_why_not_someone_else(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("w")
    expect(page.get_by_label("Why not …?")).to_be_focused()
    page.keyboard.type("Mina Okafor")
    page.keyboard.press("Enter")
    expect(page.locator("#why-answer .whom a")).to_have_text("Mina Okafor")
    expect(page.locator("#why-answer")).to_contain_text("Mina")
    assert page.url.endswith("/")


def test_say_hello_and_take_it_back(page: Page) -> None:
    page.goto("/lost-touch?kind=unknown")
    rows = page.locator(".lost-list [data-card]")
    page.keyboard.press("j")
    expect(rows.nth(0).locator("h2 a")).to_be_focused()
    page.keyboard.press("h")
    expect(rows.nth(0)).to_have_attribute("data-done", "hello")
    expect(rows.nth(1).locator("h2 a")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(rows.nth(0)).not_to_have_attribute("data-done", "hello")
    expect(rows.nth(0).locator("h2 a")).to_be_focused()


def test_a_rhythm_is_put_right(page: Page) -> None:
    page.goto("/lost-touch?kind=unknown")
    page.locator(".lost-list h2 a").first.click()
    page.locator("summary", has_text="Is it otherwise?").focus()
    page.keyboard.press("Enter")
    page.locator("#often").select_option("30")
    page.get_by_role("button", name="Keep it so").press("Enter")
    expect(page.locator("#rhythm")).to_contain_text("You like to be in touch every month.")
    page.keyboard.press("u")
    expect(page.locator("#rhythm")).not_to_contain_text("every month.")
