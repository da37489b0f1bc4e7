"""LinkedIn's own export: the connections, and what it says about the owner of the network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from keepwarm.core.people import OwnFact, PersonRecord, Value
from keepwarm.formats import dates, linkedin_names, table, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample

BATCH = 500  # rows
_LOOK_AHEAD = 1000  # rows read before the order of day and month is settled

_GIVEN = ("First Name", "Given Name", "Vorname", "Prénom", "Nombre", "Nome", "Voornaam")
_FAMILY = (
    *("Last Name", "Surname", "Family Name", "Nachname", "Nom", "Nom de famille", "Apellidos", "Apellido"),
    *("Cognome", "Sobrenome", "Apelido", "Achternaam"),
)
_LINK = (
    *("URL", "Profile URL", "LinkedIn URL", "Public Profile URL", "Profile Link", "Profil-URL"),
    *("URL du profil", "URL del perfil", "URL del profilo", "URL do perfil", "Profiel-URL"),
)
_EMAIL = (
    *(
        "Email Address",
        "Email",
        "E-mail Address",
        "E-Mail-Adresse",
        "Adresse e-mail",
        "Courriel",
        "E-mailadres",
    ),
    *("Dirección de correo electrónico", "Correo electrónico"),
    *("Indirizzo email", "Indirizzo e-mail", "Endereço de e-mail", "Endereço de email"),
)
_ORGANISATION = (
    *(
        "Company",
        "Current Company",
        "Organization",
        "Unternehmen",
        "Firma",
        "Entreprise",
        "Société",
        "Empresa",
    ),
    *("Azienda", "Società", "Bedrijf"),
)
_TITLE = (
    *(
        "Position",
        "Current Position",
        "Job Title",
        "Title",
        "Poste",
        "Fonction",
        "Cargo",
        "Puesto",
        "Posizione",
    ),
    *("Qualifica", "Função", "Posição", "Functie", "Positie"),
)
_SINCE = (
    *(
        "Connected On",
        "Connected At",
        "Connection Date",
        "Date Connected",
        "Verbunden am",
        "Vernetzt am",
        "Kontakt seit",
    ),
    *("Date de connexion", "Connecté le", "En relation depuis", "Relation depuis"),
    *("Fecha de conexión", "Conectado el", "Conexión desde", "Contacto desde"),
    *("Data del collegamento", "Data di collegamento", "Collegato il", "Data di connessione"),
    *("Data de conexão", "Data da conexão", "Conectado em", "Data de ligação", "Ligado em"),
    *("Verbonden op", "Connectie sinds", "Verbindingsdatum", "Gekoppeld op", "Datum van connectie"),
)
_KEYS = {
    field: frozenset(map(table.key, names))
    for field, names in {
        "given": _GIVEN,
        "family": _FAMILY,
        "link": _LINK,
        "email": _EMAIL,
        "organisation": _ORGANISATION,
        "title": _TITLE,
        "since": _SINCE,
    }.items()
}
# What tables write for "nothing". The second kind can be somebody's name: beside another name it is.
_NOTHING = frozenset(("", "#N/A", "N/A", "<NA>", "NaN", "NULL", "n/a", "nan", "-", "--"))
_MAYBE_NAMES = frozenset(("NA", "Na", "None", "none", "Null", "null"))
_BLANK = _NOTHING | _MAYBE_NAMES
_PROFILE = re.compile(r"(?:https?:)?/*(?:[\w\-]+\.)*linkedin\.com/+(in|pub)/+([^?#\s]+)(?:[?#].*)?", re.IGNORECASE)
_COMMON = re.compile(r"https://www\.linkedin\.com/in/([a-z0-9\-]+)/?")
_EMAIL_ADDRESS = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
_WEB = re.compile(r"(?:https?://|www\.)[^\s\],;]+", re.IGNORECASE)


class _Columns(NamedTuple):
    """Where each field stands. -1 is the empty cell put behind every row."""

    given: int
    family: int
    link: int
    email: int
    organisation: int
    title: int
    since: int


def _columns(names: Sequence[str]) -> _Columns:
    keys = [table.key(name) for name in names]
    return _Columns(*(next((i for i, k in enumerate(keys) if k in _KEYS[f]), -1) for f in _Columns._fields))


def _is_connections(names: Sequence[str]) -> bool:
    """Only LinkedIn says since when people are connected; a name and one thing more must be there."""
    at = _columns(names)
    return at.since >= 0 and max(at.given, at.family) >= 0 and max(at.link, at.organisation, at.title) >= 0


def profile_link(cell: str) -> str:
    """The one spelling of a profile's address, or "" for anything else.

    https, www, no language, no query; the last part decoded and in lower case.
    """
    if match := _COMMON.fullmatch(cell):
        return f"https://www.linkedin.com/in/{match[1]}"
    if not (match := _PROFILE.fullmatch(cell.strip())):
        return ""
    slug = unicodedata.normalize("NFC", unquote(match[2])).lower().strip("/")
    if match[1].lower() == "in":
        slug = slug.partition("/")[0]  # a language may follow: /in/ada/de
    slug = "".join(slug.split())
    return f"https://www.linkedin.com/{match[1].lower()}/{slug}" if slug else ""


def read_connections(file: BinaryIO) -> Iterator[Batch]:
    """People with a name. Members whom LinkedIn hides (a date and nothing else) are only counted."""
    lines = text.Decoded(file)
    sheet = table.Table(lines, _is_connections)
    at = _columns(sheet.header.names)
    rows = sheet.rows(partial(_fits, at))
    first = list(islice(rows, _LOOK_AHEAD))
    order = _order(sheet.header, at, first)
    reader = _Reader(sheet.header.names, at, order.day_first)
    batch = Batch(problems=_doubt(sheet.header, at, order))
    for count, row in enumerate(chain(first, rows), 1):
        reader.add(row, batch)
        if count % BATCH == 0:
            batch.at = lines.at
            yield batch
            batch = Batch()
    batch.at = lines.at
    yield batch


def _fits(at: _Columns, cells: list[str]) -> bool:
    """Whether the cells that can be told by their look are where the header says."""
    cells = [*cells, ""]
    link, email, since = cells[at.link].strip(), cells[at.email].strip(), cells[at.since].strip()
    return (
        (not link or profile_link(link) != "")
        and (not email or _EMAIL_ADDRESS.fullmatch(email) is not None)
        and (not since or dates.read(since) is not None)
    )


def _order(head: table.Header, at: _Columns, rows: Iterable[table.Row]) -> dates.Order:
    """Where the dates do not tell: 3/4/2024 in English and without zeros is an American spreadsheet."""
    texts = [row.cells[at.since].strip() for row in rows if row.cells]
    english = table.key(head.names[at.since]) == "connectedon"
    padded = any(re.match(r"0\d[/.\-]\d\d[/.\-]", cell) for cell in texts)
    return dates.order(texts, otherwise=padded or not english or head.delimiter == ";")


def _doubt(head: table.Header, at: _Columns, order: dates.Order) -> list[Problem]:
    if order.sure:
        return []
    as_read = "the day first" if order.day_first else "the month first"
    message = f"The dates do not tell the day from the month; they were read with {as_read}."
    fix = "If that is wrong, write them as 2024-03-31 or 31 Mar 2024, then import the file again."
    return [Problem(0, head.names[at.since], message, fix)]


class _Reader:
    """Rows to people. One field that makes no sense costs that field only."""

    def __init__(self, names: Sequence[str], at: _Columns, day_first: bool) -> None:
        self._columns, self._at, self._day_first = names, at, day_first

    def add(self, row: table.Row, batch: Batch) -> None:
        if row.problem:
            batch.problems.append(row.problem)
        if not row.cells:
            return
        cells = [*map(_cell, row.cells), ""]
        first, last = self._names_of(row.cells, cells)
        if not (first or last) or (first, last) == ("LinkedIn", "Member"):
            self._without_name(row.number, cells, batch)
        else:
            batch.people.append(self._person(row.number, linkedin_names.parts(first, last), cells, batch))

    def _names_of(self, raw: list[str], cells: list[str]) -> tuple[str, str]:
        first, last = cells[self._at.given], cells[self._at.family]
        if first and not last and self._at.family >= 0:
            return first, _maybe_name(raw[self._at.family])
        if last and not first and self._at.given >= 0:
            return _maybe_name(raw[self._at.given]), last
        return first, last

    def _without_name(self, number: int, cells: list[str], batch: Batch) -> None:
        at = self._at
        if not any(cells[i] for i in (at.link, at.email, at.organisation, at.title)):
            batch.hidden += 1
            return
        known = next(cells[i] for i in (at.organisation, at.title, at.email, at.link) if cells[i])
        message = f"This row ({table.shown(known)}) has no name, so nobody was added for it."
        fix = "Write the name into the file and import it again, or add this person by hand."
        batch.problems.append(Problem(number, self._columns[max(at.given, at.family)], message, fix))

    def _person(self, number: int, name: linkedin_names.Name, cells: list[str], batch: Batch) -> PersonRecord:
        at = self._at
        link, profile = cells[at.link], profile_link(cells[at.link])
        return PersonRecord(
            where=number,
            name=name.shown,
            external_id=profile,
            given=name.given,
            family=name.family,
            prefix=name.prefix,
            suffix=name.suffix,
            emails=self._emails(number, cells[at.email], batch) if cells[at.email] else (),
            links=self._links(number, link, batch) if link and not profile else (),
            profiles=(Value(profile, "linkedin"),) if profile else (),
            organisation=cells[at.organisation],
            title=cells[at.title],
            known_since=self._since(number, cells[at.since], batch) if cells[at.since] else None,
        )

    def _emails(self, number: int, cell: str, batch: Batch) -> tuple[Value, ...]:
        pieces = (re.sub("^mailto:", "", piece, flags=re.IGNORECASE) for piece in re.split(r"[\s,;<>]+", cell))
        found = [piece for piece in pieces if _EMAIL_ADDRESS.fullmatch(piece)]
        if not found:
            self._note(number, self._at.email, cell, "is not an e-mail address", batch)
        return tuple(map(Value, dict.fromkeys(found)))

    def _links(self, number: int, cell: str, batch: Batch) -> tuple[Value, ...]:
        if _WEB.fullmatch(cell):
            return (Value(cell),)
        self._note(number, self._at.link, cell, "is not a link to a profile", batch)
        return ()

    def _since(self, number: int, cell: str, batch: Batch) -> date | None:
        day = dates.read(cell, self._day_first)
        if day is None:
            self._note(number, self._at.since, cell, "is not a date", batch)
        return day

    def _note(self, number: int, column: int, cell: str, what: str, batch: Batch) -> None:
        name = self._columns[column]
        fix = "The person was kept without it. Correct it in the file and import again, or edit the person."
        batch.problems.append(Problem(number, name, f"{name} says {table.shown(cell)}, which {what}.", fix))


def _cell(cell: str) -> str:
    tidy = text.tidy(cell) if cell else ""
    return "" if tidy in _BLANK else tidy


def _maybe_name(cell: str) -> str:
    return cell.strip() if cell.strip() in _MAYBE_NAMES else ""


# The owner's own files: small, one sheet each, a fact or several a row.

_Fact = Callable[[dict[str, str]], Iterable[OwnFact]]


def _profile_facts(row: dict[str, str]) -> Iterator[OwnFact]:
    name = linkedin_names.parts(row.get("firstname", ""), row.get("lastname", ""))
    yield OwnFact("name", name.shown)
    yield OwnFact("headline", row.get("headline", ""))
    yield OwnFact("place", row.get("geolocation", "") or row.get("location", ""))
    for column in ("publicprofileurl", "profileurl", "linkedinurl", "url"):
        yield OwnFact("link", profile_link(row.get(column, "")))
    for address in _WEB.findall(row.get("websites", "")):
        yield OwnFact("link", address)


def _position_facts(row: dict[str, str]) -> Iterator[OwnFact]:
    yield OwnFact(
        "position",
        row.get("companyname", ""),
        detail=row.get("title", ""),
        place=row.get("location", ""),
        started=dates.partial(row.get("startedon", "")),
        finished=dates.partial(row.get("finishedon", "")),
    )


def _school_facts(row: dict[str, str]) -> Iterator[OwnFact]:
    yield OwnFact(
        "school",
        row.get("schoolname", ""),
        detail=row.get("degreename", ""),
        started=dates.partial(row.get("startdate", "")),
        finished=dates.partial(row.get("enddate", "")),
    )


def _email_facts(row: dict[str, str]) -> Iterator[OwnFact]:
    address = row.get("emailaddress", "")
    if _EMAIL_ADDRESS.fullmatch(address):
        primary = row.get("primary", "").casefold() in ("yes", "true")
        yield OwnFact("email", address, detail="primary" if primary else "")


def _read_own(needs: frozenset[str], facts: _Fact, file: BinaryIO) -> Iterator[Batch]:
    lines = text.Decoded(file)
    sheet = table.Table(lines, partial(_has, needs))
    keys = [table.key(name) for name in sheet.header.names]
    batch = Batch()
    for row in sheet.rows():
        if row.problem:
            batch.problems.append(row.problem)
        cells = dict(zip(keys, map(_cell, row.cells), strict=False))
        batch.own.extend(fact for fact in facts(cells) if fact.value)
        if len(batch.own) >= BATCH:
            batch.at = lines.at
            yield batch
            batch = Batch()
    batch.at = lines.at
    yield batch


def _has(needs: frozenset[str], names: Sequence[str]) -> bool:
    return needs <= {table.key(name) for name in names}


def _recognise(is_header: Callable[[Sequence[str]], bool], sample: Sample) -> bool:
    return table.recognises(sample.head, is_header)


def _own(name: str, title: str, needs: frozenset[str], facts: _Fact) -> Format:
    return Format(
        f"linkedin-{name}",
        title,
        "linkedin",
        recognise=partial(_recognise, partial(_has, needs)),
        read=partial(_read_own, needs, facts),
        about_people=False,
    )


CONNECTIONS = Format(
    "linkedin-connections",
    "LinkedIn connections",
    "linkedin",
    recognise=partial(_recognise, _is_connections),
    read=read_connections,
)
FORMATS = (
    CONNECTIONS,
    _own("profile", "Your LinkedIn profile", frozenset(("firstname", "lastname", "headline")), _profile_facts),
    _own(
        "positions",
        "Your positions on LinkedIn",
        frozenset(("companyname", "title", "startedon", "finishedon")),
        _position_facts,
    ),
    _own(
        "education",
        "Your schools on LinkedIn",
        frozenset(("schoolname", "startdate", "degreename")),
        _school_facts,
    ),
    _own(
        "emails",
        "Your own e-mail addresses on LinkedIn",
        frozenset(("emailaddress", "confirmed", "primary")),
        _email_facts,
    ),
)
