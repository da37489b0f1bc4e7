"""Our own table and our own JSON: what goes out comes back, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.people import (
    Address,
    Kept,
    KeptAsk,
    KeptDoor,
    KeptNote,
    KeptPhrase,
    KeptPromise,
    KeptShare,
    KeptSide,
    KeptTouch,
    PartialDate,
    PersonRecord,
    Photo,
    Value,
)
from keepwarm.formats import own_csv, own_json, text
from keepwarm.formats.batch import Batch, Format, Sample, Unreadable

ADA = PersonRecord(
    where=1,
    name="Ada Lund",
    external_id="urn:uuid:1",
    given="Ada",
    family="Lund",
    emails=tuple(Value(f"ada{n}@lund.example", "work" if n else "") for n in range(5)),
    phones=(Value("+47 22 33 44 55", "cell"),),
    profiles=(Value("https://www.linkedin.com/in/ada", "linkedin"),),
    handles=(Value("ada.l", "skype"),),
    organisation="=Maps",
    addresses=(Address("Storgata 1, Oslo", "home", "Storgata 1", "Oslo"), Address("c/o Hale"), Address("Kiel", "work")),
    note="One line\n- and a list\n=SUM(A1)",
    birthday=PartialDate(None, 12, 1),
    categories=("Choir", "Tea; and cake"),
    photo=Photo(b"\xff\xd8\xff picture", "image/jpeg"),
    known_since=date(2020, 1, 2),
    revised=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
)


def back(kind: Format, written: str) -> Batch:
    content = written.encode()
    recognised = formats.recognise(Sample("export", content[:65_536]))
    assert recognised is kind
    whole = Batch()
    for batch in kind.read(io.BytesIO(content)):
        whole.people += batch.people
        whole.problems += batch.problems
    return whole


def test_it_works() -> None:
    assert back(own_json.FORMAT, "".join(own_json.write([ADA]))).people == [ADA]
    (person,) = back(own_csv.FORMAT, "".join(own_csv.write([ADA]))).people
    assert person == ADA._replace(where=2, photo=None, revised=None)


def test_nobody_is_an_export_too() -> None:
    assert back(own_json.FORMAT, "".join(own_json.write([]))).people == []
    assert back(own_csv.FORMAT, "".join(own_csv.write([]))).people == []


def test_a_spreadsheet_s_user_finds_the_columns() -> None:
    header = next(csv.reader(io.StringIO("".join(own_csv.write([])))))
    assert header[0] == "\ufeffName"
    assert header[10:14] == ["E-mail 1", "E-mail 1 label", "E-mail 2", "E-mail 2 label"]
    assert len(header) == len(set(header))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-", "'-"),
        ("@ada", "'@ada"),
        ("\tx", "'\tx"),
        ("'=x", "''=x"),
        ("a;=x", "a;'=x"),
        ("a\n@x", "a\n'@x"),
        ("'tis", "'tis"),
        ("a - b = c", "a - b = c"),
    ],
)
def test_what_a_spreadsheet_would_run_is_text(cell: str, written: str) -> None:
    assert own_csv.safe(cell) == written
    assert own_csv.plain(written) == cell


def test_columns_that_a_spreadsheet_has_moved() -> None:
    rows = list(csv.reader(io.StringIO("".join(own_csv.write([ADA])).lstrip("\ufeff"))))
    moved = io.StringIO()
    csv.writer(moved, delimiter=";").writerows([[*reversed(row)] for row in rows])
    (person,) = back(own_csv.FORMAT, moved.getvalue()).people
    assert {*person.emails} == {*ADA.emails}


@pytest.mark.parametrize(
    ("people", "problems"),
    [
        ('{"name": "Ada", "emails": "ada@lund.example"}', ["emails"]),
        ('{"name": "Ada", "birthday": "1980-31-31"}', ["birthday"]),
        ('{"name": "Ada", "photo": {"media_type": "image/png", "data": "%%"}}', ["photo"]),
        ('{"name": "Ada", "revised": "yesterday", "note": 7}', ["note", "revised"]),
        ('{"given": "Ada"}, {"name": "Ada"}', ["name"]),
        ('7, [], {"name": "Ada", "unknown": {"a": [1]}}', ["name"]),
    ],
)
def test_what_is_not_as_it_was_written_costs_that_thing(people: str, problems: list[str]) -> None:
    found = back(own_json.FORMAT, f'{{"keepwarm": 1, "people": [{people}]}}')
    assert [person.name for person in found.people] == ["Ada"]
    assert [problem.field for problem in found.problems] == problems


def test_an_editor_may_have_laid_it_out_anew() -> None:
    spread = json.dumps(json.loads("".join(own_json.write([ADA, ADA]))), indent=3)
    assert [person.name for person in back(own_json.FORMAT, spread).people] == ["Ada Lund"] * 2


@pytest.mark.parametrize("rest", ['"people": [{"name": "Ada"', '"people": [{"name" "Ada"}}', '"people": ]', "[" * 5000])
def test_a_file_that_breaks_off_is_told(rest: str) -> None:
    with pytest.raises(Unreadable):
        list(own_json.read(io.BytesIO(f'{{"keepwarm": 1, {rest}'.encode())))


def test_a_newer_keepwarm_s_export_is_told() -> None:
    with pytest.raises(Unreadable) as refused:
        list(own_json.read(io.BytesIO(b'{"keepwarm": 2, "people": []}')))
    assert "newer" in refused.value.message


# Round trips


def tidy(least: int = 0) -> st.SearchStrategy[str]:
    signs = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
    texts = st.one_of(st.text(signs, max_size=12), st.sampled_from(["=1", "+4", "'-x", '"', "a;=b", ",", "''", "@"]))
    return texts.map(text.tidy).filter(lambda said: len(said) >= least)


values = st.lists(st.builds(Value, tidy(1), tidy()), max_size=5, unique_by=lambda value: value.value).map(tuple)
addresses = st.lists(
    st.builds(Address, tidy(1), tidy(), tidy(), tidy(), tidy(), tidy(), tidy()), max_size=4, unique=True
).map(tuple)  # fmt: skip
days = st.one_of(
    st.none(),
    st.dates(date(1901, 1, 1), date(2099, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: PartialDate(None, day.month, day.day)),
)
people = st.builds(
    PersonRecord,
    where=st.just(0),
    name=tidy(1),
    external_id=tidy(),
    given=tidy(),
    middle=tidy(),
    family=tidy(),
    prefix=tidy(),
    suffix=tidy(),
    nickname=tidy(),
    emails=values,
    phones=values,
    links=values,
    profiles=values,
    handles=values,
    organisation=tidy(),
    department=tidy(),
    title=tidy(),
    addresses=addresses,
    note=st.lists(tidy(1), max_size=3).map("\n".join),
    birthday=days,
    anniversary=days,
    categories=st.lists(tidy(1), max_size=3, unique=True).map(tuple),
    known_since=st.one_of(st.none(), st.dates(date(1901, 1, 2))),
    photo=st.none(),
    revised=st.none(),
    is_organisation=st.booleans(),
    kept=st.none(),
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
touched = st.builds(
    KeptTouch, tidy(1), moments, st.sampled_from(["mail", "call", "other"]), st.sampled_from(["in", "out", "both"]),
    tidy().map(lambda said: said[:16].strip()), st.sampled_from(["give", "ask", "neutral"]), tidy(), tidy(),
    st.booleans(), tidy(), st.booleans(),
)  # fmt: skip
promised = st.builds(
    KeptPromise, st.sampled_from(["mine", "theirs", "wish"]), tidy(1), st.one_of(st.none(), st.dates()), moments,
    st.one_of(st.none(), moments), st.one_of(st.none(), moments), st.booleans(),
)  # fmt: skip
followed = st.lists(
    st.builds(Value, tidy().map(lambda said: f"https://example.org/{said}".strip()), tidy()),
    max_size=2, unique_by=lambda value: value.value,
)  # fmt: skip
shared = st.builds(
    KeptShare, tidy(1).map(lambda said: said[:64].strip()).filter(bool), moments, st.one_of(st.none(), moments), tidy()
)
perhaps = st.one_of(st.none(), moments)
asked = st.builds(
    KeptAsk, tidy(1), moments, tidy(), st.sampled_from(["", "yes", "no", "silence", "dropped"]), perhaps,
    st.one_of(st.none(), st.dates()), st.booleans(),
)  # fmt: skip
opened = st.builds(
    KeptDoor, st.sampled_from(["referral", "work", "other"]), tidy(1), st.dates(), moments, perhaps, st.booleans()
)
needed = st.builds(
    KeptPhrase, st.sampled_from(["need", "offer", "interest"]), tidy(1), st.dates(), moments, perhaps, perhaps,
    st.booleans(),
)  # fmt: skip
introduced = st.builds(
    KeptSide, st.sampled_from([0, 1]), moments, st.sampled_from(["need", "hand"]), tidy(), tidy(), st.booleans(),
    perhaps, perhaps, perhaps, perhaps, perhaps, st.sampled_from(["", "yes", "no"]), perhaps,
)  # fmt: skip
lived = st.builds(
    Kept, tidy(), tidy(), st.sampled_from(["", "knows", "trusts", "opens"]), st.integers(0, 3), tidy(), tidy(),
    st.one_of(st.none(), st.integers(1, 3650)), st.booleans(), st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.integers(1, 365)), st.one_of(st.none(), st.dates()),
    notes=st.lists(st.builds(KeptNote, moments, tidy(1), st.booleans()), max_size=2).map(tuple),
    touches=st.lists(touched, max_size=2).map(tuple), promises=st.lists(promised, max_size=2).map(tuple),
    met=st.none(), feeds=followed.map(tuple), shares=st.lists(shared, max_size=2).map(tuple),
    trust_declined=st.sampled_from(["", "knows", "opens"]), asks=st.lists(asked, max_size=1).map(tuple),
    doors=st.lists(opened, max_size=1).map(tuple), phrases=st.lists(needed, max_size=1).map(tuple),
    sides=st.lists(introduced, max_size=1).map(tuple),
).filter(lambda kept: kept != Kept())  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(PersonRecord._replace, people, kept=st.one_of(st.none(), lived)), max_size=3))
def test_whatever_goes_out_as_json_comes_back(records: list[PersonRecord]) -> None:
    found = back(own_json.FORMAT, "".join(own_json.write(records)))
    assert [person._replace(where=0) for person in found.people] == records
    assert found.problems == []


@settings(max_examples=60, deadline=None)
@given(st.lists(people, max_size=3))
def test_whatever_goes_out_as_a_table_comes_back(records: list[PersonRecord]) -> None:
    found = back(own_csv.FORMAT, "".join(own_csv.write(records)))
    assert [person._replace(where=0) for person in found.people] == records
    assert found.problems == []


@settings(max_examples=200, deadline=None)
@given(people)
def test_no_cell_begins_as_a_formula_does(record: PersonRecord) -> None:
    rows = list(csv.reader(io.StringIO("".join(own_csv.write([record])))))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text('{}[]",:1e-. \\ntruefalsnkpwo', max_size=80).map(str.encode)))
def test_nothing_but_unreadable_is_ever_raised(content: bytes) -> None:
    for start in (b"", b'{"keepwarm": 1, "people": ['):
        with suppress(Unreadable):
            list(own_json.read(io.BytesIO(start + content)))


def test_what_is_wrong_in_a_history_costs_only_itself() -> None:
    at = '"at": "2026-05-04T10:00:00+00:00"'
    good = f'{{"external_id": "a", {at}, "channel": "mail", "direction": "out"}}'
    wrong = (
        "{}", '{"external_id": 7}', good.replace("mail", "smoke"), good.replace("out", "up"), good.replace("a", ""),
        good.replace("+00:00", ""), good.replace('"mail"', "[]"),
    )  # fmt: skip
    person = '"name": "Ann Lee", "relation": "friend", "trust": "blindly", "important": 9, "cadence": -1'
    person += ', "rests_until": "soon"'
    notes = f'[{{{at}, "text": "Tea"}}, {{{at}, "text": ""}}, {{"text": "When?"}}, {{{at}, "text": 7}}]'
    written = f'{{"keepwarm": 1, "people": [{{{person}, "notes": {notes}, "touches": [{good}, {", ".join(wrong)}]}}]}}'
    found = back(own_json.FORMAT, written)
    (ann,) = found.people
    assert ann.kept is not None
    assert (ann.kept.relation, ann.kept.marks[2:4], ann.kept.cadence) == ("friend", ("", 0), None)
    assert [note.text for note in ann.kept.notes] == ["Tea"]
    assert [touch.external_id for touch in ann.kept.touches] == ["a"]
    assert sorted(problem.field for problem in found.problems) == sorted(
        ["trust", "important", "cadence", "rests_until", *["notes"] * 3, *["touches"] * len(wrong)]
    )
