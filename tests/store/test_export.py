"""Out and in again: what leaves as a file comes back as the same people, field by field."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.core.people import Address, Kept, PartialDate, PersonRecord, Photo, Value
from keepwarm.core.shelf import Saved
from keepwarm.formats import own_csv, own_json, vcard
from keepwarm.models import (
    Ask,
    Door,
    Event,
    FirstMeeting,
    Introduction,
    Item,
    Note,
    Person,
    Space,
    Summary,
    Touch,
    User,
)
from keepwarm.store import (
    asks,
    circles,
    doors,
    edits,
    export,
    feeds,
    imports,
    introductions,
    magazines,
    needs,
    people,
    promises,
    shelf,
    touches,
    trust,
)
from keepwarm.store.doors import Said
from keepwarm.store.needs import Said as Need
from keepwarm.store.promises import Offer
from keepwarm.store.shelf import Page
from tests.build import bring_in, found, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdacd\xf8\xcfP\x0f\0\x03"
    b"\x86\x01\x80Z4}k\0\0\0\0IEND\xaeB`\x82"
)
ZOE = PersonRecord(
    where=1, name="Dr Zoë Ångström-Lee PhD", external_id="zoe", given="Zoë", middle="Maria", family="Ångström-Lee",
    prefix="Dr", suffix="PhD", nickname="Zo",
    emails=(
        Value("zoe@example.com", "work"), Value("zoe@home.example", "home"), Value("zo@x.example"),
        Value("a@b.example"),
    ),
    phones=(Value("+44 7700 900142", "cell"), Value("020 7946 0000", "home fax"), Value("+1 212 555 0100", "ship")),
    links=(Value("https://zoe.example/", "blog"), Value("https://tea.example/a,b;c")),
    profiles=(Value("https://www.linkedin.com/in/zoe-example", "linkedin"), Value("https://github.com/zoe", "github")),
    handles=(Value("zoe.l", "skype"), Value("@zoe", "telegram")),
    organisation="Acme, Ltd; North", department="Research", title="Head of R&D; Europe",
    addresses=(
        Address("1 High St, Leeds, LS1 1AA, Wales", "home", "1 High St", "Leeds", "", "LS1 1AA", "Wales"),
        Address("Storgata 1, Oslo", "work", "Storgata 1", "Oslo"),
        Address("c/o the harbour master"),
    ),
    note="Likes tea.\n- and a list\n=1+1, \"quoted\"",
    birthday=PartialDate(1980, 6, 2), anniversary=PartialDate(2011, 9, 3),
    categories=("friends", "choir; old", "Tea, and cake"), photo=Photo(PNG, "image/png"), known_since=date(2016, 5, 4),
)  # fmt: skip
FIRM = PersonRecord(
    where=2, name="Hale & Co", organisation="Hale & Co", is_organisation=True, phones=(Value("+47 22 33"),)
)
BO = PersonRecord(where=3, name="Boje Quist", birthday=PartialDate(None, 12, 1))
MAIL = PersonRecord(where=4, name="x7@mail.example", emails=(Value("x7@mail.example"),))
EAST = PersonRecord(where=5, name="李小龍", given="小龍", family="李", addresses=(Address("香港", "", "", "香港"),))
PEOPLE = (ZOE, FIRM, BO, MAIL, EAST)
WAYS = {
    "vCard 3.0": ("all.vcf", lambda people: vcard.write(people, "3.0")),
    "vCard 4.0": ("all.vcf", lambda people: vcard.write(people, "4.0")),
    "csv": ("all.csv", own_csv.write),
    "json": ("all.json", own_json.write),
}


def told(space: Space, *, photo: bool = True) -> list[PersonRecord]:
    """Everyone, without what every store gives anew. The table has no pictures."""
    found = [record._replace(external_id="", where=0) for record in export.records(space)]
    return found if photo else [record._replace(photo=None) for record in found]


def there(cast: Cast) -> None:
    bring_in(cast.home, **{"all.json": "".join(own_json.write(PEOPLE))})


def there_and_back(cast: Cast, way: str) -> None:
    name, write = WAYS[way]
    run = bring_in(cast.away, **{name: "".join(write(export.records(cast.home)))})
    assert not run.problems.exists()


@pytest.mark.parametrize("way", WAYS)
def test_it_works(cast: Cast, way: str) -> None:
    there(cast)
    there_and_back(cast, way)
    assert told(cast.away, photo=way != "csv") == told(cast.home, photo=way != "csv")


def test_everything_that_came_in_goes_out(cast: Cast) -> None:
    there(cast)
    found = {record.name: record for record in told(cast.home)}
    assert [found[record.name] for record in PEOPLE] == [record._replace(where=0, external_id="") for record in PEOPLE]


@pytest.mark.parametrize("way", WAYS)
def test_the_users_own_words_go_out(cast: Cast, way: str) -> None:
    there(cast)
    bo = person(cast.home, "Boje Quist")
    edits.edit(bo, {"title": "Captain", "name": "Bo Quist"}, bo.version, NOW)
    there_and_back(cast, way)
    assert person(cast.away, "Bo Quist").title == "Captain"


@pytest.mark.parametrize("way", WAYS)
def test_twice_is_once(cast: Cast, way: str) -> None:
    there(cast)
    there_and_back(cast, way)
    there_and_back(cast, way)
    assert here(cast.away) == here(cast.home)


@pytest.mark.parametrize("way", WAYS)
def test_an_export_meets_its_own_people(cast: Cast, way: str) -> None:
    """Also those without an e-mail, a phone or a profile, and whatever their name has become in a spreadsheet."""
    there(cast)
    bo = person(cast.home, "Boje Quist")
    name, write = WAYS[way]
    whole = "".join(write(export.records(cast.home)))
    run = bring_in(cast.home, at=NOW + timedelta(days=1), **{name: whole.replace("Boje Quist", "Boje Qvist")})
    assert run.counts == {"matched": len(PEOPLE), "hidden": 0}
    assert person(cast.home, "Boje Qvist").id == bo.id


def test_an_export_does_not_empty_the_trash(cast: Cast) -> None:
    there(cast)
    whole = "".join(own_json.write(export.records(cast.home)))
    Person.objects.filter(name="Boje Quist").update(deleted_at=NOW)
    assert bring_in(cast.home, **{"all.json": whole}).counts["left_out"] == 1
    assert "Boje Quist" not in here(cast.home)


# With all that was between them: our own JSON


def lived(cast: Cast) -> Person:
    """Someone with every mark, notes and touches; and a few others without."""
    there(cast)
    bo = person(cast.home, "Boje Quist")
    (close, *_) = circles.of(cast.home)
    marks = {"relation": "friend", "how_met": "On the quay", "trust": "trusts", "important": "2", "place": "Bergen"}
    edits.edit(bo, marks | {"circle_id": str(close.id), "birthday": "1971-12-02"}, bo.version, NOW)
    Person.objects.filter(id=bo.id).update(rests_until=date(2027, 1, 5), cadence=60, in_touch_since=date(2026, 5, 3))
    for days, line in ((400, "About his boat"), (30, ""), (2, "=1+1, a “quote”")):
        touches.log(
            bo, cast.ada, NOW - timedelta(days=days), NOW, channel="call", direction="both", balance="give", line=line,
            context="Re: boats", private=not line,
        )  # fmt: skip
    people.add_note(bo, cast.ada, "Likes tea.\nAnd cake.", NOW)
    people.add_note(bo, cast.ada, "Not for others", NOW, private=True)
    promises.keep(bo, cast.ada, Offer("mine", "lend him the book", date(2026, 12, 1)), NOW)
    promises.done(promises.keep(bo, cast.ada, Offer("theirs", "call me", None), NOW), NOW)
    promises.keep(bo, cast.ada, Offer("wish", "", date(2027, 3, 1)), NOW, private=True)
    needs.keep(bo, cast.ada, Need("need", "a mast"), NOW)
    needs.end(needs.keep(bo, cast.ada, Need("offer", "help with sails"), NOW, private=True), NOW)
    asked = asks.plan(bo, cast.ada, "A word with the harbour", NOW)
    asks.settle(asked, "yes", NOW)
    asks.plan(bo, cast.ada, "The boat", NOW - timedelta(days=1), touch=Touch.objects.filter(person=bo).earliest("at"))
    doors.write(bo, cast.ada, Said("work", "sent me the harbour job", NOW.date()), NOW, ask=asked)
    trust.decline(bo, "opens")
    event = Event.objects.create(space=cast.home, name="Quay day", day=date(2026, 11, 1), note="Rain", made_at=NOW)
    FirstMeeting.objects.create(space=cast.home, person=bo, on=event.day, event=event, made_at=NOW)
    feeds.add(bo, "https://bo.example/feed", "Bo’s boats", NOW)
    gone = touches.log(bo, cast.ada, NOW, NOW, channel="mail", direction="out", line="Never happened")
    touches.delete(gone, cast.ada, NOW)
    edits.add(cast.home, cast.ada, "Boje Quist", NOW, line="Another one of that name")
    boje = Person.objects.exclude(id=bo.id).get(name="Boje Quist")
    made = introductions.begin(boje, bo, cast.ada, NOW, why="need", reason="a mast", said="Both sail.", private=True)
    made.sides.filter(person=boje).update(asked_at=NOW, answer="yes", answered_at=NOW)
    return bo


def whole(space: Space, viewer: User | None) -> str:
    return "".join(own_json.write(export.everything(space, viewer)))


def kept(space: Space, viewer: User) -> list[PersonRecord]:
    return [record._replace(external_id="", where=0) for record in export.everything(space, viewer)]


def histories(space: Space, viewer: User) -> list[Kept | None]:
    return [record.kept for record in export.everything(space, viewer)]


def test_with_their_notes_and_touches(cast: Cast) -> None:
    bo = lived(cast)
    run = bring_in(cast.away, user=cast.cleo, **{"all.json": whole(cast.home, cast.ada)})
    assert not run.problems.exists()
    assert run.counts["touches"] == 3
    assert kept(cast.away, cast.cleo) == kept(cast.home, cast.ada)
    same = Person.objects.get(space=cast.away, how_met="On the quay")
    assert (same.circle.name, same.birthday, same.place) == ("Close", "1971-12-02", "Bergen")  # type: ignore[union-attr]
    assert same.standing == Person.objects.get(id=bo.id).standing
    cells = ("weeks", "sent", "received", "answers", "first_on", "last_on", "gap_middle")
    assert Summary.objects.values_list(*cells).get(person=same) == Summary.objects.values_list(*cells).get(person=bo)
    assert found(cast.away, "boat") == [same.id]
    two = Introduction.objects.get(space=cast.away)
    assert list(two.sides.order_by("position").values_list("answer", flat=True)) == ["yes", ""]
    assert two.sides.get(position=1).person_id == same.id
    assert Door.objects.get(person=same).ask == Ask.objects.get(person=same, outcome="yes")
    assert Ask.objects.get(person=same, outcome="").touch == Touch.objects.filter(person=same).earliest("at")


def test_the_whole_twice_is_once(cast: Cast) -> None:
    lived(cast)
    before, file = histories(cast.home, cast.ada), whole(cast.home, cast.ada)
    bring_in(cast.home, user=cast.ada, **{"all.json": file})
    assert histories(cast.home, cast.ada) == before
    for _ in range(2):
        bring_in(cast.away, user=cast.cleo, **{"all.json": file})
    assert histories(cast.away, cast.cleo) == before


def test_what_has_been_added_since_comes_with_a_later_export(cast: Cast) -> None:
    bo = lived(cast)
    bring_in(cast.away, user=cast.cleo, **{"all.json": whole(cast.home, cast.ada)})
    people.add_note(bo, cast.ada, "Moved to Bergen", NOW)
    touches.log(bo, cast.ada, NOW, NOW, channel="mail", direction="out", line="About Bergen")
    bring_in(cast.away, user=cast.cleo, at=NOW + timedelta(days=1), **{"all.json": whole(cast.home, cast.ada)})
    assert histories(cast.away, cast.cleo) == histories(cast.home, cast.ada)


def test_the_users_own_marks_stay(cast: Cast) -> None:
    bo = lived(cast)
    file = whole(cast.home, cast.ada)
    edits.edit(bo, {"relation": "client"}, Person.objects.get(id=bo.id).version, NOW)
    bring_in(cast.home, user=cast.ada, **{"all.json": file})
    assert Person.objects.get(id=bo.id).relation == "client"


def test_what_others_keep_to_themselves_stays_here(cast: Cast) -> None:
    lived(cast)
    assert "Not for others" in whole(cast.home, cast.ada)
    for viewer in (cast.ben, None):
        assert "Not for others" not in whole(cast.home, viewer)
        assert whole(cast.home, viewer).count('"channel"') == 2


def test_undo_takes_the_history_back_too(cast: Cast) -> None:
    lived(cast)
    run = bring_in(cast.away, user=cast.cleo, **{"all.json": whole(cast.home, cast.ada)})
    assert imports.undo(run, NOW) == 0
    assert not Person.objects.of(cast.away).exists()
    assert not Touch.objects.filter(space=cast.away).exists()
    assert not Note.objects.filter(space=cast.away).exists()


def test_undo_leaves_those_whom_one_has_met_since(cast: Cast) -> None:
    lived(cast)
    run = bring_in(cast.away, user=cast.cleo, **{"all.json": whole(cast.home, cast.ada)})
    mine = Person.objects.get(space=cast.away, how_met="On the quay")
    touches.log(mine, cast.cleo, NOW, NOW, channel="meeting", direction="both", line="Here")
    assert imports.undo(run, NOW) == 1
    assert [touch.line for touch in mine.touches.all()] == ["Here"]
    assert not mine.notes.exists()


def test_queries_do_not_grow_with_the_touches(cast: Cast) -> None:
    bo = lived(cast)
    with CaptureQueriesContext(connection) as few:
        whole(cast.home, cast.ada)
    for n in range(50):
        touches.log(bo, cast.ada, NOW - timedelta(days=n), NOW, channel="mail", direction="out")
    with CaptureQueriesContext(connection) as many:
        whole(cast.home, cast.ada)
    assert len(many) == len(few)


def test_two_cards_of_one_person_with_one_history(cast: Cast) -> None:
    """As somebody who edits the file may make it: the exchanges are theirs once."""
    bo = lived(cast)
    file = json.loads(whole(cast.home, cast.ada))
    (mine,) = (card for card in file["people"] if card.get("how_met") == "On the quay")
    twice = mine | {"external_id": "other", "emails": [{"value": "bo@example.com"}]}
    file["people"] = [mine | {"emails": twice["emails"]}, twice]
    bring_in(cast.away, user=cast.cleo, **{"all.json": json.dumps(file)})
    same = Person.objects.get(space=cast.away)
    assert (same.touches.count(), same.notes.count()) == (bo.touches.filter(deleted_at=None).count(), 2)


# The shelf


def shelved(cast: Cast) -> Person:
    """A shelf of three, of which Bo was given one, and one is not for him; one is Ada's alone."""
    bo = lived(cast)
    page = shelf.save(cast.home, cast.ada, Saved("https://p.example/boats", "page 3"), NOW)[0]
    shelf.read_in(page, Page("Boats", "Ines V", "Portico", "Of wood.", "Boats are of wood.", NOW.date()))
    thought = shelf.save(cast.home, cast.ada, Saved(note="Ships are large."), NOW)[0]
    shelf.save(cast.home, cast.ada, Saved("https://p.example/secret", private=True), NOW)
    shelf.put_away(thought, NOW)
    shelf.give(page, bo, cast.ada, NOW, channel="mail")
    shelf.not_for(thought, bo, cast.ada, NOW)
    magazines.follow(cast.home, "https://p.example/feed", "Portico", NOW)
    return bo


def with_shelf(space: Space, viewer: User) -> str:
    people = export.everything(space, viewer)
    return "".join(own_json.write(people, export.shelf(space, viewer), export.magazines(space)))


def test_the_shelf_and_who_was_given_it(cast: Cast) -> None:
    shelved(cast)
    file = with_shelf(cast.home, cast.ada)
    for _ in range(2):
        run = bring_in(cast.away, user=cast.cleo, **{"all.json": file})
        assert not run.problems.exists()
        assert kept(cast.away, cast.cleo) == kept(cast.home, cast.ada)
        assert list(export.shelf(cast.away, cast.cleo)) == list(export.shelf(cast.home, cast.ada))
        assert list(export.magazines(cast.away)) == list(export.magazines(cast.home))
    same = Person.objects.get(space=cast.away, how_met="On the quay")
    boats = shelf.listed(cast.away, cast.cleo, words="boats").items[0]
    assert shelf.give(boats, same, cast.cleo, NOW, channel="mail") is None
    assert shelf.shares_of([boats])[boats.id][0].touch.context == "Boats"  # type: ignore[union-attr]


def test_what_is_adas_alone_does_not_leave_with_bens(cast: Cast) -> None:
    shelved(cast)
    assert "secret" not in with_shelf(cast.home, cast.ben)


def test_undo_takes_the_shelf_back_too(cast: Cast) -> None:
    shelved(cast)
    run = bring_in(cast.away, user=cast.cleo, **{"all.json": with_shelf(cast.home, cast.ada)})
    imports.undo(run, NOW)
    assert not Item.objects.of(cast.away).exists()


def test_one_broken_item_costs_only_itself(cast: Cast) -> None:
    shelved(cast)
    file = json.loads(with_shelf(cast.home, cast.ada))
    file["shelf"][0]["url"] = "javascript:alert(1)"
    run = bring_in(cast.away, user=cast.cleo, **{"all.json": json.dumps(file)})
    assert "Something on the shelf is not as Keepwarm writes it" in run.problems.get().message
    assert Item.objects.of(cast.away).count() == 2
