"""Everything on Today by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Home
from tests.browser.test_journey import first_name, heading, toast
from tests.running import Server

pytestmark = pytest.mark.browser
# A click on a way to send is noted instead of followed: what would open is another program.
NOTE_WAYS = """() => document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-channel]");
  if (way) { event.preventDefault(); window.opened = way.href; }
}, true)"""


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    page = opened(full, full_home)
    page.goto("/")
    return page


def focused(page: Page) -> str:
    """The name on the card that has the focus."""
    return page.evaluate("() => document.activeElement.closest('[data-card]')?.querySelector('h2').innerText ?? ''")


def names(page: Page) -> list[str]:
    return page.locator("[data-card] h2").all_inner_texts()


def test_it_works(page: Page) -> None:
    name = first_name(page)
    page.keyboard.press("e")
    expect(page.get_by_label("Message", exact=True).first).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("How is the garden?")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    heading(page, "Two people to say hello to")
    expect(page.get_by_label("What did you talk about?")).to_be_focused()
    page.keyboard.type("Her garden")
    page.keyboard.press("Enter")
    toast(page, "Kept, for the next time.")
    assert name in names(page)


def test_next_and_back(page: Page) -> None:
    one, two, three = names(page)
    walked = []
    for key in ("j", "j", "j", "k", "k", "k"):
        page.keyboard.press(key)
        walked.append(focused(page))
    assert walked == [two, three, three, two, one, one]


def test_the_card_one_comes_to_opens_and_the_others_close(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator("details[data-card][open]")).to_have_count(1)
    expect(page.locator("details[data-card]").nth(1)).to_have_attribute("open", "")


def test_keys_work_on_the_card_one_is_at(page: Page) -> None:
    before = names(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    toast(page, "Someone else, then.")
    after = names(page)
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] != before[1]


def test_swap_keeps_the_keyboard_among_the_cards(page: Page) -> None:
    page.keyboard.press("x")
    toast(page, "Someone else, then.")
    page.wait_for_function("() => document.activeElement.closest('[data-card]')")
    assert focused(page) == first_name(page)


def test_not_now(page: Page) -> None:
    name = first_name(page)
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="A week").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    toast(page, f"{name} rests for a month.")


def test_not_now_closes_with_escape(page: Page) -> None:
    page.keyboard.press("z")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="A week").first).to_be_hidden()
    heading(page, "Three people to say hello to")


def test_all_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("s")  # a dialog is open: keys are not for the cards
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    heading(page, "Three people to say hello to")


def test_open_in_mail_while_writing_and_not(page: Page) -> None:
    page.evaluate(NOTE_WAYS)
    page.keyboard.press("o")
    assert page.evaluate("() => window.opened").startswith("mailto:")
    page.evaluate("() => { window.opened = '' }")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("How is the garden?")
    page.keyboard.press("Control+Enter")
    assert "How%20is%20the%20garden%3F" in page.evaluate("() => window.opened")


def test_letters_typed_in_the_message_are_letters(page: Page) -> None:
    page.keyboard.press("e")
    page.keyboard.type("sxzjk?")
    heading(page, "Three people to say hello to")
    assert "sxzjk?" in page.get_by_label("Message", exact=True).first.input_value()


@pytest.mark.parametrize("chord", ["Control+s", "Alt+x", "Meta+z"])
def test_the_browsers_own_keys_are_left_alone(page: Page, chord: str) -> None:
    page.keyboard.press(chord)
    heading(page, "Three people to say hello to")


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
