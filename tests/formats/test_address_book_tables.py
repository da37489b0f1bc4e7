"""Google's, Outlook's and Thunderbird's tables: each sample is named for its quirk."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.formats import birthdays, google_csv, outlook_csv, thunderbird_csv
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples"
GOOGLE = b"Name,Given Name,Birthday,Group Membership,E-mail 1 - Type,E-mail 1 - Value\n"


def read(name: str) -> tuple[str, Batch]:
    """The format that the sample is recognised as, and all that is in it."""
    content = (SAMPLES / name).read_bytes()
    kind = formats.recognise(Sample(name, content))
    assert kind
    whole = Batch()
    for batch in kind.read(io.BytesIO(content)):
        whole.people += batch.people
        whole.problems += batch.problems
    return kind.name, whole


def test_it_works() -> None:
    kind, found = read("google/since_2024.csv")
    assert kind == "google-csv"
    assert found.people[0] == PersonRecord(
        where=2,
        name="Ravi Okonjo",
        given="Ravi",
        family="Okonjo",
        prefix="Dr",
        nickname="Rav",
        emails=(Value("ravi@tidal.example", "work"),),
        phones=(Value("07700 900123", "cell"),),
        links=(Value("https://ravi.example", "blog"),),
        organisation="Tidal Ltd",
        department="Wards",
        title="Head of Care",
        birthday=PartialDate(1979, 5, 30),
        categories=("Hospital",),
    )


def test_google_joins_several_values_in_one_cell() -> None:
    kind, found = read("google/until_2023_stars_and_many_in_a_cell.csv")
    nora = found.people[0]
    assert kind == "google-csv"
    assert nora.emails == (Value("nora@quist.example", "work"), Value("n.quist@maps.example", "work"))
    assert nora.phones[:2] == (Value("+47 22 33 44 55", "cell"), Value("+47 22 33 44 56", "cell"))
    assert nora.phones[2].label == "home fax"


def test_google_s_groups_and_what_belongs_to_a_person() -> None:
    nora = read("google/until_2023_stars_and_many_in_a_cell.csv")[1].people[0]
    assert nora.categories == ("Choir", "starred")
    assert nora.birthday == PartialDate(None, 12, 1)
    assert nora.note == "Met in Oslo.\nLikes maps.\nPartner: Ivar\nDog: Pip"
    assert nora.profiles == (Value("https://www.linkedin.com/in/noraquist", "linkedin"),)
    assert nora.handles == (Value("nora.q", "skype"),)
    assert nora.addresses == (
        Address("Storgata 1, Oslo, 0155, Norway", "home", "Storgata 1", "Oslo", "", "0155", "Norway"),
    )


def test_google_rows_without_a_name() -> None:
    _, found = read("google/until_2023_stars_and_many_in_a_cell.csv")
    assert [person.name for person in found.people[1:]] == ["=cmd()", "Bakery by the Bridge", "Ada Lund"]
    assert [person.is_organisation for person in found.people] == [False, False, True, False]
    assert [problem.row for problem in found.problems] == [6]


def test_an_address_that_is_only_whole() -> None:
    zoe = read("google/since_2024.csv")[1].people[2]
    assert zoe.addresses == (Address("Flat 2, 9 Mill Lane, York"),)
    assert zoe.categories == ()


def test_outlook_desktop() -> None:
    kind, found = read("outlook/desktop_92_columns.csv")
    greta = found.people[0]
    assert kind == "outlook-csv"
    assert (greta.prefix, greta.title) == ("Ms", "Owner")
    assert [email.value for email in greta.emails] == ["greta@holm.example", "g.holm@home.example"]
    assert [phone.label for phone in greta.phones] == ["work", "home fax", "home", "cell"]  # not the assistant's
    assert [address.label for address in greta.addresses] == ["work", "home"]
    assert greta.addresses[0].street == "Pier 4, Shed B"
    assert greta.note == "Line one\nLine two\nAssistant's Name: Poll\nSpouse: Olaf"
    assert greta.categories == ("Sailing", "Friends")


def test_outlook_s_ways_to_say_no_date() -> None:
    _, found = read("outlook/desktop_92_columns.csv")
    assert [person.birthday for person in found.people] == [None, PartialDate(1971, 4, 23), None]
    assert found.problems == []


def test_outlook_on_the_web_has_a_mark_and_61_columns() -> None:
    kind, found = read("outlook/web_61_columns.csv")
    assert kind == "outlook-csv"
    assert len(found.people) == 2
    assert (found.people[0].prefix, found.people[0].suffix, found.people[0].title) == ("Prof.", "Jr.", "Dean")
    assert found.people[0].birthday == PartialDate(1968, 3, 9)


@pytest.mark.parametrize("name", ["live_2015", "google_for_outlook"])
def test_other_kinds_of_outlook(name: str) -> None:
    kind, found = read(f"outlook/{name}.csv")
    assert kind == "outlook-csv"
    assert len(found.people) == 1
    assert found.problems == []


# Every localised sample says the same in its language: name, work and home address, four phones, two e-mails.
LOCALISED = {
    "german": ("Frau", "Käthe", "Öhler", "Köln", "Bonn", "Leiterin", ["work", "home", "cell"]),
    "french": ("Mme", "Éloïse", "Garnier", "Lyon", "Lyon", "Directrice", ["work fax", "work", "home", "cell"]),
    "spanish": ("Sra.", "Inés", "Peña", "Sevilla", "Cádiz", "Jefa", ["work fax", "work", "home", "cell"]),
    "italian": ("Sig.ra", "Nicolò", "Dell'Orto", "Torino", "Asti", "Capo", ["work fax", "work", "home", "cell"]),
    "dutch": ("Mevr.", "Joke", "de Vries", "Utrecht", "Zeist", "Chef", ["work fax", "work", "home", "cell"]),
    "polish": ("Pani", "Małgorzata", "Łęcka", "Gdańsk", "Sopot", "Szefowa", ["work fax", "work", "home", "cell"]),
    "portuguese": ("Sra.", "Inês", "Gonçalves", "Braga", "Porto", "Chefe", ["work fax", "work", "home", "cell"]),
    "russian": ("г-жа", "Ольга", "Жукова", "Пермь", "Пермь", "Директор", ["work fax", "work", "home", "cell"]),
}


@pytest.mark.parametrize("language", LOCALISED)
def test_outlook_in_other_languages(language: str) -> None:
    kind, found = read(f"outlook/{language}.csv")
    (person,) = found.people
    places = [(address.label, address.city) for address in person.addresses]
    prefix, given, family, work, home, title, phones = LOCALISED[language]
    assert kind == "outlook-csv"
    assert (person.prefix, person.given, person.family, person.title) == (prefix, given, family, title)
    assert places == [("work", work), ("home", home)]
    assert all(address.street for address in person.addresses)
    assert [phone.label for phone in person.phones] == phones
    assert len(person.emails) == 2
    assert person.birthday == PartialDate(1971, 4, 23)
    assert person.organisation
    assert person.note
    assert person.categories
    assert found.problems == []


def test_thunderbird_has_the_birthday_in_three_columns() -> None:
    kind, found = read("thunderbird/birthday_in_three_columns.csv")
    wim = found.people[0]
    assert kind == "thunderbird-csv"
    assert (wim.name, wim.given) == ("Wim van den Akker", "Wim")
    assert [person.birthday for person in found.people] == [PartialDate(1962, 7, 4), PartialDate(None, 2, 29)]
    assert wim.addresses == (Address("Laan 3, 3 hoog, Delft", "home", "Laan 3, 3 hoog", "Delft"),)


def test_thunderbird_in_german_calls_the_day_geburtstag() -> None:
    kind, found = read("thunderbird/german.csv")
    (uwe,) = found.people
    assert kind == "thunderbird-csv"
    assert uwe.birthday == PartialDate(1980, 6, 2)
    assert [phone.label for phone in uwe.phones] == ["work", "cell"]
    assert found.problems == []


def test_one_cell_that_makes_no_sense_costs_that_cell() -> None:
    rows = GOOGLE + b"Ben Hale,Ben,31/31/2001,Friends,Work,not an address\n"
    (batch,) = google_csv.read(io.BytesIO(rows))
    assert batch.people == [PersonRecord(2, "Ben Hale", given="Ben", categories=("Friends",))]
    assert [problem.field for problem in batch.problems] == ["E-mail 1 - Value", "Birthday"]
    assert "“31/31/2001”, which is not a date" in batch.problems[1].message


def test_days_and_months_that_nothing_tells_apart_are_told() -> None:
    (batch,) = google_csv.read(io.BytesIO(GOOGLE + b"Ben,Ben,3/4/2001,,,\n"))
    assert batch.people[0].birthday == PartialDate(2001, 4, 3)
    assert [problem.row for problem in batch.problems] == [0]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1980-06-02", PartialDate(1980, 6, 2)),
        ("--06-02", PartialDate(None, 6, 2)),
        ("--0602", PartialDate(None, 6, 2)),
        ("1604-06-02", PartialDate(None, 6, 2)),
        ("2/6/80", PartialDate(1980, 6, 2)),
        ("2.6.", PartialDate(None, 6, 2)),
        ("2 June", PartialDate(None, 6, 2)),
        ("29. Februar", PartialDate(None, 2, 29)),
        ("2 juin 1980", PartialDate(1980, 6, 2)),
        ("31/02/1980", None),
        ("soon", None),
    ],
)
def test_birthdays(cell: str, day: PartialDate | None) -> None:
    assert birthdays.read(cell) == day


@pytest.mark.parametrize("cell", ["0/0/00", "00.00.0000", "1/1/1900", "01/01/4501", "0000-00-00", "N/A", "1899-12-30"])
def test_birthdays_that_are_none(cell: str) -> None:
    assert birthdays.is_nothing(cell)


HEADERS = [
    (SAMPLES / "google" / "since_2024.csv").read_bytes().splitlines(keepends=True)[0],
    (SAMPLES / "outlook" / "web_61_columns.csv").read_bytes().splitlines(keepends=True)[0],
    (SAMPLES / "thunderbird" / "birthday_in_three_columns.csv").read_bytes().splitlines(keepends=True)[0],
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([google_csv.read, outlook_csv.read, thunderbird_csv.read]),
    st.sampled_from([b"", *HEADERS]),
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.lists(st.text(max_size=12), max_size=40), max_size=6).map(
            lambda rows: "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
        ),
    ),
)
def test_nothing_but_unreadable_is_ever_raised(reader, header, rest) -> None:  # type: ignore[no-untyped-def]
    with suppress(Unreadable):
        for batch in reader(io.BytesIO(header + rest)):
            assert all(person.name for person in batch.people)
