"""Sets that nothing was chosen by: the given ones cut to what an address book has, made noisy, and drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random

from benchmarks import identity_hard, identity_people, identity_sets
from benchmarks.identity_sets import Row
from keepwarm.core.identity.spelling import listed

NAME = ("entity", "full_name", "given_name", "surname")
_ALL = ("email", "phone", "linkedin_url", "company", "title", "street", "city", "postcode", "birthday")
WHERE = ("street", "city", "postcode", "state")


def cut(rows: Sequence[Row], *columns: str) -> list[Row]:
    """To the names and these columns; the source too is forgotten."""
    return [{column: row[column] for column in (*NAME, *columns) if column in row} for row in rows]


def mixed(rows: Sequence[Row], seed: int) -> list[Row]:
    """As if each came from one of several sources, that know a name and a part of the rest."""
    chance = Random(seed)
    rest = [column for column in rows[0] if column not in NAME]
    return [*(cut([row], *chance.sample(rest, max(1, len(rest) * 2 // 3)))[0] for row in rows)]


def people(count: int, seed: int) -> list[Row]:
    """The invented people of three sources as rows."""
    return [_row(told) for told in identity_people.cards(count, seed)]


def _row(told: identity_people.Told) -> Row:
    record = told.record
    return {
        "entity": str(told.person),
        "source": told.source,
        "full_name": record.name,
        "email": ";".join(value.value for value in record.emails),
        "phone": ";".join(value.value for value in record.phones),
        "linkedin_url": ";".join(value.value for value in record.profiles),
        "company": record.organisation,
        "title": record.title,
        "city": next((address.city for address in record.addresses), ""),
    }


# --- as FEBRL makes duplicates: several of one original, with slips in several fields ------------------


def febrl_anew(originals: int, duplicates: int, slips: int, seed: int) -> list[Row]:
    """FEBRL's own originals; how many duplicates one has falls off as by Zipf, up to five."""
    chance = Random(seed)
    clean = [
        row for row, kind in zip(identity_sets.febrl(2), identity_sets.febrl_kinds(2), strict=True) if kind == "org"
    ]
    chosen = chance.sample(clean, originals)
    of_each = chance.choices(range(1, 6), [1 / rank for rank in range(1, 6)], k=originals)
    made = [_noisy(chance, row, slips) for row, many in zip(chosen, of_each, strict=True) for _ in range(many)]
    rows = [*chosen, *made[:duplicates]]
    chance.shuffle(rows)
    return rows


def _noisy(chance: Random, row: Row, most: int) -> Row:
    made = dict(row)
    fields = [column for column in row if column != "entity"]
    for column in chance.choices(fields, k=chance.randint(1, most)):
        if made[column]:
            made[column] = chance.choice(_SLIPS)(chance, made[column])
    if chance.random() < 0.05:
        made["given_name"], made["surname"] = made["surname"], made["given_name"]
    return made


def _left_out(chance: Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _put_in(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_alphabet(text)) + text[at:]


def _put_for(chance: Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_alphabet(text)) + text[at + 1 :]


def _turned(chance: Random, text: str) -> str:
    at = chance.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _blank(_: Random, __: str) -> str:
    return ""


def _as_heard(chance: Random, text: str) -> str:
    heard = [(old, new) for old, new in _HEARD if old in text]
    return text.replace(*chance.choice(heard), 1) if heard else _put_for(chance, text)


def _alphabet(text: str) -> str:
    return "0123456789" if text.isdigit() else "abcdefghijklmnopqrstuvwxyz"


_HEARD = [
    pair.split("=") for pair in listed("ph=f f=ph ck=k k=c c=k y=i i=y ie=y ee=ea ll=l tt=t mm=m s=z th=t ou=u ae=e")
]
_SLIPS = (_left_out, _put_in, _put_for, _turned, _as_heard, _blank)


# --- the sets -----------------------------------------------------------------------------------------


def _febrl(*columns: str) -> list[Row]:
    return cut(identity_sets.febrl(2), *columns)


def _fake(*columns: str) -> list[Row]:
    return cut(identity_sets.fake_1000(), *columns)


def _hard(*columns: str) -> list[Row]:
    return cut(identity_sets.own(identity_sets.HARD), *columns)


def _invented(*columns: str) -> list[Row]:
    return cut(people(5_000, seed=11), *columns)


SETS: Mapping[str, Callable[[], list[Row]]] = {
    "hard, drawn anew 1": partial(identity_hard.pairs, 1),
    "hard, drawn anew 2": partial(identity_hard.pairs, 2),
    "hard, anew, no sources": lambda: cut(identity_hard.pairs(3), *_ALL),
    "as FEBRL 3": lambda: febrl_anew(2_000, 3_000, 2, seed=5),
    "as FEBRL 3, 5 slips": lambda: febrl_anew(2_000, 3_000, 5, seed=6),
    "as FEBRL 3, 8 slips": lambda: febrl_anew(2_000, 3_000, 8, seed=7),
    "as FEBRL 4": lambda: febrl_anew(1_500, 1_500, 4, seed=8),
    "FEBRL, mixed": lambda: mixed(febrl_anew(2_000, 3_000, 3, seed=9), 1),
    "FEBRL, birthday": lambda: _febrl("birthday"),
    "FEBRL, address": lambda: _febrl(*WHERE),
    "FEBRL, city": lambda: _febrl("city"),
    "fake, e-mail": lambda: _fake("email"),
    "fake, birthday": lambda: _fake("birthday"),
    "fake, city": lambda: _fake("city"),
    "fake, e-mail, city": lambda: _fake("email", "city"),
    "fake, mixed": lambda: mixed(identity_sets.fake_1000(), 2),
    "hard, employer, title": lambda: _hard("company", "title"),
    "hard, employer": lambda: _hard("company"),
    "hard, phone": lambda: _hard("phone"),
    "hard, e-mail": lambda: _hard("email"),
    "hard, e-mail, phone": lambda: _hard("email", "phone"),
    "invented": lambda: people(5_000, seed=12),
    "invented, employer, title": lambda: _invented("company", "title"),
    "invented, employer": lambda: _invented("company"),
    "invented, phone": lambda: _invented("phone"),
    "invented, e-mail": lambda: _invented("email"),
    "invented, e-mail, employer": lambda: _invented("email", "company"),
    "RLdata500, year": lambda: _years(identity_sets.rldata(500)),
}


def _years(rows: Sequence[Row]) -> list[Row]:
    """Birthdays without the year, as phones and Facebook have them."""
    return [row | {"birthday": f"--{row['birthday'][4:6]}-{row['birthday'][6:]}"} for row in rows]


def rows() -> Iterator[tuple[str, list[Row]]]:
    return ((name, made()) for name, made in SETS.items())
