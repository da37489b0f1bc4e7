"""Who may open what: every address is walked by nobody, Cleo, Ben and Ada."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from keepwarm.core.shelf import Saved
from keepwarm.formats.feed import Entry
from keepwarm.models import Arrival, Membership, Person, Pick, Session, Step, Stranger, User
from keepwarm.store import (
    accounts,
    answers,
    asks,
    dig,
    doors,
    edits,
    feeds,
    introductions,
    just_met,
    magazines,
    many,
    merge,
    moments,
    needs,
    people,
    promises,
    reminders,
    rewording,
    settings,
    shapes,
    shelf,
    spaces,
    touches,
    verdicts,
    visits,
)
from keepwarm.store.just_met import Met
from keepwarm.store.needs import Said
from keepwarm.store.promises import Offer
from tests.build import bring_in, card
from tests.conftest import NOW, Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Rule(NamedTuple):
    """What an address is about, and how it may be asked."""

    # person, value, ground, touch, note, promise, need, ask, door, introduction, event, met, feed, run, kind (of a
    # run's news), stranger, item, gift, share, magazine, arrival, moment: the space's; pick, decision, setting, many,
    # verdict, visit, account, calendar, step, invitation, channel, entry, reminding, joining, shape, words,
    # introducing: the user's own; page: no one thing; open
    about: str
    methods: tuple[str, ...]


OWN = (
    "pick", "decision", "setting", "many", "verdict", "visit", "account", "calendar", "step", "invitation", "channel",
    "entry", "reminding", "joining", "shape", "words", "introducing",
)  # fmt: skip
GET, POST, BOTH = ("get",), ("post",), ("get", "post")
RULES = {
    "today": Rule("page", BOTH),
    "pick_sent": Rule("pick", POST),
    "pick_line": Rule("pick", POST),
    "pick_talked": Rule("pick", POST),
    "pick_swap": Rule("pick", POST),
    "pick_not_now": Rule("pick", POST),
    "pick_never": Rule("pick", POST),
    "pick_undo": Rule("pick", POST),
    "week": Rule("page", GET),
    "session_start": Rule("page", POST),
    "session": Rule("page", GET),
    "session_pause": Rule("page", POST),
    "session_end": Rule("page", POST),
    "session_more": Rule("page", POST),
    "step_done": Rule("step", POST),
    "step_swap": Rule("step", POST),
    "step_not_now": Rule("step", POST),
    "step_undo": Rule("step", POST),
    "step_invitation": Rule("invitation", GET),
    "session_plan": Rule("page", BOTH),
    "why": Rule("page", GET),
    "outcomes": Rule("page", GET),
    "insights": Rule("page", GET),
    "lost_touch": Rule("page", GET),
    "lost_hello": Rule("person", POST),
    "people": Rule("page", GET),
    "people_find": Rule("page", GET),
    "people_many": Rule("page", POST),
    "many_undo": Rule("many", POST),
    "people_trash": Rule("page", GET),
    "trash_do": Rule("page", POST),
    "person": Rule("person", GET),
    "person_photo": Rule("person", GET),
    "person_new": Rule("page", BOTH),
    "person_edit": Rule("person", BOTH),
    "value_undo": Rule("value", POST),
    "person_news": Rule("value", POST),
    "news_undo": Rule("value", POST),
    "moments": Rule("page", GET),
    "moment_new": Rule("page", BOTH),
    "moment_forget": Rule("moment", POST),
    "give": Rule("page", GET),
    "congratulate": Rule("person", BOTH),
    "congratulate_sent": Rule("person", POST),
    "letter_undo": Rule("touch", POST),
    "moment_away": Rule("person", POST),
    "moment_back": Rule("person", POST),
    "person_rhythm": Rule("person", POST),
    "person_rest": Rule("person", POST),
    "person_wake": Rule("person", POST),
    "person_delete": Rule("person", POST),
    "person_back": Rule("person", POST),
    "otherwise": Rule("person", POST),
    "draft": Rule("person", POST),
    "touch_log": Rule("person", POST),
    "note_add": Rule("person", POST),
    "person_never": Rule("person", POST),
    "person_suggest": Rule("person", POST),
    "touch_undo": Rule("touch", POST),
    "log": Rule("page", BOTH),
    "touch": Rule("touch", BOTH),
    "touch_balance": Rule("touch", POST),
    "touch_delete": Rule("touch", POST),
    "touch_put_back": Rule("touch", POST),
    "note_undo": Rule("note", POST),
    "asks": Rule("page", GET),
    "ask_add": Rule("person", BOTH),
    "ask_do": Rule("ask", POST),
    "ask_undo": Rule("ask", POST),
    "ask_forget": Rule("ask", POST),
    "door_add": Rule("person", BOTH),
    "door": Rule("door", BOTH),
    "door_undo": Rule("door", POST),
    "door_remove": Rule("door", POST),
    "door_back": Rule("door", POST),
    "trust_answer": Rule("person", POST),
    "trust_undo": Rule("person", POST),
    "promises": Rule("page", GET),
    "promise_keep": Rule("person", POST),
    "promise_do": Rule("promise", POST),
    "promise_undo": Rule("promise", POST),
    "promise_forget": Rule("promise", POST),
    "just_met": Rule("page", BOTH),
    "event_note": Rule("event", POST),
    "met_hello": Rule("met", POST),
    "met_let_go": Rule("met", POST),
    "met_back": Rule("met", POST),
    "feed_add": Rule("person", POST),
    "feed_back": Rule("person", POST),
    "feed_remove": Rule("feed", POST),
    "feed_read": Rule("feed", POST),
    "visits": Rule("page", GET),
    "visit_seen": Rule("person", POST),
    "visit_undo": Rule("visit", POST),
    "introductions": Rule("page", GET),
    "introduction_begin": Rule("page", POST),
    "introduction_away": Rule("page", POST),
    "introduction": Rule("introduction", GET),
    "introduction_do": Rule("introducing", POST),
    "introduction_undo": Rule("introducing", POST),
    "introduction_words": Rule("introducing", POST),
    "introduction_said": Rule("introducing", POST),
    "introduction_forget": Rule("introducing", POST),
    "person_introduce": Rule("person", GET),
    "need_keep": Rule("person", POST),
    "need_do": Rule("need", POST),
    "need_undo": Rule("need", POST),
    "need_forget": Rule("need", POST),
    "who": Rule("page", GET),
    "shelf": Rule("page", GET),
    "shelf_save": Rule("page", BOTH),
    "shelf_item": Rule("item", GET),
    "shelf_edit": Rule("item", POST),
    "shelf_edit_undo": Rule("item", POST),
    "shelf_read": Rule("item", POST),
    "shelf_away": Rule("item", POST),
    "shelf_back": Rule("item", POST),
    "shelf_forget": Rule("item", POST),
    "shelf_letter": Rule("gift", BOTH),
    "shelf_letter_sent": Rule("gift", POST),
    "shelf_not_for": Rule("gift", POST),
    "share_undo": Rule("share", POST),
    "magazine_follow": Rule("page", POST),
    "magazine_leave": Rule("magazine", POST),
    "magazine_read": Rule("magazine", POST),
    "arrival_answer": Rule("arrival", POST),
    "arrival_undo": Rule("arrival", POST),
    "account_folder": Rule("account", POST),
    "manifest": Rule("open", GET),
    "dig": Rule("page", GET),
    "dig_walk": Rule("ground", GET),
    "dig_decide": Rule("person", POST),
    "dig_undo": Rule("decision", POST),
    "duplicates": Rule("page", GET),
    "duplicates_answer": Rule("page", POST),
    "duplicates_sure": Rule("page", POST),
    "duplicates_joined": Rule("page", GET),
    "duplicates_undo": Rule("joining", POST),
    "merge_apart": Rule("merge", POST),
    "person_cards": Rule("person", GET),
    "person_join": Rule("person", GET),
    "person_split": Rule("person", POST),
    "strangers": Rule("page", GET),
    "strangers_none": Rule("page", POST),
    "strangers_decide": Rule("stranger", POST),
    "strangers_undo": Rule("verdict", POST),
    "import": Rule("page", GET),
    "import_upload": Rule("page", POST),
    "import_run": Rule("run", GET),
    "import_mapping": Rule("run", POST),
    "import_go": Rule("run", POST),
    "import_cancel": Rule("run", POST),
    "import_undo": Rule("run", POST),
    "import_problems": Rule("run", GET),
    "import_news": Rule("kind", GET),
    "sources": Rule("page", GET),
    "mailbox_new": Rule("page", BOTH),
    "mailbox": Rule("account", BOTH),
    "calendar_new": Rule("page", BOTH),
    "calendar": Rule("calendar", BOTH),
    "sources_sign_in": Rule("page", GET),
    "sources_back": Rule("page", BOTH),
    "account_read": Rule("account", POST),
    "account_pause": Rule("account", POST),
    "account_remove": Rule("account", POST),
    "settings": Rule("page", BOTH),
    "circles_preset": Rule("page", POST),
    "settings_tags": Rule("page", POST),
    "settings_circles": Rule("page", POST),
    "settings_undo": Rule("setting", POST),
    "shapes": Rule("page", GET),
    "shape_new": Rule("page", BOTH),
    "shape": Rule("shape", BOTH),
    "shape_switch": Rule("shape", POST),
    "shape_remove": Rule("shape", POST),
    "shape_back": Rule("shape", POST),
    "words": Rule("page", BOTH),
    "words_try": Rule("page", POST),
    "words_off": Rule("page", POST),
    "words_take_back": Rule("page", POST),
    "words_undo": Rule("words", POST),
    "reminders": Rule("page", BOTH),
    "reminders_zone": Rule("page", POST),
    "reminders_mail": Rule("page", POST),
    "reminders_push": Rule("page", POST),
    "channel_test": Rule("channel", POST),
    "channel_switch": Rule("channel", POST),
    "channel_remove": Rule("channel", POST),
    "feed_new": Rule("page", POST),
    "feed_stop": Rule("page", POST),
    "calendar_entry": Rule("entry", GET),
    "reminders_undo": Rule("reminding", POST),
    "feed": Rule("open", GET),
    "nudges_stop": Rule("open", BOTH),
    "welcome": Rule("page", GET),
    "set_password": Rule("page", BOTH),
    "sign_in_link": Rule("open", BOTH),
    "account_login": Rule("open", BOTH),
    "account_logout": Rule("page", BOTH),
}
TOKENS = {"sign_in_link": 410, "feed": 404, "nudges_stop": 404}  # and what one that leads nowhere answers
ASKED = [(name, method) for name in RULES for method in BOTH]
THINGS = [(name, method) for name, method in ASKED if RULES[name].about not in ("page", "open")]


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


@pytest.fixture
def ids(cast: Cast, ada: Client) -> dict[str, list[object]]:
    """One of each thing in Ada's space, by what an address may be about."""
    lines = ("EMAIL:ann@example.com", "ORG:Acme", "CATEGORIES:tea", f"PHOTO;ENCODING=b;TYPE=PNG:{PNG}")
    run = bring_in(cast.home, card("Ann Lee", *lines))
    ann = Person.objects.get()
    met = just_met.again(ann, cast.ada, Met("Leeds fair", NOW.date()), NOW)
    return {
        "person": [ann.id],
        "value": [ann.id, edits.remove_value(ann.facts.get(field="category"), NOW).id],
        "touch": [touches.log(ann, cast.ada, NOW, NOW, channel="mail", direction="out").id],
        "note": [people.add_note(ann, cast.ada, "likes tea", NOW).id],
        "ask": [asks.plan(ann, cast.ada, "An introduction", NOW).id],
        "door": [doors.write(ann, cast.ada, doors.Said("work", "sent me work", NOW.date()), NOW).id],
        "promise": [promises.keep(ann, cast.ada, Offer("mine", "call her", None), NOW).id],
        "feed": [feeds.add(ann, "https://ann.example/feed", "Ann", NOW).id],
        "visit": [visits.seen(ann, cast.ada, NOW.date(), NOW).id],
        "event": [met.event_id],
        "met": [met.id],
        "run": [run.id],
        "kind": [run.id, "company"],
        "pick": [_pick(cast, ann).id],
        "step": [_step(cast, ann).id],
        "invitation": [_step(cast, ann).id, 0],
        "ground": [],
        "decision": [dig.decide(ann, cast.ada, dig.LEAVE, "organisation", "acme", NOW.date(), NOW).id],
        "setting": [settings.save(Membership.objects.get(user=cast.ada), {"theme": "dark"}, NOW).id],
        "many": [many.tag(cast.home, cast.ada, [ann.id], "tea", NOW).id],
        "stranger": [_stranger(cast, "ann@example.net").id],
        "verdict": [verdicts.nobody(cast.home, cast.ada, [_stranger(cast, "bob@example.net").id], NOW).id],
        "account": [accounts.add(cast.home, cast.ada, "mailbox", "Ann's", {"host": "x"}, "", NOW).id],
        "calendar": [accounts.add(cast.home, cast.ada, "calendar", "Ann's", {}, "", NOW).id],
        "shape": [shapes.write(cast.home, cast.ada, NOW, name="Ann's", words="Hello", reason="hello").id],
        **_reminded(cast),
        **_shelved(cast, ann),
        **_joined(cast),
        **_introduced(cast, ann),
        "need": [needs.keep(ann, cast.ada, Said("need", "a designer"), NOW).id],
        "moment": [moments.note(ann, "other", "won a prize", NOW.date(), NOW).id],
        "page": [],
        "open": [],
    }


def _shelved(cast: Cast, ann: Person) -> dict[str, list[object]]:
    item = shelf.save(cast.home, cast.ada, Saved("https://ann.example/chairs"), NOW)[0]
    other = shelf.save(cast.home, cast.ada, Saved(note="Chairs."), NOW)[0]
    magazine = magazines.follow(cast.home, "https://ann.example/all", "All", NOW)
    magazines.arrive(magazine, [Entry("1", "Ann on chairs", "https://ann.example/1", NOW.date())], NOW)
    share = shelf.give(other, ann, cast.ada, NOW, channel="mail")
    assert share
    return {
        "item": [item.id], "gift": [item.id, ann.id], "share": [share.id], "magazine": [magazine.id],
        "arrival": [Arrival.objects.get().id],
    }  # fmt: skip


def _joined(cast: Cast) -> dict[str, list[object]]:
    """Two who were joined by themselves, and an answer of Ada's."""
    bring_in(cast.home, card("Ann B. Lee", uid="b"), card("Ann C. Lee", uid="c"), card("Ann D. Lee", uid="d"))
    kept, gone, other = Person.objects.filter(name__regex="Ann [BCD]. Lee").order_by("name")
    made = merge.join(kept, gone, NOW)
    assert made is not None
    return {"merge": [made.id], "joining": [answers.two(cast.home, cast.ada, [kept.id, other.id], NOW).id]}


def _introduced(cast: Cast, ann: Person) -> dict[str, list[object]]:
    """To somebody by Ada, who has it in hand."""
    bring_in(cast.home, card("Eve Hill", "EMAIL:eve@example.com", uid="eve"))
    made = introductions.begin(ann, Person.objects.get(name="Eve Hill"), cast.ada, NOW)
    return {"introduction": [made.id], "introducing": [made.id]}


def _reminded(cast: Cast) -> dict[str, list[object]]:
    member = Membership.objects.select_related("space", "user").get(user=cast.ada)
    action = reminders.change(member, {"days": "3"}, NOW)
    server = {"host": "127.0.0.1", "port": 9, "security": "plain", "user": "", "sender": "ada@example.com"}
    channel = reminders.keep_mail(member, "Ann's", server | {"to": "ada@example.com"}, "", NOW)
    reminder = reminders.of(member)
    words = rewording.keep(member, "http://localhost:11434/v1", "small", "", NOW)
    assert action
    assert reminder
    assert words
    return {"channel": [channel.id], "reminding": [action.id], "entry": [f"session-{reminder.id}"], "words": [words.id]}


def _pick(cast: Cast, ann: Person) -> Pick:
    return Pick.objects.create(
        space=cast.home, user=cast.ada, person=ann, day=NOW.date(), position=0, slot="warm_up", score=1, made_at=NOW
    )


def _step(cast: Cast, ann: Person) -> Step:
    monday = NOW.date() - timedelta(days=3)
    held, _ = Session.objects.get_or_create(
        space=cast.home, user=cast.ada, week=monday, defaults={"slots": [], "seconds": 1200, "started_at": NOW}
    )
    step, _ = Step.objects.get_or_create(
        space=cast.home, session=held, person=ann, slot=0, position=0, kind="talk",
        defaults={"before": {"times": [NOW.isoformat()]}},
    )  # fmt: skip
    return step


def _stranger(cast: Cast, address: str) -> Stranger:
    return Stranger.objects.create(space=cast.home, key=f"e:{address}", received=1, last_on=NOW.date(), seen_at=NOW)


def ask(browser: Client, name: str, method: str, ids: dict[str, list[object]]) -> Any:
    address = reverse(name, args=["no-such-token"] if name in TOKENS else ids[RULES[name].about])
    body: dict[str, Any] = {"shape": "hello", "body": "Hello"} if name == "draft" else {}
    if name == "import_upload":
        body = {"files": SimpleUploadedFile("one.vcf", card("Bob Fox").encode())}
    if name.startswith("dig_"):
        body = {"kind": "organisation", "key": "acme", "choice": "leave"}
    if name == "strangers_decide":
        body = {"said": "no"}
    if name == "person_new":
        body = {"name": "Bob Fox"}
    if name == "introduction_words":
        body = {"letter": "ask_first", "body": "Hello"}
    return browser.get(address, body) if method == "get" else browser.post(address, body)


def everything() -> dict[str, list[Any]]:
    """All rows of user data."""
    return {
        model.__name__: sorted(model.objects.values_list(), key=str)
        for model in apps.get_app_config("keepwarm").get_models()
    }


def test_every_address_has_a_rule() -> None:
    """A new address stands in RULES, with what it is about: then the walks below try it."""
    assert {pattern.name for pattern in patterns(get_resolver())} == set(RULES)


@pytest.mark.parametrize(("name", "method"), ASKED)
def test_nobody_is_sent_to_sign_in(ids: dict[str, list[object]], name: str, method: str) -> None:
    before = everything()
    answer = ask(Client(), name, method, ids)
    if RULES[name].about == "open":
        assert answer.status_code == (TOKENS.get(name, 200) if method in RULES[name].methods else 405)
    else:
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/sign-in")
    assert everything() == before


@pytest.mark.parametrize(("name", "method"), THINGS)
def test_cleo_finds_nothing_and_changes_nothing(
    ids: dict[str, list[object]], cleo: Client, name: str, method: str
) -> None:
    before = everything()
    assert ask(cleo, name, method, ids).status_code == (404 if method in RULES[name].methods else 405)
    assert everything() == before


@pytest.mark.parametrize(
    "name",
    [
        "today",
        "week",
        "people",
        "people_trash",
        "moments",
        "give",
        "duplicates",
        "strangers",
        "import",
        "sources",
        "reminders",
        "insights",
        "welcome",
    ],
)
def test_cleos_own_pages_show_nothing_of_adas(ids: dict[str, list[object]], cleo: Client, name: str) -> None:
    assert not {"Ann", "phone.vcf"} & set(words(ask(cleo, name, "get", ids)).split())


@pytest.mark.parametrize(("name", "method"), THINGS)
def test_ben_shares_the_space_but_not_adas_picks(
    ids: dict[str, list[object]], ben: Client, name: str, method: str
) -> None:
    before = everything()
    status = ask(ben, name, method, ids).status_code
    if method not in RULES[name].methods:
        assert status == 405
    elif RULES[name].about in OWN:
        assert status == 404
        assert everything() == before
    else:
        assert status in (200, 302)


@pytest.mark.parametrize(("name", "method"), [asked for asked in ASKED if RULES[asked[0]].about != "open"])
def test_ada_may(ids: dict[str, list[object]], ada: Client, name: str, method: str) -> None:
    status = ask(ada, name, method, ids).status_code
    # 422 is a form that was sent empty.
    assert status in ((200, 302, 422) if method in RULES[name].methods else (405,))


def test_ben_does_not_read_adas_drafts(cast: Cast, ids: dict[str, list[object]], ada: Client, ben: Client) -> None:
    address = reverse("draft", args=ids["person"])
    ada.post(address, {"shape": "hello", "body": "For Ann's eyes"})
    assert "For Ann's eyes" in words(ada.get(reverse("person", args=ids["person"])))
    assert "For Ann's eyes" not in words(ben.get(reverse("person", args=ids["person"])))


def test_ada_and_ben_have_their_own_three(cast: Cast, ada: Client, ben: Client) -> None:
    bring_in(cast.home, *[card(f"P{n} Q", f"EMAIL:p{n}@example.com", f"ORG:Firm {n}") for n in range(6)])
    adas = [pick.person.name for pick in three(ada)]
    bens = words(ben.get("/"))
    assert len(adas) == 3
    assert not [name for name in adas if name in bens]


def test_an_account_without_a_network_is_told_so(cast: Cast) -> None:
    stranger = Client()
    stranger.force_login(User.objects.create_user("dee@example.com", "correct horse"))
    assert stranger.get("/").status_code == 404


def test_a_link_for_one_space_does_not_open_another(cast: Cast, client: Client) -> None:
    token = spaces.new_link(cast.away, cast.cleo, NOW)
    client.post(reverse("sign_in_link", args=[token]))
    assert client.session["_auth_user_id"] == str(cast.cleo.id)


def test_a_person_in_the_trash_is_not_here(cast: Cast, ids: dict[str, list[object]], ada: Client) -> None:
    Person.objects.update(deleted_at=NOW)
    for name in ("person", "person_photo"):
        assert ask(ada, name, "get", ids).status_code == 404
    for name in ("pick_sent", "note_add", "draft"):
        assert ask(ada, name, "post", ids).status_code == 404
