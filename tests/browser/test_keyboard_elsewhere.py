"""Everything beside Today by keyboard alone: each stop of the Tab key shows itself, and no answer loses the place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Home
from tests.browser.pages import TABLE, anyone
from tests.browser.test_journey import heading, toast
from tests.running import Server

pytestmark = pytest.mark.browser
MOST = 120  # presses of Tab that lead to anything
# What has the focus, where nothing shows that it has: neither an outline nor a ring drawn as a shadow without blur.
UNSEEN = """() => {
  const seen = (node) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || / 0px 0px 0px [1-9.]+px/.test(boxShadow);
  };
  const node = document.activeElement;
  if (node === document.body || node.type === "date") return ""; // its inner parts have rings of their own
  return [node, node.parentElement, node.nextElementSibling].some((one) => one && seen(one)) ? "" : node.outerHTML;
}"""


SETTLED = "() => !document.querySelector('.htmx-added, .htmx-swapping, .htmx-settling')"


@pytest.fixture
def page(full: Server, full_home: Home, opened: Callable[..., Page]) -> Page:
    return opened(full, full_home, reduced_motion="reduce")


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """As many presses as it takes, at each of which one sees where one is."""
    expect(target).to_be_attached()
    for _ in range(MOST):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press(key)
        assert page.evaluate(UNSEEN) == ""
    pytest.fail(f"{MOST} times {key} never came to {target}")


def at(page: Page, target: Locator) -> None:
    """The focus is there, and htmx is done with what it has brought: a hand is slower than that."""
    expect(target).to_be_focused()
    page.wait_for_function(SETTLED)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def undo(page: Page, words: str) -> None:
    """The message that tells what was done; U takes it back."""
    toast(page, words)
    with page.expect_navigation():
        page.keyboard.press("u")


# Finding someone


def test_find_someone_from_any_page(page: Page) -> None:
    page.goto("/settings")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog", name="Find someone")).to_be_visible()
    page.keyboard.type("priya")
    found = page.locator("#finder-found")
    expect(found).to_contain_text("Priya Sandhu")
    expect(found).to_have_attribute("aria-live", "polite")
    page.keyboard.press("ArrowDown")
    at(page, found.get_by_role("link", name="Priya Sandhu"))
    page.keyboard.press("ArrowUp")
    at(page, page.locator("#finder input"))
    page.keyboard.press("Enter")
    heading(page, "Priya Sandhu")


def test_escape_leaves_the_search_where_it_came_from(page: Page) -> None:
    page.goto("/settings")
    link = page.locator(".nav [data-find]")
    press(page, link)
    page.keyboard.type("priya")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Find someone")).to_be_hidden()
    at(page, link)


def test_find_someone_in_the_list(page: Page) -> None:
    page.goto("/people")
    page.keyboard.press("/")
    at(page, page.locator("#q"))
    page.keyboard.type("sandhu")
    expect(page.locator("#list-said")).to_have_text("1 person")
    page.keyboard.press("ArrowDown")
    at(page, page.get_by_role("link", name="Priya Sandhu"))
    page.keyboard.press("Enter")
    heading(page, "Priya Sandhu")


def test_sorting_keeps_the_place(page: Page) -> None:
    page.goto("/people")
    tab_to(page, page.locator("#sort"))
    with page.expect_response(re.compile("sort=company")):
        page.keyboard.type("By company")
    expect(page.locator(".book .who a").first).to_have_text(re.compile("^Bartholomew"))
    at(page, page.locator("#sort"))


def test_choose_some_and_put_them_in_a_circle(page: Page) -> None:
    page.goto("/people")
    boxes = page.locator("[name=who]")
    for box in (boxes.nth(0), boxes.nth(2)):
        press(page, box, "Space")
    expect(page.get_by_text("2 people chosen")).to_be_visible()
    page.keyboard.press("c")
    circle = page.locator("details[open] .menu-panel button").first
    at(page, circle)
    page.keyboard.press("Escape")
    expect(circle).to_be_hidden()
    page.keyboard.press("c")
    name = circle.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".circle-cell", has_text=name)).to_have_count(2)
    undo(page, name)
    expect(page.locator(".circle-cell", has_text=name)).to_have_count(0)


# One person


def test_put_a_value_right_in_its_place(page: Page) -> None:
    page.goto(anyone(page))
    pencil = page.get_by_role("link", name=re.compile("^Change role"))
    press(page, pencil)
    field = page.get_by_label("Role", exact=True)
    at(page, field)
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    at(page, pencil)
    page.keyboard.press("Enter")
    at(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type("Head Gardener")
    page.keyboard.press("Enter")
    toast(page, "Kept.")
    at(page, page.get_by_role("link", name="Change role: Head Gardener"))
    expect(page.locator("#profile-head .role")).to_contain_text("Head Gardener")


def test_what_cannot_be_kept_keeps_the_place(page: Page) -> None:
    page.goto(anyone(page))
    press(page, page.get_by_role("link", name=re.compile("^Change e-mail")))
    field = page.get_by_label("E-mail", exact=True)
    at(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type("nobody@")
    page.evaluate("() => document.querySelector('.edit-form').noValidate = true")
    page.keyboard.press("Enter")
    expect(page.locator(".edit-form [role=alert]")).to_be_visible()
    at(page, field)
    expect(field).to_have_value("nobody@")


def test_remove_a_value_and_bring_it_back(page: Page) -> None:
    page.goto(anyone(page))
    pencil = page.get_by_role("link", name=re.compile("^Change phone")).first
    name = pencil.get_attribute("aria-label") or ""
    press(page, pencil)
    at(page, page.get_by_label("Phone", exact=True))
    press(page, page.get_by_role("button", name="Remove phone"))
    toast(page, "is gone. No file will bring it back.")
    assert page.evaluate("() => document.activeElement.matches('#about a')")
    undo(page, "is gone")
    expect(page.get_by_role("link", name=name)).to_be_visible()


def test_add_someone(page: Page) -> None:
    page.goto("/")
    press(page, page.locator(".nav").get_by_role("link", name="Add someone"))
    at(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("Odile Marchetti")
    page.keyboard.press("Tab")
    page.keyboard.type("At the book fair")
    page.keyboard.press("Enter")
    heading(page, "Odile Marchetti")
    expect(page.locator("#about")).to_contain_text("At the book fair")
    undo(page, "Odile Marchetti is here.")


def test_throw_away_and_bring_back(page: Page) -> None:
    address = anyone(page)
    page.goto(address)
    name = page.get_by_role("heading", level=1).inner_text()
    press(page, page.get_by_role("button", name="Delete", exact=True))
    undo(page, f"{name} is in the trash.")
    page.goto(address)
    press(page, page.get_by_role("button", name="Delete", exact=True))
    toast(page, "is in the trash.")
    page.goto("/people/trash")
    press(page, page.locator("[name=who]").first, "Space")
    press(page, page.get_by_role("button", name="Bring back"))
    toast(page, "1 person is back.")
    page.goto(address)
    heading(page, name)


# Touches


def test_note_a_touch_and_put_the_guess_right(page: Page) -> None:
    page.goto("/log")
    at(page, page.get_by_label("What happened, in one line"))
    page.keyboard.type("Coffee with Priya yesterday, she is hiring")
    expect(page.locator("#guess-said")).to_contain_text("Priya")
    page.keyboard.press("Enter")
    keep = page.get_by_role("button", name="Keep it")
    at(page, keep)
    tab_to(page, page.get_by_label("How", exact=True), "Shift+Tab")
    page.keyboard.type("A call")
    press(page, keep)
    heading(page, "Priya Sandhu")
    expect(page.locator(".timeline")).to_contain_text("You spoke on the phone")
    undo(page, "Noted, with Priya Sandhu.")
    expect(page.locator(".timeline")).to_have_count(0)


def test_give_or_ask_beside_a_touch(page: Page) -> None:
    page.goto(anyone(page))
    tab_to(page, page.get_by_label("You talked? Say it in one line"))
    page.keyboard.type("Lunch today")
    page.keyboard.press("Enter")
    at(page, page.get_by_role("button", name="Keep it"))
    page.keyboard.press("Enter")
    toast(page, "Noted, with")
    press(page, page.get_by_role("button", name="You gave"))
    toast(page, "You gave something there.")
    at(page, page.get_by_role("button", name="You gave"))
    expect(page.get_by_role("button", name="You gave")).to_have_attribute("aria-pressed", "true")


# Dig


def test_dig(page: Page) -> None:
    page.goto("/dig")
    press(page, page.get_by_role("link", name=re.compile("^choir")))
    page.locator(".keys").wait_for()  # told once there is a script that knows them
    names = page.locator(".dig-row h2 a")
    expect(names).to_have_count(10)
    for turn, key in enumerate("hlnc", 1):
        page.keyboard.press(key)
        expect(page.locator("[data-done]")).to_have_count(turn)
        at(page, names.nth(turn))
    page.keyboard.press("u")
    expect(page.locator("[data-done]")).to_have_count(3)
    at(page, names.nth(3))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Keep close")


# Are these people?


def test_say_who_is_a_person(page: Page) -> None:
    page.goto("/strangers")
    page.locator(".keys").wait_for()
    names = page.locator(".stranger-row h2")
    expect(names).to_have_text([re.compile("Imogen"), re.compile("Edgar Voss"), "Wanda Lisle"])
    page.keyboard.press("j")
    at(page, page.locator(".stranger-row").nth(1).get_by_role("button", name="Yes"))
    page.keyboard.press("n")
    toast(page, "Edgar Voss: not a person.")
    at(page, page.locator(".stranger-row").nth(1).get_by_role("button", name="Yes"))
    page.keyboard.press("y")
    toast(page, "Wanda Lisle is here now.")
    at(page, page.locator(".stranger-row").nth(0).get_by_role("button", name="Yes"))
    tab_to(page, page.locator("#toasts").get_by_role("link", name="Open"))
    for left in (2, 3):
        page.keyboard.press("z")
        expect(names).to_have_count(left)
    press(page, page.get_by_role("button", name="None of these 3"))
    at(page, page.get_by_role("link", name="See your people"))
    undo(page, "3 of them: not people.")
    expect(names).to_have_count(3)


# Settings and files


def test_change_a_setting(page: Page) -> None:
    page.goto("/settings")
    sign_off = page.get_by_label("How you sign")
    tab_to(page, sign_off)
    before = sign_off.input_value()
    page.keyboard.press("Control+a")
    page.keyboard.type("Warmly, A")
    page.keyboard.press("Enter")
    toast(page, "Kept.")
    expect(sign_off).to_have_value("Warmly, A")
    undo(page, "Kept.")
    expect(sign_off).to_have_value(before)


def test_a_circle_further_up(page: Page) -> None:
    page.goto("/settings")
    circles = page.locator(".circles [name^=name-]:not([name=name-new])")
    one, two = (circle.input_value() for circle in circles.all()[:2])
    press(page, page.get_by_role("button", name=f"{one} further down"))
    expect(circles.first).to_have_value(two)
    undo(page, "Kept.")
    expect(circles.first).to_have_value(one)


def test_bring_in_a_table(page: Page) -> None:
    page.goto("/import")
    tab_to(page, page.locator("input[type=file]"))
    page.locator("input[type=file]").set_input_files(TABLE)  # what the system's own dialog would do
    press(page, page.get_by_role("button", name="Look at what is in them"))
    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    tab_to(page, page.get_by_label("Where from becomes"))
    page.keyboard.type("Works at")
    press(page, page.get_by_role("button", name="Look again"))
    expect(page.get_by_text("As you said")).to_be_visible()
    press(page, page.get_by_role("button", name="Bring in 2 people"))
    expect(page.get_by_role("heading", name="They are here")).to_be_visible()
    press(page, page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
