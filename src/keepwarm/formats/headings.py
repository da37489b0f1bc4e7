"""What the heading of a column means, in the words that programs and people use in nine languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from keepwarm.formats.columns import Column
from keepwarm.formats.heading_words import ABOUT, FILLERS, HEADINGS, PLACES

_LONGEST = 4  # words
_TELLING = (
    *("linkedin", "website", "email", "mail", "fax", "mobile", "handy", "phone", "telefon", "telephone", "telefono"),
    "birthday",
)
_HONORIFIC = frozenset(("title", "titel", "titre", "titulo", "titolo", "tytul", "обращение"))
_MAYBE_FULL_NAME = frozenset(("nome", "nombre", "имя", "imie", "nom", "first", "last"))


def words(heading: str) -> tuple[str, ...]:
    """The words as they are compared: without case, accents and signs; "E-mail" is one word."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])(?<!Linked)(?<!Git)(?<!Whats)", " ", heading)  # ZipCode
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced).casefold() if not unicodedata.combining(c))
    plain = re.sub(r"[’'`]", "", plain.replace("ł", "l"))
    return tuple(re.findall(r"[^\W_]+", re.sub(r"\be[\W_]+mail", "email", plain)))


def _listed(said: str) -> dict[str, str]:
    """The words of a list by the line with a colon that they stand under."""
    found: dict[str, str] = {}
    under = ""
    for line in said.strip().splitlines():
        if line.endswith(":"):
            under = line[:-1]
        else:
            found[under] = f"{found.get(under, '')} {line}"
    return found


def _vocabulary() -> dict[tuple[str, ...], Column]:
    found: dict[tuple[str, ...], Column] = {}
    for code, said in _listed(HEADINGS).items():
        field, _, label = code.partition(" ")
        for heading in filter(None, map(words, said.split(";"))):
            found.setdefault(heading, Column(field, label))
    return found


_COLUMNS = _vocabulary()
_PLACE_OF = {word: place for place, said in _listed(PLACES).items() for word in words(said)}
_FILLERS = frozenset(words(FILLERS))
_ABOUT = frozenset(words(ABOUT))


def columns(names: Sequence[str]) -> list[Column]:
    """What each column holds, told by its heading and by those beside it."""
    found = [column(name) for name in names]
    _settle_titles(names, found)
    _settle_names(names, found)
    _settle_addresses(found)
    _settle_birthday(names, found)
    return found


@lru_cache(maxsize=4096)
def column(name: str) -> Column:
    """What a column holds by its heading alone."""
    said = words(name)
    if not said:
        return Column()
    if said in _COLUMNS:
        return _with_name(_COLUMNS[said], name)
    if any(word in _ABOUT for word in said):
        return Column()
    place = next((_PLACE_OF[word] for word in said if word in _PLACE_OF), "")
    numbered = tuple(word for word in said if not word.isdigit())
    bare = tuple(word for word in numbered if word not in _PLACE_OF)
    for rest in (numbered, bare, tuple(word for word in bare if word not in _FILLERS)):
        if rest in _COLUMNS:
            return _with_name(_placed(_COLUMNS[rest], place), name)
    # A sentence may have such a word, too, and is no heading.
    telling = next((word for word in _TELLING if word in said), "") if len(said) <= _LONGEST else ""
    return _placed(_COLUMNS[(telling,)], place) if telling else Column()


def _placed(found: Column, place: str) -> Column:
    """A fax at home is a "home fax"; a mobile phone is one wherever it is."""
    if not place or found.field in ("name", "given", "family", "middle", "birthday", "note", "profile", "handle"):
        return found
    if found.label == "fax":
        return found._replace(label="fax" if place == "other" else f"{place} fax")
    return found if found.label else found._replace(label=place)


def _with_name(found: Column, name: str) -> Column:
    return found._replace(label=name.strip()) if found.field == "extra" else found


def _settle_titles(names: Sequence[str], found: list[Column]) -> None:
    """ "Title" is Dr or Ms where it stands before the first name, or where another column has the job."""
    jobs = [i for i, column in enumerate(found) if column.field == "title"]
    given = next((i for i, column in enumerate(found) if column.field == "given"), -1)
    for i in jobs:
        if " ".join(words(names[i])) in _HONORIFIC and given >= 0 and (i < given or len(jobs) > 1):
            found[i] = Column("prefix")
            return


def _settle_names(names: Sequence[str], found: list[Column]) -> None:
    """Where one column alone has the name, "Nom" and "Nombre" mean the whole of it."""
    at = [i for i, column in enumerate(found) if column.field in ("given", "family")]
    if len(at) != 1 or any(column.field == "name" for column in found):
        return
    if " ".join(words(names[at[0]])) in _MAYBE_FULL_NAME:
        found[at[0]] = Column("name")


def _settle_addresses(found: list[Column]) -> None:
    """An address beside a city is a street; alone it is the whole."""
    cities = {column.label for column in found if column.field == "city"}
    streets = {column.label for column in found if column.field == "street"}
    for i, column in enumerate(found):
        if column.field == "address" and column.label in cities - streets:
            found[i] = column._replace(field="street")


def _settle_birthday(names: Sequence[str], found: list[Column]) -> None:
    """Thunderbird in German calls the day "Geburtstag", beside a year and a month. "Aniversario" is the
    birthday in Portuguese; in Spanish, beside a birthday, it is not."""
    fields = {column.field for column in found}
    if {"birth_year", "birth_month"} <= fields and "birth_day" not in fields:
        found[:] = [Column("birth_day") if column.field == "birthday" else column for column in found]
    at = [i for i, column in enumerate(found) if column.field == "birthday"]
    for i in at if len(at) > 1 else ():
        if words(names[i]) == ("aniversario",):
            found[i] = Column("anniversary")
