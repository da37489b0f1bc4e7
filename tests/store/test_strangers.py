"""Letters with people who are not here: who becomes a person, who waits, and back again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from keepwarm.core.touches import Exchange, Party
from keepwarm.formats.batch import Batch
from keepwarm.models import Fact, ImportRun, OwnerFact, Person, Space, Stranger, Summary, Touch, User
from keepwarm.store import history, people, strangers
from keepwarm.store import imports as runs
from tests.build import bring_in, card, check, here, mbox, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
ADA = "ada@example.com"  # as she signs in
LATER = NOW + timedelta(days=1)
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def letter(sender: str, *others: str, day: int = 0, **more: Any) -> Exchange:
    """A letter of that day, from and to `Ann Lee <ann@example.org>` or an address."""
    parties = [_party(one) for one in others]
    told = {"external_id": f"{sender}|{others}|{day}", "channel": "mail", "context": f"Day {day}"} | more
    return Exchange(where=1, at=START + timedelta(days=day), sender=_party(sender), others=tuple(parties), **told)


def _party(said: str) -> Party:
    name, _, rest = said.rpartition(" <")
    address = rest.rstrip(">")
    return Party(f"e:{address}" if "@" in address else "", name or ("" if "@" in address else said))


def mailbox(space: Space, user: User, at: datetime = NOW) -> ImportRun:
    run = runs.start(space, user, at)
    runs.turn(run, ("reading",), "done", at)
    return ImportRun.objects.get(id=run.id)


def read(cast: Cast, *letters: Exchange, run: ImportRun | None = None) -> ImportRun:
    """A chunk of Ada's mailbox."""
    run = run or mailbox(cast.home, cast.ada)
    history.Recorder(run).take(Batch(exchanges=[*letters]), "mail", NOW)
    return run


def waiting(space: Space) -> dict[str, tuple[int, int, int, int, str]]:
    rows = Stranger.objects.filter(space=space, verdict="waiting").order_by("key")
    return {row.key: (row.sent, row.received, row.automatic, row.wide, row.why) for row in rows}


ANN = "Ann Lee <ann@example.org>"
TO_ANN, FROM_ANN = letter(ADA, ANN, day=3), letter(ANN, ADA, day=1)


# Who becomes a person


def test_it_works(cast: Cast) -> None:
    read(cast, FROM_ANN, TO_ANN, letter("Bob Fox <bob@example.org>", ADA))
    ann = person(cast.home, "Ann Lee")
    assert here(cast.home) == ["Ann Lee"]
    assert list(ann.touches.order_by("at").values_list("direction", "context")) == [("in", "Day 1"), ("out", "Day 3")]
    assert ann.facts.get(field="email").value == "ann@example.org"
    assert (ann.summary.sent, ann.summary.received) == (1, 1)
    assert waiting(cast.home) == {"e:bob@example.org": (0, 1, 0, 0, "")}


@pytest.mark.parametrize("apart", [False, True])
def test_in_one_chunk_or_in_two(cast: Cast, apart: bool) -> None:
    run = read(cast, FROM_ANN) if apart else None
    run = read(cast, *([TO_ANN] if apart else [TO_ANN, FROM_ANN]), run=run)
    assert Touch.objects.filter(run=run).count() == 2
    assert Stranger.objects.get().verdict == "person"


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    letters = [FROM_ANN, TO_ANN, letter("bob@example.org", ADA), letter("deals@example.net", ADA, automatic="bulk")]
    read(cast, *letters)
    before = [list(model.objects.order_by("id").values()) for model in (Touch, Person, Fact)], waiting(cast.home)
    read(cast, *letters)
    assert (
        [list(model.objects.order_by("id").values()) for model in (Touch, Person, Fact)],
        waiting(cast.home),
    ) == before


def test_counts_grow_with_what_is_new(cast: Cast) -> None:
    run = read(cast, letter("bob@example.org", ADA, day=1))
    read(cast, letter("bob@example.org", ADA, day=2), letter("bob@example.org", ADA, day=1), run=run)
    assert waiting(cast.home)["e:bob@example.org"] == (0, 2, 0, 0, "")
    assert [one[0] for one in Stranger.objects.get().held] == [
        "bob@example.org|('ada@example.com',)|1",
        "bob@example.org|('ada@example.com',)|2",
    ]


def test_a_meeting_makes_people(cast: Cast) -> None:
    read(cast, Exchange(1, "ics:1", START, "meeting", None, (_party(ADA), _party(ANN)), "Plans", both=True))
    assert person(cast.home, "Ann Lee").touches.get().direction == "both"


def test_machines_and_lists_do_not(cast: Cast) -> None:
    read(
        cast,
        *(letter("noreply@example.org", ADA, day=1), letter(ADA, "noreply@example.org", day=2)),
        letter("deals@example.net", ADA, automatic="bulk"),
        letter("Lou <lou@example.net>", ADA, automatic="list"),
        letter("Mo <mo@example.net>", ADA, "x@example.org", unlisted=10),
    )
    assert here(cast.home) == []
    assert waiting(cast.home) == {
        "e:lou@example.net": (0, 0, 1, 0, "automatic"), "e:mo@example.net": (0, 0, 0, 1, "wide"),
        "e:noreply@example.org": (1, 1, 0, 0, "no_reply"), "e:deals@example.net": (0, 0, 1, 0, "automatic"),
    }  # fmt: skip


def test_the_best_spelling_names_them(cast: Cast) -> None:
    read(cast, letter("ANN LEE <ann@example.org>", ADA), letter(ADA, "ann@example.org"), FROM_ANN)
    assert here(cast.home) == ["Ann Lee"]


def test_wide_letters_with_them_come_along(cast: Cast) -> None:
    read(cast, letter("mo@example.net", ADA, ANN, unlisted=20, day=-9), FROM_ANN, TO_ANN)
    assert person(cast.home, "Ann Lee").touches.filter(ambient=True).count() == 1


# Whose it is


def test_the_address_of_a_person(cast: Cast) -> None:
    bring_in(cast.home, card("Margaret Lee", "EMAIL:ann@example.org"))
    read(cast, letter("Mum <ann@example.org>", ADA), letter(ADA, "ann@example.org"))
    assert person(cast.home, "Margaret Lee").touches.count() == 2
    assert not Stranger.objects.exists()


def test_an_office_by_the_name_of_who_wrote(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:info@example.org"), card("Bob Fox", "EMAIL:info@example.org", uid="b"))
    read(cast, letter("Bob Fox <info@example.org>", ADA), letter("Cat May <info@example.org>", ADA))
    assert [touch.person.name for touch in Touch.objects.all()] == ["Bob Fox"]


def test_a_full_name_that_has_no_address_yet(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "URL:https://www.linkedin.com/in/annlee"))
    run = read(cast, FROM_ANN, TO_ANN)
    ann = person(cast.home, "Ann Lee")
    assert ann.touches.count() == 2
    assert ann.facts.filter(field="email", ended_at=None).count() == 1
    runs.undo(run, LATER)
    assert not ann.facts.filter(field="email").exists()


def test_whoever_takes_the_name_of_someone_waits_until_they_are_written_to(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "URL:https://www.linkedin.com/in/annlee"))
    read(cast, FROM_ANN)
    ann = person(cast.home, "Ann Lee")
    assert not ann.facts.filter(field="email").exists()
    assert [*waiting(cast.home)] == ["e:ann@example.org"]
    read(cast, TO_ANN)
    assert ann.touches.count() == 2


def test_an_invitation_that_nobody_answered_makes_nobody(cast: Cast) -> None:
    told = {"channel": "meeting", "sender": None, "both": True, "silent": (f"e:{ADA}",)}
    read(cast, letter(ADA, ANN)._replace(others=(_party(ADA), _party(ANN)), **told))
    assert waiting(cast.home)["e:ann@example.org"][:2] == (0, 1)


@pytest.mark.parametrize(
    "others",
    [
        [card("Ann Lee", "EMAIL:another@example.org")],
        [card("Ann Lee", "ORG:A", uid="1"), card("Ann Lee", "ORG:B", uid="2")],
        [card("Ann", "ORG:A")],
    ],
)
def test_where_a_name_is_not_enough_they_wait(cast: Cast, others: list[str]) -> None:
    bring_in(cast.home, *others)
    read(cast, letter("Ann <ann@example.org>" if others[0].count("FN:Ann\r") else ANN, ADA))
    assert not Touch.objects.exists()
    assert [*waiting(cast.home)] == ["e:ann@example.org"]


def test_a_chat_knows_only_names(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "TEL:+15550100"))
    chat = {"channel": "whatsapp", "mine": None}
    read(
        cast,
        letter("Ann Lee", "Ada Example", **chat), letter("Ada Example", "Zoe", day=1, **chat),
        letter("Zoe", "Ada Example", day=2, **chat),
    )  # fmt: skip
    assert person(cast.home, "Ann Lee").touches.count() == 1
    assert person(cast.home, "Zoe").touches.count() == 2
    read(cast, letter("Zoe", "Ada Example", day=3, **chat))
    assert person(cast.home, "Zoe").touches.count() == 3


# The user's word


def test_people_in_the_trash_stay_there(cast: Cast) -> None:
    read(cast, FROM_ANN, TO_ANN)
    people.to_trash([person(cast.home, "Ann Lee").id], NOW)
    read(cast, letter(ANN, ADA, day=8), letter(ADA, ANN, day=9))
    assert here(cast.home) == []
    assert Touch.objects.count() == 2
    assert waiting(cast.home) == {}


def test_nobody_is_never_asked_about_again(cast: Cast) -> None:
    read(cast, FROM_ANN)
    Stranger.objects.update(verdict="nobody")
    read(cast, TO_ANN)
    assert here(cast.home) == []
    assert waiting(cast.home) == {}


def test_without_context(cast: Cast) -> None:
    cast.home.memberships.update(keep_context=False)
    read(cast, FROM_ANN, TO_ANN, letter("bob@example.org", ADA))
    assert {touch.context for touch in Touch.objects.all()} == {""}
    assert Stranger.objects.get(key="e:bob@example.org").held[0][4] == ""


# Undo


def test_undo_takes_all_of_it_back(cast: Cast) -> None:
    run = read(cast, FROM_ANN, TO_ANN, letter("bob@example.org", ADA))
    runs.undo(run, LATER)
    for model in (Person, Touch, Summary, Stranger, Fact):
        assert not model.objects.exists(), model


def test_undo_has_those_wait_again_who_waited_before(cast: Cast) -> None:
    read(cast, FROM_ANN)
    run = read(cast, TO_ANN)
    runs.undo(run, LATER)
    assert here(cast.home) == []
    assert waiting(cast.home) == {"e:ann@example.org": (1, 1, 0, 0, "")}
    read(cast, TO_ANN)
    assert person(cast.home, "Ann Lee").touches.count() == 2


def test_spaces_do_not_meet(cast: Cast) -> None:
    read(cast, FROM_ANN)
    history.Recorder(mailbox(cast.away, cast.ada)).take(Batch(exchanges=[TO_ANN]), "mail", NOW)
    assert here(cast.home) == here(cast.away) == []


# A file

MINE = [
    (ANN, "me@example.net"),
    ("me@example.net", ANN),
    ("me@example.net", "cat@example.org"),
    ("d@example.org", "me@example.net"),
]


def test_a_mailbox_whose_owner_is_found_out(cast: Cast) -> None:
    run = bring_in(cast.home, **{"all.mbox": mbox(*MINE)})
    assert run.state == "done"
    assert here(cast.home) == ["Ann Lee"]
    assert run.counts["touches"] == 2
    assert OwnerFact.objects.get().value == "me@example.net"
    again = bring_in(cast.home, at=LATER, **{"all.mbox": mbox(*MINE)})
    assert (again.counts.get("touches", 0), again.counts.get("new", 0)) == (0, 0)
    runs.undo(ImportRun.objects.get(id=run.id), LATER)
    assert not OwnerFact.objects.exists()


def test_the_check_counts_as_the_writing_does(cast: Cast) -> None:
    files: dict[str, str | bytes] = {"all.mbox": mbox(*MINE)}
    checked = check(cast.home, files)
    assert not Person.objects.exists()
    assert not Stranger.objects.exists()
    written = bring_in(cast.home, **files)
    for name in ("new", "touches"):
        assert checked.counts[name] == written.counts[name], name
    assert checked.counts["waiting"] == Stranger.objects.filter(verdict="waiting", why="").count() == 2


def test_a_mailbox_of_nobody_knows_whom_waits_for_an_answer(cast: Cast) -> None:
    run = bring_in(cast.home, **{"all.mbox": mbox((ANN, "bob@example.org"), ("bob@example.org", ANN))})
    assert here(cast.home) == []
    assert not Touch.objects.exists()
    assert "--me" in run.problems.get().fix


def test_a_first_hundred_letters_of_one_before_the_answer(cast: Cast) -> None:
    """More than wait for anyone who is not a person yet: in one file none is lost."""
    many = [letter(ANN, ADA, day=day) for day in range(2 * strangers.HELD)]
    read(cast, *many, letter(ADA, ANN, day=999))
    assert person(cast.home, "Ann Lee").touches.count() == 2 * strangers.HELD + 1


def test_the_last_are_held(cast: Cast) -> None:
    read(cast, *[letter(ANN, ADA, day=day) for day in range(strangers.HELD + 9)])
    row = Stranger.objects.get()
    assert (len(row.held), row.received) == (strangers.HELD, strangers.HELD + 9)
    assert row.held[-1][4] == f"Day {strangers.HELD + 8}"


PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nAda,Byron,,,,Numbers\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    "1,,Ann Lee,https://www.linkedin.com/in/annlee,Ada Byron,https://www.linkedin.com/in/adab,"
    "2026-01-06 10:00:00 UTC,,Yes,INBOX\n"
    "1,,Ada Byron,https://www.linkedin.com/in/adab,Ann Lee,https://www.linkedin.com/in/annlee,"
    "2026-01-05 10:00:00 UTC,,Tea?,INBOX\n"
)


def test_the_profile_of_the_same_export_says_whose_messages_they_are(cast: Cast) -> None:
    """Of one conversation alone nobody could tell."""
    run = bring_in(cast.home, **{"messages.csv": MESSAGES, "Profile.csv": PROFILE})
    assert (here(cast.home), run.counts["touches"]) == (["Ann Lee"], 2)
    alone = bring_in(cast.away, **{"messages.csv": MESSAGES})
    assert (here(cast.away), alone.problems_count) == ([], 1)
