"""262 calendars of other projects' tests, many broken on purpose: each is read, or refused with a sentence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from keepwarm import formats
from keepwarm.core.touches import Exchange
from keepwarm.formats import ics
from keepwarm.formats.batch import Batch, Sample

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "calendars"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data, which a plain clone does not have")
NOW = datetime(2026, 11, 12, 9, tzinfo=ZoneInfo("Europe/Lisbon"))
FILES = sorted(path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.ics"))
# No calendar and no event in them, but a lone alarm, zone, task, journal or a fuzzer's find.
PARTS = {
    "Index_Error", "Type_Error", "alarms/example", "rfc_5545_end", "start_date", "rfc_7953_1", "rfc_7953_2",
    "fuzz_testcase_0_char_in_component_name", "fuzz_testcase_invalid_month", "fuzz_testcase_vtimezone_lone_cr",
    "issue_178_component_with_invalid_name_represented", "freebusy/example", "journals/example", "todos/example",
    "issue_237_brazilia_standard", "issue_53_tzid_parsed_properly", "issue_55_parse_error_on_utc_offset_with_seconds",
    "timezones/pacific_fiji", "caltime", "get_char_test", "issue250", "issue339", "test_files/timezones",
    "tz_us_eastern",
}  # fmt: skip


def read(name: str) -> Batch:
    whole = Batch()
    with (SHARED / name).open("rb") as file:
        for batch in formats.read(ics.FORMAT, file, NOW):
            whole.exchanges += batch.exchanges
            whole.ahead += batch.ahead
            whole.problems += batch.problems
            whole.at = batch.at
    return whole


def exchanges(name: str) -> list[Exchange]:
    (found,) = [file for file in FILES if file.endswith(f"/{name}.ics")]
    return read(found).exchanges


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_or_refused(name: str) -> None:
    head = (SHARED / name).read_bytes()[:65_536]
    is_part = any(name.endswith(f"/{part}.ics") for part in PARTS)
    assert ics.recognise(Sample(name, head)) is not is_part
    if is_part:
        assert formats.recognise(Sample(name, head)) or formats.refusal(Sample(name, head)).message
    else:
        found = read(name)
        assert found.at == (SHARED / name).stat().st_size
        assert all(problem.message.endswith(".") and problem.fix for problem in found.problems)


def test_there_are_all_of_them() -> None:
    assert len(FILES) == 262


def test_what_one_reads_in_them_by_eye() -> None:
    (meeting,) = exchanges("property_params")
    assert meeting.both
    (one,) = exchanges("event_dt_partstat")
    assert one.context
    first, second = exchanges("test-data/calendar")
    assert (first.at.year, [party.key for party in first.others]) == (
        1997, ["e:a@example.com", "e:b@example.com", "e:c@example.com", "e:d@example.com"],
    )  # fmt: skip
    assert second.others
