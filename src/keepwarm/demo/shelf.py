"""What Ines has put on her shelf: eight invented things to read and think about, some of them given already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from keepwarm.core.shelf import Saved
from keepwarm.demo.cast import CLOSE
from keepwarm.models import Item, Person, Space, User
from keepwarm.store import shelf, summaries
from keepwarm.store.shelf import Page


class Piece(NamedTuple):
    """An article that nobody has written, or a thought of hers where it has no address."""

    days: int  # ago
    url: str = ""
    title: str = ""
    written_by: str = ""
    site: str = ""
    note: str = ""
    words: tuple[str, ...] = ()
    given: int = 0  # to so many
    trouble: tuple[str, str] = ("", "")


PIECES = (
    Piece(
        1, "https://portico.example/essays/hiring-for-curiosity", "Hiring for curiosity, and how to notice it",
        "Ana Figueira", "Portico", "the interview question on page 3 is gold",
        ("One question tells more than ten. It is about the last thing that surprised them, and what they did "
         "about it.",
         "A product team of six, hiring for a year, asked it of every software engineer, every researcher and two "
         "analysts. "
         "People who are curious answer with a place, a person and a mistake.",
         "Small teams with a long roadmap need such people more than they need experts: a designer who asks why the "
         "search is slow finds out that nobody looks for what it finds."),
    ),
    Piece(
        3, "https://la-marge.example/wind-farm-in-winter", "What a wind farm sounds like in winter", "Bo Halloran",
        "La Marge", "",
        ("A short read with recordings. The shipping lanes are quiet in January, and a microphone on a crane hears the "
         "port wake up.",
         "The operations director of a fleet of freight boats keeps the recordings in the office, and plays them to "
         "whoever asks what moving freight from road to sea has changed on the winter routes."),
        1,
    ),
    Piece(
        5, "https://fieldnotes.example/hospital-lobbies", "Four hospital lobbies that calm you down", "Ruta Sand",
        "Field notes", "",
        ("Pictures, and one surprising number about chairs: people who can turn theirs wait twice as patiently.",
         "Each architect was asked for the one drawing that changed the room. Three of the four show a courtyard; the "
         "interior designer of the clinic on the island shows a lamp.",
         "A nurse manager kept count for a winter."),
    ),
    Piece(
        9, "https://thebluehour.example/printing-the-sea", "Printing the sea: eleven blues and what they cost",
        "Jonna Wick", "The Blue Hour", "the ink table!",
        ("A cartographer and a printer argue about water. The old harbour charts used three blues, the new atlas wants "
         "eleven.",
         "Letterpress is kinder to the shallow ones. What the map editor calls the right blue is a matter of paper, "
         "and the price of good paper has not come down."),
        2,
    ),
    Piece(
        16, "https://slowkitchen.example/menu-without-a-freezer", "A menu without a freezer", "Tomé Abrantes",
        "Slow Kitchen", "",
        ("A chef sold the freezer and lost nothing but the peas. The kitchen opens on Mondays now, when the market has "
         "what nobody else wanted.",
         "In a wet year the olive harvest comes late, and the buyer learns to write the menu on the day. Only the "
         "pastry chef complained, and then made the best tart of the season."),
    ),
    Piece(
        24, "https://plainpaper.example/contracts-in-plain-words.pdf", "Contracts in plain words",
        site="plainpaper.example",
        note="for anyone with a lease to sign: the last page is one that a tenant could read aloud",
        trouble=("This is a PDF; its words cannot be read here.", "Give it a line of your own."),
    ),
    Piece(
        33, "https://saltandvowels.example/dictionary-of-sea-words", "The dictionary of sea words", "Mirela Costin",
        "Salt and Vowels", "",
        ("A librarian and a translator collect what fishermen call the weather. There are forty words for fog between "
         "Bergen and Porto, and nine of them are rude.",
         "Students write letters to the harbour masters and ask for more. The lecturer who began it teaches without "
         "slides, and reads the answers aloud."),
        1,
    ),
    Piece(
        50,
        note="Reading hours work best where people wait anyway. The ferry hall has four hundred of them every "
        "morning, and a bench for each book. Whoever programmes a museum or a library should try it for one winter.",
    ),
)  # fmt: skip


def fill(space: Space, owner: User, people: Sequence[Person], today: date, zone: ZoneInfo, seed: int) -> int:
    """All of it; returns how many times something was given, always to people whom she sees anyway."""
    random = Random(f"{seed} shelf")  # noqa: S311 - a story, not a secret
    near = [person for person in people if person.circle and person.circle.name == CLOSE and not person.never]
    given: set[Person] = set()
    for piece in PIECES:
        at = datetime.combine(today - timedelta(days=piece.days), time(20, 10), zone)
        item = _saved(space, owner, piece, at)
        for person in random.sample([one for one in near if one not in given], piece.given):
            given.add(person)
            shelf.give(item, person, owner, at + timedelta(hours=14), channel="mail")
    summaries.of(space.id, {person.id for person in given}, today)  # as of today, not of then
    return len(given)


def _saved(space: Space, owner: User, piece: Piece, at: datetime) -> Item:
    said = Saved(piece.url, piece.note, piece.title, site=piece.site)
    item, _ = shelf.save(space, owner, said, at)
    if piece.words:
        words = "\n".join(piece.words)
        shelf.read_in(item, Page(piece.title, piece.written_by, piece.site, piece.words[0], words, at.date()))
    elif piece.url:
        shelf.unreadable(item, *piece.trouble)
    return item
