"""139 cards from the test suites of other projects: each gives the people one can read in it by eye."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from keepwarm.core.people import PartialDate, PersonRecord, Value
from keepwarm.formats.batch import Problem, Unreadable
from keepwarm.formats.vcard import read

VCARDS = Path(__file__).parents[2].parent / "shared" / "data" / "vcards"
NOBODY = "This card has no name, no e-mail address and no phone, so it is nobody yet."

pytestmark = pytest.mark.skipif(not VCARDS.is_dir(), reason="needs ../shared/data/vcards beside the checkout")

# A file with one person is only named; `=7` is seven people, `=0` cards with nobody, `=-` no cards at all.
PEOPLE = {
    "FolkerKinzel+VCards/src/FolkerKinzel.VCards.Tests/TestFiles/MultiAnsiFilterTests": "German",
    "GNOME+evolution-data-server/tests/libebook/data/vcards": (
        "custom-1 custom-10 custom-11 custom-12 custom-13 custom-14 custom-15 custom-2 custom-3 custom-4 "
        "custom-5 custom-6 custom-7 custom-8 custom-9 file-as-1 file-as-2 file-as-3 file-as-4 file-as-5 "
        "logo-1 name-only photo-1 simple-1 simple-2 sorted-1 sorted-2 sorted-3 sorted-4 sorted-5"
    ),
    "KnugiHK+WhatsApp-Chat-Exporter/tests/data": "contacts=6",
    "Kozea+Radicale/radicale/tests/static": (
        "broken-vcard broken-vcards=2 broken-vcards2-no_uid=2 broken-vcards2=2 contact1 contact1_v4 "
        "contact2-with-bday contact3-with-bday contact4-with-bday-no-year contact_multiple=2 "
        "contact_multiple_v4=2 contact_photo_with_data_uri contact_photo_with_data_uri_v4"
    ),
    "jeroendesloovere+vcard/examples/assets": "contacts=5",
    "jeroendesloovere+vcard/tests": "example invalid_encoding",
    "kewisch+ical.js/test/parser": "escape_semicolon vcard vcard3 vcard_author vcard_grouped=0",
    "libical+libical/test-data": "leaktest=3 test=2 user-cal=-",
    "lucc+khard/test/fixture/vcards": (
        "altid category contact1 contact2 individual issue249 joe korean-c korean-j labels minimal "
        "nickname no-nickname org photov3 photov4 post tel-value-uri text-bday unparsable"
    ),
    "mangstadt+ez-vcard/src/test/resources/ezvcard/io/text": (
        "John_Doe_ANDROID=6 John_Doe_BLACK_BERRY John_Doe_EVOLUTION John_Doe_GMAIL John_Doe_IPHONE "
        "John_Doe_LOTUS_NOTES John_Doe_MAC_ADDRESS_BOOK John_Doe_MS_OUTLOOK fullcontact gmail-list=3 "
        "gmail-single gmail-single2 outlook-2003 outlook-2007 rfc2426-example=2 rfc6350-example "
        "thunderbird-MoreFunctionsForAddressBook-extension"
    ),
    "mangstadt+ez-vcard/src/test/resources/ezvcard/issue": "issue114",
    "mattogodoy+nametag/tests/vcards": "apple-vcard-example google-vcard-example v4-contact",
    "py-vobject+vobject/test_files": "radicale-1587",
    "roundcube+roundcubemail/tests/src": "johndoe utf-16_sample",
    "sabre-io+vobject/tests/VObject": "issue153 issue64=0",
    "stalwartlabs+calcard/resources/vcard": (
        "001 002 003 006 007 008 009=10 010 048 051 052=0 053=0 054 055=0 056 057 058 059 060 061 062 "
        "063=0 064 065 066 067 068=0 069=0 070 071 072 073 074 075=0 076 077 rfc=7"
    ),
}
FILES = {
    f"{folder}/{name}.vcf": people or "1"
    for folder, files in PEOPLE.items()
    for name, _, people in (word.partition("=") for word in files.split())
}


def opened(name: str) -> tuple[list[PersonRecord], list[Problem]]:
    """The people and problems of the one file whose path ends so."""
    (path,) = [path for path in VCARDS.rglob("*.vcf") if path.as_posix().endswith("/" + name)]
    with path.open("rb") as file:
        batches = list(read(file))
    people = [person for batch in batches for person in batch.people]
    return people, [problem for batch in batches for problem in batch.problems]


def first(name: str) -> PersonRecord:
    return opened(name)[0][0]


def test_every_file_is_in_the_table() -> None:
    assert {path.relative_to(VCARDS).as_posix() for path in VCARDS.rglob("*.vcf")} == set(FILES)
    assert len(FILES) == 139


@pytest.mark.parametrize("name", [name for name, people in FILES.items() if people not in ("0", "-")])
def test_everyone_is_found(name: str) -> None:
    people, _ = opened(name)

    assert len(people) == int(FILES[name])


@pytest.mark.parametrize("name", [name for name, people in FILES.items() if people == "0"])
def test_a_file_with_nobody_says_so(name: str) -> None:
    people, problems = opened(name)

    assert people == []
    assert {problem.message for problem in problems} == {NOBODY}


@pytest.mark.parametrize("name", [name for name, people in FILES.items() if people == "-"])
def test_a_calendar_is_no_address_book(name: str) -> None:
    with pytest.raises(Unreadable):
        opened(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MultiAnsiFilterTests/German.vcf", "Sören Täve Nüßlebaum"),
        ("tests/src/johndoe.vcf", "John Doë"),
        ("tests/src/utf-16_sample.vcf", "Ǽgean ĽdaMonté"),
        ("vcards/korean-j.vcf", "전도훈"),
        ("static/broken-vcard.vcf", "Test Misses N Or FN"),
        ("vcards/sorted-5.vcf", "First Name bäd"),
        ("resources/vcard/056.vcf", "Babs Jensen"),
        ("resources/vcard/070.vcf", "Big Joey"),
        ("text/rfc2426-example.vcf", "Frank Dawson"),
        ("parser/vcard3.vcf", "Mr. John Q. Public, Esq."),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert first(name).name == expected


def test_what_the_file_names_promise() -> None:
    assert first("static/contact2-with-bday.vcf").birthday == PartialDate(1970, 1, 1)
    assert first("static/contact4-with-bday-no-year.vcf").birthday == PartialDate(None, 1, 1)
    assert first("vcards/tel-value-uri.vcf").phones == (Value("67545678", "cell"),)
    assert first("vcards/category.vcf").categories == ("bar",)
    assert first("vcards/nickname.vcf").nickname == "Mike"
    assert first("vcards/org.vcf").is_organisation
    assert not first("vcards/individual.vcf").is_organisation
    assert first("parser/escape_semicolon.vcf").phones[2] == Value("205246;;,;", "work fax")
    assert first("jeroendesloovere+vcard/tests/invalid_encoding.vcf").family == "Desloovere"
    assert "’" in first("resources/vcard/010.vcf").note  # its own comment: Windows-1252


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("vcards/photo-1.vcf", "image/png"),
        ("vcards/logo-1.vcf", "image/jpeg"),
        ("vcards/photov3.vcf", "image/png"),
        ("vcards/photov4.vcf", "image/png"),
        ("static/contact_photo_with_data_uri.vcf", "image/png"),
        ("static/contact_photo_with_data_uri_v4.vcf", "image/png"),
        ("VObject/issue153.vcf", "image/jpeg"),
        ("text/John_Doe_IPHONE.vcf", "image/jpeg"),
        ("text/John_Doe_MAC_ADDRESS_BOOK.vcf", "image/jpeg"),
        ("text/John_Doe_BLACK_BERRY.vcf", "image/jpeg"),
        ("text/outlook-2007.vcf", "image/jpeg"),
        ("resources/vcard/076.vcf", "image/png"),
        ("resources/vcard/077.vcf", "image/png"),
    ],
)
def test_pictures(name: str, media_type: str) -> None:
    photo = first(name).photo

    assert photo is not None
    assert photo.media_type == media_type


def test_groups_are_told() -> None:
    _, problems = opened("resources/vcard/rfc.vcf")

    assert [problem.row for problem in problems if problem.field == "KIND"] == [6, 8]


def test_an_agent_is_not_the_person() -> None:
    person = first("resources/vcard/008.vcf")

    assert person.revised == datetime(2008, 4, 24, 19, 52, 43, tzinfo=UTC)
    assert [phone.label for phone in person.phones] == ["work", "home", "home"]
