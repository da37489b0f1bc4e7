"""The main way with scripts turned off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.browser.test_journey import FILES, first_name, heading, toast, undo
from tests.running import Server

pytestmark = pytest.mark.browser


def test_it_works(empty: Server, opened: Callable[..., Page]) -> None:
    page = opened(empty, java_script_enabled=False)
    sign_in(page)
    bring_in(page)
    write_and_send(page)
    note(page)


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill("ada@example.com")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("No one here yet")).to_be_visible()


def bring_in(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Bring people in").click()
    page.locator("input[type=file]").set_input_files(FILES)
    page.get_by_role("button", name="Look at what is in them").click()
    page.get_by_role("button", name=re.compile("Bring in 1. people")).click(timeout=15_000)  # the page reloads itself
    expect(page.get_by_role("heading", name="They are here")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="See today’s three").click()


def write_and_send(page: Page) -> None:
    name = first_name(page)
    page.get_by_label("Message", exact=True).first.fill("How is the garden?")
    page.get_by_role("button", name="Keep these words").first.click()
    expect(page.get_by_label("Message", exact=True).first).to_have_value("How is the garden?")
    expect(page.locator("a[data-channel=mail]").first).to_have_attribute("href", re.compile("How%20is%20the%20garden"))
    page.get_by_role("button", name="I sent it").first.click()
    page.get_by_label("What did you talk about?").fill("Her garden")
    page.get_by_role("button", name="Keep this line").click()
    toast(page, "Kept, for the next time.")
    undo(page, name)
    heading(page, "Three people to say hello to")
    page.get_by_role("button", name="Swap").first.click()
    toast(page, "Someone else, then.")
    assert first_name(page) != name


def note(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^All about")).first.click()
    page.get_by_label("Note something, in your own words").fill("Likes tea")
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator(".timeline")).to_contain_text("Likes tea")


def test_nothing_is_offered_that_needs_a_script(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, java_script_enabled=False)
    page.goto("/")
    for idle in ("[data-copy]", "[data-close]", "[data-key='?']"):
        expect(page.locator(f"{idle}:visible")).to_have_count(0)
