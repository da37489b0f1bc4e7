"""On a phone of 390 pixels: nothing runs off the side, and the letter is at hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.browser.pages import addresses
from tests.browser.test_journey import heading, toast
from tests.running import Server

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# What stands out of the page to the right, told by its tag and class.
RUNS_OFF = """(width) => [...document.body.querySelectorAll("*")]
  .filter((node) => node.getBoundingClientRect().right > width + 1 && node.checkVisibility())
  .map((node) => `${node.tagName}.${node.className}`).slice(0, 5)"""


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(full: Server, full_home: Home, opened: Callable[..., Page], width: int) -> None:
    page = opened(full, full_home, **PHONE | {"viewport": {"width": width, "height": 844}})
    for address in addresses(page):
        page.goto(address)
        for fold in page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.evaluate("fold => { fold.parentElement.open = true }")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (
            address,
            page.evaluate(RUNS_OFF, width),
        )


def test_it_works(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto("/")
    letter = page.get_by_label("Message", exact=True).first
    letter.tap()
    expect(letter).to_be_focused()
    letter.fill("How is the garden?")
    page.get_by_role("button", name="I sent it").first.tap()
    heading(page, "Two people to say hello to")
    page.get_by_role("button", name="Skip").tap()
    page.locator("details[data-card] summary", has_text="Not now").first.tap()
    page.get_by_role("button", name="Three months").first.tap()
    toast(page, "rests for three months.")


def test_the_bar_at_the_foot_leads_everywhere(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto("/")
    bar = page.get_by_role("navigation", name="Main, bottom")
    bar.get_by_role("link", name="Bring people in").tap()
    heading(page, "Bring people in")
    bar.get_by_role("link", name="Today").tap()
    heading(page, "Three people to say hello to")


def test_buttons_are_big_enough_for_a_thumb(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto("/")
    for button in page.locator("details[open] .btn").all():
        box = button.is_visible() and button.bounding_box()
        assert not box or min(box["width"], box["height"]) >= 40, button.inner_text()
