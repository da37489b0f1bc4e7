"""Bringing people in: new, already here, changed, the same again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core import identity
from keepwarm.models import Fact, ImportRun, OwnerFact, Person, Photo, SourceRecord
from keepwarm.store import edits, records
from tests.build import bring_in, card, check, connections, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
ANN = card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", uid="a")


def test_it_works(cast: Cast) -> None:
    run = bring_in(cast.home, ANN, card("Ben Ode", "TEL:+44 7700 900142", uid="b"))
    assert run.state == ImportRun.State.DONE
    assert run.counts == {"new": 2, "hidden": 0}
    assert here(cast.home) == ["Ann Lee", "Ben Ode"]
    assert person(cast.home, "Ann Lee").organisation == "Acme"


def test_same_file_again_changes_nothing(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    before = list(Fact.objects.order_by("id").values())
    run = bring_in(cast.home, ANN, at=LATER)
    assert run.counts == {"unchanged": 1, "hidden": 0}
    assert list(Fact.objects.order_by("id").values()) == before


def test_same_file_without_ids_again_changes_nothing(cast: Cast) -> None:
    cards = [card("Ann Lee", "EMAIL:ann@example.com"), card("Ann Lee"), card("Ann Lee")]
    bring_in(cast.home, *cards)
    assert bring_in(cast.home, *cards, at=LATER).counts["unchanged"] == 3
    assert len(here(cast.home)) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("EMAIL:ann@example.com", "EMAIL:ANN@Example.com"),
        ("TEL:+44 7700 900142", "TEL:0044 (0)7700-900142"),
        ("URL:https://www.linkedin.com/in/AnnLee/", "URL:http://uk.linkedin.com/in/annlee"),
    ],
)
def test_two_sources_of_one_person_meet(cast: Cast, first: str, second: str) -> None:
    bring_in(cast.home, card("Ann Lee", first, uid="phone"))
    run = bring_in(cast.home, card("Ann Lee", second, "TITLE:Director", uid="laptop"))
    assert run.counts["matched"] == 1
    assert here(cast.home) == ["Ann Lee"]
    assert person(cast.home, "Ann Lee").title == "Director"


def test_a_family_with_one_landline_stays_a_family(cast: Cast) -> None:
    bring_in(cast.home, *[card(name, "TEL:+44 20 7946 0000") for name in ("Ann Lee", "Bob Lee")])
    assert here(cast.home) == ["Ann Lee", "Bob Lee"]


def test_a_table_of_thousands_of_columns_is_refused_with_a_sentence(cast: Cast) -> None:
    run = check(cast.home, {"wide.csv": f"Name,Email{',Phone' * 2000}\nAnn Lee,ann@example.com\n"})
    assert run.state == ImportRun.State.REFUSED
    assert run.files.get().refusal == "This table has more columns than the 1,000 that Keepwarm reads."


def test_a_switchboard_tells_only_who_has_the_same_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = [f"Given{n} Family{n}" for n in range(records.CROWD + 1)]
    bring_in(cast.home, *[card(name, "TEL:+44 20 7946 0000", uid=name) for name in firm])
    compared: list[str] = []
    monkeypatch.setattr(identity, "names_agree", lambda one, other: bool(compared.append(one)))
    again = [card(name, "TEL:+44 20 7946 0000", uid=f"again {name}") for name in (firm[3], "Given3", "Ann Lee")]
    run = bring_in(cast.home, *again, at=LATER)
    assert (run.counts["matched"], run.counts["new"]) == (1, 2)
    assert compared == ["ann lee"]  # with the one just before, and with nobody of the firm


def test_two_cards_of_one_person_in_one_file_are_one_person(cast: Cast) -> None:
    run = bring_in(cast.home, ANN, card("Ann Lee", "EMAIL:ann@example.com", "TITLE:Director", uid="b"))
    assert (run.counts["new"], run.counts["matched"]) == (1, 1)
    assert person(cast.home, "Ann Lee").title == "Director"


def test_a_changed_card_changes_the_person_and_keeps_the_old_value(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    run = bring_in(cast.home, ANN.replace("Acme", "Zenith"), at=LATER)
    assert run.counts["changed"] == 1
    assert person(cast.home, "Ann Lee").organisation == "Zenith"
    old = Fact.objects.get(field="organisation", value="Acme")
    assert old.ended_at == LATER


def test_the_users_own_edit_is_never_overwritten(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    ann = person(cast.home, "Ann Lee")
    edits.edit(ann, {"organisation": "My words"}, ann.version, NOW)
    bring_in(cast.home, ANN.replace("Acme", "Zenith"), at=LATER)
    assert person(cast.home, "Ann Lee").organisation == "My words"
    assert Fact.objects.filter(field="organisation", value="Zenith", ended_at=None).exists()  # kept beside it


def test_an_emptied_edit_goes_back_to_the_source(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    ann = person(cast.home, "Ann Lee")
    edits.edit(ann, {"organisation": "My words"}, 1, NOW)
    edits.edit(person(cast.home, "Ann Lee"), {"organisation": ""}, 2, NOW)
    assert person(cast.home, "Ann Lee").organisation == "Acme"


def test_two_windows_do_not_overwrite_each_other(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    ann = person(cast.home, "Ann Lee")
    edits.edit(ann, {"title": "Director"}, 1, NOW)
    with pytest.raises(edits.EditedElsewhere):
        edits.edit(ann, {"title": "Chair"}, 1, NOW)
    assert person(cast.home, "Ann Lee").title == "Director"


def test_linkedin_speaks_for_the_job_and_the_phone_for_nothing_less(cast: Cast) -> None:
    link = "https://www.linkedin.com/in/annlee"
    bring_in(cast.home, **{"Connections.csv": connections(f"Ann,Lee,{link},ann@example.com,Zenith,CEO,07 Jun 2021")})
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", "TEL:+44 7700 900142"), at=LATER)
    ann = person(cast.home, "Ann Lee")
    assert (ann.organisation, ann.title, str(ann.known_since)) == ("Zenith", "CEO", "2021-06-07")


def test_hidden_members_are_counted_not_made(cast: Cast) -> None:
    run = bring_in(cast.home, **{"Connections.csv": connections("Ann,Lee,,,Acme,CEO,07 Jun 2021", ",,,,,,08 Jun 2021")})
    assert (run.counts["new"], run.counts["hidden"]) == (1, 1)


def test_the_owners_own_positions_are_kept_once(cast: Cast) -> None:
    positions = (
        "Company Name,Title,Description,Location,Started On,Finished On\nAcme,Engineer,,Leeds,Jan 2015,Dec 2019\n"
    )
    for _ in range(2):
        bring_in(cast.home, **{"Positions.csv": positions})
    fact = OwnerFact.objects.get(kind="position")
    assert (fact.value, fact.detail, fact.started, fact.finished) == ("Acme", "Engineer", "2015-01", "2019-12")


def test_a_person_in_the_trash_does_not_come_back(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    Person.objects.update(deleted_at=NOW)
    assert bring_in(cast.home, ANN, at=LATER).counts["left_out"] == 1
    assert here(cast.home) == []


def test_spaces_do_not_meet(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    assert bring_in(cast.away, ANN).counts["new"] == 1


def test_the_check_counts_and_writes_nothing(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    news = card("Ann Lee", "EMAIL:ann@example.com", "TITLE:Director", uid="laptop")
    run = check(
        cast.home,
        {"more.vcf": news + card("Zoe Fox", "EMAIL:zoe@example.com") + card("Zoe Fox", "EMAIL:zoe@example.com")},
    )
    assert run.state == ImportRun.State.READY
    assert (run.counts["new"], run.counts["matched"]) == (1, 2)
    first = run.preview[0]
    assert (first["name"], first["kind"]) == ("Ann Lee", "matched")
    assert "title: Director" in first["changes"]
    assert here(cast.home) == ["Ann Lee"]


def test_problems_are_kept_with_what_to_do(cast: Cast) -> None:
    run = bring_in(cast.home, card("Ann Lee", "BDAY:31 Feb 2020"))
    problem = run.problems.get()
    assert (problem.file, problem.row, problem.field) == ("phone.vcf", 1, "BDAY")
    assert "31 Feb 2020" in problem.message
    assert problem.fix
    assert here(cast.home) == ["Ann Lee"]


def test_a_file_that_is_none_is_refused_in_a_sentence(cast: Cast) -> None:
    run = check(cast.home, {"holiday.csv": "<html><body>Sign in</body></html>"})
    assert run.state == ImportRun.State.REFUSED
    assert run.files.get().refusal
    assert not SourceRecord.objects.exists()


def test_a_fault_of_ours_leaves_nothing_half_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, new: list[object]) -> None:
        raise RuntimeError("a bug")

    first = "".join(card(f"P{n} Q", f"EMAIL:p{n}@example.com") for n in range(600))
    write = records.Recorder._write_photos
    calls = []
    monkeypatch.setattr(
        records.Recorder,
        "_write_photos",
        lambda self, plans: (calls.append(1), broken(self, []) if len(calls) > 1 else write(self, plans)),
    )
    run = bring_in(cast.home, first)
    assert len(calls) > 1
    assert run.state == ImportRun.State.UNDONE
    assert "Nothing was added" in run.trouble
    assert here(cast.home) == []


def test_a_photo_comes_along(cast: Cast) -> None:
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    bring_in(cast.home, card("Ann Lee", f"PHOTO;ENCODING=b;TYPE=PNG:{png}"))
    assert Photo.objects.get().media_type == "image/png"


def test_the_check_knows_one_person_in_two_files(cast: Cast) -> None:
    link = "https://www.linkedin.com/in/annlee"
    files = {
        "Connections.csv": connections(f"Ann,Lee,{link},ann@example.com,Acme,CEO,07 Jun 2021"),
        "phone.vcf": card("Ann Lee", "EMAIL:ann@example.com"),
    }
    said = check(cast.home, dict(files)).counts
    assert (said["new"], said["matched"]) == (1, 1)
    done = bring_in(cast.home, **files).counts
    assert (done["new"], done["matched"]) == (1, 1)
