"""`keepwarm log`: a line in, a touch kept, and a sentence where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import card
from tests.running import keepwarm, told

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    people = ["Amara Nwosu", "Ben Fox", "Ben Okafor"]
    cards = "".join(card(name, f"EMAIL:{n}@example.com", uid=name) for n, name in enumerate(people))
    (folder / "phone.vcf").write_text(cards, newline="")
    told(folder / "data", "import", str(folder / "phone.vcf"))
    return folder / "data"


def test_it_works(home: Path) -> None:
    answer = told(home, "log", "sent Amara the article on 3 May 2024; I'll call her by 5 March 2090")
    assert set(answer) == {"person", "touch", "promise"}
    assert answer["person"]["name"] == "Amara Nwosu"
    assert answer["touch"]["at"].startswith("2024-05-03")
    assert (answer["touch"]["balance"], answer["touch"]["direction"]) == ("give", "out")
    assert answer["promise"] == {"text": "call her", "due": "2090-03-05"}
    kept = told(home, "show", answer["person"]["id"])["touches"]
    assert [touch["line"] for touch in kept] == [answer["touch"]["line"]]


def test_in_words(home: Path) -> None:
    said = keepwarm(home, "log", "coffee with Ben Fox on 3 May 2024, about his [bold]garden", "--yes")
    assert said == "Noted. You met: Ben Fox, Friday 3 May 2024. About his [bold]garden\n"


def test_who_by_id_where_several_have_the_name(home: Path) -> None:
    said = keepwarm(home, "log", "called Ben", status=1)
    assert "one of several" in said
    id = next(line.split()[0] for line in said.splitlines() if "Okafor" in line)
    assert told(home, "log", "called Ben", "--person", id)["person"]["name"] == "Ben Okafor"


def test_a_line_about_two_is_kept_for_both(home: Path) -> None:
    answer = told(home, "log", "lunch with Amara and Ben Fox on 3 May 2024")
    assert answer["person"]["name"] == "Amara Nwosu"
    (also,) = answer["also"]
    assert also["person"]["name"] == "Ben Fox"
    assert also["touch"]["at"] == answer["touch"]["at"]
    said = keepwarm(home, "log", "lunch with Amara and Ben Fox on 4 May 2024", "--yes")
    assert said == "Noted. You met: Amara Nwosu and Ben Fox, Saturday 4 May 2024.\n"
    assert "one of several" in keepwarm(home, "log", "lunch with Amara and Ben", status=1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("called Zoltan",), "no one called Zoltan"),
        (("she is well",), "names no one"),
        (("",), "Say in one line"),
        (("called Ben", "--person", "x"), "x is not an id"),
        (("called Ben", "--person", "00000000-0000-0000-0000-000000000000"), "no one with the id"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_kept(home: Path, arguments: tuple[str, ...], said: str) -> None:
    answer = keepwarm(home, "log", *arguments, status=1)
    assert said in answer
    assert "Traceback" not in answer
