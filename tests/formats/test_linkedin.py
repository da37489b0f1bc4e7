"""LinkedIn's export: every shape that its tables have had, and what people did to them."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm.core.people import OwnFact, PartialDate, PersonRecord, Value
from keepwarm.formats import linkedin
from keepwarm.formats.batch import Batch, Format, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "linkedin"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
CONNECTIONS, PROFILE, POSITIONS, EDUCATION, EMAILS = linkedin.FORMATS


def read(text: str | bytes) -> Batch:
    """All batches as one."""
    raw = text if isinstance(text, bytes) else text.encode()
    whole = Batch()
    for batch in CONNECTIONS.read(io.BytesIO(raw)):
        whole.people += batch.people
        whole.problems += batch.problems
        whole.hidden += batch.hidden
        whole.at = batch.at
    return whole


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def only(text: str) -> PersonRecord:
    (person,) = read(HEADER + text + "\n").people
    return person


def test_it_works() -> None:
    ada, ben, cleo = read(sample("2024_notes_and_url.csv")).people
    assert ada == PersonRecord(
        where=5,
        name="Ada Quillfeather",
        external_id="https://www.linkedin.com/in/ada-quillfeather",
        given="Ada",
        family="Quillfeather",
        profiles=(Value("https://www.linkedin.com/in/ada-quillfeather", "linkedin"),),
        organisation="Tidewater Maps",
        title="Cartographer",
        known_since=date(2021, 3, 12),
    )
    assert ben.emails == (Value("ben@tidewater.example"),)
    assert ben.organisation == "Oyelaran, Sons & Co"
    assert (cleo.name, cleo.family, cleo.suffix) == ("Cleo Hale", "Hale", "PhD")


# Read by eye: name of the sample, who is in it, how many are hidden, which fields have a problem.
EXPECTED = [
    ("2021_no_notes_no_url.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("2022_notes_no_url.csv", ["Ada Quillfeather"], 2, []),
    ("2024_notes_and_url.csv", ["Ada Quillfeather", "Ben Oyelaran", "Cleo Hale"], 0, []),
    ("hidden_members.csv", ["Ada Quillfeather"], 3, []),
    ("no_newline_at_the_end.csv", ["Ada Quillfeather"], 1, []),
    ("mark_before_notes.csv", ["Ada Quillfeather"], 0, []),
    ("no_blank_line_before_header.csv", ["Ada Quillfeather"], 0, []),
    ("stray_quote_above_header.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("notes_of_three_lines_unquoted.csv", ["Ada Quillfeather"], 0, []),
    ("spreadsheet_url_last.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("spreadsheet_american_dates.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("spreadsheet_british_dates.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("spreadsheet_dates_undecided.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, ["Connected On"]),
    ("spreadsheet_iso_dates.csv", ["Ada Quillfeather", "Ben Oyelaran"], 0, []),
    ("unicode_text_with_tabs.csv", ["Ada Quillfeather", "Chloë Hale"], 0, []),
    ("every_line_quoted.csv", ["Ada Quillfeather", "Cleo Hale"], 0, []),
    ("columns_reordered_and_more.csv", ["Ada Quillfeather"], 0, []),
    ("french.csv", ["Éloïse Marchetaud", "Noé Brisset"], 0, []),
    ("german_semicolons_cp1252.csv", ["Jörg Grünwald", "Renate Süß"], 0, []),
    ("spanish.csv", ["Lucía Peñarrubia"], 0, []),
    ("italian.csv", ["Niccolò Bellavento"], 0, []),
    ("portuguese.csv", ["Inês Carvalhosa"], 0, []),
    ("dutch.csv", ["Sietske van der Wielen"], 0, []),
    (
        "names_with_decoration.csv",
        ["Jane Hale", "Tom Ferris Jr.", "Rosa McAllen", "Jean DUPONTEL", "Mira Sol", "Kit Wren", "Min Null"],
        0,
        [],
    ),
    ("quote_never_closed.csv", ["Ada Quillfeather", "Dan Brookes", "Ben Oyelaran", "Cleo Hale"], 0, [""]),
    ("comma_without_quotes.csv", ["Jane Doe", "Ben Oyelaran"], 0, ["", ""]),
    (
        "one_field_broken.csv",
        ["Ada Quillfeather", "Ben Oyelaran", "Cleo Hale"],
        0,
        ["Email Address", "Connected On", "URL", "Last Name", ""],
    ),
]


@pytest.mark.parametrize(("name", "people", "hidden", "fields"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_every_known_shape(name: str, people: list[str], hidden: int, fields: list[str]) -> None:
    assert CONNECTIONS.recognise(Sample(name, sample(name)))
    found = read(sample(name))
    assert [person.name for person in found.people] == people
    assert (found.hidden, [problem.field for problem in found.problems]) == (hidden, fields)
    assert found.at == len(sample(name))


def test_every_sample_of_connections_is_in_the_table() -> None:
    others = {
        "profile.csv",
        "positions.csv",
        "education.csv",
        "own_addresses.csv",
        "notes_and_nobody.csv",
        "invitations_with_links.csv",
        "invitations_without_links.csv",
        "endorsements_given.csv",
        "endorsements_received.csv",
        "Recommendations_Given.csv",
    }
    assert {path.name for path in SAMPLES.iterdir()} - others == {row[0] for row in EXPECTED}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("spreadsheet_url_last.csv", [date(2024, 1, 15), date(2025, 5, 5)]),
        ("spreadsheet_american_dates.csv", [date(2021, 3, 12), date(2022, 7, 31)]),
        ("spreadsheet_british_dates.csv", [date(2021, 3, 12), date(2022, 7, 31)]),
        ("spreadsheet_dates_undecided.csv", [date(2021, 3, 12), date(2022, 7, 1)]),
        ("spreadsheet_iso_dates.csv", [date(2021, 3, 12), date(2022, 7, 1)]),
        ("french.csv", [date(2023, 3, 12), date(2022, 8, 3)]),
        ("german_semicolons_cp1252.csv", [date(2021, 3, 3), date(2021, 6, 5)]),
        ("spanish.csv", [date(2023, 3, 12)]),
        ("italian.csv", [date(2023, 5, 12)]),
        ("portuguese.csv", [date(2023, 2, 12)]),
        ("dutch.csv", [date(2023, 3, 12)]),
        (
            "quote_never_closed.csv",
            [date(2021, 3, 12), date(2021, 2, 2), date(2022, 7, 1), date(2022, 8, 15)],
        ),
        ("one_field_broken.csv", [None, date(2022, 7, 1), None]),
    ],
)
def test_known_since(name: str, days: list[date | None]) -> None:
    assert [person.known_since for person in read(sample(name)).people] == days


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("https://www.linkedin.com/in/ada", "https://www.linkedin.com/in/ada"),
        ("http://linkedin.com/in/Ada/", "https://www.linkedin.com/in/ada"),
        ("linkedin.com/in/ada", "https://www.linkedin.com/in/ada"),
        ("www.linkedin.com/in/ada?trk=x#y", "https://www.linkedin.com/in/ada"),
        ("https://de.linkedin.com/in/ada/en", "https://www.linkedin.com/in/ada"),
        ("https://www.linkedin.com/in/%C3%A9mile-Z", "https://www.linkedin.com/in/émile-z"),
        ("https://www.linkedin.com/in/e\u0301mile-z", "https://www.linkedin.com/in/émile-z"),
        ("https://uk.linkedin.com/pub/ada-b/1/2a/3b4", "https://www.linkedin.com/pub/ada-b/1/2a/3b4"),
        ("https://www.linkedin.com/company/acme", ""),
        ("https://notlinkedin.com.example/in/ada", ""),
        ("https://evil.example/linkedin.com/in/ada", ""),
        ("https://www.linkedin.com/in/", ""),
        ("", ""),
    ],
)
def test_one_spelling_of_a_profile_link(cell: str, link: str) -> None:
    assert linkedin.profile_link(cell) == link


def test_a_web_page_in_the_profile_column_is_kept_as_a_link() -> None:
    person = only("Ada,Byron,https://ada.example/me,,,,01 Jan 2020")
    assert (person.external_id, person.profiles) == ("", ())
    assert person.links == (Value("https://ada.example/me"),)


def test_several_addresses_in_one_cell() -> None:
    person = only("Ada,Byron,,mailto:ada@a.example; ada@b.example,,,01 Jan 2020")
    assert person.emails == (Value("ada@a.example"), Value("ada@b.example"))


def test_a_problem_says_where_what_and_what_to_do() -> None:
    address, day, link, no_name, short = read(sample("one_field_broken.csv")).problems
    assert (address.row, address.field) == (2, "Email Address")
    assert address.message == "Email Address says “not an address”, which is not an e-mail address."
    assert day.message == "Connected On says “30 Feb 2021”, which is not a date."
    assert (link.row, link.message) == (3, "URL says “somewhere”, which is not a link to a profile.")
    assert no_name.message == "This row (“Fernlight”) has no name, so nobody was added for it."
    assert (short.row, short.message) == (5, "The row starting “Cleo” has 2 of the header's 7 cells.")
    assert all(problem.fix for problem in (address, day, link, no_name, short))


def test_a_table_with_a_header_and_nobody() -> None:
    assert read(HEADER).people == []


def test_notes_without_a_header_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(sample("notes_and_nobody.csv"))
    assert refused.value.fix


def test_an_open_quote_costs_one_row_even_with_thousands_behind_it() -> None:
    row = "Ada,Byron,https://www.linkedin.com/in/ada,,Acme,Engineer,01 Jan 2020\n"
    found = read(HEADER + row.replace("Byron", '"Byron') + row * 3000)
    assert (len(found.people), len(found.problems)) == (3001, 1)


def test_batches_come_a_few_hundred_at_a_time() -> None:
    rows = "".join(f"Ada,Byron,https://www.linkedin.com/in/a{i},,A,B,01 Jan 2020\n" for i in range(1200))
    batches = list(CONNECTIONS.read(io.BytesIO((HEADER + rows).encode())))
    assert [len(batch.people) for batch in batches] == [500, 500, 200]
    assert batches[-1].at == len(HEADER + rows)


def test_the_owner_s_profile() -> None:
    (batch,) = PROFILE.read(io.BytesIO(sample("profile.csv")))
    assert batch.own == [
        OwnFact("name", "Oona Lindqvarn"),
        OwnFact("headline", "Makes maps of tides"),
        OwnFact("place", "Bergen, Norway"),
        OwnFact("link", "https://tides.example"),
        OwnFact("link", "https://oona.example"),
    ]


def test_the_owner_s_own_profile_link() -> None:
    text = b"First Name,Last Name,Headline,Public Profile Url\nOona,Lindqvarn,,linkedin.com/in/Oona\n"
    (batch,) = PROFILE.read(io.BytesIO(text))
    assert OwnFact("link", "https://www.linkedin.com/in/oona") in batch.own


def test_the_owner_s_positions() -> None:
    (batch,) = POSITIONS.read(io.BytesIO(sample("positions.csv")))
    assert batch.own == [
        OwnFact("position", "Tidewater Maps", "Head of Charts", "Bergen, Norway", PartialDate(2019, 10)),
        OwnFact("position", "Fernlight", "Surveyor", "", PartialDate(2015), PartialDate(2019, 9)),
    ]


def test_the_owner_s_schools_and_addresses() -> None:
    (schools,) = EDUCATION.read(io.BytesIO(sample("education.csv")))
    assert schools.own == [
        OwnFact("school", "University of the Fjords", "MSc Hydrography", "", PartialDate(2010), PartialDate(2014))
    ]
    (addresses,) = EMAILS.read(io.BytesIO(sample("own_addresses.csv")))
    assert addresses.own == [
        OwnFact("email", "oona@tides.example", "primary"),
        OwnFact("email", "old@tides.example"),
    ]


@pytest.mark.parametrize("kind", linkedin.FORMATS, ids=[kind.name for kind in linkedin.FORMATS])
@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(kind: Format, junk: bytes) -> None:
    kind.recognise(Sample("x", junk))
    with suppress(Unreadable):
        list(kind.read(io.BytesIO(junk)))


CELLS = st.text(alphabet=st.sampled_from("ab é\"'\n\r,;\t|-/.1230@%\u200d✨\ud83d"), max_size=12)


@settings(max_examples=250, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=9), max_size=8))
def test_any_text_under_a_header_is_read(rows: list[list[str]]) -> None:
    body = "\n".join(",".join(row) for row in rows)
    whole = (HEADER + body).encode("utf-8", "replace")
    for person in read(whole).people:
        assert person.name
        assert person.name == person.name.strip()


@settings(max_examples=150, deadline=None)
@given(junk=st.binary(max_size=300))
def test_any_bytes_under_a_header_are_read(junk: bytes) -> None:
    with suppress(Unreadable):  # too many control characters for a text
        read(HEADER.encode() + junk)
