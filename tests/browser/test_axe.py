"""axe-core finds nothing to object to, on any page, in light and dark, full and empty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Home
from tests.browser.pages import addresses
from tests.browser.test_journey import FILES
from tests.running import Server

pytestmark = pytest.mark.browser
AXE = Axe()
# axe writes styles into the page, which our policy forbids; that the policy holds is for the journeys to show.
CALM = {"reduced_motion": "reduce", "bypass_csp": True}
RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def objections(page: Page) -> list[str]:
    # Things that fade in are half transparent for a moment, which is no contrast to judge.
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{rule['id']} at {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_full_pages(full: Server, full_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(full, full_home, color_scheme=scheme, **CALM)
    for address in addresses(page):
        if address != "/welcome/used-up":
            page.goto(address)
            assert objections(page) == [], address


def test_every_fold_open(full: Server, full_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(full, full_home, color_scheme=scheme, **CALM)
    for address in addresses(page)[:3]:
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details:not(.menu)').forEach((fold) => (fold.open = true))")
        assert objections(page) == [], address


def test_every_menu_open(full: Server, full_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(full, full_home, color_scheme=scheme, **CALM)
    page.goto("/")
    menus = page.locator("details.menu > summary:visible")
    for turn in range(menus.count()):
        menus.nth(turn).click()
        # A menu lies over what stands below it: how much of that is left to click is no matter while it is open.
        assert [said for said in objections(page) if not said.startswith("target-size")] == []
        page.keyboard.press("Escape")


def test_what_follows_an_action(full: Server, full_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(full, full_home, color_scheme=scheme, **CALM)
    page.goto("/")
    page.keyboard.press("?")
    assert objections(page) == [], "the keys"
    page.keyboard.press("Escape")
    for left in (2, 1, 0):
        page.get_by_role("button", name="I sent it").first.click()
        page.get_by_role("button", name="Skip").wait_for()
        assert objections(page) == [], f"{left} left"
        page.get_by_role("button", name="Skip").click()
        page.get_by_role("button", name="Skip").wait_for(state="detached")
    assert objections(page) == [], "all said"


def test_a_checked_import(full: Server, full_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(full, full_home, color_scheme=scheme, **CALM)
    page.goto("/import")
    odd = {
        "name": "odd.vcf",
        "mimeType": "text/vcard",
        "buffer": FILES[0]["buffer"].replace(b"TITLE", b"BDAY:31 Feb\r\nTITLE"),
    }
    none = {"name": "photo.vcf", "mimeType": "text/vcard", "buffer": b"\x89PNG\r\n\x1a\n" * 20}
    page.locator("input[type=file]").set_input_files([odd, none])  # type: ignore[list-item]
    assert objections(page) == [], "chosen"
    page.get_by_role("button", name="Look at what is in them").click()
    page.get_by_role("heading", name="Check what we found").wait_for()
    assert objections(page) == [], "checked"
    page.get_by_role("button", name="Choose different files").click()
    assert objections(page) == [], "cancelled"


def test_empty_pages(empty: Server, empty_home: Home, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(empty, empty_home, color_scheme=scheme, **CALM)
    for address in ("/", "/import", "/welcome"):
        page.goto(address)
        assert objections(page) == [], address


def test_pages_before_sign_in(fresh: Server, opened: Callable[..., Page], scheme: str) -> None:
    page = opened(fresh, color_scheme=scheme, **CALM)
    for address in (fresh.link, "/sign-in"):
        page.goto(address)
        assert objections(page) == [], address
        page.get_by_label("Password").fill("x")
        page.evaluate("() => document.querySelectorAll('[required]').forEach((field) => (field.required = false))")
        page.locator("main button[type=submit]").click()
        assert objections(page) == [], f"{address} refused"
