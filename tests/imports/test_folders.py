"""Letters that lie one by one, in a folder or a zip, come in as one file with only their headers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from keepwarm.core.touches import Exchange
from keepwarm.formats import mbox
from keepwarm.formats.batch import Batch
from keepwarm.imports import folders, upload
from keepwarm.models import ImportFile
from tests.build import card, check
from tests.conftest import Cast
from tests.imports.test_zips import zipped

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RUN = uuid4()


def letter(subject: str, date: str = "Thu, 4 Jan 2024 10:00:00 +0000") -> str:
    return (
        f"From: ben@example.org\nTo: ada@example.com\nSubject: {subject}\nDate: {date}\n"
        f"Message-ID: <{subject}@example.org>\n\nFrom here on it is secret.\n"
    )


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = str(tmp_path / "data")
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, newline="")


def packed(folder: Path) -> tuple[str, Batch]:
    """What it is called, and what is read in it."""
    words = folders.keep(RUN, 0, folder)
    with upload.path(RUN, 0).open("rb") as file:
        (batch,) = mbox.read(file, NOW)
    return words, batch


def told(batch: Batch) -> dict[str, bool | None]:
    return {exchange.context: exchange.mine for exchange in batch.exchanges}


def test_a_maildir(home: Path) -> None:
    mail = home / "Maildir"
    put(mail / "cur" / "1704362400.M1.host:2,S", letter("seen"))
    put(mail / "new" / "1704362400.M2.host", letter("new"))
    put(mail / "cur" / "1704362400.M3.host:2,ST", letter("thrown away"))
    put(mail / ".Sent" / "cur" / "1704362400.M4.host:2,S", letter("sent"))
    put(mail / ".Entw&APw-rfe" / "cur" / "1704362400.M5.host:2,S", letter("draft"))
    put(mail / ".R&D" / "cur" / "1704362400.M6.host:2,S", letter("research"))
    put(mail / "tmp" / "1704362400.M7.host", letter("not whole"))
    put(mail / "dovecot-uidlist", "3 V1 N7\n")
    words, batch = packed(mail)
    assert words == "6 letters in Maildir"
    assert told(batch) == {"seen": None, "new": None, "sent": True, "research": None}
    assert batch.problems[0].message.startswith("2 letters were left out")


def test_a_file_says_when_a_letter_arrived(home: Path) -> None:
    put(home / "Maildir" / "cur" / "1704362400.M1.host:2,S", letter("undated", date="soon"))
    put(home / "Maildir" / "Old", "From - Thu Jan  4 10:00:00 2024\n" + letter("in a mailbox", date="then"))
    exchanges = packed(home / "Maildir")[1].exchanges
    assert [exchange.at for exchange in exchanges] == [datetime(2024, 1, 4, 10, tzinfo=UTC)] * 2


def test_letters_and_mailboxes_of_programs(home: Path) -> None:
    put(home / "Mail" / "a" / "one.eml", letter("one").replace("\n", "\r\n"))
    put(home / "Mail" / "a" / "old.eml", letter("old").replace("\n", "\r"))
    put(home / "Mail" / "Sent.mbox" / "Messages" / "2.emlx", "123\n" + letter("two"))
    put(home / "Mail" / "Local" / "Sent", "From - Thu Jan  4 10:00:00 2024\n" + letter("three"))
    put(home / "Mail" / "notes.txt", "Dear diary")
    (home / "Mail" / "link.eml").symlink_to(home / "Mail" / "a" / "one.eml")
    words, batch = packed(home / "Mail")
    assert words == "4 letters in Mail"
    assert told(batch) == {"one": None, "old": None, "two": True, "three": True}


def test_only_headers_are_kept(home: Path) -> None:
    put(home / "Mail" / "a.eml", letter("one"))
    packed(home / "Mail")
    assert b"secret" not in upload.path(RUN, 0).read_bytes()


def test_a_folder_without_letters(home: Path) -> None:
    put(home / "Mail" / "notes.txt", "Dear diary")
    assert folders.keep(RUN, 1, home / "Mail") == ""
    assert not upload.path(RUN, 1).exists()


def test_headers_larger_than_those_of_any_letter(home: Path) -> None:
    put(home / "Mail" / "a.eml", letter("x" * 10_000_000))
    put(home / "Mail" / "b.eml", letter("two"))
    batch = packed(home / "Mail")[1]
    assert told(batch) == {"two": None}
    assert "larger than 256 KB" in batch.problems[0].message


def test_a_letter_cannot_hide_another(home: Path) -> None:
    trap = "From a@b.example Thu Jan  4 10:00:00 2024\nFrom: eve@example.net\n"
    put(home / "Mail" / "a.eml", letter("one").replace("Subject", f"X: y\n{trap}Subject"))
    put(home / "Mail" / "b.eml", letter("two"))
    assert set(told(packed(home / "Mail")[1])) == {"one", "two"}


@pytest.mark.django_db
def test_letters_in_a_zip_are_one_file(cast: Cast) -> None:
    letters = [(f"Sent/{n}.eml", letter(f"letter {n}")) for n in range(1200)]
    check(cast.home, {"saved.zip": zipped(("people.vcf", card("Ann Lee")), *letters, ("readme.txt", "hello"))})
    files = [(file.name, file.format) for file in ImportFile.objects.order_by("position")]
    assert files == [("people.vcf", "vcard"), ("1,200 letters in saved.zip", "mbox"), ("saved.zip", "")]
    row = ImportFile.objects.get(format="mbox")
    with (Path(upload.settings.DATA) / row.path).open("rb") as file:
        first: Exchange = next(mbox.read(file, NOW)).exchanges[0]
    assert (first.context, first.mine) == ("letter 0", True)
