"""What changed between two words of one source about one person; spelling is no news."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from keepwarm.core import facts, names
from keepwarm.core.facts import Stated

COMPANY, TITLE, NAME, EMAIL, PLACE, GONE = "company", "title", "name", "email", "place", "gone"
KINDS = (COMPANY, TITLE, NAME, EMAIL, PLACE, GONE)

_NOT_WORD = re.compile(r"[\W_]+")
_AND = frozenset({"and", "und", "et", "y", "e", "of", "the"})
_SEVERAL = re.compile(r"\s*[;/|•·,+]\s*|\s+(?:&|and|und|et|y)\s+", re.IGNORECASE)


class Change(NamedTuple):
    """One line of the list. `before` is empty where nothing stood there."""

    kind: str
    before: str
    after: str
    moment: str = ""  # new_job, new_title or new_name, where it is worth a word
    key: str = ""  # of the employer, title or name, so that two sources tell one moment


def between(before: Sequence[Stated], after: Sequence[Stated], employers: Collection[str] = ()) -> list[Change]:
    """What the source says otherwise now. A field it was silent about before, or is now, is no change, but for an
    e-mail more.

    `employers`: organisation keys that any source has ever told of this person; to come back to one, or to name the
    second of two at once, is no new job.
    """
    was, now = _first(before), _first(after)
    found = [*_work(was, now, employers), *_name(was, now), *_emails(before, after)]
    if was["place"] and now["place"] and names.fold(was["place"]) != names.fold(now["place"]):
        found.append(Change(PLACE, was["place"], now["place"]))
    return found


def title_key(title: str) -> str:
    """One key for all spellings of a title: no case, emoji, punctuation, order or "and"."""
    words = _NOT_WORD.sub(" ", names.fold(title)).split()
    return " ".join(sorted(word for word in words if word not in _AND))


def _first(stated: Sequence[Stated]) -> dict[str, str]:
    """The first value of each field of which there is one; a place may stand in an address."""
    said = {"name": "", "organisation": "", "title": "", "place": "", "parts": ""}
    for value in stated:
        if value.field in said and not said[value.field]:
            said[value.field] = value.value
            said["parts"] = value.parts if value.field == "name" else said["parts"]
        elif value.field == "address" and not said["place"]:
            said["place"] = facts.city(value.parts)
    return said


def _work(was: dict[str, str], now: dict[str, str], employers: Collection[str]) -> list[Change]:
    if not (was["organisation"] and now["organisation"]):
        return _title(was, now, at="")
    key = names.organisation_key(now["organisation"])
    if names.organisation_key(was["organisation"]) == key:
        return _title(was, now, at=key)
    both = _all_keys(was["organisation"]) & _all_keys(now["organisation"])
    is_new = bool(key) and key not in employers and not both
    return [Change(COMPANY, _role(was, ", "), _role(now, ", "), "new_job" if is_new else "", key)]


def _title(was: dict[str, str], now: dict[str, str], at: str) -> list[Change]:
    before, after = title_key(was["title"]), title_key(now["title"])
    if not (before and after) or before == after:
        return []
    return [Change(TITLE, was["title"], now["title"], "new_title", f"{at}|{after}")]


def _role(said: dict[str, str], between: str) -> str:
    return between.join(part for part in (said["title"], said["organisation"]) if part)


def _all_keys(organisation: str) -> set[str]:
    """The employers in "Acme / Harbour Films", and the whole as one."""
    parts = [organisation, *_SEVERAL.split(organisation)]
    return {names.organisation_key(part) for part in parts} - {""}


def _name(was: dict[str, str], now: dict[str, str]) -> list[Change]:
    """Another name. Initials and middle names come and go; worth a word is another family name."""
    before, after = _words(was["name"]), _words(now["name"])
    if not (before and after) or before == after:
        return []
    families = [facts.name_parts(said["parts"]).get("family", "") for said in (was, now)]
    old, new = (_words(family) for family in families)
    moment = "new_name" if old and new and old != new and before & after else ""
    return [Change(NAME, was["name"], now["name"], moment, " ".join(sorted(after)))]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in _NOT_WORD.sub(" ", names.fold(name)).split() if len(word) > 1)


def _emails(before: Sequence[Stated], after: Sequence[Stated]) -> list[Change]:
    was, now = ({value.key: value.value for value in said if value.field == "email"} for said in (before, after))
    fresh = [value for key, value in now.items() if key not in was]
    gone = [value for key, value in was.items() if key not in now]
    return [Change(EMAIL, ", ".join(gone), ", ".join(fresh))] if fresh else []
