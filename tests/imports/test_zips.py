"""The files of a zip: each found by its place, and the zip opened once for all of them."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from keepwarm.formats import archive
from keepwarm.imports import work
from keepwarm.models import ImportFile, ImportRun
from keepwarm.store import imports as runs
from tests.build import Clock, card, check, here
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


def zipped(*files: tuple[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that two have one name
        for name, text in files:
            made.writestr(name, text)
    return target.getvalue()


def brought_in(cast: Cast, raw: bytes) -> ImportRun:
    """Checked, then written."""
    run = check(cast.home, {"cards.zip": raw})
    runs.turn(run, (ImportRun.State.READY,), ImportRun.State.WRITING, NOW)
    return work.write(run.id, Clock())


def test_it_works(cast: Cast) -> None:
    brought_in(cast, zipped(("a.vcf", card("Ann Lee")), ("b.vcf", card("Ben Ode"))))
    assert here(cast.home) == ["Ann Lee", "Ben Ode"]


def test_two_files_of_one_name_are_both_read(cast: Cast) -> None:
    brought_in(cast, zipped(("a.vcf", card("Ann Lee")), ("a.vcf", card("Ben Ode"))))
    assert here(cast.home) == ["Ann Lee", "Ben Ode"]


def test_a_name_longer_than_we_keep(cast: Cast) -> None:
    brought_in(cast, zipped((f"{'long' * 200}.vcf", card("Ann Lee"))))
    assert here(cast.home) == ["Ann Lee"]
    assert len(ImportFile.objects.get().name) == 500


def test_a_chat_of_an_iphone_has_the_name_of_its_zip(cast: Cast) -> None:
    chat = "[15/01/2024, 10:00:01] Ann Lee: Hello\n"
    check(cast.home, {"WhatsApp Chat - Ann Lee.zip": zipped(("_chat.txt", chat))})
    assert ImportFile.objects.get().name == "WhatsApp Chat - Ann Lee.zip"


def test_a_zip_is_listed_once_in_each_pass(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []
    members = archive.members
    monkeypatch.setattr(archive, "members", lambda file: listed.append(file) or members(file))
    brought_in(cast, zipped(*((f"{n}.vcf", card(f"Friend {n}")) for n in range(5))))
    assert len(listed) == 3  # to recognise, to check, to write


def test_files_of_one_zip_share_one_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = zipped(*((f"{n}.vcf", card(f"Friend {n}", f"NOTE:{'x' * 100_000}")) for n in range(3)))
    run = check(cast.home, {"cards.zip": raw})
    tight = archive.Limits(total=250_000)
    members = archive.members
    monkeypatch.setattr(archive, "members", lambda file: members(file, tight))
    runs.turn(run, (ImportRun.State.READY,), ImportRun.State.WRITING, NOW)
    work.write(run.id, Clock())
    assert here(cast.home) == ["Friend 0", "Friend 1"]
    assert "far more than its size" in ImportFile.objects.exclude(refusal="").get().refusal
