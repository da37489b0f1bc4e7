"""WhatsApp chats: every shape of a line, who is who, and which number is the day."""

from __future__ import annotations

import io
import itertools
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import whatsapp, whatsapp_lines
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "whatsapp"
LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 1, 1, tzinfo=LISBON)
ANN, BEN = Party("", "Ann Lee"), Party("", "Ben Okoye")
NORA, ADA = Party("", "Nora Quist"), Party("", "Ada Byron")


def read(content: bytes | str, name: str = "chat.txt") -> Batch:
    raw = content if isinstance(content, bytes) else content.encode()
    assert formats.recognise(Sample(name, raw)) is whatsapp.FORMAT
    kind = whatsapp.FORMAT._replace(read=whatsapp.reading(name))
    whole = Batch()
    for batch in formats.read(kind, io.BytesIO(raw), NOW):
        whole.exchanges += batch.exchanges
        whole.problems += batch.problems
    return whole


def sample(file: str, name: str = "chat.txt") -> Batch:
    return read((SAMPLES / file).read_bytes(), name)


def test_it_works() -> None:
    first, *_ = sample("android_two_people.txt").exchanges
    assert first == Exchange(
        where=2, external_id=first.external_id, at=datetime(2024, 1, 15, 10, 0, tzinfo=LISBON), channel="whatsapp",
        sender=NORA, others=(ADA,), context="", mine=None,
    )  # fmt: skip


def test_two_people_and_none_of_their_words() -> None:
    found = sample("android_two_people.txt")
    assert [(one.sender, one.at.strftime("%d %H:%M")) for one in found.exchanges] == [
        (NORA, "15 10:00"), (NORA, "15 10:00"), (ADA, "15 22:01"), (NORA, "16 00:05"), (ADA, "16 12:30"),
    ]  # fmt: skip
    assert found.problems == []
    assert "town" not in repr(found)


def test_a_group_and_what_whatsapp_itself_says_in_it() -> None:
    found = sample("iphone_marks_and_notices.txt")
    phone, marisol = Party("p:+15550142"), Party("", "Marisol 🌊")
    assert [one.sender for one in found.exchanges] == [ANN, ANN, marisol, phone, BEN]
    assert set(found.exchanges[0].others) == {marisol, phone, BEN}
    assert [one.where for one in found.exchanges] == [4, 6, 7, 8, 9]


def test_names_with_a_colon() -> None:
    senders = [one.sender for one in sample("names_with_colons.txt").exchanges]
    assert [one.name for one in senders if one] == ["Ann: Work", "Ben", "Ann: Work", "Ann: Work", "Ben"]


# The file's name


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("WhatsApp Chat with Jane Doe.txt", "Jane Doe"),
        ("WhatsApp Chat - Jane Doe.zip", "Jane Doe"),
        ("in/WhatsApp Chat with Jane Doe (2).txt", "Jane Doe"),
        ("WhatsApp-Chat mit Jörg Ebert.txt", "Jörg Ebert"),
        ("Chat de WhatsApp con Inés Vidal.txt", "Inés Vidal"),
        ("Conversa do WhatsApp com Rui.txt", "Rui"),
        ("Discussion WhatsApp avec Zoé.txt", "Zoé"),
        ("WhatsApp-chat met Bram.txt", "Bram"),
        ("_chat.txt", ""),
        ("notes with Jane.txt", ""),
    ],
)
def test_with_whom_a_file_says_the_chat_is(name: str, whom: str) -> None:
    assert whatsapp.named(name) == whom


def test_the_file_s_name_tells_which_of_two_is_the_owner() -> None:
    found = sample("android_two_people.txt", "WhatsApp Chat with Nora Quist.txt")
    assert [(one.sender, one.mine) for one in found.exchanges[1:3]] == [(NORA, False), (ADA, True)]


def test_the_name_of_a_group_is_nobody() -> None:
    found = sample("iphone_marks_and_notices.txt", "WhatsApp Chat - Tide Club.zip")
    assert {one.mine for one in found.exchanges} == {None}


def test_who_never_answered_is_told_by_the_file_s_name_alone() -> None:
    (unanswered,) = read("15/01/2024, 10:00 - Ada Byron: Hello?\n", "WhatsApp Chat with Nora Quist.txt").exchanges
    assert (unanswered.sender, unanswered.others) == (ADA, (NORA,))
    (unsaid,) = read("15/01/2024, 10:00 - Ada Byron: Hello?\n").exchanges
    assert unsaid.others == ()


# Lines

AFTERNOON = time(15, 45)


@pytest.mark.parametrize(
    ("head", "digits", "clock"),
    [
        ("[15/01/2024, 15:45:10] ", (15, 1, 2024), time(15, 45, 10)),
        ("\u200e[15/01/2024, 15:45:10] ", (15, 1, 2024), time(15, 45, 10)),
        ("[1/15/24, 3:45:10\u202fPM] ", (1, 15, 24), time(15, 45, 10)),
        ("[15.01.24, 15:45:10] ", (15, 1, 24), time(15, 45, 10)),
        ("[15-01-24 15:45:10] ", (15, 1, 24), time(15, 45, 10)),
        ("[01/15/24 15:45] ", (1, 15, 24), AFTERNOON),
        ("[2024-01-15 15:45] ", (2024, 1, 15), AFTERNOON),
        ("[2024. 1. 15. 오후 3:45:10] ", (2024, 1, 15), time(15, 45, 10)),
        ("15/01/2024, 15:45 - ", (15, 1, 2024), AFTERNOON),
        ("15/01/2024 15:45 - ", (15, 1, 2024), AFTERNOON),
        ("15/01/2024 à 15:45 - ", (15, 1, 2024), AFTERNOON),
        ("2024/01/15, 15:45 - ", (2024, 1, 15), AFTERNOON),
        ("2024/1/15 下午3:45 - ", (2024, 1, 15), AFTERNOON),
        ("15.01.2024, 15:45 - ", (15, 1, 2024), AFTERNOON),
        ("15.1.2024 klo 15.45.10 - ", (15, 1, 2024), time(15, 45, 10)),
        ("15/01/2024, 3:45 p. m. - ", (15, 1, 2024), AFTERNOON),
        ("15/1/2024, 3:45 p.\u00a0m. - ", (15, 1, 2024), AFTERNOON),
        ("15/01/24, 3:45 pm - ", (15, 1, 24), AFTERNOON),
        ("1/15/24, 3:45\u202fPM - ", (1, 15, 24), AFTERNOON),
        ("1/15/24, 12:45 AM - ", (1, 15, 24), time(0, 45)),
        ("15/1/2024, 12:45 a. m. - ", (15, 1, 2024), time(0, 45)),
        ("\u200f15\u200f/1\u200f/2024, 3:45 م - ", (15, 1, 2024), AFTERNOON),
        ("١٥/٠١/٢٠٢٤, ١٥:٤٥ - ", (15, 1, 2024), AFTERNOON),
    ],
)
def test_every_phone_s_way_to_begin_a_line(head: str, digits: tuple[int, int, int], clock: time) -> None:
    line = whatsapp_lines.read(f"{head}Ann Lee: See you\n")
    assert line
    assert (line.digits, line.clock, line.author, line.rest) == (digits, clock, "Ann Lee", "See you")
    assert [one.sender for one in read(f"{head}Ann Lee: See you\n").exchanges] == [ANN]


@pytest.mark.parametrize(
    "line",
    ["See you at 15:45 - Ann: hi", "15/01/2024, 15:45, Ann: hi", "15/01/2024, 25:00 - Ann: hi", "15/01/2024 - Ann: hi"],
)
def test_what_goes_on_with_the_message_above(line: str) -> None:
    assert whatsapp_lines.read(line) is None


@pytest.mark.parametrize(
    "said",
    [
        "Ann added Ben",
        'Ann changed the subject to "Rome: when?"',
        "Tide Club: Messages and calls are end-to-end encrypted.",
        "Klub: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "Club: \u200eLos mensajes y las llamadas están cifrados de extremo a extremo.",
        "Club : \u200eLes messages et les appels sont chiffrés de bout en bout.",
        "Circolo: \u200eI messaggi e le chiamate sono protetti con la crittografia end-to-end.",
        "Clube: \u200eAs mensagens e as chamadas são protegidas com a criptografia de ponta a ponta.",
        "Club: \u200eBerichten en gesprekken worden end-to-end versleuteld.",
        "Ann: \u200eAnn hat die Gruppe erstellt",
        "Ann: \u200eAnn cambió el asunto",
        "Ann: \u200eAnn a quitté le groupe",
    ],
)
def test_what_whatsapp_itself_says_has_no_author(said: str) -> None:
    line = whatsapp_lines.read(f"[15/01/2024, 10:00:01] {said}")
    assert line
    assert line.author == ""


@pytest.mark.parametrize("said", ["I changed the subject, as he left", "I added a picture \u200e<attached: 1.jpg>"])
def test_people_may_use_the_same_words(said: str) -> None:
    line = whatsapp_lines.read(f"\u200e[15/01/2024, 10:00:01] Ann: {said}")
    assert line
    assert line.author == "Ann"


# Which number is the day


def days(*written: str) -> tuple[list[date], int]:
    found = read("".join(f"{day}, 10:00 - Ann Lee: Hello\n" for day in written))
    return [one.at.date() for one in found.exchanges], len(found.problems)


def test_a_number_above_twelve_tells() -> None:
    assert days("03/04/2023", "03/25/2023") == ([date(2023, 3, 4), date(2023, 3, 25)], 0)


def test_time_never_goes_back() -> None:
    """With the day first it would, from 1 June to 2 January."""
    in_order = [date(2023, 1, 5), date(2023, 1, 6), date(2023, 2, 1), date(2023, 2, 12)]
    assert days("1/5/2023", "1/6/2023", "2/1/2023", "2/12/2023") == (in_order, 0)


def test_the_year_may_come_first_in_two_digits() -> None:
    assert days("24-01-15", "24-02-03", "24-03-01")[0] == [date(2024, 1, 15), date(2024, 2, 3), date(2024, 3, 1)]


def test_an_american_phone_writes_the_month_first() -> None:
    found = sample("american_narrow_space.txt")
    assert [one.at.date() for one in found.exchanges] == [date(2024, 1, 4), date(2024, 1, 5)]
    assert found.problems == []


def test_else_the_day_comes_first_and_it_is_said() -> None:
    found = sample("days_undecided.txt")
    assert [one.at.date() for one in found.exchanges] == [date(2023, 2, 1), date(2023, 2, 5)]
    assert [problem.message for problem in found.problems] == [
        "The dates in this chat do not tell the day from the month; they were read with the day first."
    ]


def test_a_day_that_does_not_exist_costs_its_message_only() -> None:
    found = read("".join(f"{day}, 10:00 - Ann Lee: Hello\n" for day in ("28.02.2023", "30.02.2023", "01.03.2023")))
    assert [one.where for one in found.exchanges] == [1, 3]
    assert [(problem.row, problem.message) for problem in found.problems] == [(2, "There is no day 30/2/2023.")]


# One message once


def ids(content: str) -> list[str]:
    return [one.external_id for one in read(content).exchanges]


def test_a_later_export_with_someone_new_gives_each_message_once() -> None:
    before = "15/01/2024, 10:00 - Ann Lee: Hi\n15/01/2024, 10:00 - Ann Lee: <Media omitted>\n"
    after = before.replace("<Media omitted>", "IMG-1.jpg (file attached)") + "16/01/2024, 9:00 - Ben Okoye: Hello\n"
    assert ids(after)[:2] == ids(before)
    assert len(set(ids(after))) == 3


def test_an_iphone_and_an_android_tell_of_one_message() -> None:
    assert ids("[15/01/2024, 15:45:10] Ann Lee: Hi") == ids("1/15/24, 3:45\u202fPM - Ann Lee: Hi")


def test_only_the_newest_of_a_chat_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whatsapp, "MOST_MESSAGES", 2)
    found = read("".join(f"{day}.03.2023, 10:00 - Ann Lee: Hello\n" for day in (14, 15, 16)))
    assert [one.at.day for one in found.exchanges] == [15, 16]
    assert "3 messages; the newest 2 were read" in found.problems[0].message


def test_of_many_members_those_who_write_most_are_listed() -> None:
    lines = [f"15.03.2023, 10:00 - Member {n}: Hello\n" for n in range(60)]
    found = read("".join([*lines, *lines[:50]]))
    first, last = found.exchanges[0], found.exchanges[59]
    assert (len(first.others), first.unlisted) == (49, 10)
    assert (len(last.others), last.unlisted) == (50, 9)


# Whatever else comes


@pytest.mark.parametrize(
    "other",
    [
        "Name,E-mail\n15/01/2024,ann@example.com\n",
        "From ann@example.com Mon Jan 15 10:00:00 2024\nSubject: x\n",
        "BEGIN:VCALENDAR\n",
        "Dear diary\n15/01/2024, 10:00 - Ann: hi\n",
        "15/01/2024, 10:00 - Messages and calls are end-to-end encrypted.\n",
        "",
    ],
)
def test_no_other_file_is_taken(other: str) -> None:
    assert not whatsapp.recognise(Sample("chat.txt", other.encode()))


HEADS = st.sampled_from(["[15/01/2024, 10:00:01] ", "99/99/9999, 23:59 - ", "1/2/24, 3:45\u202fPM - ", "", "\u200e["])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(HEADS, st.text(max_size=40)), max_size=8))
def test_nothing_but_unreadable_is_ever_raised(lines: list[tuple[str, str]]) -> None:
    raw = "\n".join(itertools.chain(("15/01/2024, 10:00 - Ann: hi",), map("".join, lines))).encode("utf-8", "replace")
    batches: list[Batch] = []
    with suppress(Unreadable):
        batches += whatsapp.read("", io.BytesIO(raw), datetime(2026, 1, 1, tzinfo=UTC))
    assert all(one.at.tzinfo and one.sender and not one.context for batch in batches for one in batch.exchanges)
