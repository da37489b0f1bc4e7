"""The weekly session by keyboard alone: it survives a reload and a second window, and it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.browser.test_journey import heading, toast
from tests.running import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    page = opened(full, full_home)
    page.goto("/week")
    page.keyboard.press("s")
    page.wait_for_url("**/week/session")
    return page


def whose_turn(page: Page) -> str:
    return page.locator("#focus-title").inner_text()


def test_it_works(page: Page) -> None:
    name = whose_turn(page)
    expect(page.get_by_role("timer")).to_contain_text("About twenty minutes left")
    page.keyboard.press("s")
    toast(page, f" to {name}.")
    expect(page.locator("#focus-title")).not_to_have_text(name)
    expect(page.locator("#focus-title")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#focus-title")).to_have_text(name)


def test_a_pause_holds_in_another_window(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="It rests")).to_be_focused()
    other = page.context.new_page()
    other.goto("/week")
    heading(other, "Your session rests")
    other.keyboard.press("s")
    other.wait_for_url("**/week/session")
    name = whose_turn(other)
    page.reload()
    expect(page.locator("#focus-title")).to_have_text(name)


def test_it_ends_where_the_user_says(page: Page) -> None:
    page.get_by_role("button", name="End here").click()
    heading(page, "That is your week.")
    page.goto("/")
    expect(page.get_by_role("link", name="Your week")).to_be_visible()
