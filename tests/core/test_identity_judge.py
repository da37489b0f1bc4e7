"""Whether two cards are one person: what is merged, what is asked, and why."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import identity_people, identity_sets
from keepwarm.core import identity
from keepwarm.core.identity import blocks
from keepwarm.core.identity.by_name import given_level, word_level
from keepwarm.core.identity.cards import mailbox
from keepwarm.core.identity.fields import ALIKE, INITIAL, NEAR, OTHER, SAME, SLIP
from keepwarm.core.identity.spelling import latin, same_sound
from keepwarm.core.people import PersonRecord, Value

HARD = identity_sets.own(identity_sets.HARD)


def judged(rows: list[dict[str, str]]) -> dict[tuple[int, int], identity.Match]:
    found = identity.matches(identity_sets.cards(rows), at_least=0.0)
    return {(match.one, match.other): match for match in found}


@pytest.fixture(scope="module")
def hard() -> dict[tuple[int, int], identity.Match]:
    return judged(HARD)


def bands(quirk: str, hard: dict[tuple[int, int], identity.Match]) -> Counter[str]:
    """How the pairs of one quirk were judged; two lines of the table are a pair."""
    places = [place for place in range(0, len(HARD), 2) if HARD[place]["quirk"] == quirk]
    found = [hard.get((place, place + 1)) for place in places]
    return Counter(match.band.value if match else "separate" for match in found)


@pytest.mark.parametrize(
    "quirk",
    [
        "nickname, same phone", "order of names, same employer", "accents, same employer", "moved company, same mobile",
        "married name, same profile", "one profile in two spellings", "LinkedIn without e-mail, same employer",
        "tag after a plus", "typo in the name, same phone", "transliteration, same e-mail",
    ],
)  # fmt: skip
def test_it_works(quirk: str, hard: dict[tuple[int, int], identity.Match]) -> None:
    assert set(bands(quirk, hard)) == {"merge"}


@pytest.mark.parametrize(
    "quirk",
    [
        "namesakes in one company, two addresses", "namesakes in one company, two profiles", "twins",
        "father and son, two birthdays", "father and son, Jr. and Sr.", "father and son, II and III, one landline",
        "family, shared landline", "couple, two family names, shared landline", "shared mailbox of an office",
        "shared mailbox of a family", "colleagues, one switchboard", "colleagues, one address and role",
        "successor in the role", "common name, one city, two birthdays", "common name, two profiles",
    ],
)  # fmt: skip
def test_two_people_are_not_merged(quirk: str, hard: dict[tuple[int, int], identity.Match]) -> None:
    assert bands(quirk, hard)["merge"] == 0


def test_the_hard_pairs_as_a_whole(hard: dict[tuple[int, int], identity.Match]) -> None:
    found = identity.groups(list(hard.values()), identity_sets.cards(HARD))
    merged = {pair for group in found for pair in combinations(group, 2)}
    right = {pair for pair in merged if HARD[pair[0]]["entity"] == HARD[pair[1]]["entity"]}
    assert len(HARD) >= 600
    assert len(right) / len(merged) >= 0.99
    assert len(right) >= 0.6 * sum(
        one["entity"] == two["entity"] for one, two in zip(HARD[::2], HARD[1::2], strict=True)
    )


def test_the_table_names_invented_people_only() -> None:
    with Path(identity_sets.HARD).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["email"].casefold().rpartition(".")[2] in ("", "example", "org", "com", "net")
            assert not row["phone"] or "555" in row["phone"]


# --- what is compared ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("anna", "anna", SAME), ("robert", "bob", ALIKE), ("lindqvist", "lindkvist", ALIKE),
        ("muller", "mueller", ALIKE), ("ben", "benjamin", ALIKE), ("b", "benjamin", INITIAL),
        ("ravensworth", "ravenswoth", SLIP), ("okonkwo", "okonwko", SLIP), ("castellanos", "castrelanks", NEAR),
        ("anna", "robert", OTHER), ("noor", "nuria", OTHER),
    ],
)  # fmt: skip
def test_words_of_a_name(one: str, other: str, level: int) -> None:
    assert word_level(one, other) == word_level(other, one) == level


@pytest.mark.parametrize(("one", "other"), [("jan", "jana"), ("christian", "christina"), ("eric", "erica")])
def test_two_names_a_letter_apart_are_two(one: str, other: str) -> None:
    assert given_level(one, other) == OTHER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Юлия", "Yulia"),
        ("Шевченко", "Shevchenko"),
        ("Γιώργος", "Giorgos"),
        ("محمد", "Mohammed"),
        ("Müller", "Mueller"),
    ],
)
def test_scripts_and_accents(one: str, other: str) -> None:
    assert same_sound(latin(one), latin(other))


def test_an_address_without_what_its_owner_may_vary() -> None:
    assert mailbox("No.Such.Ann+shop@gmail.com") == mailbox("nosuchann@googlemail.com")
    assert mailbox("ann.lee@example.org") != mailbox("annlee@example.org")  # only at Gmail are dots nothing


def test_the_reasons_are_values() -> None:
    one = identity.card(PersonRecord(1, "Hanne Lindqvist", phones=(Value("+1 555 0100"),), organisation="Acme Ltd"))
    two = identity.card(PersonRecord(2, "Hanne Lindkvist", phones=(Value("+15550100"),), organisation="Borealis"))
    [match] = identity.matches([one, two])
    told = [(reason.kind, reason.level, reason.speaks_for) for reason in identity.reasons(match.levels, one, two)]
    assert told == [
        ("phone", "same", True), ("given", "same", True), ("family", "alike", True), ("organisation", "other", False),
    ]  # fmt: skip


# --- what holds for any cards ---------------------------------------------------------------------------


def test_a_card_that_says_nothing_is_nobody() -> None:
    empty = identity.card(PersonRecord(1, "?"))
    assert identity.matches([]) == []
    assert identity.matches([empty, empty, empty]) == []


def test_who_contradicts_one_of_a_group_stays_out_of_it() -> None:
    name, phone, mail = "Isolde Ravensworth", "+1 555 0101", "isolde@example.org"
    rows = [
        {"full_name": name, "phone": phone, "birthday": "1950-01-02", "email": mail},
        {"full_name": name, "phone": phone, "email": mail},
        {"full_name": name, "phone": phone, "birthday": "1984-11-23", "email": mail},
    ]
    cards = identity_sets.cards(rows)
    found = [identity.Match(0, 1, 0.999, ()), identity.Match(1, 2, 0.998, ())]
    levels = {(match.one, match.other): match.levels for match in identity.matches(cards, at_least=0.0)}
    found = [match._replace(levels=levels[match.one, match.other]) for match in found]
    assert identity.groups(found, cards) == [[0, 1]]


text = st.text(max_size=24)


@given(st.lists(st.tuples(text, text, text, text), max_size=6))
def test_whatever_a_card_says_there_is_a_probability(said: list[tuple[str, str, str, str]]) -> None:
    records = [
        PersonRecord(1, name or "?", emails=(Value(mail),), phones=(Value(phone),), organisation=firm)
        for name, mail, phone, firm in said
    ]
    for match in identity.matches([identity.card(record) for record in records], at_least=0.0):
        assert 0 <= match.probability <= 1
        assert match.one < match.other


def test_the_order_of_the_cards_does_not_matter() -> None:
    rows = HARD[:200]
    forth = {(match.one, match.other): match.probability for match in judged(rows).values()}
    back = {(199 - m.other, 199 - m.one): m.probability for m in judged(rows[::-1]).values()}
    sure = {pair for pair, probability in forth.items() if probability > 0.9}
    assert {pair for pair in sure if abs(back.get(pair, 0) - forth[pair]) > 0.1} == set()


def test_the_work_grows_with_the_cards() -> None:
    made = [identity.card(one.record, one.source) for one in identity_people.cards(8_000)]
    few, many = (len(blocks.pairs(list(islice(made, count)))) for count in (2_000, 8_000))
    assert many < 12 * few  # 16 times were their square
