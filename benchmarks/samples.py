"""Invented address books of any size: the same people each time, written straight to disk."""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

GIVEN = (
    "Ada Amara Aoife Astrid Bao Beatriz Bram Carmen Chidi Dagny Davit Elif Emeka Esra Farid Femke Goran Greta "
    "Hana Hugo Ilse Imani Ines Ivo Jana Joris Kaito Karim Keiko Lamia Lars Leila Luca Mads Mara Mei Mira Nadia "
    "Nils Noor Olga Omar Paolo Priya Quinn Rana Rafael Rosa Sana Selma Soren Tariq Tess Tomas Uma Vera Viktor "
    "Wanda Yara Zoe"
)
FAMILY = (
    "Abara Adler Almeida Asari Bakker Barros Bellamy Blom Castell Cohen Dahl Darwish Drum Duarte Eide Ekwueme "
    "Farrow Ferro Fjord Gallo Ganz Grieve Haddad Hale Holm Ibarra Ikeda Jansen Kaya Keane Kimura Kovac Lang "
    "Larkin Linde Lobo Marsh Mbeki Melo Moro Nagy Nakata Novak Oduya Okafor Orlov Pires Pohl Quist Rahimi Reyes "
    "Ritter Rosso Sato Serra Sharma Sloan Stein Tahan Tanaka Toth Umar Vance Varga Vidal Weiss Winter Yilmaz "
    "Zaman Zoric"
)
TITLES = ("Director", "Engineer", "Partner", "Head of Sales", "Founder", "Buyer", "Designer", "Nurse", "Editor")
TRADES = ("Bakery", "Foods", "Freight", "Glass", "Health", "Legal", "Print", "Solar", "Tools", "Works")
TOWNS = ("Lisbon", "Leeds", "Ghent", "Turin", "Lagos", "Kyoto", "Porto", "Graz", "Cork", "Malmo")
MET = "We met at the spring fair in {town}. Talked about {trade} and a possible project for next year. "
MORE = "Likes long walks, knows half of {town}, and asked to be told when the new hall opens its doors."
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
JPEG_SIZE = 12_000
FIRMS = 500  # of each trade


class Invented(NamedTuple):
    number: int
    given: str
    family: str
    firm: str
    title: str
    town: str
    note: str

    @property
    def slug(self) -> str:
        return f"{self.given}.{self.family}.{self.number}".lower()


def people(count: int) -> Iterator[Invented]:
    """The first `count` of always the same people; one firm to about ten of them."""
    dice, given, family = Random(12_4_1), GIVEN.split(), FAMILY.split()
    for number in range(count):
        town, trade = dice.choice(TOWNS), dice.choice(TRADES)
        house = dice.randrange(FIRMS)
        firm = f"{family[house % len(family)]} {trade} {house // len(family) + 1}"
        note = MET.format(town=town, trade=trade.lower()) + (MORE.format(town=town) if dice.random() < 0.7 else "")
        yield Invented(number, dice.choice(given), dice.choice(family), firm, dice.choice(TITLES), town, note)


def vcards(path: Path, count: int, *, photos: bool = False) -> None:
    """Name, two e-mails, phone, organisation, title, address, note and link; a photo in every tenth on request.

    Lines are folded at 75 as the format asks, which folds most notes. There is no UID: most exports have none.
    """
    noise = Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        for person in people(count):
            lines = _card(person)
            if photos and person.number % 10 == 0:
                picture = base64.b64encode(JPEG + noise.randbytes(JPEG_SIZE)).decode()
                lines.append(f"PHOTO;ENCODING=b;TYPE=JPEG:{picture}")
            file.write("BEGIN:VCARD\r\nVERSION:3.0\r\n")
            file.writelines(f"{_folded(line)}\r\n" for line in lines)
            file.write("END:VCARD\r\n")


def _card(p: Invented) -> list[str]:
    domain = p.firm.replace(" ", "-").lower()
    return [
        f"N:{p.family};{p.given};;;",
        f"FN:{p.given} {p.family}",
        f"EMAIL;TYPE=WORK:{p.slug}@{domain}.example",
        f"EMAIL;TYPE=HOME:{p.slug}@post.example",
        f"TEL;TYPE=CELL:+44 7{p.number * 7919 % 10**9:09d}",
        f"ORG:{p.firm}",
        f"TITLE:{p.title}",
        f"ADR;TYPE=WORK:;;{p.number % 200 + 1} Market Street;{p.town};;{p.number % 9000 + 1000};Portugal",
        f"NOTE:{p.note.strip()}".replace(", ", "\\, "),
        f"URL:https://{domain}.example/people/{p.slug}",
    ]


def _folded(line: str) -> str:
    if len(line) <= 75:
        return line
    return "\r\n ".join([line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))])


GOOGLE = (
    "First Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,"
    "Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,Website 1 - Value"
)
LABELS = ("Choir", "Spring fair", "Old school", "Book club", "Sailing", "Suppliers", "Neighbours", "Panel 2019")


def google(path: Path, count: int, *, labels: bool = False) -> None:
    """Google's table of the same people, with all that their cards say; a label for every third on request."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(GOOGLE.split(","))
        for p in people(count):
            domain = p.firm.replace(" ", "-").lower()
            label = f"{LABELS[p.number // 3 % len(LABELS)]} ::: " if labels and p.number % 3 == 0 else ""
            write([
                p.given, p.family, p.firm, p.title, p.note.strip(), f"{label}* myContacts",
                "Work", f"{p.slug}@{domain}.example", "Home", f"{p.slug}@post.example",
                "Mobile", f"+44 7{p.number * 7919 % 10**9:09d}",
                "Work", f"{p.number % 200 + 1} Market Street", p.town, p.number % 9000 + 1000, "Portugal",
                "Profile", f"https://{domain}.example/people/{p.slug}",
            ])  # fmt: skip


def connections(path: Path, count: int, email_every: int = 10) -> None:
    """LinkedIn's Connections.csv of the same people; one in so many lets their e-mail address be seen."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
        for p in people(count):
            link = f"https://www.linkedin.com/in/{p.slug.replace('.', '-')}"
            email = f"{p.slug}@post.example" if p.number % email_every == 0 else ""
            day = f"{p.number % 28 + 1:02d} Jun {2010 + p.number % 15}"
            file.write(f"{p.given},{p.family},{link},{email},{p.firm},{p.title},{day}\n")
