"""`python -m docs.screenshots`: the pictures in docs/pictures, taken of the real product by itself.

The network of `keepwarm demo`, a server of its own and Chromium. Nothing in a picture is written by hand: the
three, their reasons and their letters are chosen and drafted by Keepwarm.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import Server, keepwarm, served, told
from tests.system import chromium

PICTURES = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1280, 900
LARGEST = 250_000  # bytes: a page of docs with three of them still opens at once


class Picture(NamedTuple):
    """A page as it is shown in the docs. One that this version does not have yet is left out."""

    name: str
    address: str
    whole: bool  # down to its end, or only what the window shows of it


PAGES = (
    Picture("today", "/", whole=True),
    Picture("people", "/people", whole=False),
    Picture("duplicates", "/duplicates", whole=True),
)

# People whom the demo does not know: a new export brings them in.
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Selma,Nakata-Lund,https://www.linkedin.com/in/selma-nakata-lund-example,,Ponte Languages,Interpreter,31 Jan 2024\n"
    "Ewan,Tolliver,https://www.linkedin.com/in/ewan-tolliver-example,e@sloan.example,Sloan Brewing,Brewer,30 Sep 2023\n"
    "Greta,Bonfanti,https://www.linkedin.com/in/greta-bonfanti-example,,Tidewater Maps,Head of Charts,14 Nov 2022\n"
    "Pedro,Ashdown,https://www.linkedin.com/in/pedro-ashdown-example,,Cedar Labs,Software Engineer,9 May 2021\n"
    "Vera,Lindgren,https://www.linkedin.com/in/vera-lindgren-example,,Independent,Translator,23 Jan 2019\n"
    "Kofi,Brandão,https://www.linkedin.com/in/kofi-brandao-example,,Baobab Ventures,Investor,1 Dec 2018\n"
)
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    "Quayside Books,Founder,,Lisbon,Apr 2021,\n"
    "Tidewater Maps,Producer,,Lisbon,Mar 2016,Mar 2021\n"
)


def linkedin(folder: Path, data: Path) -> Path:
    """The zip that LinkedIn would send: a few new people, and two of today's with a new post."""
    known = [pick for pick in told(data, "today") if pick["links"]["linkedin"]][:2]
    target = folder / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS + "".join(_promoted(pick, data) for pick in known))
        archive.writestr("Positions.csv", POSITIONS)
    return target


def _promoted(pick: dict[str, Any], data: Path) -> str:
    """Someone of today's three as a row of the file, a step up."""
    given, _, family = pick["person"]["name"].partition(" ")
    post = f"Managing {pick['person']['title']}"
    since = date.fromisoformat(told(data, "show", pick["person"]["id"])["known_since"])
    return f"{given},{family},{pick['links']['linkedin']},,{pick['person']['organisation']},{post},{since:%d %b %Y}\n"


@contextmanager
def page(browser: Browser, scheme: str = "light") -> Iterator[Page]:
    """A window as wide as the pictures; nothing moves in it."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce", locale="en-GB", timezone_id="Europe/Lisbon",
    )  # fmt: skip
    with context:
        yield context.new_page()


def take(shown: Page, name: str, *, whole: bool = True) -> None:
    """Keep the page down to its end, or only what the window shows of it."""
    shown.evaluate("document.fonts.ready")
    target = PICTURES / f"{name}.png"
    shown.screenshot(path=target, full_page=whole, animations="disabled", caret="hide")
    size = target.stat().st_size
    assert size <= LARGEST, f"{target.name} is {size:,} bytes: show less of the page"
    sys.stdout.write(f"docs/pictures/{target.name}: {size // 1000} kB\n")


def walk(shown: Page, server: Server, folder: Path) -> None:
    """Sign in to the demo and look at each page that the docs show."""
    sign_in(shown, server)
    for picture in PAGES:
        answer = shown.goto(server.address + picture.address)
        if answer and answer.ok:
            take(shown, picture.name, whole=picture.whole)
    shown.goto(server.address)
    shown.locator("details[open] a", has_text="All about").first.click()
    shown.get_by_role("heading", name="Rhythm").wait_for()
    take(shown, "person", whole=False)
    look_into(shown, server.address, linkedin(folder, server.data))
    take(shown, "import", whole=False)


def sign_in(shown: Page, server: Server) -> None:
    """By the link that `keepwarm sign-in-link` prints."""
    token = keepwarm(server.data, "sign-in-link").strip().rpartition("/")[2]
    shown.goto(f"{server.address}/welcome/{token}")
    shown.get_by_role("button", name="Sign in as").click()
    shown.get_by_role("heading", name="A new password").wait_for()


def look_into(shown: Page, address: str, file: Path) -> None:
    """A file up to its check; nothing of it is added."""
    shown.goto(f"{address}/import")
    shown.set_input_files("[name=files]", file)
    shown.click("text=Look at what is in them")
    shown.get_by_text("Nothing has been added yet").wait_for()


def main() -> None:
    program = chromium()
    if program is None:
        sys.exit("The pictures need Chromium. On Debian or Ubuntu: apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="keepwarm-pictures-") as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        keepwarm(folder / "data", "demo", "--no-serve")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with served(folder / "data") as server, page(browser) as shown:
            walk(shown, server, folder)
        browser.close()


if __name__ == "__main__":
    main()
