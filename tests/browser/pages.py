"""Every page there is to look at, found as a visitor finds them."""

from __future__ import annotations

from playwright.sync_api import Page

ANY_UUID = "00000000-0000-7000-8000-000000000000"


def addresses(page: Page) -> list[str]:
    """Today, a person, the settings, the imports and what stands around them."""
    page.goto("/")
    person = page.locator("a[href^='/people/']").first
    people = [person.get_attribute("href") or ""] if person.count() else []
    page.goto("/import")
    runs = [link.get_attribute("href") or "" for link in page.locator("ul.runs a").all()]
    return ["/", *people, "/import", *runs, "/settings", "/welcome", "/welcome/used-up"]
