"""Any other table of people: what is guessed for its columns, and how the user's own mapping is kept."""

from __future__ import annotations

import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.people import PartialDate, PersonRecord, Value
from keepwarm.formats import any_csv
from keepwarm.formats.any_csv import Mapping
from keepwarm.formats.batch import Sample, Unreadable

GUESTS = b"""\
Full Name;Firma;Rolle;Contact Email;Handy;Stadt;Bemerkung;Geburtstag
Ada Lund;Maps AS;Koch;ada@lund.example;0151 2;Kiel;mag Tee;2.6.1980
Ben Hale;;;;;;;
"""


def test_it_works() -> None:
    kind = formats.recognise(Sample("guests.csv", GUESTS))
    assert kind is any_csv.FORMAT
    (batch,) = kind.read(io.BytesIO(GUESTS))
    ada = batch.people[0]
    assert [person.name for person in batch.people] == ["Ada Lund", "Ben Hale"]
    assert (ada.organisation, ada.title, ada.note) == ("Maps AS", "Koch", "mag Tee")
    assert ada.emails == (Value("ada@lund.example"),)
    assert ada.phones == (Value("0151 2", "cell"),)
    assert ada.addresses[0].city == "Kiel"
    assert ada.birthday == PartialDate(1980, 6, 2)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-Mail", "email"),
        ("E-mail (work)", "email work"),
        ("Téléphone portable", "phone cell"),
        ("Home phone", "phone home"),
        ("Naam", "name"),
        ("Nom", "name"),
        ("Employer", "organisation"),
        ("LinkedIn URL", "profile linkedin"),
        ("ZipCode", "postcode"),
        ("Дата рождения", "birthday"),
        ("Met on", "known_since"),
        ("Tags", "category"),
        ("Email opt-in", ""),
        ("Assistant phone", ""),
        ("Shoe size", ""),
    ],
)
def test_headings_in_many_words(heading: str, field: str) -> None:
    assert any_csv.guess([heading], []).fields == (field,)


def test_cells_tell_what_the_headings_do_not() -> None:
    rows = [
        ["7", "Ada Lund", "ada@lund.example", "+47 22 33 44 55", "https://linkedin.com/in/ada", "12.3.2020"],
        ["8", "Ben Hale", "ben@hale.example", "+47 22 33 44 56", "", "13.3.2020"],
    ]
    guessed = any_csv.guess(["A", "B", "C", "D", "E", "F"], rows)
    assert guessed.fields == ("", "name", "email", "phone", "profile linkedin", "")


def test_cells_that_contradict_the_heading_win() -> None:
    rows = [["Ada", "ada@lund.example"], ["Ben", "ben@hale.example"]]
    assert any_csv.guess(["First name", "Contact"], rows).fields == ("given", "email")


def test_numbers_that_are_no_phones() -> None:
    assert any_csv.guess(["Order"], [["10023451"], ["10023452"]]).fields == ("",)


def test_a_mapping_is_plain_and_knows_its_file_again() -> None:
    mapping = any_csv.look(b"Who,Where to,x\nAda Lund,ada@lund.example,Maps\nBen Hale,ben@hale.example,Tea\n")
    assert mapping is None  # no heading that anybody could know: the user is not asked about every table
    mapping = any_csv.guess(["Who", "E-mail", "x"], [["Ada Lund", "ada@lund.example", "Maps"]])
    assert mapping.fields == ("name", "email", "")
    chosen = mapping._replace(fields=("name", "email", "organisation"))
    again = Mapping(*json.loads(json.dumps(chosen)))
    file = io.BytesIO(b"who;E-Mail;X\nAda Lund;ada@lund.example;Maps\n")
    (batch,) = any_csv.read_with(again)(file)
    assert batch.people == [
        PersonRecord(2, "Ada Lund", emails=(Value("ada@lund.example"),), organisation="Maps")
    ]  # fmt: skip


def test_a_mapping_of_other_headings_is_refused() -> None:
    mapping = any_csv.guess(["Name", "Town"], [])
    with pytest.raises(Unreadable):
        list(any_csv.read_with(mapping)(io.BytesIO(b"Name,City\nAda,Kiel\n")))


def test_a_mapping_that_somebody_has_spoilt_leaves_the_column_out() -> None:
    spoilt = Mapping(any_csv.key(["Name", "Town"]), ["name", "shoe size"])
    (batch,) = any_csv.read_with(spoilt)(io.BytesIO(b"Name,Town\nAda,Kiel\n"))
    assert batch.people == [PersonRecord(2, "Ada")]


@pytest.mark.parametrize(
    "head",
    [
        b"foo,bar,baz\n1,2,3\n",
        b"Dear Ada,\nthe name is Hale, and the mail came late.\n",
        b"Name\nSailing\n",  # LinkedIn's skills
        b"Date,Amount,Name\n",
        b"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n",
    ],
)
def test_other_tables_are_left_alone(head: bytes) -> None:
    assert formats.recognise(Sample("x.csv", head)) is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(["Name", "E-mail", "Birthday", "Phone", "City"]), st.text(max_size=9)), max_size=6
    ),
    st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6),
)
def test_a_guess_never_fails(header: list[str], rows: list[list[str]]) -> None:
    mapping = any_csv.guess(header, rows)
    assert len(mapping.fields) == len(header)
    text = "\n".join(",".join(row) for row in [header, *rows]).encode("utf-8", "replace")
    any_csv.look(text)
    for reader in (any_csv.read, any_csv.read_with(mapping)):
        with suppress(Unreadable):
            assert all(person.name for batch in reader(io.BytesIO(text)) for person in batch.people)
