"""Address books as phones and programs write them: what a person would read, we read."""

from __future__ import annotations

import base64
import gc
import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.formats import vcard_cards
from keepwarm.formats.batch import Batch, Problem, Sample, Unreadable
from keepwarm.formats.vcard import FORMAT, read, recognise
from keepwarm.formats.vcard_person import partial_date

SAMPLES = Path(__file__).parent / "samples" / "vcard"


def people(raw: bytes) -> list[PersonRecord]:
    return [person for batch in read(io.BytesIO(raw)) for person in batch.people]


def problems(raw: bytes) -> list[Problem]:
    return [problem for batch in read(io.BytesIO(raw)) for problem in batch.problems]


def sample(name: str) -> list[PersonRecord]:
    return people((SAMPLES / name).read_bytes())


def one(*lines: str, version: str = "3.0") -> PersonRecord:
    """The person of a card with these lines."""
    body = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    (person,) = people(body.encode())
    return person


def test_it_works() -> None:
    person = one("FN:Ada Byron", "N:Byron;Ada;Augusta;Lady;", "EMAIL;TYPE=HOME:ada@example.org")

    assert person == PersonRecord(
        where=1,
        name="Ada Byron",
        given="Ada",
        middle="Augusta",
        family="Byron",
        prefix="Lady",
        emails=(Value("ada@example.org", "home"),),
    )


def test_apple_groups() -> None:
    ngozi, firm = sample("apple_groups.vcf")

    assert ngozi.name == "Dr. Ngozi Okafor"
    assert (ngozi.organisation, ngozi.department, ngozi.title) == (
        "Lantern Books",
        "Rights",
        "Rights Director",
    )
    assert ngozi.emails == (
        Value("ngozi@lantern.example", "reading room"),
        Value("ngozi@okafor.example", "home"),
    )
    assert ngozi.phones == (Value("+44 20 7946 0001", "cell"), Value("+44 20 7946 0002", "work fax"))
    assert ngozi.addresses[0].street == "12 Quay Street, Top floor"
    assert ngozi.links == (Value("https://lantern.example", "homepage"),)
    assert ngozi.profiles == (
        Value("https://www.linkedin.com/in/ngozi-okafor", "linkedin"),
        Value("https://books.example/@ngozi", "mastodon"),
    )
    assert ngozi.handles == (Value("ngozi.okafor", "skype"), Value("ngozi64", "chess club"))
    assert ngozi.birthday == PartialDate(None, 2, 29)
    assert ngozi.anniversary == PartialDate(2009, 8, 15)
    assert not ngozi.is_organisation
    assert firm.is_organisation


def test_android_quoted_printable() -> None:
    (zofia,) = sample("android_quoted_printable.vcf")

    assert (zofia.name, zofia.given, zofia.family) == ("Zofia Łącka", "Zofia", "Łącka")
    assert zofia.phones == (Value("+48 22 123 45 67", "cell"), Value("+48 22 765 43 21", "szkola"))
    assert zofia.note == "Pierwsza linia\nTEL: not a phone but a line of the note\nOstatnia"


def test_outlook_label_and_picture() -> None:
    (liese,) = sample("outlook_label_and_picture.vcf")

    assert liese.middle == "Anna,Maria"  # in 2.1 a comma is a comma
    assert liese.organisation == "Company, The"
    assert liese.addresses == (
        Address(
            "Suite 5, 1 High Street, Leeds LS1 1AA",
            "work",
            "1 High Street, Suite 5",
            "Leeds",
            "",
            "LS1 1AA",
            "England",
        ),
    )
    assert liese.anniversary == PartialDate(2011, 1, 13)
    assert liese.handles == (Value("liese@chat.example", "im"),)
    assert liese.photo is not None
    assert liese.photo.media_type == "image/jpeg"
    assert liese.revised == datetime(2012, 3, 5, 13, 19, 33, tzinfo=UTC)


def test_base64_without_indent() -> None:
    (tom,) = sample("base64_without_indent.vcf")

    assert tom.photo is not None
    assert len(tom.photo.data) == 32
    assert tom.phones == (Value("0700 900 123", "cell"),)


def test_windows_1251() -> None:
    (olga,) = sample("windows_1251.vcf")

    assert (olga.name, olga.organisation) == ("Ольга Берёзкина", "Радуга")


def test_windows_1252_beside_utf_8() -> None:
    juergen, zoe = sample("windows_1252_beside_utf_8.vcf")

    assert (juergen.name, juergen.note) == ("Jürgen Größler", "Straße – „gleich links“")
    assert zoe.name == "Zoë Ångström"


def test_charset_says_so() -> None:
    (hanako,) = sample("charset_says_so.vcf")

    assert (hanako.name, hanako.title, hanako.organisation) == ("表ソ花子", "Ingenjör", "Café")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("utf_16_without_mark.vcf", "Ναταλία Παππά"), ("utf_16_with_mark.vcf", "Ægir Þórsson")],
)
def test_utf_16(name: str, expected: str) -> None:
    raw = (SAMPLES / name).read_bytes()

    assert recognise(Sample("contacts", raw))
    assert [person.name for person in people(raw)] == [expected]


def test_folded_inside_a_letter() -> None:
    (andre,) = sample("folded_inside_a_letter.vcf")

    assert (andre.name, andre.note) == ("André Lefèvre", "one two")
    assert problems((SAMPLES / "folded_inside_a_letter.vcf").read_bytes()) == []  # the folded END was seen


def test_old_fold_keeps_its_space() -> None:
    (mira,) = sample("old_fold_keeps_its_space.vcf")

    assert mira.note == "Met at the harbour and spoke of boats"
    assert mira.title.endswith("xxyz")  # cut at 75 by a program: no space was there


@pytest.mark.parametrize(
    ("name", "names"),
    [("old_mac_line_ends.vcf", ["Per Dahl", "Siri Dahl"]), ("twice_converted_line_ends.vcf", ["Jo Field"])],
)
def test_line_ends(name: str, names: list[str]) -> None:
    assert [person.name for person in sample(name)] == names


def test_a_card_inside_a_card_stays_outside() -> None:
    found = [(person.name, person.phones[0].value) for person in sample("agent_inside.vcf")]

    assert found == [("Greta Holm", "222"), ("Bo Holm", "333"), ("Ida Holm", "555")]


def test_no_end_and_junk() -> None:
    raw = (SAMPLES / "no_end_and_junk.vcf").read_bytes()

    assert [person.name for person in people(raw)] == ["Ana Reis", "Rui Reis", "Eva Reis"]
    assert [(problem.row, problem.field) for problem in problems(raw)] == [(1, "END")]
    assert recognise(Sample("contacts.vcf", raw))
    assert not recognise(Sample("mail.mbox", raw))  # a mail may have a card in it


def test_parameters_in_quotes() -> None:
    (lars,) = sample("parameters_in_quotes.vcf")

    assert lars.name == "Lars Quist"
    assert lars.addresses[0].text == "Box 9: the red one, 9000 Aalborg"
    assert lars.addresses[0].city == "Aalborg"
    assert lars.phones == (Value("+45-22-22-22-22 ext. 7", "cell"), Value("+45 11 11 11 11", "work fax"))
    assert lars.handles == (Value("lars@chat.example", "xmpp"),)


def test_a_group_is_not_a_person() -> None:
    raw = (SAMPLES / "group_of_people.vcf").read_bytes()

    (hall,) = people(raw)
    assert (hall.where, hall.name, hall.is_organisation) == (2, "Choir Hall", True)
    assert [problem.message for problem in problems(raw)] == ["“The choir” is a group, not a person."]


def test_a_broken_field_costs_only_itself() -> None:
    raw = (SAMPLES / "broken_fields.vcf").read_bytes()

    (moser,) = people(raw)
    assert (moser.birthday, moser.emails) == (None, (Value("max@moser.example"),))
    told = [(problem.row, problem.field) for problem in problems(raw)]
    assert told == [(1, "EMAIL"), (1, "BDAY"), (1, "PHOTO"), (2, "")]
    assert "“sometime in May”" in problems(raw)[1].message
    assert all(problem.fix for problem in problems(raw))


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Byron;Ada;;;",), "Ada Byron"),
        (("N:최;유림;;;",), "최유림"),
        (("FN:", "N:;;;;", "NICKNAME:Countess"), "Countess"),
        (("ORG:Engines Ltd;Research",), "Engines Ltd"),
        (("EMAIL:ada.byron@example.org",), "Ada Byron"),
        (("EMAIL:info@example.org",), "info@example.org"),
        (("TEL:+44 20 7946 0000",), "+44 20 7946 0000"),
        (("X-JABBER:ada@chat.example",), "ada@chat.example"),
    ],
)
def test_a_card_without_a_name_gets_one(lines: tuple[str, ...], name: str) -> None:
    assert one(*lines).name == name


@pytest.mark.parametrize(
    ("lines", "is_organisation"),
    [
        (("FN:Engines", "ORG:Engines"), True),
        (("FN:Engines", "ORG:Engines", "N:Engines;;;;"), False),
        (("ORG:Engines", "TEL:1"), True),
        (("ORG:Engines", "TITLE:Baker"), False),
        (("FN:Ada", "ORG:Engines"), False),
        (("FN:Engines", "KIND:org"), True),
        (("FN:Engines", "X-ABShowAs:COMPANY"), True),
    ],
)
def test_a_firm_is_told_from_a_person(lines: tuple[str, ...], is_organisation: bool) -> None:
    assert one(*lines).is_organisation is is_organisation


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1980-06-02", PartialDate(1980, 6, 2)),
        ("19800602", PartialDate(1980, 6, 2)),
        ("1980-06-02T00:00:00Z", PartialDate(1980, 6, 2)),
        ("19800602T000000", PartialDate(1980, 6, 2)),
        ("1980-6-2", PartialDate(1980, 6, 2)),
        ("--06-02", PartialDate(None, 6, 2)),
        ("--0602", PartialDate(None, 6, 2)),
        ("1604-06-02", PartialDate(None, 6, 2)),
        ("--02-29", PartialDate(None, 2, 29)),
        ("1980-06", PartialDate(1980, 6)),
        ("1980", PartialDate(1980)),
        ("--06", PartialDate(None, 6)),
        ("02.06.1980", PartialDate(1980, 6, 2)),
        ("1980/06/02", PartialDate(1980, 6, 2)),
        ("06/02/1980", None),  # June or February: a guess would be wrong half the time
        ("1981-02-29", None),
        ("70-7-14", None),
        ("206-12-15", None),
        ("0000", None),
        ("٠١٢٣-01-01", None),
        ("circa 1800", None),
    ],
)
def test_dates(said: str, expected: PartialDate | None) -> None:
    assert partial_date(said) == expected


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (r"NOTE:a\, b\; c\: d\\ e\nf", "a, b; c: d\\ e\nf"),
        ("NOTE:tab\tbell\x07 nul\x00 done", "tab\tbell nul done"),
        ("NOTE:caf\u0065\u0301", "café"),
        ("NOTE:" + "long " * 20_000, ("long " * 20_000).strip()),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:no sign of it", "no sign of it"),
        ("NOTE;QUOTED-PRINTABLE:caf=E9", "café"),
        ("NOTE;ENCODING=b:Y2Fmw6k=", "café"),
        ("NOTE:first\r\nsecond line of it\r\nTITLE:Baker", "first\nsecond line of it"),
    ],
)
def test_notes(line: str, note: str) -> None:
    assert one("FN:Ada", line).note == note


def test_preferred_values_come_first_and_each_only_once() -> None:
    person = one("FN:Ada", "EMAIL:b@x.example", "EMAIL;TYPE=PREF:a@x.example", "EMAIL;TYPE=HOME:b@x.example")

    assert [email.value for email in person.emails] == ["a@x.example", "b@x.example"]


def test_escaped_semicolons_do_not_part() -> None:
    assert one(r"N:Fish \; Chips;Ada;;;").family == "Fish ; Chips"
    assert one(r"N:Byron\\;Ada;;;").given == "Ada"


def test_lists_in_a_name() -> None:
    person = one("N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.")

    assert (person.middle, person.suffix) == ("Philip Paul", "Jr., M.D.")


def test_pictures_elsewhere_are_not_fetched_and_not_missed() -> None:
    raw = b"BEGIN:VCARD\nFN:Ada\nPHOTO;VALUE=uri:https://example.org/ada.jpg\nEND:VCARD\n"

    assert people(raw)[0].photo is None
    assert problems(raw) == []


@pytest.mark.parametrize("raw", [b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", bytes(1000)])
def test_a_file_without_cards_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        people(raw)
    assert refusal.value.fix
    assert not recognise(Sample("contacts.vcf", raw))


def test_a_card_too_large_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vcard_cards, "LARGEST", 300_000)
    monkeypatch.setattr(vcard_cards, "BLOCK", 100_000)
    small = b"BEGIN:VCARD\nFN:Ada\nEND:VCARD\n"
    endless = b"BEGIN:VCARD\nFN:Big\nNOTE:" + b"x" * 900_000 + b"\nEND:VCARD\n"

    raw = small + endless + small
    assert [person.where for person in people(raw)] == [1, 3]
    assert [problem.row for problem in problems(raw)] == [2]
    assert [person.name for person in people(small + b"junk\n" * 200_000 + small)] == ["Ada", "Ada"]


def test_it_says_how_far_it_is() -> None:
    raw = b"".join(b"BEGIN:VCARD\r\nFN:Person %d\r\nEND:VCARD\r\n" % number for number in range(1_200))

    batches: list[Batch] = list(FORMAT.read(io.BytesIO(raw)))
    assert [len(batch.people) for batch in batches] == [500, 500, 200]
    assert batches[-1].at == len(raw)


@pytest.mark.parametrize("block", [13, 64, 1000])
def test_cards_are_found_wherever_a_block_ends(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (SAMPLES / "agent_inside.vcf").read_bytes() + (SAMPLES / "apple_groups.vcf").read_bytes()
    whole = people(raw)
    monkeypatch.setattr(vcard_cards, "BLOCK", block)

    assert people(raw) == whole


class Endless(io.BytesIO):
    """A file of so many cards with pictures, made as it is read."""

    def __init__(self, cards: int) -> None:
        picture = base64.b64encode(b"\xff\xd8\xff" + bytes(6_000))
        self._card = b"BEGIN:VCARD\nFN:Ada\nPHOTO;ENCODING=b:" + picture + b"\nEND:VCARD\n"
        super().__init__()
        self._left: Iterator[int] = iter(range(cards))

    def read(self, size: int | None = -1, /) -> bytes:
        return b"".join(self._card for _, _ in zip(range(32), self._left, strict=False))


def peak(cards: int) -> int:
    """The most bytes held while reading so many cards."""
    gc.collect()
    tracemalloc.start()
    found = sum(len(batch.people) for batch in read(Endless(cards)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == cards
    return most


def test_memory_does_not_grow_with_the_file() -> None:
    assert peak(8_000) < 1.3 * peak(2_000)
