"""`keepwarm link`: a whole space through Splink; who may be one person waits to be answered."""

from __future__ import annotations

import builtins
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from keepwarm.core import identity
from keepwarm.core.identity.fields import FIELDS, UNKNOWN
from keepwarm.core.people import PersonRecord, Value
from keepwarm.link import engine, people
from keepwarm.link.rows import row
from keepwarm.models import Merge, Suggestion
from keepwarm.store import answers, duplicates
from tests.build import bring_in, card
from tests.conftest import NOW, Cast
from tests.running import told

GIVEN = ("Ann", "Per", "Lena", "Omar", "Ida", "Tom", "Eva")
FAMILY = ("Dahl", "Moreau", "Okafor", "Ilves", "Quist", "Berg", "Rossi")
NAMES = list(product(GIVEN, FAMILY))


def network(cast: Cast) -> None:
    """Seven of forty-nine are here twice: at another address, under the same name and employer."""
    cards = [
        card(f"{given} {family}", f"EMAIL:{given}@{family}.example", f"ORG:{family} Works", uid=f"{given}{family}")
        for given, family in NAMES
    ]
    again = [
        card(f"{given} {family}", f"TEL:+1 202 555 01{at:02d}", f"ORG:{family} Works", uid=f"again{at}")
        for at, (given, family) in enumerate(NAMES[::7])
    ]
    bring_in(cast.home, *cards, *again)


@pytest.fixture
def engine_is_here() -> None:
    for name in ("splink", "duckdb", "pyarrow"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install 'keepwarm[link]' brings it")


@pytest.mark.django_db
@pytest.mark.usefixtures("engine_is_here")
def test_it_works(cast: Cast, tmp_path: Path) -> None:
    network(cast)
    found = people.look(cast.home, tmp_path, NOW)
    pairs = [(pair.one, pair.other) for pair in Suggestion.objects.filter(space=cast.home)]
    assert found == (len(NAMES) + 7, len(pairs))
    assert sum(one.name == other.name for one, other in pairs) == 7
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("engine_is_here")
def test_nobody_is_joined_and_the_reasons_are_told(cast: Cast, tmp_path: Path) -> None:
    network(cast)
    people.look(cast.home, tmp_path, NOW)
    pair = next(pair for pair in duplicates.open_ones(cast.home) if pair.one.name == pair.other.name)
    assert {"given", "family"} <= {sign.kind for sign in duplicates.why([pair])}
    assert not Merge.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("engine_is_here")
def test_whom_the_user_has_told_apart_is_not_asked_about_again(cast: Cast, tmp_path: Path) -> None:
    network(cast)
    people.look(cast.home, tmp_path, NOW)
    for pair in Suggestion.objects.all():
        answers.two(cast.home, cast.ada, [pair.one_id, pair.other_id], NOW)
    assert people.look(cast.home, tmp_path, NOW).asked == 0
    assert not duplicates.open_ones(cast.home).exists()


@pytest.mark.usefixtures("engine_is_here")
def test_nobody_and_only_one(tmp_path: Path) -> None:
    alone = row("a", identity.card(PersonRecord(1, "Ida Quist")))
    assert list(engine.pairs([], tmp_path)) == []
    assert list(engine.pairs([alone], tmp_path)) == []


def test_without_the_extra_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name="duckdb")
        return here(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(engine.Missing, match=r"keepwarm\[link\]"):
        list(engine.pairs([], tmp_path))


def test_what_the_engine_compares() -> None:
    record = PersonRecord(1, "Bob Quist", emails=(Value("bob+tea@quist.example"),), phones=(Value("+1 202 555 0101"),))
    said = row("b", identity.card(record))
    assert (said.given, said.family, said.email, said.mailbox, said.phone, said.employer) == (
        "bob", "quist", "bob@quist.example", "bob", "025550101", "quist",
    )  # fmt: skip
    assert said.circle == row("r", identity.card(PersonRecord(1, "Robert Quist"))).circle


def test_levels_of_any_two_cards() -> None:
    one = identity.card(PersonRecord(1, "Bob Quist"))
    level = dict(zip(FIELDS, identity.levels(one, one), strict=True))
    assert level["given"] == level["family"] == 0
    assert level["phone"] == UNKNOWN


@pytest.mark.server
@pytest.mark.usefixtures("engine_is_here")
def test_the_command_answers_as_json(tmp_path: Path) -> None:
    file = tmp_path / "phone.vcf"
    file.write_text(card("Ann Lee", "EMAIL:ann@example.com"), newline="")
    told(tmp_path / "data", "import", str(file))
    assert told(tmp_path / "data", "link") == {"people": 1, "asked": 0}
