"""From the one-time link to the first letters, as a new owner goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import FRIENDS, Home, linkedin_zip
from tests.running import Server, every_day

pytestmark = pytest.mark.browser
FILES: list[FilePayload] = [
    {"name": "phone.vcf", "mimeType": "text/vcard", "buffer": FRIENDS.encode()},
    {"name": "Basic_LinkedInDataExport.zip", "mimeType": "application/zip", "buffer": linkedin_zip()},
]


def claim(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("Your e-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Make it mine").click()
    expect(page.get_by_text("Welcome, Ada")).to_be_visible()


def bring_in(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Bring in the people you know")).click()
    page.locator("input[type=file]").set_input_files(FILES)
    page.get_by_role("button", name="Look at what is in them").click()
    expect(page.get_by_role("heading", name="Check what we found")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^You \w+ at Delta Grid"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Bring in 1\d people")).click()
    expect(page.get_by_role("heading", name="They are here")).to_be_visible()
    expect(page.get_by_text("13 people are new, 1 was already here")).to_be_visible()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def toast(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def first_name(page: Page) -> str:
    return page.locator("details[data-card] h2").first.inner_text()


def undo(page: Page, name: str) -> None:
    """Take back the letter to one person, on their line."""
    page.get_by_role("button", name=re.compile(rf"^Undo\s*: {re.escape(name)}$")).click()


def test_it_works(fresh: Server, opened: Callable[..., Page]) -> None:
    page = opened(fresh)
    claim(page, fresh.link)
    every_day(fresh.data)
    bring_in(page)
    page.get_by_role("link", name="See today’s three").click()
    heading(page, "Three people to say hello to")
    write(page)
    send(page)
    pass_over(page)
    look_closer(page)
    take_back(page)


def write(page: Page) -> None:
    """What one types is kept by itself, and follows into the mail program."""
    letter = page.get_by_label("Message", exact=True).first
    with page.expect_response(re.compile("/draft$")):
        letter.fill("How is the garden?")
    expect(page.locator("a[data-channel=mail]").first).to_have_attribute(
        "href", re.compile(r"body=How%20is%20the%20garden%3F")
    )
    page.reload()
    expect(letter).to_have_value("How is the garden?")


def send(page: Page) -> None:
    name = first_name(page)
    page.get_by_role("button", name="I sent it").first.click()
    heading(page, "Two people to say hello to")
    line = page.get_by_label("What did you talk about?")
    expect(line).to_be_focused()
    line.fill("Her garden")
    line.press("Enter")
    toast(page, "Kept, for the next time.")
    undo(page, name)
    heading(page, "Three people to say hello to")
    assert first_name(page) == name
    expect(page.get_by_label("Message", exact=True).first).to_have_value("How is the garden?")


def pass_over(page: Page) -> None:
    """Swap, not now, never: each time someone else; the last is undone from its message."""
    seen = [first_name(page)]
    page.get_by_role("button", name="Swap").first.click()
    toast(page, "Someone else, then.")
    seen.append(first_name(page))
    page.get_by_text("Not now").first.click()
    page.get_by_role("button", name="A month").first.click()
    toast(page, f"{seen[-1]} rests for a month.")
    seen.append(first_name(page))
    page.locator("details[data-card] summary", has_text="Never").first.click()
    page.get_by_role("button", name="Leave out").first.click()
    toast(page, f"{seen[-1]} will not be suggested again.")
    assert first_name(page) not in seen
    assert len(set(seen)) == 3
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("details[data-card] h2").first).to_have_text(seen[-1])


def look_closer(page: Page) -> None:
    name = first_name(page)
    page.get_by_role("link", name=re.compile("^All about")).first.click()
    heading(page, name)
    note = page.get_by_label("Note something, in your own words")
    note.fill("Likes tea")
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator(".timeline")).to_contain_text("Likes tea")


def take_back(page: Page) -> None:
    """Undo of the import leaves the one who has a note."""
    page.goto("/people")
    page.locator("main").get_by_role("link", name="Bring people in").click()
    page.get_by_role("link", name=re.compile("phone.vcf and")).click()
    page.get_by_role("button", name="Undo this import").click()
    heading(page, "Taken back")
    expect(page.get_by_text("you have written a note")).to_be_visible()


def test_signed_in_one_is_not_asked_again(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home)
    page.goto("/sign-in")
    heading(page, "Three people to say hello to")


def test_another_kind_of_letter_and_back(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home)
    page.goto("/")
    letter = page.get_by_label("Message", exact=True).first
    first = letter.input_value()
    letter.fill("My own words")
    kinds = page.locator("details[open] .switch label")
    chosen = page.locator("details[open] .switch input:checked")
    before = chosen.get_attribute("value")
    kinds.filter(has_not=page.locator(":checked")).first.click()
    assert letter.input_value() not in ("My own words", first)
    page.locator(f"details[open] .switch label:has(input[value={before}])").click()
    expect(letter).to_have_value("My own words")


def test_the_message_goes_to_the_clipboard(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    page = opened(full, full_home, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied").first).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.get_by_label("Message", exact=True).first.input_value()


def test_words_typed_while_the_server_is_away_are_not_lost(
    full: Server, full_home: Home, opened: Callable[..., Page]
) -> None:
    page = opened(full, full_home)
    page.goto("/")
    page.context.set_offline(True)
    letter = page.get_by_label("Message", exact=True).first
    letter.fill("Kept in the page")
    expect(page.get_by_text("Not kept yet: the server does not answer.").first).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response(re.compile("/draft$")):
        letter.press_sequentially(".")
    page.reload()
    expect(letter).to_have_value("Kept in the page.")


def test_two_tabs_of_one_day_agree(full: Server, full_home: Home, opened: Callable[..., Page]) -> None:
    one, two = opened(full, full_home), opened(full, full_home)
    one.goto("/")
    two.goto("/")
    assert [h.inner_text() for h in one.locator("h2.name").all()] == [
        h.inner_text() for h in two.locator("h2.name").all()
    ]
    one.get_by_role("button", name="I sent it").first.click()
    heading(one, "Two people to say hello to")
    two.get_by_role("button", name="I sent it").first.click()  # the same card: no second touch
    heading(two, "Two people to say hello to")
