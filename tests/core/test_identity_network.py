"""New cards against those who are known: nobody is missed, and the known are not compared with each other."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence

import pytest

from benchmarks import identity_people, identity_sets
from keepwarm.core import identity
from keepwarm.core.identity.learn import believed
from keepwarm.core.people import PersonRecord, Value

TOLD = identity_people.cards(3_000, seed=7)
CARDS = [identity.card(one.record, one.source, identity_sets.HOME) for one in TOLD]
NEW = range(0, len(TOLD), 10)
KNOWN = [place for place in range(len(TOLD)) if place % 10]
Bands = dict[tuple[int, int], str]


def light(place: int) -> identity.Light:
    record = TOLD[place].record
    city = next((address.city for address in record.addresses), "")
    return identity.Light(place, record.name, record.given, record.family, CARDS[place].organisation, city, "")


def looked_up(new: Sequence[identity.Card]) -> set[int]:
    """What an index of keys finds."""
    keys = sorted((key, place) for place in KNOWN for key in keys_of(TOLD[place].record))
    asked = identity.lookups(new)
    found = {place for key, place in keys if key in asked.keys}
    for prefix in asked.prefixes:
        at = bisect_left(keys, (prefix,))
        while at < len(keys) and keys[at][0].startswith(prefix):
            found.add(keys[at][1])
            at += 1
    return found


def keys_of(record: PersonRecord) -> list[str]:
    mails = [identity.email_key(value.value) for value in record.emails]
    phones = [identity.phone_key(value.value, identity_sets.HOME) for value in record.phones]
    return mails + phones + [identity.profile_key(value.value) for value in record.profiles]


def bands(found: Sequence[identity.Match], places: Sequence[int]) -> Bands:
    pairs = [(places[match.one], places[match.other], match.band.value) for match in found]
    return {(min(one, other), max(one, other)): band for one, other, band in pairs}


@pytest.fixture(scope="module")
def whole() -> identity.Judged:
    return identity.judged(CARDS)


def among(model: identity.Model | None) -> Bands:
    network, new = identity.Network(light(place) for place in KNOWN), [CARDS[place] for place in NEW]
    loaded = sorted({*network.worth_loading(new), *looked_up(new)})
    known = [CARDS[place] for place in loaded]
    return bands(identity.matches_among(new, known, network.often(new, known), model), [*NEW, *loaded])


def test_it_works(whole: identity.Judged) -> None:
    told = {pair: band for pair, band in bands(whole.matches, range(len(TOLD))).items() if {*pair} & {*NEW}}
    found = among(whole.model)
    assert len(told) > 200
    assert {pair for pair in told.keys() | found.keys() if told.get(pair) != found.get(pair)} == set()


def test_few_are_loaded() -> None:
    network, new = identity.Network(light(place) for place in KNOWN), [CARDS[place] for place in NEW]
    assert len(network.worth_loading(new[:1])) < 10
    assert len(network.worth_loading(new)) < len(KNOWN) / 2


def test_the_known_are_not_compared_with_each_other() -> None:
    card = identity.card(PersonRecord(1, "Isolde Ravensworth", emails=(Value("isolde@example.org"),)))
    stranger = identity.card(PersonRecord(1, "Tobias Fen", emails=(Value("tobias@example.org"),)))
    network = identity.Network([])
    assert identity.matches_among([stranger], [card, card], network.often([stranger], [card, card]), None) == []
    found = identity.matches_among([card], [card, stranger], network.often([card], [card, stranger]), None)
    assert [(match.one, match.other) for match in found] == [(0, 1)]


def test_a_network_that_has_learnt_nothing_yet_goes_by_belief(whole: identity.Judged) -> None:
    told, found = among(whole.model), among(None)
    wrong = [pair for pair, band in found.items() if band == "merge" and TOLD[pair[0]].person != TOLD[pair[1]].person]
    assert wrong == []
    assert len(found.keys() & told.keys()) > 0.8 * len(told)


def test_nobody_new_and_nobody_known() -> None:
    network = identity.Network([])
    assert network.worth_loading([]) == []
    assert network.worth_loading(CARDS[:5]) == []
    assert identity.matches_among([], [], network.often([], []), None) == []


def test_a_name_is_as_common_as_in_the_whole_network() -> None:
    """Few are loaded, of many who bear the name."""
    crowd = [identity.Light(number, "Ida Quillfeather", "", "", "", "", "") for number in range(500)]
    two = [identity.card(PersonRecord(number, "Ida Quillfeather", organisation="Borealis")) for number in range(2)]
    rare, common = (
        identity.matches_among(two[:1], two[1:], network.often(two[:1], two[1:]), believed(2), at_least=0.0)
        for network in (identity.Network([]), identity.Network(crowd))
    )
    assert common[0].probability < rare[0].probability


# --- what a space keeps -------------------------------------------------------------------------------


def test_what_was_learnt_can_be_kept(whole: identity.Judged) -> None:
    model = identity.Model.from_json(json.loads(json.dumps(whole.model.to_json())))
    assert model
    assert among(model) == among(whole.model)


def test_what_was_learnt_of_other_fields_is_learnt_anew(whole: identity.Judged) -> None:
    said = json.loads(json.dumps(whole.model.to_json()))
    del said["person"]["birthday"]
    assert identity.Model.from_json(said) is None


# --- what an index is asked for -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (PersonRecord(1, "Ann", emails=(Value("Ann.Lee+tea@example.org"),)), "e:ann.lee@example.org"),
        (PersonRecord(1, "Ann", phones=(Value("+1 202 555 0100"),)), "p:+12025550100"),
        (PersonRecord(1, "Ann", phones=(Value("+44 20 7946 0100"),)), "n:02079460100"),
        (PersonRecord(1, "Ann", profiles=(Value("https://www.linkedin.com/in/Ann"),)), "l:ann"),
    ],
)
def test_keys_to_look_up(new: PersonRecord, key: str) -> None:
    assert key in identity.lookups([identity.card(new)]).keys


def test_a_mailbox_at_another_domain_is_looked_up_by_its_beginning() -> None:
    cards = [identity.card(PersonRecord(1, "?", emails=(Value(mail),))) for mail in ("ann.lee@a.example", "info@a.org")]
    assert identity.lookups(cards).prefixes == {"e:ann.lee@", "e:ann.lee+"}
