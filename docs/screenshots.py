"""`python -m docs.screenshots`: the pictures in docs/pictures, taken of the real product by itself.

A server of its own on an empty folder, an invented network as LinkedIn and a phone would export it, and
Chromium. Nothing in a picture is written by hand: the three, their reasons and their letters are chosen
and drafted by Keepwarm.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import OWNER, Server, served
from tests.system import chromium

PICTURES = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1280, 900
LARGEST = 250_000  # bytes: a page of docs with three of them still opens at once


class Friend(NamedTuple):
    """One invented person: what LinkedIn tells, and for some what a phone adds."""

    name: str
    title: str
    firm: str
    since: str  # ISO; LinkedIn's "Connected On"; empty: only the phone knows them
    email: str = ""
    phone: str = ""
    town: str = ""
    note: str = ""
    born_in: int = 0  # days from today to the birthday; 0: not known


NETWORK = (
    Friend("Marta Vilela", "Head of Partnerships", "Harbour & Pine", "2017-03-14", "marta@harbourpine.example",
           "+351 912 555 010", "Porto", "We met at the Porto food fair. Talked about her plan for a second kitchen."),
    Friend("Tomas Brandt", "Operations Director", "Alder Freight", "2016-09-02", "tomas@alderfreight.example"),
    Friend("Ines Carvalho", "Founder", "Sal Studio", "", "ines@salstudio.example",
           "+351 913 555 011", "Lisbon", "Asked about our print shop in Setubal.", 5),
    Friend("Daniel Osei", "Product Designer", "Fernlight", "2018-01-30"),
    Friend("Aoife Tiernan", "Programme Manager", "Northbank Trust", "2015-11-06", "aoife@northbank.example"),
    Friend("Lukas Wehrle", "Architect", "Wehrle Ganz", "2014-06-17", "lukas@wehrleganz.example",
           "+49 151 5550 012", "Freiburg", "Cycled the lake with us. His daughter plays the cello."),
    Friend("Priya Raman", "Data Lead", "Tidewater Maps", "2020-02-11"),
    Friend("Samuel Okoro", "Partner", "Okoro & Lund", "2013-10-08", "samuel@okorolund.example"),
    Friend("Beatriz Falcão", "Editor", "Rua Nova Press", "2018-08-23", "beatriz@ruanova.example",
           "+351 914 555 013", "Lisbon", "Wants to print a book on Lisbon's kiosks."),
    Friend("Henrik Solberg", "Chief Engineer", "Tidewater Maps", "2017-04-19"),
    Friend("Claire Duval", "Buyer", "Maison Rousset", "2016-02-25", "claire@rousset.example"),
    Friend("Yusuf Demir", "Head of Sales", "Kestrel Tools", "2019-09-12"),
    Friend("Hannah Becker", "Researcher", "Lindenhof Institute", "2021-03-03", "hannah@lindenhof.example"),
    Friend("Rafael Monteiro", "Chef and owner", "Casa do Cais", "2015-07-15", "rafael@casadocais.example",
           "+351 915 555 014", "Setubal", "Spoke of opening on the other bank of the river."),
    Friend("Emma Thorne", "People Partner", "Harbour & Pine", "2018-06-04"),
    Friend("Kofi Mensah", "Investor", "Baobab Ventures", "2014-12-01", "kofi@baobab.example"),
    Friend("Sofia Lindgren", "Photographer", "Independent", "2017-10-27", "sofia@lindgren.example"),
    Friend("Pedro Aleixo", "Cartographer", "Tidewater Maps", "2016-05-09", "pedro@tidewater.example"),
    Friend("Nadia Haddad", "Counsel", "Haddad Legal", "2019-01-16", "nadia@haddadlegal.example"),
    Friend("Oliver Grieve", "Managing Editor", "The Quay Review", "2013-04-22"),
    Friend("Mei Tanaka", "UX Researcher", "Fernlight", "2020-10-05", "mei@fernlight.example"),
    Friend("Gonçalo Reis", "Printer", "Oficina Reis", "2012-09-18", "goncalo@oficinareis.example",
           "+351 916 555 015", "Almada", "Taught me letterpress. Looking for someone to take on his press."),
    Friend("Freya Dahl", "Policy Adviser", "City of Bergen", "2018-11-29"),
    Friend("Anton Kovac", "Logistics Planner", "Alder Freight", "2017-07-07"),
    Friend("Leila Rahimi", "Curator", "Museum of Small Things", "2016-10-13", "leila@smallthings.example"),
    Friend("Joris Bakker", "Consultant", "Independent", "2015-03-26"),
    Friend("Carmen Ibarra", "Marketing Director", "Olivar Foods", "2014-05-14", "carmen@olivar.example"),
    Friend("Theo Marsh", "Software Engineer", "Fernlight", "2021-06-30"),
    Friend("Rosa Ferro", "Accountant", "Ferro & Filhos", "2013-02-19", "rosa@ferro.example"),
    Friend("Mikkel Holm", "Furniture Maker", "Holm Workshop", "2019-03-08"),
    Friend("Amara Eze", "Director", "Bright Reading", "2017-12-12", "amara@brightreading.example"),
    Friend("Julian Pohl", "Journalist", "The Quay Review", "2018-04-03"),
    Friend("Catarina Lobo", "Event Manager", "Feira Viva", "2016-06-21", "catarina@feiraviva.example"),
    Friend("Ewan Sloan", "Head Brewer", "Sloan Brewing", "2015-09-30"),
    Friend("Vera Novak", "Translator", "Independent", "2014-01-23", "vera@novak.example"),
    Friend("Ismael Duarte", "Site Manager", "Pedra Viva", "2020-07-28"),
    Friend("Greta Linde", "Head of Charts", "Tidewater Maps", "2019-11-14", "greta@tidewater.example"),
    Friend("Paul Varga", "Surveyor", "Tidewater Maps", "2018-02-06"),
    Friend("Selma Nakata", "Interpreter", "Ponte Languages", "2017-01-31", "selma@ponte.example"),
    Friend("Bram Castell", "Owner", "Castell Cycles", "2016-08-11", "bram@castell.example"),
)  # fmt: skip

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    "Quayside Books,Founder,,Lisbon,Apr 2021,\n"
    "Tidewater Maps,Producer,,Lisbon,Mar 2016,Mar 2021\n"
    "Alder Freight,Assistant,,Rotterdam,Jan 2012,Feb 2016\n"
)
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Geo Location\n"
    'Ada,Example,,,,"Books, maps and printed things","Lisbon, Portugal"\n'
)


def linkedin(folder: Path) -> Path:
    """The zip that LinkedIn would send."""
    target = folder / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS + "".join(_row(friend) for friend in NETWORK if friend.since))
        archive.writestr("Positions.csv", POSITIONS)
        archive.writestr("Profile.csv", PROFILE)
    return target


def _row(friend: Friend) -> str:
    given, _, family = friend.name.partition(" ")
    link = f"https://www.linkedin.com/in/{given}-{family}-example".lower()
    since = date.fromisoformat(friend.since).strftime("%d %b %Y")
    return f"{given},{family},{link},{friend.email},{friend.firm},{friend.title},{since}\n"


def vcards(folder: Path, today: date) -> Path:
    """The address book of a phone: those with a number."""
    target = folder / "Contacts.vcf"
    target.write_text("".join(_card(friend, today) for friend in NETWORK if friend.phone), "utf-8")
    return target


def _card(friend: Friend, today: date) -> str:
    given, _, family = friend.name.partition(" ")
    birthday = f"BDAY:{today + timedelta(days=friend.born_in):--%m-%d}\r\n" if friend.born_in else ""
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{friend.name}\r\nN:{family};{given};;;\r\n"
        f"ORG:{friend.firm}\r\nTITLE:{friend.title}\r\nEMAIL;TYPE=WORK:{friend.email}\r\nTEL;TYPE=CELL:{friend.phone}\r\n"
        f"ADR;TYPE=HOME:;;;{friend.town};;;\r\n{birthday}NOTE:{friend.note}\r\nEND:VCARD\r\n"
    )


# The pictures


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
    """The first minutes of a new user, with three pictures on the way."""
    claim(shown, server.link)
    bring_in(shown, server.address, linkedin(folder), picture="import")
    bring_in(shown, server.address, vcards(folder, date.today()))  # noqa: DTZ011 - the day of whoever runs this
    shown.goto(server.address)
    shown.get_by_role("heading", name="Three people").wait_for()
    take(shown, "today")
    shown.locator("details[open] a", has_text="All about").first.click()
    note_a_talk(shown)
    take(shown, "person")


def claim(shown: Page, link: str) -> None:
    shown.goto(link)
    for field in ("name", "email", "password1"):
        shown.fill(f"[name={field}]", OWNER[field])
    shown.click("text=Make it mine")


def bring_in(shown: Page, address: str, file: Path, picture: str = "") -> None:
    """A file through its check and in."""
    shown.goto(f"{address}/import")
    shown.set_input_files("[name=files]", file)
    shown.click("text=Look at what is in them")
    shown.get_by_text("Nothing has been added yet").wait_for()
    if picture:
        take(shown, picture, whole=False)
    shown.locator("form[action$=go] button").click()
    shown.get_by_role("heading", name="They are here").wait_for()


def note_a_talk(shown: Page) -> None:
    """What a person's page is for: a talk of last spring, and a line to remember."""
    spring = date.today() - timedelta(days=190)  # noqa: DTZ011
    shown.click("#talked summary")
    shown.fill("#touch-on", spring.isoformat())
    shown.select_option("#touch-channel", "meeting")
    shown.fill("#touch-line", "The book fair, and a stall to share")
    shown.click("#talked button")
    shown.fill("#note", "Takes the early ferry. Collects old harbour maps.")
    shown.click("text=Keep this note")
    shown.get_by_text("Collects old harbour maps").first.wait_for()
    shown.goto(shown.url)  # without the toast


def main() -> None:
    program = chromium()
    if program is None:
        sys.exit("The pictures need Chromium. On Debian or Ubuntu: apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="keepwarm-pictures-") as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with served(folder / "data") as server, page(browser) as shown:
            walk(shown, server, folder)
        browser.close()


if __name__ == "__main__":
    main()
