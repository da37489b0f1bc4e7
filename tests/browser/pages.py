"""Every page there is to look at, found as a visitor finds them."""

from __future__ import annotations

from playwright.sync_api import Page

ANY_UUID = "00000000-0000-7000-8000-000000000000"


def addresses(page: Page) -> list[str]:
    """Today, people, Dig, the settings, the imports and what stands around them."""
    page.goto("/")
    person = page.locator("a[href^='/people/']").first
    people = [person.get_attribute("href") or ""] if person.count() else []
    page.goto("/import")
    runs = [link.get_attribute("href") or "" for link in page.locator("ul.runs a").all()]
    page.goto("/dig")
    walks = [link.get_attribute("href") or "" for link in page.locator("a[href^='/dig/walk']").all()[:1]]
    others = ["/people", "/people/new", "/people/trash", "/log", "/dig", "/settings", "/welcome", "/welcome/used-up"]
    return ["/", *people, "/import", *runs, *walks, *others]
