"""The bookmarklet on somebody else's page, and the shelf by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.running import Server
from tests.sync.site import Site, sends

pytestmark = pytest.mark.browser
ARTICLE = (
    b"<!doctype html><title>Chairs &amp; lamps</title><meta charset=utf-8>"
    b"<p id=said>They decide how long people stay.</p>"
)


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    return opened(full, full_home, reduced_motion="reduce")


@pytest.mark.parametrize("policy", ["", "default-src 'none'; img-src 'self'"])
def test_the_bookmarklet_opens_our_form_from_any_page(page: Page, policy: str) -> None:
    page.goto("/shelf")
    page.get_by_text("Save from anywhere").click()
    bookmarklet = page.locator("a.bookmarklet").get_attribute("href") or ""
    elsewhere = Site()
    headers = {"Content_Security_Policy": policy} if policy else {}
    elsewhere.acts["/chairs"] = sends(ARTICLE, Content_Type="text/html", **headers)
    elsewhere.acts["/favicon.ico"] = sends(b"", Content_Type="image/x-icon")
    page.goto(elsewhere.url("/chairs", host="127.0.0.1"))
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")
    with page.expect_popup() as opened:
        # As from the bookmarks bar, which a page's own policy does not hold back: what is written there is run.
        page.evaluate(bookmarklet.removeprefix("javascript:"))
    form = opened.value
    expect(form.get_by_label("A link, or a thought")).to_have_value(f"http://127.0.0.1:{elsewhere.port}/chairs")
    expect(form.get_by_label("Title")).to_have_value("Chairs & lamps")
    expect(form.get_by_label("Your note")).to_have_value("They decide how long people stay.")
    elsewhere.close()


def test_saved_put_away_and_back_by_keyboard(page: Page) -> None:
    page.goto("/shelf")
    page.keyboard.press("s")
    page.keyboard.type("Lamps decide what people remember. So I think.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamps decide what people remember")
    page.keyboard.press("e")
    expect(page.get_by_text("Put away.", exact=True)).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamps decide what people remember")
