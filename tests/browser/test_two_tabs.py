"""One person in two tabs: the second sees what the first has done, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Home
from tests.browser.pages import anyone
from tests.browser.test_journey import toast
from tests.running import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def tabs(full: Server, full_home: Home, opened: Callable[..., Page]) -> tuple[Page, Page]:
    """Two tabs of one window, both with the same person."""
    one = opened(full, full_home)
    address = anyone(one)
    two = one.context.new_page()
    for tab in (one, two):
        tab.goto(address)
    return one, two


def field(tab: Page, label: str) -> Locator:
    """The value of this name, turned into a field."""
    tab.locator(f"a.edit[aria-label^='Change {label.lower()}']").first.click()
    found = tab.get_by_label(label, exact=True)
    expect(found).to_be_focused()
    return found


def keep(tab: Page) -> None:
    tab.get_by_role("button", name="Keep", exact=True).click()


def test_it_works(tabs: tuple[Page, Page]) -> None:
    one, two = tabs
    first, second = field(one, "Role"), field(two, "Role")
    first.fill("Head Gardener")
    keep(one)
    toast(one, "Kept.")
    second.fill("Bee Keeper")
    keep(two)
    expect(two.get_by_role("alert")).to_contain_text("In another window this has just become “Head Gardener”.")
    expect(second).to_have_value("Bee Keeper")
    one.reload()
    expect(one.locator("#profile-head .role")).to_contain_text("Head Gardener")  # nothing was written over
    keep(two)
    toast(two, "Kept.")
    one.reload()
    expect(one.locator("#profile-head .role")).to_contain_text("Bee Keeper")


def test_leaving_it_so_shows_what_the_other_wrote(tabs: tuple[Page, Page]) -> None:
    one, two = tabs
    second = field(two, "Role")
    field(one, "Role").fill("Ferry Captain")
    keep(one)
    toast(one, "Kept.")
    second.fill("Gardener")
    keep(two)
    two.get_by_role("link", name="Leave it so").click()
    expect(two.get_by_role("link", name="Change role: Ferry Captain")).to_be_visible()


def test_two_different_values_go_together(tabs: tuple[Page, Page]) -> None:
    one, two = tabs
    second = field(two, "Works at")
    field(one, "Role").fill("Florist")
    keep(one)
    toast(one, "Kept.")
    second.fill("Botanical Garden")
    keep(two)
    toast(two, "Kept.")
    expect(two.locator("#profile-head .role")).to_contain_text("Florist, Botanical Garden")


def test_an_address_that_the_other_has_changed(tabs: tuple[Page, Page]) -> None:
    one, two = tabs
    second = field(two, "E-mail")
    field(one, "E-mail").fill("one@example.com")
    keep(one)
    toast(one, "Kept.")
    second.fill("two@example.com")
    keep(two)
    expect(two.get_by_role("alert")).to_contain_text("In another window this has just become “one@example.com”.")
    one.reload()
    expect(one.get_by_role("link", name="Change e-mail: one@example.com")).to_be_visible()
    expect(one.locator("#about")).not_to_contain_text("two@example.com")
