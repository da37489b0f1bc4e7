"""What the docs promise: complete, true to the code, and holding nothing of the machine they were written on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import keepwarm
from docs import reference
from keepwarm import formats
from keepwarm.formats import archive, json_walk, mail, table, vcard_cards
from keepwarm.options import OPTIONS
from keepwarm.store import imports

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FENCE = re.compile(r"^(?:```.*?^```|(?: {4}|\t).*?$)", re.M | re.S)
BINARY = {".png", ".woff2", ".ico", ".jpg", ".zip", ".gz"}
# Spelled so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w.~}])/(?:wor" + r"k|roo" + r"t|hom" + r"e)/\w")
REGISTRY = re.compile(r"pyp" + r"i\.org|pytho" + r"nhosted|artifac" + r"tory|npm" + r"js|/simp" + r"le/", re.I)
UNKIND = re.compile(r"\b(?:leads?|prospects?|pipelines?|overdue|contact records?)\b", re.I)


def prose(page: Path) -> str:
    """The page without its code."""
    return FENCE.sub("", page.read_text("utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def repository() -> list[Path]:
    """The files that a commit would hold; in a plain copy, those of the folders that are ours."""
    if not (ROOT / ".git").exists():
        found = [path for top in ("src", "tests", "docs", "benchmarks") for path in (ROOT / top).rglob("*")]
        return [path for path in found + PAGES if path.is_file() and "__pycache__" not in path.parts]
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for each in listed.split("\0") if each and (path := ROOT / each).is_file()]


# The pages that code writes


@pytest.mark.parametrize("page", sorted(reference.pages()))
def test_the_reference_is_what_the_code_says_now(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == reference.pages()[page], f"docs/{page} is old: run make docs"


def test_every_option_is_documented() -> None:
    told = (DOCS / "options.md").read_text("utf-8")
    assert [option.name for option in OPTIONS if f"## {option.name}\n" not in told] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_option_is_spoken_of(page: Path) -> None:
    spoken = set(re.findall(r"KEEPWARM_[A-Z_]*[A-Z]", page.read_text("utf-8")))
    assert spoken <= {option.name for option in OPTIONS}


CALL = re.compile(r"(?:^ {4}.*?|`)(?<!makemigrations )(?<!-u )\bkeepwarm ([a-z-]+)([^`\n]*)", re.M)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_command_or_switch_is_spoken_of(page: Path) -> None:
    known = dict(reference.known())
    for first, rest in CALL.findall(page.read_text("utf-8")):
        both = f"{first} {rest.split()[0]}" if rest.split() else first  # as `keepwarm shelf add`
        command = both if both in known else first
        assert command in known, command
        switches = {word for param in known[command].params for word in (*param.opts, *param.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", rest)) <= switches, f"keepwarm {command}{rest}"


def test_calls_are_found_where_they_stand() -> None:
    text = "`keepwarm today --json`\n    A=b .venv/bin/keepwarm import --dry-run x\nthe keepwarm way\n"
    assert CALL.findall(text) == [("today", " --json"), ("import", " --dry-run x")]


def test_every_format_is_documented() -> None:
    told = (DOCS / "importing.md").read_text("utf-8")
    assert [kind.title for kind in formats.FORMATS if f"\n| {kind.title}" not in told] == []


def test_the_limits_are_those_of_the_code() -> None:
    told = (DOCS / "importing.md").read_text("utf-8").partition("### Limits")[2].partition("\n## ")[0]
    usual = archive.USUAL
    assert f"{usual.members:,} files, {usual.total // 2**30} GB unfolded, and {usual.ratio} times" in told
    assert f"{table.MOST_COLUMNS:,} columns" in told
    assert f"{formats.MOST_VALUES} values" in told
    assert f"{vcard_cards.LARGEST // 2**20} MB" in told
    assert f"{json_walk.LARGEST // 2**20} million characters" in told
    assert f"{mail.LARGEST // 1024} KB" in told
    assert f"{mail.LISTED} by name" in told
    assert f"{imports.PROBLEMS_KEPT:,}" in told


# Links, commands, the map


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, heading = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.is_file(), f"{name(page)} points to {target}"
        assert not heading or heading in headings(to), f"{name(page)} points to {target}"


def headings(page: Path) -> set[str]:
    """The page's headings as a link names them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", prose(page), re.M)
    }


def test_every_page_is_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        ahead += [(page.parent / path).resolve() for path in re.findall(r"\]\(([^)\s#:]+)", prose(page))]
    assert set(PAGES) <= reached


def test_every_make_target_that_is_spoken_of_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        spoken = re.findall(r"(?:^ {4}|`)(?:\S*=\S* )?make ([a-z-]+)", page.read_text("utf-8"), re.M)
        assert set(spoken) <= targets, name(page)


def test_the_readme_is_short_and_shows_a_picture() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) < 60
    assert "](docs/pictures/today.png)" in text


def test_pictures_are_light() -> None:
    pictures = list((DOCS / "pictures").glob("*.png"))
    assert pictures
    assert [name(picture) for picture in pictures if picture.stat().st_size > 250_000] == []


def test_the_map_names_every_part_and_no_other() -> None:
    drawn = set(re.findall(r"[├└]── ([\w/.]+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    package = ROOT / "src" / "keepwarm"
    parts = {path.name + ("/" if path.is_dir() else "") for path in package.iterdir() if not path.name.startswith("__")}
    assert drawn == parts


def test_files_that_are_spoken_of_exist() -> None:
    package = ROOT / "src" / "keepwarm"
    for word in re.findall(r"`([\w/]+/[\w./]+\.\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        assert (ROOT / word).exists() or (package / word).exists(), word


# Form


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_paragraph_is_one_line(page: Path) -> None:
    """Wrapped by hand, prose turns ragged with its first edit."""
    lines = prose(page).splitlines()
    plain = [bool(line) and not re.match(r"[#|!> -]|\d+\. ", line) for line in lines]
    doubled = [lines[i] for i in range(1, len(lines)) if plain[i] and plain[i - 1]]
    assert doubled == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_trailing_blanks_and_one_newline_at_the_end(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_the_version_is_the_newest_in_the_changelog() -> None:
    versions = re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == keepwarm.__version__
    assert len(set(versions)) == len(versions)


# What must not be in a file


@pytest.mark.parametrize("text", ["cd /wor" + "k/main", "'/roo" + "t/x'", "file:///hom" + "e/ada", "pyp" + "i.org/x"])
def test_a_machine_is_known_by_its_traces(text: str) -> None:
    assert MACHINE.search(text) or REGISTRY.search(text)


def test_nothing_of_this_machine_in_any_file() -> None:
    found = []
    for path in repository():
        if path.suffix in BINARY:
            continue
        text = path.read_text("utf-8", "replace")
        found += [f"{name(path)}: {hit[0]}" for pattern in (MACHINE, REGISTRY) if (hit := pattern.search(text))]
    assert found == []


def words_of(path: Path) -> str:
    """A template's words, without comments, tags and attributes that only code reads."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", " ", path.read_text("utf-8"), flags=re.S)
    said = re.findall(r'\b(?:alt|title|placeholder|aria-label|content)="([^"]*)"', text)
    return " ".join([re.sub(r"<[^>]*>", " ", text), *said])


def test_people_are_people_in_every_template() -> None:
    templates = (ROOT / "src" / "keepwarm" / "templates").rglob("*.html")
    found = [f"{name(path)}: {hit[0]}" for path in templates if (hit := UNKIND.search(words_of(path)))]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_people_are_people_in_the_docs(page: Path) -> None:
    hit = UNKIND.search(prose(page))
    assert hit is None
