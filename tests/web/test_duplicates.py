"""Is this the same person? Asked, answered, taken back; whom has been joined, and a card that was someone else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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


class TestSideBySide:
    def test_what_is_on_both_stands_once(self, cast: Cast, ada: Client) -> None:
        lines = ("TEL:+44 7700 900123", "ORG:Nordisk Tand", "TITLE:Dentist")
        bring_in(
            cast.home,
            card("Ann Lee", *lines, "EMAIL:a@example.com", "BDAY:1980-06-02", uid="1"),
            card("Bob Lee", *lines, "EMAIL:b@example.com", uid="2"),
        )
        page = words(ada.get(reverse("duplicates"), {"who": [one.id for one in Person.objects.all()]}))
        for said in ("Phone, the same on both", "E-mail, both are kept", "Role, the same on both", "2 June 1980"):
            assert said in page
        assert page.count("+44 7700 900123") == 1
        assert "Last names" not in page
        assert "Same last name" in page

    def test_a_role_of_which_one_is_silent(self, cast: Cast, ada: Client) -> None:
        bring_in(cast.home, card("Ann Lee", "TITLE:Dentist", uid="1"), card("Annie Lee", uid="2"))
        page = ada.get(reverse("duplicates"), {"who": [one.id for one in Person.objects.all()]})
        assert "Dentist" in words(page)
        assert b'name="role"' not in page.content

    def test_whence_each_name_is(self, cast: Cast, ada: Client) -> None:
        pair(cast)
        assert "Name, from address book, November 2026" in words(ada.get(reverse("duplicates")))


class TestThreeAndMore:
    @pytest.fixture
    def people(self, cast: Cast) -> list[Person]:
        bring_in(cast.home, *[card(name, "BDAY:1980-06-02", uid=name) for name in ("Ann Lee", "Annie Lee", "A. Lee")])
        people = list(Person.objects.of(cast.home).order_by("name"))
        for one, other in ((0, 1), (1, 2)):
            asked = duplicates.Likely(people[one].id, people[other].id, 0.7, (5, 0) + (-1,) * 12)
            duplicates.suggest(cast.home, [asked], NOW)
        return people

    def test_one_question_with_its_reasons(self, ada: Client, people: list[Person]) -> None:
        page = ada.get(reverse("duplicates"))
        assert page.content.count(b'name="who"') == 3
        for said in ("Are these one person?", "Same last name", "An initial that fits", "Born 2 June 1980"):
            assert said in words(page)

    def test_who_is_not_ticked_is_asked_about_again(self, cast: Cast, ada: Client, people: list[Person]) -> None:
        ada.post(reverse("duplicates_answer"), {"said": "same", "who": [people[0].id, people[1].id]})
        assert len(here(cast.home)) == 2
        assert duplicates.count(cast.home) == 1


class TestNamed:
    def test_joined_they_are_shown_and_undo_leads_back(self, cast: Cast, ada: Client) -> None:
        row = pair(cast)
        asked = {"said": "same", "who": [row.one_id, row.other_id], "named": "1"}
        answered = ada.post(reverse("duplicates_answer"), asked)
        assert answered.headers["Location"] == reverse("person", args=[Person.objects.here().earliest("id").id])
        action = Action.objects.get()
        back = ada.post(f"{reverse('duplicates_undo', args=[action.id])}?who={row.one_id}&who={row.other_id}")
        assert "For and against" in words(ada.get(back.headers["Location"]))

    @pytest.mark.parametrize("count", [1, 7])
    def test_one_or_a_crowd_is_not_one_person(self, cast: Cast, ada: Client, count: int) -> None:
        bring_in(cast.home, *[card(f"Ann {n}", uid=str(n)) for n in range(count)])
        ids = [one.id for one in Person.objects.all()]
        answered = ada.post(reverse("people_many"), {"do": "same", "who": ids}, follow=True)
        assert "two at least, 6 at most" in words(answered)

    def test_someone_of_another_space_is_nobody(self, cast: Cast, ada: Client) -> None:
        row = pair(cast)
        bring_in(cast.away, card("Zoe Hidden", uid="z"))
        stranger = Person.objects.of(cast.away).get()
        assert "Zoe" not in words(ada.get(reverse("duplicates"), {"who": [row.one_id, stranger.id]}))

    def test_found_from_the_persons_page(self, cast: Cast, ada: Client) -> None:
        bring_in(cast.home, card("Ann Lee", uid="1"), card("Bob Lee", uid="2"), card("Tom Nygaard", uid="3"))
        ann, bob = person(cast.home, "Ann Lee"), person(cast.home, "Bob Lee")
        assert reverse("person_join", args=[ann.id]) in ada.get(reverse("person", args=[ann.id])).content.decode()
        page = ada.get(reverse("person_join", args=[ann.id]))
        assert "Bob Lee" in words(page)
        assert "Tom Nygaard" not in words(page)
        assert f"who={ann.id}&amp;who={bob.id}" in page.content.decode()
        assert "Tom Nygaard" in words(ada.get(reverse("person_join", args=[ann.id]), {"q": "tom"}))


def test_ben_may_answer_and_cleo_sees_nothing(cast: Cast, client: Client) -> None:
    row = pair(cast)
    client.force_login(cast.cleo)
    for address in (reverse("duplicates"), reverse("duplicates_joined"), reverse("people")):
        assert "Hanne" not in words(client.get(address))
    client.force_login(cast.ben)
    answer(client, "same", row)
    assert Merge.objects.get().user == cast.ben


def test_taken_apart_can_be_taken_back(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    made = merge.join(row.one, row.other, timezone.now())
    assert made is not None
    ada.post(reverse("merge_apart", args=[made.id]), {"from": "person"})
    back = ada.post(f"{reverse('duplicates_undo', args=[Action.objects.get().id])}?person={made.kept_id}")
    assert back.headers["Location"] == reverse("person", args=[made.kept_id])
    assert Merge.objects.standing().count() == 1


def test_why_they_were_joined(cast: Cast, ada: Client) -> None:
    answer(ada, "same", pair(cast))
    assert "Same first name, last names a letter apart." in words(ada.get(reverse("duplicates_joined")))


def test_the_people_page_says_that_something_is_asked(cast: Cast, ada: Client) -> None:
    row = pair(cast)
    assert "1 pair may be one person" in words(ada.get(reverse("people")))
    answer(ada, "two", row)
    assert "may be one person" not in words(ada.get(reverse("people")))


def test_words_that_came_without_a_card_are_not_the_users(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:a@example.com", uid="1"))
    ann = Person.objects.get()
    Fact.objects.create(space=cast.home, person=ann, field="email", value="b@example.com", source="mail", seen_at=NOW)
    page = words(ada.get(reverse("person_cards", args=[ann.id])))
    assert "From your mail" in page
    assert "In your own words" not in page


def test_queries_stay_flat(cast: Cast, ada: Client) -> None:
    pair(cast, 0.95)
    few = [_queries(ada, address) for address in (reverse("duplicates"), reverse("duplicates_joined"))]
    named = [f"{given} {family}" for given in ("Ann", "Ann B.", "Bo", "Bo C.") for family in ("Dahl", "Quist", "Rao")]
    bring_in(cast.home, *[card(name, uid=name) for name in named])
    for one, other in zip(named[:3] + named[6:9], named[3:6] + named[9:], strict=True):
        ids = [person(cast.home, name).id for name in (one, other)]
        duplicates.suggest(cast.home, [duplicates.Likely(*ids, 0.93)], NOW)
    for name in ("Dahl", "Quist"):
        merge.join(person(cast.home, f"Bo {name}"), person(cast.home, f"Bo C. {name}"), NOW)
    many = [_queries(ada, address) for address in (reverse("duplicates"), reverse("duplicates_joined"))]
    assert many == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)
