"""Is this the same person? Asked, answered, taken back; whom has been joined, and a card that was someone else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keepwarm.models import Action, Fact, Merge, Person, SourceRecord, Suggestion
from keepwarm.store import answers, duplicates, merge
from tests.build import bring_in, card, here, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db


def pair(cast: Cast, probability: float = 0.7) -> Suggestion:
    bring_in(
        cast.home,
        card("Hanne Lindqvist", "TEL:+46 70 174 06 12", "ORG:Nordisk Tand", "TITLE:Manager", uid="1"),
        card("Hanne Lindkvist", "EMAIL:h@example.se", "ORG:Nordisk Tand AB", "TITLE:Director", uid="2"),
        card("Tom Nygaard", uid="3"),
    )
    ids = [person(cast.home, name).id for name in ("Hanne Lindqvist", "Hanne Lindkvist")]
    duplicates.suggest(cast.home, [duplicates.Likely(*ids, probability, (0, 3) + (-1,) * 12)], NOW)
    return Suggestion.objects.get()


def answer(client: Client, said: str, row: Suggestion, **more: object) -> str:
    asked = {"said": said, "who": [row.one_id, row.other_id], **more}
    return words(client.post(reverse("duplicates_answer"), asked, follow=True))


def test_it_works(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    page = words(ada.get(reverse("duplicates")))
    for said in ("1 of 1", "Same first name", "Last names a letter apart", "+46 70 174 06 12", "h@example.se"):
        assert said in page
    assert "Everything of both is kept" in answer(ada, "same", row)
    assert len(here(cast.home)) == 2
    assert "Everyone is here once" in words(ada.get(reverse("duplicates")))


def test_nothing_to_ask(cast: Cast, ada: Client) -> None:
    assert "Everyone is here once" in words(ada.get(reverse("duplicates")))


def test_two_people(cast: Cast, ada: Client) -> None:
    answer(ada, "two", pair(cast))
    assert len(here(cast.home)) == 3
    assert duplicates.count(cast.home) == 0


def test_later(cast: Cast, ada: Client) -> None:
    answer(ada, "later", pair(cast))
    assert duplicates.count(cast.home) == 1


@pytest.mark.parametrize("said", ["same", "two", "later"])
def test_taken_back(cast: Cast, ada: Client, said: str) -> None:
    answer(ada, said, pair(cast))
    action = Action.objects.get(what=answers.ANSWERED)
    ada.post(reverse("duplicates_undo", args=[action.id]))
    assert (len(here(cast.home)), duplicates.count(cast.home)) == (3, 1)


def test_the_other_name_and_role(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    first, second = person(cast.home, "Hanne Lindqvist"), person(cast.home, "Hanne Lindkvist")
    for chosen, other in ((second, first), (first, second)):
        answer(ada, "same", row, name=chosen.id, role=other.id)
        one = Person.objects.here().get(name=chosen.name)
        assert one.role == other.role
        action = Action.objects.get(what=answers.ANSWERED, undone_at=None)
        ada.post(reverse("duplicates_undo", args=[action.id]))
        assert {first.name, second.name} <= set(here(cast.home))
        assert not Fact.objects.filter(source="user", ended_at=None).exists()


def test_answered_twice(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    answer(ada, "same", row)
    assert "no two people left" in answer(ada, "same", row)


def test_nobody_of_another_space(cast: Cast, client: Client) -> None:
    row = pair(cast)
    client.force_login(cast.cleo)
    answer(client, "same", row)
    assert not Merge.objects.exists()


def test_those_the_user_names(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, *[card(name, uid=name) for name in ("Ann Lee", "Annie Lee", "A. Lee")])
    people = Person.objects.of(cast.home)
    chosen = ada.post(reverse("people_many"), {"do": "same", "who": [one.id for one in people]}, follow=True)
    assert "Are these one person?" in words(chosen)
    ada.post(reverse("duplicates_answer"), {"said": "same", "who": [one.id for one in people]})
    assert len(here(cast.home)) == 1


def test_all_that_are_sure(cast: Cast, ada: Client) -> None:
    row = pair(cast, 0.95)
    bring_in(cast.home, card("Tom Nygard", uid="4"), card("Ove Lund", uid="5"))
    for other, probability in (("Tom Nygard", 0.94), ("Ove Lund", 0.5)):
        ids = [person(cast.home, name).id for name in ("Tom Nygaard", other)]
        duplicates.suggest(cast.home, [duplicates.Likely(*ids, probability)], NOW)
    assert "These 2 are most likely the same" in words(ada.get(reverse("duplicates")))
    ada.post(reverse("duplicates_sure"), {"pair": [row.id]})
    assert Merge.objects.standing().count() == 1


def test_taken_apart(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    made = merge.join(row.one, row.other, timezone.now())
    assert made is not None
    assert "Joined by itself" in words(ada.get(reverse("duplicates_joined")))
    assert "two people again" in words(ada.post(reverse("merge_apart", args=[made.id]), follow=True))
    assert not Merge.objects.standing().exists()
    assert "it has been done" in words(ada.post(reverse("merge_apart", args=[made.id]), follow=True))


def test_after_90_days_they_are_one_for_good(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    made = merge.join(row.one, row.other, timezone.now() - timedelta(days=91))
    assert made is not None
    assert "One for good" in words(ada.get(reverse("duplicates_joined")))
    ada.post(reverse("merge_apart", args=[made.id]))
    assert Merge.objects.standing().exists()


def test_the_old_address_leads_on(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    merge.join(row.one, row.other, NOW)
    assert ada.get(reverse("person", args=[row.other_id])).headers["Location"] == reverse("person", args=[row.one_id])


def test_a_card_that_was_someone_elses(cast: Cast, ada: Client) -> None:
    for uid, mail in (("1", "ann@example.com"), ("2", "other@example.com")):
        bring_in(cast.home, card("Ann Lee", "TEL:+44 7700 900123", f"EMAIL:{mail}", uid=uid))
    ann = Person.objects.get()
    assert "other@example.com" in words(ada.get(reverse("person_cards", args=[ann.id])))
    assert "at least one has to stay" in words(ada.post(reverse("person_split", args=[ann.id]), follow=True))
    wrong = SourceRecord.objects.get(external_id__contains="2")
    ada.post(reverse("person_split", args=[ann.id]), {"card": [wrong.id]})
    assert len(here(cast.home)) == 2


def test_queries_stay_flat(cast: Cast, ada: Client, django_assert_max_num_queries: object) -> None:
    pair(cast)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        ada.get(reverse("duplicates"))
