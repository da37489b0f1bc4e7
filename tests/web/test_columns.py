"""A table that nobody knows: what its columns mean is asked once, and remembered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.imports import mapping
from keepwarm.models import ImportMapping, ImportRun
from keepwarm.web import columns
from tests.build import here, person
from tests.conftest import Cast
from tests.web.pages import bring, words, work_off

pytestmark = pytest.mark.django_db
GUESTS = "Who;Mail;Where from;Table\nAda Lund;ada@lund.example;Maps AS;7\nBen Hale;ben@hale.example;Hale & Co;3\n"
MORE = GUESTS.splitlines()[0] + "\nCy Oak;cy@oak.example;Oak;1\n"


def page(browser: Client, run: ImportRun) -> str:
    return words(browser.get(reverse("import_run", args=[run.id])))


def answer(browser: Client, run: ImportRun, then: str = "go", **becomes: str) -> str:
    """Choose what some columns become, press a button, and wait for the work."""
    [file] = columns.asked(run)
    chosen = {columns.field(file, i): held for i, held in enumerate(file.mapping["fields"])}
    for heading, value in becomes.items():
        chosen[columns.field(file, file.mapping["header"].index(heading.replace("_", " ")))] = value
    browser.post(reverse("import_mapping", args=[run.id]), chosen | {"then": then})
    work_off()
    run.refresh_from_db()
    return page(browser, run)


def test_it_works(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    assert run.state == ImportRun.State.READY
    told = page(ada, run)
    assert "Our guess" in told
    assert "In your file First row says Becomes" in told
    assert "Where from Maps AS" in told
    assert here(cast.home) == []
    told = answer(ada, run, Where_from="organisation")  # a change is looked at before it is brought in
    assert run.state == ImportRun.State.READY
    assert "As you said" in told
    assert "They are here" in answer(ada, run)
    assert person(cast.home, "Ada Lund").organisation == "Maps AS"


def test_a_guess_that_is_right_takes_one_press(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    assert "They are here" in answer(ada, run)
    assert here(cast.home) == ["Ada Lund", "Ben Hale"]


def test_the_next_file_with_these_headings_needs_no_question(cast: Cast, ada: Client) -> None:
    answer(ada, bring(ada, **{"guests.csv": GUESTS}), Where_from="organisation")
    run = bring(ada, **{"next year.csv": MORE})
    assert "As last time" in page(ada, run)
    ada.post(reverse("import_go", args=[run.id]))
    work_off()
    assert person(cast.home, "Cy Oak").organisation == "Oak"


def test_it_can_still_be_changed_then(cast: Cast, ada: Client) -> None:
    answer(ada, bring(ada, **{"guests.csv": GUESTS}), Where_from="organisation")
    run = bring(ada, **{"next year.csv": MORE})
    answer(ada, run, "look", Where_from="city")
    answer(ada, run)
    assert (person(cast.home, "Cy Oak").organisation, person(cast.home, "Cy Oak").place) == ("", "Oak")


def test_a_column_may_be_left_out(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    answer(ada, run, "look", Mail="")
    answer(ada, run)
    assert not person(cast.home, "Ada Lund").facts.filter(field="email").exists()


def test_what_is_no_choice_changes_nothing(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    before = columns.asked(run)[0].mapping["fields"]
    answer(ada, run, "look", Mail="password", Table="__class__")
    assert ImportMapping.objects.get().mapping["fields"] == before


def test_a_guess_with_a_label_keeps_it(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": "Name,E-mail (work)\nAda Lund,ada@lund.example\n"})
    assert "E-mail (work)" in [choice.name for choice in columns.tables(run)[0]["columns"][1].choices]
    answer(ada, run)
    assert person(cast.home, "Ada Lund").facts.get(field="email").label == "work"


def test_spaces_do_not_share_what_they_remember(cast: Cast, ada: Client, client: Client) -> None:
    answer(ada, bring(ada, **{"guests.csv": GUESTS}), Where_from="organisation")
    client.force_login(cast.cleo)
    assert "Our guess" in page(client, bring(client, **{"guests.csv": GUESTS}))


def test_too_late(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    answer(ada, run)
    answer(ada, run, Where_from="city")
    assert run.state == ImportRun.State.DONE


def test_a_file_that_is_known_asks_nothing(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"phone.vcf": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lund\r\nEND:VCARD\r\n"})
    assert "Becomes" not in page(ada, run)


def test_every_choice_has_a_name(cast: Cast, ada: Client) -> None:
    run = bring(ada, **{"guests.csv": GUESTS})
    [file] = columns.asked(run)
    for choice in mapping.choices(file.mapping, 0):
        assert columns.name(choice)


@pytest.mark.parametrize("rows", ["", "\n", ";;;\n"])
def test_a_table_with_headings_only(cast: Cast, ada: Client, rows: str) -> None:
    run = bring(ada, **{"guests.csv": GUESTS.splitlines()[0] + "\n" + rows})
    assert "No one is new" in page(ada, run)
