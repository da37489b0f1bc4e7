"""Every page there is to look at, found as a visitor finds them."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Page, expect

ANY_UUID = "00000000-0000-7000-8000-000000000000"
NOWHERE = "/nowhere"
# A table that nobody knows, with something in it that cannot be read.
TABLE: FilePayload = {
    "name": "guests.csv",
    "mimeType": "text/csv",
    "buffer": b"Who;Mail;Where from;Born\nAda Lund;ada@example.net;Maps AS;31 Feb\nBen Hale;ben@example.net;Hale;\n",
}


def addresses(page: Page) -> list[str]:
    """Today, someone and all that can be put right about them, People, Dig, the imports, the settings, the rest."""
    person = anyone(page)
    edits = [f"{person}/edit?what={what}" for what in ("name", "email.new", "birthday", "circle_id", "address.new")]
    touch = note_a_touch(page, person)
    page.goto("/import")
    runs = [link.get_attribute("href") or "" for link in page.locator("ul.runs a").all()]
    page.goto("/dig")
    walks = [link.get_attribute("href") or "" for link in page.locator("a[href^='/dig/walk']").all()[:1]]
    people = ["/people", "/people?narrow=1", "/people?q=mina&narrow=1&missing=place", "/people?q=nobody+at+all"]
    judged = [
        "/lost-touch",
        "/lost-touch?kind=unknown",
        "/today/why",
        "/today/why?q=mina",
        "/outcomes",
        "/insights",
        f"{person}?show=direct",
    ]
    sources = ["/sources", "/sources/mailbox", "/sources/mailbox?address=ada@example.org", "/sources/calendar"]
    reminders = ["/reminders", "/reminders/stop/none"]
    strangers = ["/strangers", "/strangers?part=hardly", "/strangers?part=nobody", "/strangers?q=nobody+at+all"]
    weeks = ["/week", "/week/plan", session(page)]
    meeting = ["/introductions", introduction(page), f"{person}/introduce", f"{person}/introduce?q=an"]
    asked = ["/who", "/who?q=knows+about+grants", "/who?q=nobody+at+all"]
    twice = ["/duplicates", "/duplicates/joined", f"{person}/cards", f"{person}/join", f"{person}/join?q=an"]
    others = [
        "/people/new",
        "/people/trash",
        "/log",
        "/dig",
        "/settings",
        "/shapes",
        "/shapes/new?like=met-thinking",
        "/settings/words",
        "/welcome",
        "/welcome/used-up",
        NOWHERE,
    ]
    between = ["/asks", f"{person}/asks", f"{person}/doors"]
    shelf = ["/shelf", an_item(page), "/shelf?part=given", "/shelf?q=nowhere", "/shelf/save?title=Chairs&text=Chairs"]
    given = ["/give", "/moments", "/moments/new", letter(page)]
    gives = [*given, *shelf, *between, *meeting, *asked]
    kept = [*gives, *people, *judged, *sources, *reminders, *strangers, *weeks, *twice, *others]
    return ["/", person, "/import", *runs, *edits, touch, *walks, *kept]


def letter(page: Page) -> str:
    """Of a kind word, as the Give page leads to it; where nobody has news, that page."""
    page.goto("/give")
    write = page.locator(".cheer a.btn")
    return (write.first.get_attribute("href") or "") if write.count() else "/give"


def session(page: Page) -> str:
    """This week's, begun where it has not been."""
    page.goto("/week")
    page.keyboard.press("s")
    page.wait_for_url("**/week/session")
    return "/week/session"


def an_item(page: Page) -> str:
    """A thought of today, on the shelf."""
    page.goto("/shelf/save")
    page.get_by_label("A link, or a thought").fill("Chairs decide how long people stay. I saw it twice.")
    page.get_by_role("button", name="Save it").click()
    page.wait_for_url("**/shelf/*-*")
    return urlsplit(page.url).path


def introduction(page: Page) -> str:
    """One that is on its way, where the demo has any; else the page of them all."""
    page.goto("/introductions")
    links = page.locator(".intro a.btn").all()
    return (links[0].get_attribute("href") or "") if links else "/introductions"


def anyone(page: Page) -> str:
    """Someone of today's."""
    page.goto("/")
    return page.locator("a.link-btn[href^='/people/']").first.get_attribute("href") or ""


def note_a_touch(page: Page, person: str) -> str:
    """Where a touch of today with them is put right."""
    page.goto(person)
    page.get_by_label("You talked? Say it in one line").fill("Coffee today, I lent my red book")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Keep it").click()
    change = page.locator(".timeline a[href^='/touches/']").first
    expect(change).to_be_attached()
    return change.get_attribute("href") or ""
