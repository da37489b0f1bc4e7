"""Every letter that others published: each goes through, and says what the standard library reads in it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from functools import cache
from pathlib import Path

import pytest

from keepwarm import formats
from keepwarm.core.touches import Exchange
from keepwarm.formats import mail
from keepwarm.formats.batch import Batch, Problem, Sample

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "email"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data, which a plain clone does not have")

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Read otherwise than the standard library does, each after a look at it: we leave out addresses without a domain, find
# those whose commas or line ends are broken, and see through dates, encodings and quotes that it does not.
OTHER_PEOPLE = {
    "basic-plain-very-long-lines.msg", "basic-plain-with-bad-header-separator.msg", "basic-plain.msg", "msg_15.txt",
    "basic-plain-with-bad-header-separator.out", "missing_body.eml", "mix_caps_content_type.eml", "example11.eml",
    "raw_email_incorrect_header.eml", "raw_email_multiple_from.eml", "raw_email_with_at_display_name.eml",
}  # fmt: skip
OTHER_DATE = {
    "msg_15.txt", "bad_date_header.eml", "bad_date_header2.eml", "content_transfer_encoding_empty.eml",
    "raw_email_bad_time.eml", "raw_email_incorrect_header.eml", "raw_email_with_bad_date.eml",
}  # fmt: skip
OTHER_SUBJECT = {
    "content_transfer_encoding_empty.eml", "must_supply_encoding.eml", "trademark_character_in_subject.eml",
    "raw_email_incorrect_header.eml",
}  # fmt: skip
# Without sender or date, or of a year before there was mail; counted by eye.
PROBLEMS = 41


def read(path: Path) -> Batch | None:
    """None where it is no mail: parts of letters, and what they should be read as."""
    whole = Batch()
    with path.open("rb") as file:
        kind = formats.recognise(Sample(path.name, file.read(65_536)))
        if kind is None or kind.source != "mail":
            return None
        file.seek(0)
        for batch in formats.read(kind, file, NOW):
            whole.exchanges += batch.exchanges
            whole.problems += batch.problems
    return whole


@cache
def letters() -> list[tuple[Path, Exchange, Message]]:
    """Each with what the standard library makes of it."""
    every = [(path, read(path)) for path in sorted(SHARED.rglob("*")) if path.is_file()]
    return [
        (path, batch.exchanges[0], BytesHeaderParser().parsebytes(path.read_bytes()))
        for path, batch in every
        if batch and batch.exchanges and path.name != "mbox.rlug"
    ]


def test_every_file_goes_through() -> None:
    found = [batch for path in sorted(SHARED.rglob("*")) if path.is_file() and (batch := read(path))]
    assert sum(len(batch.exchanges) for batch in found) == 140
    assert sum(len(batch.problems) for batch in found) == PROBLEMS
    assert all(problem.message.endswith(".") and problem.fix for batch in found for problem in batch.problems)


def test_what_is_no_letter_is_none_here_either() -> None:
    for path in SHARED.rglob("*"):
        if path.is_file():
            assert isinstance(mail.exchange(path.read_bytes()[: mail.LARGEST], 1), Exchange | Problem | None)


def test_who() -> None:
    for path, exchange, other in letters():
        if path.name not in OTHER_PEOPLE:
            named = [other.get_all(field, []) for field in ("from", "to", "cc")]
            theirs = {address.lower() for _, address in getaddresses([str(v) for vs in named for v in vs]) if address}
            ours = (exchange.sender, *exchange.others)
            assert {party.key[2:] for party in ours if party} == theirs, path.name


def test_when() -> None:
    for path, exchange, other in letters():
        if path.name not in OTHER_DATE:
            at = parsedate_to_datetime(str(other["date"]))
            assert exchange.at == (at if at.tzinfo else at.replace(tzinfo=UTC)), path.name


def test_about_what() -> None:
    for path, exchange, other in letters():
        if path.name not in OTHER_SUBJECT:
            subject = " ".join(str(make_header(decode_header(str(other["subject"] or "")))).split())
            assert exchange.context == mail.context(subject), path.name


def test_a_mailbox_of_five() -> None:
    found = read(next(SHARED.rglob("mbox.rlug")))
    assert found
    assert len(found.exchanges) == 5
    assert {exchange.automatic for exchange in found.exchanges} == {"list"}
