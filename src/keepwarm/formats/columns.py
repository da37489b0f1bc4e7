"""The rows of an address book table into people, by what each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from keepwarm.core.names import from_email
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.formats import birthdays, table, text
from keepwarm.formats.batch import Batch, Problem
from keepwarm.formats.linkedin import profile_link
from keepwarm.formats.vcard_write import one_line_address

BATCH = 500  # rows
_LOOK_AHEAD = 1000  # rows read before the order of day and month is settled


class Column(NamedTuple):
    """What one column holds. Columns of one group make one value together: a phone and its label."""

    field: str = ""  # one of FIELDS; "" is left out
    label: str = ""  # "work", "home fax"
    group: str = ""


SINGLE = (
    *("external_id", "name", "given", "middle", "family", "prefix", "suffix", "nickname"),
    *("organisation", "department", "title"),
)
SEVERAL = ("email", "phone", "link", "profile", "handle")
PLACE = ("address", "street", "city", "region", "postcode", "country")
DATES = ("birthday", "anniversary", "known_since")
OTHERS = ("birth_year", "birth_month", "birth_day", "note", "extra", "category", "label", "is_organisation")
FIELDS = (*SINGLE, *SEVERAL, *PLACE, *DATES, *OTHERS)


class Habits(NamedTuple):
    """How a program writes what its cells hold."""

    between: str = ""  # what stands between several values in one cell
    between_categories: str = r"[;,]"  # a pattern
    left_out: frozenset[str] = frozenset()  # categories, in lower case, that say nothing
    plain: Callable[[list[str]], list[str]] = list  # a row as it was before it was made safe
    exact: bool = False  # our own table: everything was read and tidied once


USUAL = Habits()


class _Several(NamedTuple):
    """A column of e-mails, phones or links. -1 is the empty cell put behind every row."""

    at: int
    field: str
    label: str
    label_at: int


class _Place(NamedTuple):
    """Where the parts of an address stand; a street may take several columns."""

    label: str
    label_at: int
    parts: tuple[int, ...]  # all of those below
    address: tuple[int, ...]
    street: tuple[int, ...]
    city: int
    region: int
    postcode: int
    country: int


_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+")
_SEPARATORS = re.compile(r"[\s,;<>\"()]+")
_LINK = re.compile(r"https?://\S+|[^\s/.]+\.\S+", re.IGNORECASE)
_LINKEDIN_NAME = re.compile(r"[\w\-%]{3,100}")
_SERVICES = ("github", "twitter", "facebook", "instagram", "xing", "mastodon", "bsky", "youtube", "tiktok", "threads")
_LABELS = {
    **dict.fromkeys(("mobile", "mobil", "mobiel", "mobile phone", "cellular", "celular", "handy", "portable"), "cell"),
    **dict.fromkeys(("móvil", "cellulare", "telemóvel", "komórka", "мобильный"), "cell"),
    "homefax": "home fax",
    "workfax": "work fax",
    "business": "work",
    "personal": "home",
}


def read(
    file: BinaryIO,
    is_header: Callable[[Sequence[str]], bool],
    columns_of: Callable[[Sequence[str]], Sequence[Column]],
    habits: Habits = USUAL,
) -> Iterator[Batch]:
    """The people of a table, a few hundred at a time. A cell that makes no sense costs that cell only."""
    lines = text.Decoded(file)
    sheet = table.Table(lines, is_header)
    reader = Reader(sheet.header.names, columns_of(sheet.header.names), habits)
    rows = sheet.rows(reader.fits)
    first = list(islice(rows, _LOOK_AHEAD if reader.has_dates else 0))
    batch = Batch(problems=reader.settle_order(row.cells for row in first if row.cells))
    for count, row in enumerate(chain(first, rows), 1):
        if row.problem:
            batch.problems.append(row.problem)
        if row.cells and (person := reader.person(row.number, row.cells, batch.problems)):
            batch.people.append(person)
        if count % BATCH == 0:
            batch.at = lines.at
            yield batch
            batch = Batch()
    batch.at = lines.at
    yield batch


class Reader:
    """Rows of one table to people."""

    def __init__(self, names: Sequence[str], columns: Sequence[Column], habits: Habits) -> None:
        self._names, self._habits = [*names, ""], habits
        at: dict[str, list[int]] = {}
        for i, column in enumerate(columns):
            at.setdefault(column.field, []).append(i)
        self._at = {field: tuple(found) for field, found in at.items() if field}
        self._singles = [(column.field, i) for i, column in enumerate(columns) if column.field in _IS_SINGLE]
        labels = {column.group: i for i, column in enumerate(columns) if column.field == "label"}
        self._several = {field: self._plan(field, columns, labels) for field in (*SEVERAL, "extra")}
        self._places = _places(columns, labels)
        self._day_first = True
        self._tidy = str if habits.exact else text.tidy
        self._label = str if habits.exact else label
        self.has_dates = any(field in at for field in DATES)

    def _plan(self, field: str, columns: Sequence[Column], labels: dict[str, int]) -> tuple[_Several, ...]:
        return tuple(
            _Several(i, field, column.label, labels.get(column.group, -1) if column.group else -1)
            for i, column in enumerate(columns)
            if column.field == field
        )

    def settle_order(self, rows: Iterable[list[str]]) -> list[Problem]:
        """Decide whether the day stands before the month; the doubt, where the dates do not tell."""
        at = [i for field in DATES for i in self._at.get(field, ())]
        cells = [cell for row in rows for i in at if (cell := row[i].strip()) and not birthdays.is_nothing(cell)]
        order = birthdays.order(cells)
        self._day_first = order.day_first
        if order.sure or all(birthdays.read(c, True) == birthdays.read(c, False) for c in cells):
            return []
        message = "The dates do not tell the day from the month; they were read with the day first."
        fix = "If that is wrong, write them as 1980-03-31 or 31 Mar 1980, then import the file again."
        return [Problem(0, self._names[at[0]], message, fix)]

    def fits(self, cells: list[str]) -> bool:
        """Whether e-mail addresses and dates are where the header says."""
        emails = [cell for column in self._several["email"] if (cell := cells[column.at])]
        days = [cell for field in DATES for i in self._at.get(field, ()) if (cell := cells[i].strip())]
        return all("@" in cell for cell in emails) and all(
            birthdays.is_nothing(cell) or birthdays.read(cell) is not None for cell in days
        )

    def person(self, row: int, cells: list[str], problems: list[Problem]) -> PersonRecord | None:
        """None, and a problem, for a row with nothing that a person could be called by."""
        cells = [*self._habits.plain(cells), ""]
        single = self._texts(cells)
        emails = self._emails(row, cells, problems)
        phones = self._values("phone", cells)
        links, profiles, handles = self._pages(row, cells, problems)
        named = self._named(single)
        name = named or single.get("organisation", "") or _from_contact(emails, phones or handles)
        if not name:
            problems.append(_nobody(row, cells))
            return None
        return PersonRecord(
            where=row,
            name=name,
            external_id=single.get("external_id", ""),
            given=single.get("given", ""),
            middle=single.get("middle", ""),
            family=single.get("family", ""),
            prefix=single.get("prefix", ""),
            suffix=single.get("suffix", ""),
            nickname=single.get("nickname", ""),
            emails=emails,
            phones=phones,
            links=links,
            profiles=profiles,
            handles=handles,
            organisation=single.get("organisation", ""),
            department=single.get("department", ""),
            title=single.get("title", ""),
            addresses=self._addresses(cells) if self._places else (),
            note=self._note(cells),
            birthday=self._birthday(row, cells, problems),
            anniversary=self._date("anniversary", row, cells, problems),
            known_since=_whole(self._date("known_since", row, cells, problems)),
            categories=self._categories(cells) if "category" in self._at else (),
            is_organisation=self._is_organisation(cells, named, single),
        )

    # Names and other single texts

    def _texts(self, cells: list[str]) -> dict[str, str]:
        """What there is once of a person, by its field; of several columns the first that says something."""
        found: dict[str, str] = {}
        for field, i in self._singles:
            if cells[i] and field not in found and (said := self._one(cells[i])):
                found[field] = said
        return found

    def _one(self, cell: str) -> str:
        between = self._habits.between
        return self._tidy(cell.partition(between)[0] if between and between in cell else cell)

    def _first(self, field: str, cells: list[str]) -> str:
        return next((said for i in self._at[field] if cells[i] and (said := self._one(cells[i]))), "")

    def _named(self, single: dict[str, str]) -> str:
        if "name" in single:
            return single["name"]
        parts = (single.get("given", ""), single.get("middle", ""), single.get("family", ""))
        return " ".join(filter(None, parts)) or single.get("nickname", "")

    def _is_organisation(self, cells: list[str], named: str, single: dict[str, str]) -> bool:
        if "is_organisation" in self._at:
            return self._first("is_organisation", cells).casefold() in ("yes", "true", "1")
        return not named and "organisation" in single and "title" not in single

    # E-mails, phones, pages

    def _values(self, field: str, cells: list[str]) -> tuple[Value, ...]:
        """Each value once, with the label of its column or of the cell beside it."""
        found: dict[str, Value] = {}
        for column in self._several[field]:
            if cells[column.at]:
                for value in self._pieces(column, cells):
                    found.setdefault(value.value, value)
        return tuple(found.values())

    def _pieces(self, column: _Several, cells: list[str]) -> Iterator[Value]:
        cell, said = cells[column.at], cells[column.label_at]
        between = self._habits.between
        if not between or between not in cell:
            if tidy := self._tidy(cell):
                yield Value(tidy, self._label(said) or column.label)
            return
        labels = said.split(between)
        for i, piece in enumerate(cell.split(between)):
            if tidy := self._tidy(piece):
                # One label for all: Google. One each: our own table.
                mine = labels[i] if i < len(labels) else labels[0] if len(labels) == 1 else ""
                yield Value(tidy, self._label(mine) or column.label)

    def _emails(self, row: int, cells: list[str], problems: list[Problem]) -> tuple[Value, ...]:
        emails = self._values("email", cells)
        if self._habits.exact or all(_EMAIL.fullmatch(email.value) for email in emails):
            return emails
        found: dict[str, Value] = {}
        for email in emails:
            addresses = [piece for piece in _SEPARATORS.split(email.value) if _EMAIL.fullmatch(piece)]
            addresses = [re.sub("^mailto:", "", address, flags=re.IGNORECASE) for address in addresses]
            found |= {address: Value(address, email.label) for address in addresses if address not in found}
            # An Exchange server's inner address, which nobody can write to, comes with whole firms.
            if not addresses and not email.value.casefold().startswith("/o="):
                problems.append(self._wrong(row, "email", cells, email.value, "is not an e-mail address"))
        return tuple(found.values())

    def _pages(
        self, row: int, cells: list[str], problems: list[Problem]
    ) -> tuple[tuple[Value, ...], tuple[Value, ...], tuple[Value, ...]]:
        """Web pages, social profiles and handles: each by what it is, wherever it stands."""
        if self._habits.exact:
            return self._values("link", cells), self._values("profile", cells), self._values("handle", cells)
        links: list[Value] = []
        profiles: dict[str, Value] = {}
        handles = list(self._values("handle", cells)) if self._several["handle"] else []
        for value in self._values("link", cells) if self._several["link"] else ():
            if linked := profile_link(value.value):
                profiles[linked] = Value(linked, "linkedin")
            elif _LINK.fullmatch(value.value):
                links.append(value)
            else:
                problems.append(self._wrong(row, "link", cells, value.value, "is not a link"))
        for value in self._values("profile", cells) if self._several["profile"] else ():
            if profile := _profile(value):
                profiles.setdefault(profile.value, profile)
            else:
                handles.append(value)
        return tuple(links), tuple(profiles.values()), tuple(handles)

    # Addresses

    def _addresses(self, cells: list[str]) -> tuple[Address, ...]:
        found: dict[Address, None] = {}
        for place in self._places:
            if "".join([cells[i] for i in place.parts]):  # any() of a generator takes three times as long
                found |= dict.fromkeys(self._split_address(place, cells))
        return tuple(found)

    def _split_address(self, place: _Place, cells: list[str]) -> Iterator[Address]:
        between = self._habits.between
        used = (*place.parts, place.label_at) if between else ()
        count = max([cells[i].count(between) for i in used], default=0)
        if not count:
            return (address for address in [self._address(place, cells)] if address.text)
        rows = ([piece[n : n + 1] for piece in (cell.split(between) for cell in cells)] for n in range(count + 1))
        each = (self._address(place, ["".join(piece) for piece in row]) for row in rows)
        return (address for address in each if address.text)

    def _address(self, place: _Place, cells: list[str]) -> Address:
        """Its text is made of the parts; the whole as the source has it stands in where there are none."""
        street = ", ".join([_on_one_line(cells[i]) for i in place.street if cells[i]])
        city, region, postcode, country = [self._tidy(cells[i]) for i in place[5:]]
        full = one_line_address(street, city, region, postcode, country)
        if self._habits.exact or not (street or city):
            full = ", ".join([_on_one_line(cells[i]) for i in place.address if cells[i]]) or full
        named = self._label(cells[place.label_at]) or place.label
        return Address(full, named, street, city, region, postcode, country)

    # Notes, categories, dates

    def _note(self, cells: list[str]) -> str:
        tidy = str if self._habits.exact else long_text
        notes = [tidy(cells[i]) for i in self._at.get("note", ()) if cells[i]]
        for column in self._several["extra"]:
            if cells[column.at] and (said := text.tidy(cells[column.at])):
                head = text.tidy(cells[column.label_at]).removeprefix("* ") or column.label
                notes.append(f"{head}: {said}" if head else said)
        return "\n".join(dict.fromkeys(filter(None, notes)))

    def _categories(self, cells: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for i in self._at["category"]:
            for piece in re.split(self._habits.between_categories, cells[i]) if cells[i] else ():
                tidy = piece if self._habits.exact else text.tidy(piece).removeprefix("* ")
                if tidy and tidy.casefold() not in self._habits.left_out:
                    found[tidy] = None
        return tuple(found)

    def _birthday(self, row: int, cells: list[str], problems: list[Problem]) -> PartialDate | None:
        parts = [self._first(field, cells) if field in self._at else "" for field in _BIRTH]
        if any(parts):
            return birthdays.of_parts(*parts)
        return self._date("birthday", row, cells, problems)

    def _date(self, field: str, row: int, cells: list[str], problems: list[Problem]) -> PartialDate | None:
        if field not in self._at or not (cell := self._first(field, cells)) or birthdays.is_nothing(cell):
            return None
        day = birthdays.read(cell, self._day_first)
        if day is None:
            problems.append(self._wrong(row, field, cells, cell, "is not a date"))
        return day

    def _wrong(self, row: int, field: str, cells: list[str], said: str, what: str) -> Problem:
        """The column's own name goes into the message: it is what the user can look for."""
        at = self._at[field]
        # Tidied only where it must be: a row with a thousand wrong values asks a thousand times.
        found = [i for i in at if said in cells[i]] or [i for i in at if said in text.tidy(cells[i])]
        name = self._names[found[0]] if found else ""
        fix = "The person was kept without it. Correct it in the file and import again, or edit the person."
        return Problem(row, name, f"{name} says {table.shown(said)}, which {what}.", fix)


_IS_SINGLE = frozenset(SINGLE)
_BIRTH = ("birth_year", "birth_month", "birth_day")


@lru_cache(maxsize=1024)
def label(word: str) -> str:
    """A label as records have it: "* Mobile" is "cell"."""
    plain = text.tidy(word).casefold().lstrip("* ")
    return _LABELS.get(plain, plain)


def long_text(cell: str) -> str:
    """Text of several lines, each tidied."""
    if "\n" not in cell and "\r" not in cell:
        return text.tidy(cell)
    return "\n".join(map(text.tidy, cell.splitlines())).strip()


def _places(columns: Sequence[Column], labels: dict[str, int]) -> tuple[_Place, ...]:
    found: dict[str, dict[str, list[int]]] = {}
    named: dict[str, str] = {}
    for i, column in enumerate(columns):
        if column.field in PLACE:
            group = column.group or column.label
            found.setdefault(group, {}).setdefault(column.field, []).append(i)
            named.setdefault(group, column.label)
    return tuple(
        _Place(
            named[group],
            labels.get(group, -1) if group else -1,
            tuple(i for at in parts.values() for i in at),
            tuple(parts.get("address", ())),
            tuple(parts.get("street", ())),
            *(parts.get(field, [-1])[0] for field in PLACE[2:]),
        )
        for group, parts in found.items()
    )


def _on_one_line(cell: str) -> str:
    if "\n" not in cell and "\r" not in cell:
        return text.tidy(cell)
    return ", ".join([line.strip(" ,") for line in long_text(cell).split("\n") if line.strip(" ,")])


def _profile(value: Value) -> Value | None:
    """A social profile by its address; LinkedIn's also by the name alone, which is all that some lists have."""
    if linked := profile_link(value.value):
        return Value(linked, "linkedin")
    if _LINK.fullmatch(value.value):
        service = next((name for name in _SERVICES if name in value.value.casefold()), "")
        return Value(value.value, value.label or service)
    if value.label == "linkedin" and _LINKEDIN_NAME.fullmatch(value.value):
        return Value(f"https://www.linkedin.com/in/{value.value.lower()}", "linkedin")
    return None


def _whole(day: PartialDate | None) -> date | None:
    """A day of which nothing is missing."""
    return date(day.year, day.month, day.day) if day and day.year and day.month and day.day else None


def _from_contact(emails: tuple[Value, ...], others: tuple[Value, ...]) -> str:
    if emails:
        return from_email(emails[0].value)
    return others[0].value if others else ""


def _nobody(row: int, cells: list[str]) -> Problem:
    said = next((tidy for cell in cells if (tidy := text.tidy(cell))), "")
    message = f"The row with {table.shown(said)} has no name, no e-mail address and no phone, so it is nobody yet."
    return Problem(row, "", message, "Write a name into the file and import it again, or leave it.")
