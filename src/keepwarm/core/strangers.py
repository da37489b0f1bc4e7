"""Whether someone who stands in letters and meetings is a person, by what has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log2

from keepwarm.core import names
from keepwarm.core.addresses import no_person
from keepwarm.core.exchanges import folded
from keepwarm.core.people import PersonRecord, Value
from keepwarm.core.touches import TouchRecord

MANY = 50  # letters without a single answer: no one writes so often to someone who never replies
DOUBLED = 120  # days nearer: what twice as many exchanges weigh in whom to ask about first
MET = "met:"  # before a key: the card's id in its source
NAMED = "w:"  # before a folded name, where that is all that is known of someone


@dataclass(slots=True)
class Tally:
    """What has passed with one address, number or name."""

    name: str = ""  # the best spelling so far
    source: str = ""  # which told of them first
    sent: int = 0  # by the owner, to them alone or to few
    received: int = 0
    automatic: int = 0  # what came from a machine, or to a list
    wide: int = 0
    first_on: date | None = None
    last_on: date | None = None

    def see(self, touch: TouchRecord, day: date, *, automatic: bool = False) -> None:
        """Count one exchange; `day` is its day in the owner's zone."""
        self.name = better_name(self.name, touch.name)
        self.first_on = min(self.first_on or day, day)
        self.last_on = max(self.last_on or day, day)
        if automatic:
            self.automatic += 1
        elif touch.ambient:
            self.wide += 1
        else:
            self.sent += touch.direction != "in"
            self.received += touch.direction != "out"


def key(touch: TouchRecord) -> str:
    """By what a stranger is known; "" where there is neither key nor name."""
    if touch.person or not touch.name:
        return touch.person
    return f"{NAMED}{folded(touch.name)}"[:200]


def address(key: str) -> str:
    """The address of an e-mail's key, else ""."""
    return key[2:] if key.startswith("e:") else ""


def both_ways(tally: Tally) -> bool:
    return tally.sent > 0 and tally.received > 0


def why(key: str, tally: Tally) -> str:
    """Why this is probably nobody: a kind of core.addresses, "automatic", "wide" or "many"; "" where it may be one."""
    if kind := no_person(address(key), tally.name) if address(key) else "":
        return kind
    if both_ways(tally):
        return ""
    if not tally.sent + tally.received:
        return "automatic" if tally.automatic else "wide"
    if tally.automatic > tally.received and not tally.sent:
        return "automatic"
    return "many" if tally.received > MANY and not tally.sent else ""


def best(tally: Tally) -> int:
    """Whom to ask about first, the greatest first: the day it was last, later by DOUBLED for twice as much.

    What the owner wrote counts twice: one knows whom one writes to.
    """
    if tally.last_on is None:
        return 0
    return tally.last_on.toordinal() + round(DOUBLED * log2(1 + 2 * tally.sent + tally.received))


def found_by(key: str, name: str) -> str:
    """A name, and the address or number beside it, as a search compares them."""
    return f"{folded(name)} {key[2:].lower()}"


def better_name(one: str, other: str) -> str:
    """Of two spellings of a name the one to show; the later where neither is better."""
    return max(other, one, key=_spelled)


def _spelled(name: str) -> tuple[bool, bool, bool]:
    """Two words and more; in letters large and small; no address in it."""
    return "@" not in name and bool(name), " " in name.strip(), not (name.isupper() or name.islower())


def record(key: str, name: str) -> PersonRecord:
    """The card of someone of whom only this is known."""
    kind, value = key[:2], key[2:]
    shown = name if name and "@" not in name else names.from_email(value) if kind == "e:" else name or value
    known = PersonRecord(0, shown, external_id=f"{MET}{key}")
    if kind == "e:":
        return known._replace(emails=(Value(value),))
    if kind in ("p:", "n:"):
        return known._replace(phones=(Value(value),))
    if kind == "l:":
        return known._replace(profiles=(Value(f"https://www.linkedin.com/in/{value}", "linkedin"),))
    return known._replace(profiles=(Value(f"https://{value}"),)) if kind == "u:" else known
