"""axe-core finds nothing to object to, on any page, wide and narrow, in light and dark, full and empty."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Home
from tests.browser.pages import TABLE, addresses
from tests.browser.test_journey import FILES
from tests.running import Server

pytestmark = pytest.mark.browser
AXE = Axe("undefined")  # the script itself is put into each page once, below
# axe writes styles into the page, which our policy forbids; that the policy holds is for the journeys to show.
CALM = {"reduced_motion": "reduce", "bypass_csp": True}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)


def objections(page: Page, *, colours_only: bool = False) -> list[str]:
    # Things that fade in are half transparent for a moment, which is no contrast to judge.
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    rules = {"type": "rule", "values": ["color-contrast"]} if colours_only else {"type": "tag", "values": RULES}
    options = {"resultTypes": ["violations"], "preload": False, "runOnly": rules}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AXE.run(page, options=options).response["violations"]
    return [f"{rule['id']} at {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def judge(page: Page, where: str, *, but: str = "nothing") -> None:
    """The page as it stands, wide and narrow; in the dark only colours can differ."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = [said for said in objections(page, colours_only=scheme == "dark") if not said.startswith(but)]
            assert found == [], f"{where}, {width} wide, {scheme}"
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_full_pages(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    for address in addresses(page):
        if address != "/welcome/used-up":
            page.goto(address)
            judge(page, address)


def test_every_fold_open(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    for address in addresses(page)[:3]:
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details:not(.menu)').forEach((fold) => (fold.open = true))")
        judge(page, address)


@pytest.mark.parametrize("address", ["/", "/people"])
def test_every_menu_open(full: Server, full_home: Home, opened: Callable[..., Page], address: str) -> None:
    page = opened(full, full_home, **CALM)
    page.goto(address)
    for box in page.locator("[name=who]").all()[:2]:
        box.check()
    menus = page.locator("details.menu > summary:visible")
    for turn in range(menus.count()):
        menus.nth(turn).click()
        # A menu lies over what stands below it: how much of that is left to click is no matter while it is open.
        judge(page, f"menu {turn} of {address}", but="target-size")
        page.keyboard.press("Escape")


def test_what_follows_an_action(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    page.goto("/")
    page.keyboard.press("?")
    judge(page, "the keys")
    page.keyboard.press("Escape")
    for left in (2, 1, 0):
        page.get_by_role("button", name="I sent it").first.click()
        page.get_by_role("button", name="Skip").wait_for()
        judge(page, f"{left} left")
        page.get_by_role("button", name="Skip").click()
        page.get_by_role("button", name="Skip").wait_for(state="detached")
    judge(page, "all said")


def test_what_htmx_brings(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    person = addresses(page)[1]
    page.goto(person)
    page.keyboard.press("/")
    page.locator("#finder input").fill("mi")
    page.locator("#finder-found a").first.wait_for()
    judge(page, "someone found", but="target-size")  # what lies below the dialog is out of reach
    page.keyboard.press("Escape")
    page.locator("a.edit").first.click()
    page.locator(".edit-form").wait_for()
    judge(page, "a value as a field")
    page.goto("/log")
    page.get_by_label("What happened, in one line").fill("Call with Mina yesterday; I'll send her the deck by Friday")
    page.get_by_role("region", name="What Keepwarm understood").wait_for()
    judge(page, "a line as understood")
    page.goto("/dig")
    page.get_by_role("link", name=re.compile("^choir")).click()
    page.locator(".keys").wait_for()  # the keys are told once there is a script that knows them
    page.keyboard.press("h")
    page.locator("[data-done]").first.wait_for()
    judge(page, "decided in Dig")


def test_a_checked_import(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    page.goto("/import")
    odd = {
        "name": "odd.vcf",
        "mimeType": "text/vcard",
        "buffer": FILES[0]["buffer"].replace(b"TITLE", b"BDAY:31 Feb\r\nTITLE"),
    }
    none = {"name": "photo.vcf", "mimeType": "text/vcard", "buffer": b"\x89PNG\r\n\x1a\n" * 20}
    page.locator("input[type=file]").set_input_files([odd, none])  # type: ignore[list-item]
    judge(page, "chosen")
    page.get_by_role("button", name="Look at what is in them").click()
    page.get_by_role("heading", name="Check what we found").wait_for()
    judge(page, "checked")
    page.get_by_role("button", name="Choose different files").click()
    judge(page, "cancelled")


def test_a_table_from_its_columns_to_its_undo(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    page.goto("/import")
    page.locator("input[type=file]").set_input_files(TABLE)
    page.get_by_role("button", name="Look at what is in them").click()
    page.get_by_role("heading", name="What the columns mean").wait_for()
    judge(page, "the columns")
    page.get_by_role("button", name="Bring in 2 people").click()
    page.get_by_role("heading", name="They are here").wait_for()
    judge(page, "they are here")
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("heading", name="Taken back").wait_for()
    judge(page, "taken back")


def test_the_trash_with_someone_in_it(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    page.goto("/people")
    page.locator("[name=who]").first.check()
    page.get_by_role("button", name="Delete").click()
    page.goto("/people/trash")
    page.locator("[name=who]").first.check()
    judge(page, "the trash")
    page.get_by_role("button", name="Bring back").click()


def test_what_went_wrong(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, **CALM)
    page.goto("/settings")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Keep this about you").click()
    page.get_by_role("heading", name="This page was open too long").wait_for()
    judge(page, "open too long")
    rename(full, "keepwarm_circle", "keepwarm_gone")
    page.goto("/people?trouble")
    rename(full, "keepwarm_gone", "keepwarm_circle")
    page.get_by_role("heading", name="Something went wrong here").wait_for()
    judge(page, "went wrong")


def rename(server: Server, table: str, to: str) -> None:
    with closing(sqlite3.connect(server.data / "keepwarm.sqlite3", timeout=30)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO {to}")


def test_empty_pages(empty: Server, empty_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(empty, empty_home, **CALM)
    for address in ("/", "/people", "/people/trash", "/dig", "/strangers", "/log", "/import", "/welcome"):
        page.goto(address)
        judge(page, f"{address}, empty")


def test_pages_before_sign_in(fresh: Server, opened: Callable[..., Page]) -> None:
    page = opened(fresh, **CALM)
    for address in (fresh.link, "/sign-in"):
        page.goto(address)
        judge(page, address)
        page.get_by_label("Password").fill("x")
        page.evaluate("() => document.querySelectorAll('[required]').forEach((field) => (field.required = false))")
        page.locator("main button[type=submit]").click()
        judge(page, f"{address} refused")
