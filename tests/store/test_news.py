"""The same file brought in again later: what changed, who is gone, and which of two files may speak."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest

from keepwarm.imports import upload, work
from keepwarm.models import Fact, ImportChange, ImportNews, ImportRun, Moment, SourceRecord
from keepwarm.store import edits, news
from keepwarm.store import imports as runs
from tests.build import Clock, bring_in, card, check, connections, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
MARCH, JUNE, NOVEMBER = "Connections-2026-03-03.csv", "Connections-2026-06-15.csv", "Connections-2026-11-09.csv"
LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def ann(company: str = "Acme", title: str = "Director", name: str = "Ann,Lee", email: str = "") -> str:
    return f"{name},https://www.linkedin.com/in/annlee,{email},{company},{title},07 Jun 2021"


def others(count: int = 3) -> list[str]:
    return [
        f"Friend{n},Number{n},https://www.linkedin.com/in/friend{n},,Firm {n},Buyer,01 Feb 2020" for n in range(count)
    ]


def export(cast: Cast, name: str, *rows: str, at: datetime = NOW) -> ImportRun:
    return bring_in(cast.home, at=at, **{name: connections(*rows)})


def told(run: ImportRun) -> list[tuple[str, str, str]]:
    return list(ImportNews.objects.filter(run=run).order_by("id").values_list("kind", "before", "after"))


def moments() -> list[tuple[str, str, str, date | None, date | None]]:
    return list(Moment.objects.order_by("kind", "text").values_list("kind", "text", "before", "after_on", "on"))


def test_it_works(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, NOVEMBER, ann("Harbour Films", "Producer"), *others(), at=LATER)
    assert told(run) == [("company", "Director, Acme", "Producer, Harbour Films")]
    assert moments() == [
        ("new_job", "Producer at Harbour Films", "Director, Acme", date(2026, 3, 3), date(2026, 11, 9))
    ]
    assert person(cast.home, "Ann Lee").organisation == "Harbour Films"
    assert Fact.objects.get(value="Acme").ended_at == LATER


def test_the_same_file_again_is_no_news(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, MARCH, ann(), *others(), at=LATER)
    assert (told(run), moments(), run.counts["unchanged"]) == ([], [], 4)
    assert not ImportChange.objects.exists()


@pytest.mark.parametrize(
    ("company", "title"),
    [("ACME", "Director"), ("Acme, Inc.", "director"), ("Acme GmbH", "🚀 Director!"), ("Acme.", "DIRECTOR")],
)
def test_spelling_is_no_news(cast: Cast, company: str, title: str) -> None:
    export(cast, MARCH, ann(), *others())
    assert told(export(cast, NOVEMBER, ann(f'"{company}"', title), *others(), at=LATER)) == []
    assert moments() == []


def test_a_new_title_at_the_same_company(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, NOVEMBER, ann(title="Managing Director"), *others(), at=LATER)
    assert told(run) == [("title", "Director", "Managing Director")]
    assert [moment[:3] for moment in moments()] == [("new_title", "Managing Director", "Director")]


def test_a_second_post_beside_the_first_is_no_new_job(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "URL:https://www.linkedin.com/in/annlee", "ORG:Harbour Films", uid="a"))
    export(cast, MARCH, ann(), *others(), at=NOW + timedelta(minutes=1))
    run = export(cast, NOVEMBER, ann("Harbour Films"), *others(), at=LATER)
    assert told(run) == [("company", "Director, Acme", "Director, Harbour Films")]
    assert moments() == []


def test_name_and_e_mail(cast: Cast) -> None:
    export(cast, MARCH, ann(email="ann@acme.example"), *others())
    run = export(cast, NOVEMBER, ann(name="Ann,Moss", email="ann@moss.example"), *others(), at=LATER)
    assert told(run) == [("name", "Ann Lee", "Ann Moss"), ("email", "ann@acme.example", "ann@moss.example")]
    assert [moment[:3] for moment in moments()] == [("new_name", "Ann Moss", "Ann Lee")]


def test_who_is_gone(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, NOVEMBER, *others(), at=LATER)
    assert told(run) == [("gone", "", "")]
    assert [(line.name) for line in news.lines(run, "gone")[0]] == ["Ann Lee"]
    assert [(kind, after, on) for kind, _, _, after, on in moments()] == [
        ("left_linkedin", date(2026, 3, 3), date(2026, 11, 9))
    ]
    assert "Ann Lee" in here(cast.home)
    assert told(export(cast, "Connections-2026-11-10.csv", *others(), at=LAST)) == [("gone", "", "")]
    assert len(moments()) == 1


def test_a_part_of_the_list_tells_nothing_of_who_is_gone(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others(5))
    assert told(export(cast, NOVEMBER, *others(2), at=LATER)) == []


def test_under_a_new_link_nobody_is_gone(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    renamed = ann().replace("annlee", "ann-lee-films")
    assert told(export(cast, NOVEMBER, renamed, *others(), at=LATER)) == []


def test_an_older_file_makes_no_news(cast: Cast) -> None:
    export(cast, NOVEMBER, ann("Harbour Films", "Producer"), *others())
    run = export(cast, MARCH, ann(), "Old,Friend,https://www.linkedin.com/in/old,,Firm 9,Buyer,01 Feb 2019", at=LATER)
    assert (told(run), moments()) == ([], [])
    assert (run.counts["older"], run.counts["new"]) == (1, 1)
    assert person(cast.home, "Ann Lee").organisation == "Harbour Films"
    assert "Old Friend" in here(cast.home)


def test_older_then_newer_then_older(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    export(cast, NOVEMBER, ann("Harbour Films"), *others(), at=LATER)
    run = export(cast, JUNE, ann("Interim Ltd"), *others(), at=LAST)
    assert (told(run), len(moments())) == ([], 1)
    assert person(cast.home, "Ann Lee").organisation == "Harbour Films"


def test_between_two_files_that_agree_a_third_is_no_news(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    export(cast, NOVEMBER, ann(), *others(), at=LATER)
    assert told(export(cast, JUNE, ann("Interim Ltd"), *others(), at=LAST)) == []
    assert person(cast.home, "Ann Lee").organisation == "Acme"


def test_an_older_card_of_someone_with_a_newer_one_is_history(cast: Cast) -> None:
    export(cast, NOVEMBER, ann("Harbour Films", email="ann@example.com"), *others())
    old = "Ann,Lee,https://www.linkedin.com/in/ann-of-old,ann@example.com,Acme,Director,07 Jun 2021"
    export(cast, MARCH, old, at=LATER)
    assert person(cast.home, "Ann Lee").organisation == "Harbour Films"
    assert Fact.objects.get(value="Acme").ended_at == LATER


def test_a_card_says_itself_how_old_it_is(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "ORG:Harbour Films", "REV:20261109T090000Z", uid="a"))
    bring_in(cast.home, card("Ann Lee", "ORG:Acme", "REV:20260303T090000Z", uid="a"), at=LATER)
    assert person(cast.home, "Ann Lee").organisation == "Harbour Films"


def test_of_two_files_of_one_day_the_later_speaks(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, MARCH, ann("Harbour Films"), *others(), at=LATER)
    assert told(run) == [("company", "Director, Acme", "Director, Harbour Films")]
    assert [(after, on) for *_, after, on in moments()] == [(None, date(2026, 3, 3))]


def test_the_users_edit_stays(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    who = person(cast.home, "Ann Lee")
    edits.edit(who, {"organisation": "Lee & Daughters"}, who.version, NOW + timedelta(minutes=5))
    export(cast, NOVEMBER, ann("Harbour Films"), *others(), at=LATER)
    assert person(cast.home, "Ann Lee").organisation == "Lee & Daughters"
    assert [moment[0] for moment in moments()] == ["new_job"]


def test_two_sources_tell_one_moment(cast: Cast) -> None:
    phone = ["URL:https://www.linkedin.com/in/annlee", "REV:20260301T090000Z"]
    bring_in(cast.home, card("Ann Lee", *phone, "ORG:Acme", uid="a"))
    export(cast, MARCH, ann(), *others(), at=NOW + timedelta(minutes=1))
    export(cast, NOVEMBER, ann("Harbour Films"), *others(), at=LATER)
    phone[1] = "REV:20261110T090000Z"
    bring_in(cast.home, card("Ann Lee", *phone, "ORG:Harbour Films Ltd", uid="a"), at=LAST)
    assert [moment[0] for moment in moments()] == ["new_job"]


def test_the_check_tells_it_and_writes_nothing(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    who = person(cast.home, "Ann Lee").id
    run = check(cast.home, {NOVEMBER: connections(ann("Harbour Films"), *others())}, at=LATER)
    assert run.counts["news_company"] == 1
    assert [row for row in run.preview if row.get("news")] == [
        {
            "news": "company",
            "who": "Ann Lee",
            "person": who.hex,
            "before": "Director, Acme",
            "after": "Director, Harbour Films",
        }
    ]
    assert not ImportNews.objects.exists()
    assert not Moment.objects.exists()


def test_undo_takes_news_and_moments_back(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    before = list(SourceRecord.objects.order_by("id").values("id", "digest", "as_of"))
    run = export(cast, NOVEMBER, ann("Harbour Films"), *others(2), at=LATER)
    assert (len(told(run)), len(moments())) == (2, 2)
    runs.turn(run, (ImportRun.State.DONE,), ImportRun.State.UNDOING, LAST)
    work.undo(run.id, Clock(LAST))
    assert (told(run), moments()) == ([], [])
    assert list(SourceRecord.objects.order_by("id").values("id", "digest", "as_of")) == before
    assert person(cast.home, "Ann Lee").organisation == "Acme"


def test_undo_of_the_first_with_a_second_after_it(cast: Cast) -> None:
    first = export(cast, MARCH, ann(), *others())
    export(cast, NOVEMBER, ann(), *others(2), at=LATER)
    runs.turn(first, (ImportRun.State.DONE,), ImportRun.State.UNDOING, LAST)
    assert work.undo(first.id, Clock(LAST)).state == ImportRun.State.UNDONE
    assert here(cast.home) == []


def test_an_interrupted_run_tells_it_once(cast: Cast) -> None:
    export(cast, MARCH, ann(), *others())
    run = export(cast, NOVEMBER, ann("Harbour Films"), *others(2), at=LATER)
    again = list(ImportNews.objects.values_list("kind", "before", "after")), moments()
    ImportRun.objects.filter(id=run.id).update(state=ImportRun.State.WRITING)
    files = {NOVEMBER: connections(ann("Harbour Films"), *others(2))}
    _put_there_again(run, files)
    work.write(run.id, Clock(LATER))
    assert (list(ImportNews.objects.values_list("kind", "before", "after")), moments()) == again


def _put_there_again(run: ImportRun, files: dict[str, str]) -> None:
    for position, content in enumerate(files.values()):
        upload.keep_stream(run.id, position, io.BytesIO(content.encode()), "again")


def test_fifty_changes_on_one_day(cast: Cast) -> None:
    rows = [f"P{n},Q{n},https://www.linkedin.com/in/p{n},,{{}},Buyer,01 Feb 2020" for n in range(50)]
    export(cast, MARCH, *[row.format(f"Old {n}") for n, row in enumerate(rows)])
    run = export(cast, NOVEMBER, *[row.format(f"New {n}") for n, row in enumerate(rows)], at=LATER)
    assert news.counts(run) == {"company": 50}
    page, next_page = news.lines(run, "company", most=20)
    assert (len(page), page[0].before) == (20, "Buyer, Old 0")
    assert news.lines(run, "company", next_page, most=40)[1] == 0
    assert Moment.objects.count() == 50
