"""Whose letters a file holds: proposed, asked where it cannot be told, and kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import ImportRun, OwnerFact, Touch
from tests.build import here, mbox
from tests.conftest import Cast
from tests.web.pages import act, bring, words, work_off

pytestmark = pytest.mark.django_db
ME, OLD = "me@example.net", "old@example.net"
ANN, BOB = "Ann Lee <ann@example.org>", "bob@example.org"
CLEAR = mbox((ANN, ME), (ME, ANN), (ME, BOB), ("cat@example.org", ME))
OPEN = mbox((ANN, BOB), (BOB, ANN))


def page(browser: Client, run: ImportRun) -> str:
    return words(browser.get(reverse("import_run", args=[run.id])))


def own(cast: Cast) -> list[str]:
    return list(OwnerFact.objects.filter(space=cast.home, user=cast.ada, source="user").values_list("value", flat=True))


def test_it_works(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": CLEAR})
    told = page(ada, run)
    assert f"Which of these are you? Tick all that are yours. {ME} in 4 exchanges" in told
    assert "Keep subjects and titles So that you can pick up the thread. Never the text of a letter." in told
    assert "1 person is new" in told
    assert "2 more wait until you say whether they are people" in told
    act(ada, "import_go", run.id, me=f"e:{ME}", about_context="1", keep_context="1")
    work_off()
    assert own(cast) == [ME]
    assert here(cast.home) == ["Ann Lee"]
    assert {touch.context for touch in Touch.objects.all()} == {"Plans"}


def test_only_who_is_sure_is_ticked(ada: Client) -> None:
    answer = ada.get(reverse("import_run", args=[bring(ada, **{"all.mbox": CLEAR}).id])).content.decode()
    boxes = {
        part.partition('"')[0]: "checked" in part.partition(">")[0] for part in answer.split('name="me" value="')[1:]
    }
    assert boxes == {
        f"e:{ME}": True,
        "e:ann@example.org": False,
        "e:bob@example.org": False,
        "e:cat@example.org": False,
    }


def test_without_an_answer_nothing_is_brought_in(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": OPEN})
    assert "We cannot tell who wrote to whom before we know." in page(ada, run)
    assert "Please tick which one is you" in act(ada, "import_go", run.id)
    run.refresh_from_db()
    assert (run.state, own(cast)) == ("ready", [])


def test_with_an_answer_it_looks_again(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": OPEN})
    act(ada, "import_go", run.id, me=f"e:{BOB}")
    work_off()
    told = page(ada, run)
    assert "1 person is new" in told
    assert "Which of these are you?" not in told
    act(ada, "import_go", run.id)
    work_off()
    assert here(cast.home) == ["Ann Lee"]


def test_another_address_by_hand(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": CLEAR})
    act(ada, "import_go", run.id, me=f"e:{ME}", me_too=f" {OLD}, nonsense@ ,linkedin.com/in/adabyron")
    assert own(cast) == [ME, OLD, "https://www.linkedin.com/in/adabyron"]


def test_only_what_was_proposed_can_be_ticked(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": CLEAR})
    act(ada, "import_go", run.id, me="e:mallory@example.org")
    assert own(cast) == []


def test_subjects_may_be_left_out(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"all.mbox": CLEAR})
    act(ada, "import_go", run.id, me=f"e:{ME}", about_context="1")
    work_off()
    assert {touch.context for touch in Touch.objects.all()} == {""}
    assert not cast.home.memberships.get(user=cast.ada).keep_context


def test_who_is_known_is_not_asked(cast: Cast, ada: Client) -> None:
    first = bring(ada, **{"all.mbox": CLEAR})
    act(ada, "import_go", first.id, me=f"e:{ME}")
    work_off()
    told = page(ada, bring(ada, **{"again.mbox": CLEAR}))
    assert "Which of these" not in told
    assert "No one is new" in told
