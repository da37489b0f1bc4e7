"""On a phone of 390 pixels: nothing runs off the side, and the letter is at hand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.browser.pages import addresses, anyone
from tests.browser.test_journey import heading, toast
from tests.running import Server

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# What stands out of the page to the right, told by its tag and class.
RUNS_OFF = """(width) => [...document.body.querySelectorAll("*")]
  .filter((node) => node.getBoundingClientRect().right > width + 1 && node.checkVisibility())
  .map((node) => `${node.tagName}.${node.className}`).slice(0, 5)"""


# What a thumb cannot hit: the size is that of the label where the control itself is hidden in one. Links in the
# flow of a text, names in the list of people and what is out of sight are left out, as they are in our design.
SMALL = """() => {
  const least = 43.5;
  const box = (node) => (node.closest("label") ?? node).getBoundingClientRect();
  const inline = (node) => getComputedStyle(node).display === "inline" || node.closest(".who, .name");
  const left = (node) => node.closest(".sr-only, .skip") || (node.matches("a") && inline(node));
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !left(node))
    .filter((node) => Math.min(box(node).width, box(node).height) < least)
    .map((node) => `${node.outerHTML.slice(0, 90)} ${Math.round(box(node).width)} × ${Math.round(box(node).height)}`);
}"""


def test_every_page_fits_and_a_thumb_hits_everything(
    full: Server, full_home: Home, opened: Callable[..., Page]
) -> None:
    """Each page is opened once and then held to every width."""
    page = opened(full, full_home, **PHONE)
    for address in addresses(page):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        assert page.evaluate(SMALL) == [], address
        for fold in page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.evaluate("fold => { fold.parentElement.open = true }")
        for width in (320, 390, 768):
            page.set_viewport_size({"width": width, "height": 844})
            wide = page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= width, (address, page.evaluate(RUNS_OFF, width))


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
    bar.get_by_role("link", name="People").tap()
    heading(page, "People")
    bar.get_by_role("link", name="Today").tap()
    heading(page, "Three people to say hello to")


def test_select_some_and_put_them_in_a_circle(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto("/people")
    page.locator(".select-mode").tap()
    rows = page.locator(".book tbody tr")
    names = page.locator(".book .who")
    for turn in (0, 1):
        names.nth(turn).locator("small").tap()  # wherever the row is touched
    expect(rows.locator(":checked")).to_have_count(2)
    expect(page.get_by_text("2 people chosen")).to_be_visible()
    page.locator(".bulk summary", has_text="Circle").tap()
    page.locator("details[open] .menu-panel button").first.tap()
    toast(page, "2 people")
    page.locator("#toasts").get_by_role("button", name="Undo").tap()
    toast(page, "As before, for 2 people.")


def test_one_person(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto(anyone(page))
    page.locator(".acts").get_by_role("link", name="Write").tap()
    expect(page.locator("#write :focus")).to_be_visible()
    page.locator(".acts").get_by_role("link", name="We talked").tap()
    line = page.get_by_label("You talked? Say it in one line")
    expect(line).to_be_focused()
    line.fill("Lunch today")
    page.get_by_role("button", name="Read it").tap()
    page.get_by_role("button", name="Keep it").tap()
    toast(page, "Noted, with")
    page.locator("a.edit[aria-label^='Change role']").tap()
    page.get_by_label("Role", exact=True).fill("Lighthouse Keeper")
    page.get_by_role("button", name="Keep", exact=True).tap()
    expect(page.locator("#profile-head .role")).to_contain_text("Lighthouse Keeper")


def test_dig(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **PHONE)
    page.goto("/dig")
    page.get_by_role("link", name=re.compile("^choir")).tap()
    page.get_by_role("button", name="Say hello").first.tap()
    expect(page.locator("[data-done]")).to_have_count(1)
    page.get_by_role("button", name="Undo").first.tap()
    expect(page.locator("[data-done]")).to_have_count(0)
