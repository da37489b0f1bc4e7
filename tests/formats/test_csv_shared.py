"""Every address book table that others published, beside what one reads in it by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from keepwarm import formats
from keepwarm.core.people import PartialDate, Value
from keepwarm.formats.batch import Batch, Sample

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "csv_contacts"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data, which a plain clone does not have")

CUBE = "roundcube+roundcubemail/tests/src/Csv2vcard/"
ROLO = "agamm+rolomind/tests/fixtures/"
# Counted by eye: the format, the people.
PEOPLE = {
    CUBE + "all.csv": ("outlook-csv", 1),
    CUBE + "email.csv": ("thunderbird-csv", 4),
    CUBE + "gmail.csv": ("google-csv", 1),
    CUBE + "outlook.csv": ("outlook-csv", 1),
    CUBE + "tb_plain.csv": ("thunderbird-csv", 1),
    ROLO + "google.csv": ("google-csv", 4),
    ROLO + "rolodex.csv": ("csv", 4),
    ROLO + "custom.csv": ("csv", 4),
    "GPCsolutions+google-shared-contacts-client/outlook.csv": ("outlook-csv", 3),
}


def read(name: str) -> tuple[str, Batch]:
    path = SHARED / name
    with path.open("rb") as file:
        kind = formats.recognise(Sample(path.name, file.read(65_536)))
        assert kind
        file.seek(0)
        (batch,) = kind.read(file)
    assert batch.at == path.stat().st_size
    return kind.name, batch


def test_every_table_is_in_the_list() -> None:
    assert {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.csv")} == set(PEOPLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_is_in_it(name: str) -> None:
    kind, found = read(name)
    assert (kind, len(found.people)) == PEOPLE[name]


def test_google_until_2023() -> None:
    (person,) = read(CUBE + "gmail.csv")[1].people
    assert person.name == "Prefix Firstname Middle Lastname Suffix"
    assert [email.label for email in person.emails] == ["home", "work", "", "other"]
    assert [phone.label for phone in person.phones] == [
        *("pager", "main", "home", "home fax", "cell", "work", "work fax")
    ]  # fmt: skip
    assert person.addresses[0].street == "home_street, home_pobox"
    assert person.note == 'note"note\nSpouse: spouse'
    assert person.birthday == PartialDate(1975, 12, 12)
    assert person.categories == ("Test",)


def test_everything_at_once() -> None:
    (person,) = read(CUBE + "all.csv")[1].people
    assert (person.prefix, person.title) == ("Prefix", "Job Title")
    assert person.emails == (
        Value("home@example.com", "home"), Value("work@example.com", "work"), Value("other@example.com", "other")
    )  # fmt: skip
    assert [handle.label for handle in person.handles] == ["aim", "icq", "jabber", "msn", "skype", "yahoo"]
    assert len(person.links) == 5
    assert [address.label for address in person.addresses] == ["home", "work", "other"]
    assert (person.birthday, person.anniversary) == (PartialDate(1991, 1, 20), PartialDate(1992, 2, 20))
    assert "333" not in [phone.value for phone in person.phones if phone.label != ""]
    assert "Spouse: Spouse" in person.note


def test_thunderbird() -> None:
    (person,) = read(CUBE + "tb_plain.csv")[1].people
    assert (person.name, person.birthday) == ("Displayname", PartialDate(1970, 11, 15))
    assert [phone.label for phone in person.phones] == ["work", "home", "fax", "pager", "cell"]


def test_tables_of_no_program() -> None:
    _, found = read(ROLO + "custom.csv")
    john = found.people[0]
    assert (john.organisation, john.title, john.note) == (
        *("Acme Corporation", "Chief Executive Officer", "Important client"),
    )  # fmt: skip
    assert john.phones == (Value("(555) 123-4567", "cell"),)
    assert john.addresses[0].city == "San Francisco"
    _, found = read(ROLO + "rolodex.csv")
    assert found.people[0].profiles == (Value("https://www.linkedin.com/in/johndoe", "linkedin"),)
    assert found.people[0].addresses[0].text == "San Francisco, CA"
