"""Which cards are worth comparing: those that share a clue, so that the work grows with the cards, not their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.spelling import circles, sound

Clue = tuple[object, ...]
Clues = Callable[[Card], Iterator[Clue]]
CROWD = 40  # cards with one clue: beyond it only neighbours in their order are compared
SHORT = 4  # letters of a mailbox that many may have: info, anna
TELLING_DIGITS = 9  # of a phone, from its end: the country may be missing
VAGUE_CROWD = 10  # the same of a clue that many share by chance


def pairs(cards: Sequence[Card], new: int | None = None) -> list[tuple[int, int]]:
    """Places of the two cards, the lower first, in order; at least one of them among the first `new`."""
    total = len(cards)
    new = total if new is None else new
    found: set[int] = set()
    for clues, crowd in CLUES.items():
        for together in _together(cards, clues, new):
            found.update(_within(together, cards, crowd, new))
    return [divmod(pair, total) for pair in sorted(found)]


def _together(cards: Sequence[Card], clues: Clues, new: int) -> Iterator[list[int]]:
    by_clue: dict[int, list[int]] = defaultdict(list)
    for place in range(new):
        for clue in clues(cards[place]):
            by_clue[hash(clue)].append(place)
    for place in range(new, len(cards)):
        for clue in clues(cards[place]):
            if (places := by_clue.get(hash(clue))) is not None:
                places.append(place)
    return (places for places in by_clue.values() if len(places) > 1)


def _within(places: list[int], cards: Sequence[Card], crowd: int, new: int) -> Iterator[int]:
    """Each with each; in a crowd each with those that come next when it stands in order."""
    total, reach = len(cards), len(places)
    if reach > crowd:
        places, reach = sorted(places, key=lambda place: _order(cards[place])), crowd // 4
    for at, place in enumerate(places):
        for other in places[at + 1 : at + 1 + reach]:
            if place < other and place < new:
                yield place * total + other
            elif other < place and other < new:
                yield other * total + place


def _order(card: Card) -> tuple[object, ...]:
    return card.name.family[-1:], card.name.given[:1], card.birthday, card.organisation, card.city, card.postcode


# --- clues ------------------------------------------------------------------------------------------


def _identifiers(card: Card) -> Iterator[Clue]:
    for box in card.mailboxes:
        yield "mailbox", box.key
        if len(box.local) > SHORT and not box.shared:
            yield "local", box.local
    for phone in card.phones:
        yield "phone", phone[-TELLING_DIGITS:]
    for profile in card.profiles:
        yield "profile", profile


def _whole_name(card: Card) -> Iterator[Clue]:
    """The two names in either order, as they sound and by the circle of short forms."""
    for given in card.name.given:
        for family in (*card.name.family[-2:], *card.name.also_family):
            first = [sound(given), *circles(given)]
            yield from (("name", *sorted((str(one), sound(family)))) for one in first)


def _birthday(card: Card) -> Iterator[Clue]:
    year, month, day = card.birthday
    if not (month and day):
        return
    if year:
        yield "born", year, month, day
    for word in (*card.name.given[:1], *card.name.family[-1:]):
        yield "day", month, day, word[:1]
        yield "month", year, month, sound(word)
        yield "year", year, day, sound(word)


def _name_and_place(card: Card) -> Iterator[Clue]:
    for word in (*card.name.given[:1], *card.name.family[-1:]):
        for place in (card.postcode, card.city, card.organisation):
            if place:
                yield "place", place, sound(word)


def _work(card: Card) -> Iterator[Clue]:
    """The employer by name or address, with an initial or a name."""
    employers = {card.organisation.replace(" ", ""), *(word for box in card.mailboxes for word in box.employers)} - {""}
    for employer in employers:
        for word in (*card.name.given[:1], *card.name.family[-1:]):
            yield "work", employer, sound(word)


def _address(card: Card) -> Iterator[Clue]:
    if card.street:
        yield "street", card.number, card.street[:6], card.postcode[:2]
        yield "house", card.number, card.postcode, card.street[:2]


def _slips(card: Card) -> Iterator[Clue]:
    """Whole names with a slip in them: the first letters of both, and how they begin and end."""
    if card.name.given and card.name.family:
        given, family = card.name.given[0], card.name.family[-1]
        yield "begin", given[:3], family[:3]
        yield "end", given[:1], family[-4:]
        yield "mixed", family, given[:1]


CLUES: dict[Clues, int] = {
    _identifiers: CROWD, _whole_name: CROWD, _birthday: CROWD, _name_and_place: CROWD, _work: CROWD, _address: CROWD,
    _slips: VAGUE_CROWD,
}  # fmt: skip
