"""The command line's contracts, which scripts may rely on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from keepwarm import __version__
from tests.build import card, connections, mbox
from tests.running import Visitor, keepwarm, served, told

pytestmark = pytest.mark.server
FRIENDS = "".join(
    card(
        f"Given{n} Family{n}",
        f"EMAIL:p{n}@example.com",
        f"TEL:+44 7700 90{n:04}",
        f"ORG:Firm {n}",
        "TITLE:Director",
        uid=f"u{n}",
    )
    for n in range(12)
)
# Each line of the card is something that must come through an export and back.
RICH = card(
    "Zoë Ångström-Lee",
    "EMAIL;TYPE=work:zoe@example.com",
    "EMAIL;TYPE=home:zoe@home.example",
    "TEL;TYPE=cell:+44 7700 900142",
    "ORG:Acme\\, Ltd;Research",
    "TITLE:Head of R&D\\; Europe",
    "ADR;TYPE=home:;;1 High St;Leeds;;LS1 1AA;United Kingdom",
    "URL:https://zoe.example/",
    "NOTE:Likes tea.\\nMet in Leeds\\, 2019.",
    "BDAY:1980-06-02",
    "CATEGORIES:friends,choir",
    "NICKNAME:Zo",
    uid="zoe",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with twelve friends."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "phone.vcf").write_text(FRIENDS, newline="")
    assert told(folder / "data", "import", str(folder / "phone.vcf"))["people_new"] == 12
    return folder / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phone.vcf"
    path.write_text(card("Ann Lee", "EMAIL:ann@example.com"), newline="")
    return path


def test_it_works(home: Path) -> None:
    picks = told(home, "today")
    assert [pick["slot"] for pick in picks] == ["warm_up", "lapsed", "far_corner"]


def test_the_shape_of_today(home: Path) -> None:
    for pick in told(home, "today"):
        assert set(pick) == {"person", "slot", "warmth", "reasons", "draft", "links"}
        assert set(pick["person"]) == {"id", "name", "title", "organisation"}
        assert pick["reasons"]
        for reason in pick["reasons"]:
            assert set(reason) == {"kind", "text", "source", "date"}
            assert reason["date"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", reason["date"])
        assert set(pick["draft"]) == {"shape", "subject", "body"}
        assert pick["draft"]["shape"] in {"hello", "thread", "saw_this", "congratulate"}
        assert set(pick["links"]) <= {"mail", "linkedin", "whatsapp", "sms"}
        assert pick["links"]["mail"].startswith("mailto:p")
        assert pick["warmth"] is None  # no history is no number


def test_asking_never_changes_the_answer(home: Path) -> None:
    first = told(home, "today")
    far = told(home, "today", "--date", "2031-03-04")
    for date in ("2031-03-05", "2019-01-01", "2031-03-04"):
        told(home, "today", "--date", date)
    assert told(home, "today", "--date", "2031-03-04") == far
    assert told(home, "today") == first


def test_why_not_someone(home: Path) -> None:
    first, *_ = told(home, "today")
    (answer,) = told(home, "today", "--why", first["person"]["name"])
    assert answer["person"] == first["person"]
    assert answer["why_not"][0].endswith("is one of today's three.")
    assert "is one of today's three." in keepwarm(home, "today", "--why", first["person"]["name"])


def test_the_zone_says_what_day_it_is(home: Path) -> None:
    keepwarm(home, "today", "--zone", "Pacific/Kiritimati", "--json")
    keepwarm(home, "today", "--zone", "Pacific/Pago_Pago", "--json")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("today", "--date", "tomorrow"), "tomorrow is not a date"),
        (("today", "--why", "Zzyzx"), "nobody here called Zzyzx"),
        (("today", "--zone", "Mars/Base"), "no time zone Mars/Base"),
        (("today", "--zone", "../../etc/passwd"), "no time zone"),
        (("today", "--space", "away"), "no space called away"),
        (("import", "nowhere.vcf"), "no file nowhere.vcf"),
        (("show", "no-id"), "no-id is not an id"),
        (("show", "00000000-0000-0000-0000-000000000000"), "no one with the id"),
        (("export", "--format", "xls"), "Keepwarm writes vcf"),
        (("export", "--vcard", "2.1"), "3.0 or 4.0"),
        (("export", "/nowhere/at/all.vcf"), "/nowhere/at/all.vcf"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(home: Path, arguments: tuple[str, ...], said: str) -> None:
    answer = keepwarm(home, *arguments, status=1)
    assert said in answer
    assert "Traceback" not in answer


def test_today_in_words(home: Path) -> None:
    said = keepwarm(home, "today")
    assert "Given" in said
    assert "Firm" in said


def test_what_others_have_written_is_no_markup(tmp_path: Path) -> None:
    (tmp_path / "odd.vcf").write_text(card("Ann [/b] Lee", "EMAIL:ann@example.com", "ORG:[/dim] :bomb: [link=x]"))
    keepwarm(tmp_path / "data", "import", str(tmp_path / "odd.vcf"))
    assert "[/dim] :bomb: [link=x]" in keepwarm(
        tmp_path / "data", "show", told(tmp_path / "data", "find", "Ann")[0]["id"]
    )
    assert "Ann [/b] Lee" in keepwarm(tmp_path / "data", "today")


def test_the_shape_of_an_import(tmp_path: Path) -> None:
    (tmp_path / "odd.vcf").write_text(card("Ann Lee", "BDAY:31 Feb 2020"), newline="")
    answer = told(tmp_path / "data", "import", str(tmp_path / "odd.vcf"))
    assert {"people_new", "people_matched", "people_unchanged", "touches_new", "problems", "seconds"} <= set(answer)
    assert (answer["people_new"], answer["people_matched"], answer["people_unchanged"], answer["touches_new"]) == (
        1,
        0,
        0,
        0,
    )
    [problem] = answer["problems"]
    assert set(problem) == {"file", "row", "field", "message", "fix"}
    assert (problem["file"], problem["row"], problem["field"]) == ("odd.vcf", 1, "BDAY")
    assert answer["seconds"] > 0


def test_the_same_file_again_is_unchanged(tmp_path: Path, file: Path) -> None:
    told(tmp_path / "data", "import", str(file))
    again = told(tmp_path / "data", "import", str(file))
    assert (again["people_new"], again["people_unchanged"]) == (0, 1)


def test_two_files_of_one_person(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "Connections.csv"
    other.write_text(connections("Ann,Lee,https://www.linkedin.com/in/annlee,ann@example.com,Acme,CEO,07 Jun 2021"))
    answer = told(tmp_path / "data", "import", str(file), str(other))
    assert (answer["people_new"], answer["people_matched"]) == (1, 1)


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path, file: Path) -> None:
    data = tmp_path / "data"
    assert told(data, "import", "--dry-run", str(file))["people_new"] == 1
    assert told(data, "today") == []
    assert told(data, "import", "--dry-run", str(file))["people_new"] == 1
    assert not list((data / "uploads").glob("*/*"))


def test_a_file_that_is_none_ends_with_status_1(tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_text("<html><body>Sign in</body></html>")
    said = keepwarm(tmp_path / "data", "import", str(tmp_path / "page.csv"), status=1)
    assert "page.csv" in said
    assert "Traceback" not in said


def test_over_the_limit_is_said_in_a_sentence(tmp_path: Path, file: Path) -> None:
    data = tmp_path / "data"
    said = keepwarm(data, "import", "-", status=1, stdin=file.read_text(), KEEPWARM_UPLOAD_LIMIT="10 B")
    assert "- is larger than" in said
    assert told(data, "today") == []


def test_a_file_of_this_machine_is_read_where_it_lies_however_large(tmp_path: Path, file: Path) -> None:
    data = tmp_path / "data"
    keepwarm(data, "import", str(file), KEEPWARM_UPLOAD_LIMIT="10 B")
    assert len(told(data, "find", "Ann")) == 1
    assert file.exists()
    assert not list((data / "uploads").glob("*"))


def test_a_folder_of_letters(tmp_path: Path) -> None:
    data, mail = tmp_path / "data", tmp_path / "Maildir" / "cur"
    mail.mkdir(parents=True)
    said = keepwarm(data, "import", str(mail.parent), status=1)
    assert f"There are no letters in the folder {mail.parent}." in " ".join(said.split())
    letter = "From: ben@example.org\nTo: ada@example.com\nSubject: Lunch\n"
    (mail / "1.M1.host:2,S").write_text(f"{letter}Date: Thu, 1 Feb 1979 10:00:00 +0000\n\nHello.\n")
    (problem,) = told(data, "import", str(mail.parent))["problems"]
    assert (problem["file"], problem["row"]) == ("one letter in Maildir", 1)


def test_show(home: Path) -> None:
    pick = told(home, "today")[0]["person"]
    answer = told(home, "show", pick["id"])
    assert (answer["name"], answer["organisation"]) == (pick["name"], pick["organisation"])
    assert {"id", "name", "facts", "touches", "notes"} <= set(answer)
    assert {"field": "title", "value": "Director", "label": "", "source": "vcard"}.items() <= next(
        fact for fact in answer["facts"] if fact["field"] == "title"
    ).items()
    assert pick["name"] in keepwarm(home, "show", pick["id"])


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_what_is_exported_comes_back_the_same(tmp_path: Path, version: str) -> None:
    """Out, into an empty store, and out again: the second file says what the first one said."""
    (tmp_path / "rich.vcf").write_text(RICH + FRIENDS, newline="")
    told(tmp_path / "one", "import", str(tmp_path / "rich.vcf"))
    keepwarm(tmp_path / "one", "export", "--vcard", version, str(tmp_path / "out.vcf"))
    text = (tmp_path / "out.vcf").read_bytes().decode()
    assert text.count(f"VERSION:{version}\r\n") == 13
    back = told(tmp_path / "two", "import", str(tmp_path / "out.vcf"))
    assert (back["people_new"], back["problems"]) == (13, [])
    assert plain(keepwarm(tmp_path / "two", "export", "--vcard", version)) == plain(text)
    for said in ("Zoë Ångström-Lee", "zoe@home.example", "Acme", "R&D", "Leeds", "Likes tea.", "choir", "Zo"):
        assert said in text


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_table_and_json_come_back_the_same(tmp_path: Path, kind: str) -> None:
    (tmp_path / "rich.vcf").write_text(RICH + FRIENDS, newline="")
    told(tmp_path / "one", "import", str(tmp_path / "rich.vcf"))
    keepwarm(tmp_path / "one", "export", "--format", kind, str(tmp_path / f"out.{kind}"))
    back = told(tmp_path / "two", "import", str(tmp_path / f"out.{kind}"))
    assert (back["people_new"], back["problems"]) == (13, [])
    assert plain(keepwarm(tmp_path / "two", "export")) == plain(keepwarm(tmp_path / "one", "export"))


def test_exchanges_are_counted(tmp_path: Path) -> None:
    said = 'From,To,Sent At,Message,Direction\n{},Ada,"7/30/25, 9:00 AM",Hi,INCOMING\n'
    (tmp_path / "Invitations.csv").write_text(said.format("Ann Lee"))
    (tmp_path / "phone.vcf").write_text(card("Ann Lee", "EMAIL:ann@example.com"), newline="")
    files = [str(tmp_path / name) for name in ("Invitations.csv", "phone.vcf")]
    assert "1 exchange would come along." in keepwarm(tmp_path / "data", "import", "--dry-run", *files)
    assert told(tmp_path / "data", "import", *files)["touches_new"] == 1
    assert told(tmp_path / "data", "import", *files)["touches_new"] == 0
    (tmp_path / "Invitations.csv").write_text(said.format("Bob Fox"))
    assert "Left out: 1 exchange with people who are not here." in keepwarm(tmp_path / "data", "import", files[0])


def test_whose_letters_they_are(tmp_path: Path) -> None:
    """Found out and said, or told with --me; where neither is so, the letters are left out with a question."""
    ann, bob, me = "Ann Lee <ann@example.org>", "bob@example.org", "me@example.net"
    clear, unclear = tmp_path / "clear.mbox", tmp_path / "unclear.mbox"
    clear.write_text(mbox((ann, me), (me, ann), (me, bob)))
    unclear.write_text(mbox((ann, bob), (bob, ann)))
    assert f"Read as yours: {me}." in " ".join(keepwarm(tmp_path / "one", "import", str(clear)).split())
    answer = json.loads(keepwarm(tmp_path / "two", "import", "--json", str(unclear)))
    assert (answer["people_new"], answer["touches_new"], answer["problems"][0]["fix"][:34]) == (
        0, 0, "Bring it in again with --me and yo",
    )  # fmt: skip
    told = json.loads(keepwarm(tmp_path / "two", "import", "--json", "--me", bob, str(unclear)))
    assert (told["people_new"], told["touches_new"], told["strangers"]) == (1, 2, 0)


def plain(vcards: str) -> list[str]:
    """The lines of an export without ids and dates that are made anew."""
    unfolded = re.sub(r"\r?\n[ \t]", "", vcards)
    return sorted(line for line in unfolded.splitlines() if not line.startswith(("UID", "REV", "PRODID")))


def test_export_to_standard_output_is_only_cards(home: Path) -> None:
    said = keepwarm(home, "export")
    assert said.startswith("BEGIN:VCARD")
    assert said.count("BEGIN:VCARD") == 12


@pytest.mark.parametrize("command", [("today", "--json"), ("export",), ("sign-in-link",)])
def test_any_command_sets_up_an_empty_folder(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = tmp_path / "new" / "data"
    keepwarm(data, *command)
    assert (data / "keepwarm.sqlite3").exists()
    assert data.stat().st_mode & 0o077 == 0


def test_a_link_to_sign_in(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as server:
        token = keepwarm(data, "sign-in-link").strip().rpartition("/")[2]
        visitor = Visitor(server.address)
        assert visitor.get(server.link).status == 410  # the newer link ends the older
        visitor.claim(f"/welcome/{token}")
        again = keepwarm(data, "sign-in-link").strip()
        assert re.fullmatch(r"http://localhost:8321/welcome/[\w-]{20,}", again)
        back = Visitor(server.address)
        path = "/welcome/" + again.rpartition("/")[2]
        assert "Sign in as" in back.get(path).text
        assert back.post(path).url.endswith("/welcome/password")


def test_the_link_names_the_address_that_people_open(home: Path) -> None:
    said = keepwarm(home, "sign-in-link", KEEPWARM_URL="https://keepwarm.example.org")
    assert said.startswith("https://keepwarm.example.org/welcome/")


def test_version(home: Path) -> None:
    assert keepwarm(home, "--version") == f"keepwarm {__version__}\n"


def test_json_is_all_there_is_on_standard_output(home: Path) -> None:
    assert isinstance(json.loads(keepwarm(home, "today", "--json", COLUMNS="20")), list)


def test_the_shelf(home: Path) -> None:
    first = told(home, "shelf", "add", "https://p.example/chairs?utm_source=x", "--note", "for Ann")
    assert (first["new"], first["url"], first["note"], first["state"]) == (
        True, "https://p.example/chairs", "for Ann", "waiting",
    )  # fmt: skip
    assert "It was there before" in keepwarm(home, "shelf", "add", "p.example/chairs/")
    keepwarm(home, "shelf", "add", "Lamps are people too. I think.")
    assert [one["title"] for one in told(home, "shelf", "list")] == ["Lamps are people too", "p.example/chairs"]
    assert [one["url"] for one in told(home, "shelf", "list", "ann")] == ["https://p.example/chairs"]
    assert "nothing to save" in keepwarm(home, "shelf", "add", " ", status=1)
