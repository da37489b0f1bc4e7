"""Bringing people in: choose, look, bring in, undo; and every file that is not what it seems."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keepwarm.models import ImportProblem, ImportRun, Person
from tests.build import card, connections, here
from tests.conftest import Cast
from tests.web.pages import act, bring, words, work_off

pytestmark = pytest.mark.django_db
ANN, BOB = card("Ann Lee", "EMAIL:ann@example.com"), card("Bob Fox", "EMAIL:bob@example.com")
ROW = "Cy,Oak,https://www.linkedin.com/in/cyoak,,Acme,CEO,07 Jun 2021"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def zipped(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def page(browser: Client, run: ImportRun) -> str:
    return words(browser.get(reverse("import_run", args=[run.id])))


def done(browser: Client, run: ImportRun, step: str) -> str:
    """Take a step and wait for its work."""
    act(browser, step, run.id)
    work_off()
    return page(browser, run)


def uploads(run: ImportRun) -> Path:
    return Path(settings.DATA) / "uploads" / str(run.id)


def test_it_works(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN + BOB})
    told = page(ada, run)
    assert "Check what we found Nothing has been added yet." in told
    assert "2 people are new" in told
    assert here(cast.home) == []
    told = done(ada, run, "import_go")
    assert "They are here" in told
    assert here(cast.home) == ["Ann Lee", "Bob Fox"]
    assert not uploads(run).exists()


def test_several_files_at_once(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN, "Connections.csv": connections(ROW)})
    told = page(ada, run)
    assert "phone.vcf vCard" in told
    assert "Connections.csv LinkedIn" in told
    done(ada, run, "import_go")
    assert here(cast.home) == ["Ann Lee", "Cy Oak"]


def test_a_zip_from_linkedin(cast: Cast, ada: Client) -> None:
    profile = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location\n"
    inside = {
        "Connections.csv": connections(ROW),
        "Profile.csv": profile + "Ada,Example,,,,Maker,,,,Leeds\n",
        "Rich_Media.csv": "a,b\n",
    }
    run = bring(ada, **{"Basic_LinkedInDataExport.zip": zipped(**inside)})
    told = page(ada, run)
    assert "1 person is new" in told
    assert "What we learned about you" in told
    done(ada, run, "import_go")
    assert here(cast.home) == ["Cy Oak"]


def test_exchanges_come_along(cast: Cast, ada: Client) -> None:
    said = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    for name in ("Cy Oak", "Nobody Here"):
        link = f"https://www.linkedin.com/in/{name.replace(' ', '').lower()}"
        said += f'{name},Ada,"7/30/25, 9:00 AM",Hello,INCOMING,{link},\n'
    run = bring(ada, **{"export.zip": zipped(**{"Invitations.csv": said, "Connections.csv": connections(ROW)})})
    told = page(ada, run)
    assert "1 person is new. 1 exchange comes along." in told
    assert "1 exchange is with people who are not here, so we left it out." in told
    assert "1 exchange with them came along" in done(ada, run, "import_go")
    assert "1 new, 0 already here, 1 exchange" in words(ada.get(reverse("import")))
    timeline = words(ada.get(reverse("person", args=[Person.objects.get().id])))
    assert "Cy invited you on LinkedIn" in timeline


def test_the_same_file_again_has_nothing_new(cast: Cast, ada: Client) -> None:
    done(ada, bring(ada, **{"phone.vcf": ANN}), "import_go")
    told = page(ada, bring(ada, **{"phone.vcf": ANN}))
    assert "No one is new" in told
    assert "1 stays just as they are" in told


def test_the_page_asks_for_itself_while_there_is_work(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("import_upload"), {"files": SimpleUploadedFile("phone.vcf", ANN.encode())}, follow=True)
    busy = answer.content.decode()
    assert 'hx-trigger="every 1s"' in busy
    assert 'http-equiv="refresh"' in busy  # and without a script
    work_off()
    piece = ada.get(answer.request["PATH_INFO"], headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in piece
    assert "<html" not in piece


def test_a_script_is_told_where_the_import_is(cast: Cast, ada: Client) -> None:
    file = SimpleUploadedFile("phone.vcf", ANN.encode())
    answer = ada.post(reverse("import_upload"), {"files": file}, headers={"Accept": "application/json"})
    assert answer.content.decode() == reverse("import_run", args=[ImportRun.objects.get().id])


def test_undo(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN})
    assert "You can undo it for 90 days" in page(ada, run)
    assert "Undo this import" in done(ada, run, "import_go")
    assert "Taken back" in done(ada, run, "import_undo")
    assert here(cast.home) == []


def test_undo_leaves_and_lists_whom_you_looked_after(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN + BOB})
    done(ada, run, "import_go")
    act(ada, "note_add", Person.objects.get(name="Ann Lee").id, text="likes tea")
    assert "Ann Lee you have written a note" in done(ada, run, "import_undo")
    assert here(cast.home) == ["Ann Lee"]


def test_cancel_forgets_the_files(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN})
    assert uploads(run).exists()
    act(ada, "import_cancel", run.id)
    run.refresh_from_db()
    assert run.state == ImportRun.State.CANCELLED
    assert not uploads(run).exists()


def test_cancel_while_it_is_read(cast: Cast, ada: Client) -> None:
    ada.post(reverse("import_upload"), {"files": SimpleUploadedFile("phone.vcf", ANN.encode())})
    act(ada, "import_cancel", ImportRun.objects.get().id)
    work_off()
    assert ImportRun.objects.get().state == ImportRun.State.CANCELLED


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("import_cancel", "import_go", "cancelled"),
        ("import_go", "import_cancel", "done"),
        ("import_go", "import_go", "done"),
        ("import_undo", "import_go", "done"),
    ],
)
def test_steps_out_of_order_do_no_harm(cast: Cast, ada: Client, first: str, second: str, state: str) -> None:
    run = bring(ada, **{"phone.vcf": ANN})
    act(ada, first, run.id)
    act(ada, second, run.id)
    work_off()
    run.refresh_from_db()
    assert run.state == state
    assert len(here(cast.home)) == (state == "done")


def test_brought_in_before_is_listed(cast: Cast, ada: Client) -> None:
    done(ada, bring(ada, **{"phone.vcf": ANN, "more.vcf": BOB}), "import_go")
    assert "phone.vcf and 1 more 2 new, 0 already here 12 November 2026" in words(ada.get(reverse("import")))


def test_nothing_chosen(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("import_upload"))
    assert answer.status_code == 400
    assert "Please choose a file first." in words(answer)
    assert not ImportRun.objects.exists()


def test_over_the_limit(cast: Cast, ada: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    big = SimpleUploadedFile("big.vcf", (ANN * 100).encode())
    answer = ada.post(reverse("import_upload"), {"files": [big]})
    assert answer.status_code == 400
    assert "big.vcf is larger than" in words(answer)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Connections.csv", b"<!DOCTYPE html><html><body>Please sign in</body></html>"),
        ("holiday.vcf", PNG),
        ("empty.csv", b""),
        ("blank.vcf", b" \r\n\r\n"),
        ("notes.txt", b"Dear diary, today I met Ann."),
        ("broken.zip", b"PK\x03\x04 and then nothing"),
        ("zeros.csv", b"\0" * 4096),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_what_is_no_address_book_is_refused_in_a_sentence(cast: Cast, ada: Client, name: str, content: bytes) -> None:
    run = bring(ada, **{name: content})
    told = page(ada, run)
    assert run.state == ImportRun.State.REFUSED
    assert "Nothing to bring in" in told
    file = run.files.get()
    assert file.refusal.endswith(".")
    assert file.fix.endswith(".")
    assert f"{file.refusal} {file.fix}" in told
    assert here(cast.home) == []


def test_one_bad_file_does_not_cost_the_good_one(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": ANN, "holiday.vcf": PNG})
    assert "1 person is new" in page(ada, run)
    done(ada, run, "import_go")
    assert here(cast.home) == ["Ann Lee"]


def test_a_name_with_tags_is_only_a_name(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"<b>phone</b>.vcf": card("<i>Ann</i> Lee", "EMAIL:ann@example.com")})
    answer = ada.get(reverse("import_run", args=[run.id])).content.decode()
    assert "<i>Ann</i>" not in answer
    assert "<b>phone</b>" not in answer


def test_problems_as_a_list(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": card("Ann Lee", "BDAY:31 Feb 2020") + BOB})
    assert "1 thing we could not read" in page(ada, run)
    answer = ada.get(reverse("import_problems", args=[run.id]))
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")  # Excel takes a file without it for Latin-1
    assert list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))[0]["field"] == "BDAY"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cast: Cast, ada: Client, start: str) -> None:
    run = bring(ada, **{"phone.vcf": ANN})
    cell = f"{start}HYPERLINK(1)"
    ImportProblem.objects.create(space=cast.home, run=run, file=cell, row=1, field=cell, message=cell, fix=cell)
    text = b"".join(ada.get(reverse("import_problems", args=[run.id])).streaming_content).decode()
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert not [value for value in row.values() if re.match(r"\s*[=+\-@\uff1d]|[\t\r\n]", value)]


def test_many_problems_are_counted_and_some_are_shown(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": "".join(card(f"P{n} Q", "BDAY:31 Feb 2020") for n in range(30))})
    told = page(ada, run)
    assert "30 things we could not read" in told
    assert "All 30, as a list" in told
