"""One letter that gives something: an item of the shelf, or a kind word about a moment; noted once, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Moment, Person, Pick, Share, Touch
from keepwarm.store import moments, shelf, week
from keepwarm.web import access
from tests.build import bring_in, card, network, person
from tests.conftest import NOW, Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db
LINK = "https://portico.example/hiring"


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", "TITLE:Producer"))
    return person(cast.home, "Ann Lee")


@pytest.fixture
def item(cast: Cast) -> Item:
    said = Saved(LINK, "the question on page 3 is gold", "Hiring for curiosity", site="Portico")
    return shelf.save(cast.home, cast.ada, said, NOW)[0]


def undo(ada: Client, answer: object) -> str:
    """Press Undo on the toast; the words of the page it leads to."""
    tags = next(message.extra_tags for message in answer.context["messages"])  # type: ignore[attr-defined]
    return words(ada.post(tags.removeprefix("undo:"), follow=True))


class TestShare:
    def address(self, item: Item, ann: Person, name: str = "shelf_letter") -> str:
        return reverse(name, args=[item.id, ann.id])

    def test_it_works(self, cast: Cast, ada: Client, item: Item, ann: Person) -> None:
        said = words(ada.get(self.address(item, ann)))
        assert "Something to read for Ann" in said
        assert "Your note: “the question on page 3 is gold”" in said
        sent = {"channel": "mail", "shape": "saw_this", "subject": "For you", "from": "give"}
        answer = ada.post(self.address(item, ann, "shelf_letter_sent"), sent, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("give")
        assert "Noted. Something to read for Ann Lee." in words(answer)
        touch = Touch.objects.get()
        assert (touch.kind, touch.balance, touch.context, touch.channel) == ("saw_this", "give", "For you", "mail")
        assert Share.objects.get().touch == touch
        undo(ada, answer)
        assert not Touch.objects.exists()
        assert not Share.objects.exists()

    def test_the_script_is_sent_on(self, ada: Client, item: Item, ann: Person) -> None:
        answer = ada.post(self.address(item, ann, "shelf_letter_sent"), {}, headers={"hx-request": "true"})
        assert answer.headers["HX-Redirect"] == reverse("shelf_item", args=[item.id])

    def test_nobody_gets_the_same_thing_twice(self, ada: Client, item: Item, ann: Person) -> None:
        for _ in range(2):
            ada.post(self.address(item, ann, "shelf_letter_sent"), {"channel": "mail"})
        assert Touch.objects.count() == 1
        assert "Ann has this from you: you shared it on 12 November." in words(ada.get(self.address(item, ann)))

    def test_something_of_late_is_told_and_stops_nobody(self, cast: Cast, ada: Client, item: Item, ann: Person) -> None:
        other, _ = shelf.save(cast.home, cast.ada, Saved(note="Knots"), NOW)
        shelf.give(other, ann, cast.ada, NOW - timedelta(days=9), channel="mail")
        said = words(ada.get(self.address(item, ann)))
        assert "You gave Ann something on 3 November." in said
        assert "I sent it" in said

    def test_the_words_are_kept_for_this_item_alone(self, cast: Cast, ada: Client, item: Item, ann: Person) -> None:
        mine = {"shape": "saw_this", "subject": "Look", "body": "Dear Ann, read this about hiring."}
        assert "Asks for nothing" in words(ada.post(self.address(item, ann), mine))
        assert mine["body"] in ada.get(self.address(item, ann)).content.decode()
        other, _ = shelf.save(cast.home, cast.ada, Saved(note="Knots"), NOW)
        assert mine["body"] not in ada.get(self.address(other, ann)).content.decode()
        assert mine["body"] not in ada.get(reverse("person", args=[ann.id])).content.decode()

    def test_not_for_them_and_back(self, ada: Client, item: Item, ann: Person) -> None:
        answer = ada.post(self.address(item, ann, "shelf_not_for"), {"from": "give"}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("give")
        assert Share.objects.get().given_at is None
        undo(ada, answer)
        assert not Share.objects.exists()

    def test_without_an_address(self, cast: Cast, ada: Client, item: Item) -> None:
        bring_in(cast.home, card("Zoe Fox", uid="z"))
        zoe = person(cast.home, "Zoe Fox")
        assert "There is no address of Zoe here yet." in words(ada.get(self.address(item, zoe)))
        ada.post(self.address(item, zoe, "shelf_letter_sent"), {"channel": "other"})
        assert Share.objects.get().given_at

    def test_another_kind_of_message_is_refused(self, ada: Client, item: Item, ann: Person) -> None:
        assert ada.post(self.address(item, ann), {"shape": "hello", "body": "x"}).status_code == 400


class TestCongratulate:
    @pytest.fixture
    def moment(self, ann: Person) -> Moment:
        return moments.note(ann, "new_job", "Producer at Harbour Films", NOW.date(), NOW)

    def test_it_works(self, cast: Cast, ada: Client, ann: Person, moment: Moment) -> None:
        address = reverse("congratulate", args=[ann.id])
        said = words(ada.get(address))
        assert "A kind word for Ann" in said
        assert "Started at Harbour Films on 12 November" in said
        assert "noted on 12 November, by you; this week" in said
        assert "Harbour Films" in ada.get(address).context["drafts"][0].body
        answer = ada.post(reverse("congratulate_sent", args=[ann.id]), {"from": "moments"}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("moments")
        touch = Touch.objects.get()
        assert (touch.kind, touch.balance) == ("congratulate", "give")
        moment.refresh_from_db()
        assert moment.said_at
        assert "Harbour Films" in undo(ada, answer)
        moment.refresh_from_db()
        assert moment.said_at is None

    def test_it_counts_in_this_week(self, cast: Cast, ada: Client, ann: Person, moment: Moment) -> None:
        ada.post(reverse("congratulate_sent", args=[ann.id]))
        member = access.Membership.objects.get(user=cast.ada)
        assert ann.id in week.of(member, NOW.date()).reached

    def test_a_hello_settles_it_too(self, cast: Cast, ada: Client, ann: Person) -> None:
        """Who has left LinkedIn is not congratulated."""
        row = moments.note(ann, "other", "moved", NOW.date(), NOW)
        Moment.objects.filter(id=row.id).update(kind="left_linkedin")
        page = ada.get(reverse("congratulate", args=[ann.id]))
        assert [letter.shape for letter in page.context["drafts"] if letter.current] == ["hello"]
        ada.post(reverse("congratulate_sent", args=[ann.id]))
        assert Touch.objects.get().balance == "neutral"
        assert not moments.of_people(cast.home, [ann.id], NOW.date())

    def test_one_moment_of_several(self, ada: Client, ann: Person, moment: Moment) -> None:
        other = moments.note(ann, "other", "won the Harbour prize", NOW.date(), NOW)
        page = ada.get(reverse("congratulate", args=[ann.id]), {"kind": "other", "key": other.key})
        assert "Won the Harbour prize" in words(page)
        assert "Started at" not in words(page)

    def test_nothing_open(self, ada: Client, ann: Person) -> None:
        answer = ada.get(reverse("congratulate", args=[ann.id]), follow=True)
        assert "A word has been said about that already, or it has faded." in words(answer)


class TestFromToday:
    @pytest.fixture
    def shown(self, cast: Cast, ada: Client) -> Pick:
        network(cast.home, 4)
        return three(ada)[0]

    def test_the_gift_is_written_down_with_the_letter(self, ada: Client, item: Item, shown: Pick) -> None:
        said = {"channel": "mail", "shape": "saw_this", "body": f"Look: {LINK}", "gift": str(item.id)}
        ada.post(reverse("pick_sent", args=[shown.id]), said)
        share = Share.objects.get()
        assert (share.person_id, share.touch) == (shown.person_id, Touch.objects.get())
        ada.post(reverse("pick_undo", args=[shown.id]))
        assert not Share.objects.exists()

    def test_forgotten_meanwhile_the_letter_is_written_down(self, ada: Client, item: Item, shown: Pick) -> None:
        said = {"channel": "mail", "shape": "saw_this", "body": f"Look: {LINK}", "gift": str(item.id)}
        item.delete()
        assert ada.post(reverse("pick_sent", args=[shown.id]), said).status_code == 302
        assert Touch.objects.get().person_id == shown.person_id

    @pytest.mark.parametrize("said", [{"shape": "hello", "body": LINK}, {"shape": "saw_this", "body": "Look."}])
    def test_not_where_the_letter_is_about_something_else(
        self, ada: Client, item: Item, shown: Pick, said: dict[str, str]
    ) -> None:
        ada.post(reverse("pick_sent", args=[shown.id]), said | {"channel": "mail", "gift": str(item.id)})
        assert not Share.objects.exists()
