"""The cast: Ines owns the network; the others are people she knows. All invented."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from keepwarm.core.names import organisation_key
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, History, Owner, Position

TODAY = date(2026, 11, 12)  # a Thursday


def position(organisation: str, started: str, finished: str = "") -> Position:
    """Dates as "2015-01"."""
    days = [PartialDate(int(d[:4]), int(d[5:7])) if d else None for d in (started, finished)]
    return Position(organisation, organisation_key(organisation), "", days[0], days[1])


INES = Owner(
    name="Ines Carvalho",
    place="Leeds, England",
    positions=(
        position("Larkfield Studio", "2021-03"),
        position("Brightwater Foods Ltd", "2015-01", "2018-06"),
        position("Kolejka Labs sp. z o.o.", "2018-07", "2021-02"),
    ),
)


def person(name: str, given: str = "", n: int = 1, **facts: Any) -> Candidate:
    """Reachable by LinkedIn and told by LinkedIn, if nothing else is said."""
    told = {"channels": ("linkedin",), "source": "linkedin", "source_date": date(2026, 11, 1)} | facts
    told.setdefault("organisation_key", organisation_key(told.get("organisation", "")))
    return Candidate(id=UUID(int=n), name=name, given=given, **told)


MARIA = person(
    "Maria Olsen",
    "Maria",
    1,
    organisation="Brightwater Foods",
    title="Head of Insight",
    known_since=date(2016, 6, 2),
)
TOMASZ = person("Tomasz Zielony", "Tomasz", 2, organisation="Marlow Health", known_since=date(2019, 6, 2), cluster=1)
PRIYA = person("Priya Rao", "Priya", 3, organisation="Fenwick.io", birthday=PartialDate(None, 11, 15), cluster=7)
OTTO = person("Otto", "", 4)  # nothing but a name


def history(last: date, **totals: Any) -> History:
    """A good tie of ten weeks, eight answers to ten messages, first met three years before the last word."""
    usual = {"weeks": 10, "sent": 10, "received": 12, "answers": 8, "ambient90": 0, "typical_gap": 30.0}
    return History(first=last - timedelta(days=1000), last=last, **(usual | totals))


NAMES = (
    ("Ada Lindqvist", "Ada"), ("Prince", ""), ("王小明", "小明"), ("محمد علي", "محمد"), ("J. Smith", "J."),
    ("JOHN HARGREAVES", "JOHN"), ("김민준", "민준"), ("Xiaoming (Michael) Wang", "Xiaoming (Michael)"),
    ("Maximiliana-Theodora Wolkenstein-Rodenegg-Trostburg of Lakeshore", "Maximiliana-Theodora"),
    ("Jan van der Berg", "Jan"), ("Siobhán O’Rourke", "Siobhán"), ("info@tern.example", ""),
    ("Dr. Lena Voss, PhD", "Lena"), ("Ольга Ветрова", "Ольга"), ("🚀 Sam Okoro 🚀", "🚀 Sam"),
    ("D'Angelo Reyes", "D'Angelo"),
)  # fmt: skip
ORGANISATIONS = (
    "Brightwater Foods Ltd", "Kolejka Labs", "Larkfield Studio", "Marlow Health", "Fenwick.io",
    "St. Brannock's Trust", "Self-employed", "", "N/A", "Stealth Startup", "Acme Brass, Inc.",
    "S.W.A.N. Group S.A.", "OAKMERE COUNCIL",
    "The Harbour Society for the Encouragement of Arts, Manufactures and Commerce", "eWillow",
    "Tern & Tide", "Wow! Cakes", "北海 有限公司", "Quill | Ink | Paper", "Nimbus (acquired by Cirrus)",
    "{broken} Name", "The Guild",
)  # fmt: skip
TITLES = (
    "Head of Insight", "", "Founder & CEO | Speaker | ex-Nimbus 🚀", "CTO", "Student",
    "Programme Director", "designer", "Illustrator", "Looking for new opportunities", "VP, Sales",
    "Geschäftsführer", "Professor of Botany at Wexcombe",
)  # fmt: skip
STORIES = (
    "", "", "Leeds Design Festival 2019", "conference in Berlin", "met at Anna's wedding",
    "Introduced by Ben", "university", "She was my neighbour.", "on the night train to Lisbon",
    "Workshop", "via Ben", "LinkedIn",
    "a very long story about a ferry, two bicycles, a dog, and the wrong hotel in Porto",
)  # fmt: skip
TOPICS = (
    "",
    "",
    "",
    "the move to Kraków",
    "hiring two analysts",
    "Her divorce",
    "half marathon",
    "Budget? [check]",
)
PLACES = ("", "Leeds, UK", "Kraków", "Greater London", "San Francisco Bay Area, California", "東京")
RELATIONS = ("", "", "client", "former colleague", "friend", "Met at an event")


CONTEXTS = (
    "", "", "", "Harbour plans", "Re: Your invoice 2024-113", "Lunch on Thursday?", "hi", "{broken} subject",
    "FWD: THE WHOLE TEAM", "Ünal's workshop notes", "[list] Tern & Tide v2.1.0", "北海 会議",
)  # fmt: skip


def crowd(size: int, seed: int = 1) -> list[Candidate]:
    """People of every sort, the same for the same seed."""
    lots = random.Random(seed)
    return [_anyone(n, lots) for n in range(1, size + 1)]


def _anyone(n: int, lots: random.Random) -> Candidate:
    name, given = lots.choice(NAMES)
    day = TODAY + timedelta(days=lots.randrange(365))
    return person(
        name, given, n, organisation=lots.choice(ORGANISATIONS), title=lots.choice(TITLES),
        place=lots.choice(PLACES),
        known_since=lots.choice((None, TODAY - timedelta(days=lots.randrange(30, 6000)))),
        source=lots.choice(("linkedin", "vcard", "user")),
        channels=lots.choice((("linkedin",), ("mail", "sms"))),
        important=lots.choice((0, 0, 0, 1, 2, 3)), relation=lots.choice(RELATIONS),
        how_met=lots.choice(STORIES),
        note_topic=lots.choice(TOPICS), cluster=lots.choice((0, 1, 2, 7)),
        birthday=lots.choice((None, PartialDate(None, day.month, day.day))),
        anniversary=lots.choice((None, None, PartialDate(2001, day.month, day.day))),
        history=lots.choice((None, None, history(TODAY - timedelta(days=lots.randrange(1, 2000))))),
        last_context=lots.choice(CONTEXTS), cadence=lots.choice((0, 0, 30)),
    )  # fmt: skip


def network(size: int, seed: int = 1) -> list[Candidate]:
    """A LinkedIn file: no messages, about three hundred employers."""
    lots = random.Random(seed)
    return [
        person(
            f"Person {n}", f"Person{n}", n, organisation=f"Firm {lots.randrange(300)}",
            title=lots.choice(TITLES), known_since=TODAY - timedelta(days=lots.randrange(90, 5000)),
            cluster=lots.choice((1, 1, 2, 6)),
        )
        for n in range(1, size + 1)
    ]  # fmt: skip
