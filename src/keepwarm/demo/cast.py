"""Who is in the demo: people made of the invented world, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from keepwarm.core.names import fold
from keepwarm.core.people import Address, OwnFact, PartialDate, PersonRecord, Value
from keepwarm.demo.world import FIELDS, FORMER, INTERESTS, MET, NOTES, ODD_NAMES, ORIGINS, TAGS, Field

OWNER, OWNER_EMAIL = "Ines Duarte", "ines@example.com"


class Tie(NamedTuple):
    """How a group of people stands to the owner. All numbers are days, from and to."""

    name: str
    count: int
    every: tuple[int, int]  # from one exchange to the next; 0: there was only one, or none
    quiet: tuple[int, int]  # since the last
    lasted: tuple[int, int]  # from the first to the last
    relations: tuple[str, ...]
    circle: str = ""


CLOSE, KEPT, WIDE = "Close", "Kept", "Wide"
CIRCLES = ((CLOSE, 4), (KEPT, 13), (WIDE, 52))  # weeks
WORK = ("client", "client", "colleague", "supplier", "friend")
PAST = ("past client", "past client", "past colleague", "met at an event", "friend")
TIES = (
    Tie("weekly", 14, (6, 11), (1, 9), (500, 1080), ("friend", "friend", "colleague", "neighbour"), CLOSE),
    Tie("monthly", 26, (24, 38), (2, 34), (420, 1060), ("client", "friend", "mentor", "supplier"), CLOSE),
    Tie("quarterly", 44, (75, 105), (5, 100), (500, 990), WORK, KEPT),
    Tie("slipping", 48, (28, 85), (95, 340), (380, 720), PAST + WORK, KEPT),
    Tie("dormant", 74, (35, 120), (380, 820), (120, 270), PAST, WIDE),
    Tie("now and then", 60, (150, 320), (10, 420), (300, 660), PAST),
    Tie("once", 36, (0, 0), (40, 1000), (0, 0), ("met at an event", "past client", "supplier")),
    Tie("new", 12, (5, 15), (1, 20), (6, 60), ("met at an event",)),
    Tie("never yet", 80, (0, 0), (0, 0), (0, 0), ("", "", "", "past colleague", "met at an event")),
)
TWICE = 6  # people with a second card that nothing but the name ties to the first
FEATURED = frozenset({"weekly", "monthly", "quarterly", "slipping"})


class Member(NamedTuple):
    """One invented person, with what each source says and what the owner has noted."""

    tie: Tie
    name: str
    linkedin: PersonRecord | None  # as LinkedIn says now
    linkedin_before: PersonRecord | None  # and a year ago
    card: PersonRecord | None
    second_card: PersonRecord | None
    relation: str
    how_met: str
    trust: str
    important: int
    tags: tuple[str, ...]
    note: str
    town: str
    field: Field


class _Draft(NamedTuple):
    """A person before any source tells of them."""

    given: str
    family: str
    town: str
    number: str
    field: Field
    firm: str
    post: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()


def people(seed: int, today: date) -> list[Member]:
    """Everyone, in no telling order; three in four are on LinkedIn, more than half in the address book."""
    random = Random(seed)  # noqa: S311 - a cast, not a secret
    ties = [tie for tie in TIES for _ in range(tie.count)]
    random.shuffle(ties)
    drafts = _drafts(random, len(ties))
    twice = set(random.sample(range(len(ties)), TWICE))
    return [_member(random, tie, next(drafts), today, place in twice) for place, tie in enumerate(ties)]


def owner_facts() -> list[OwnFact]:
    """What LinkedIn's files say of Ines herself."""
    return [
        OwnFact("name", OWNER),
        OwnFact("headline", "Books, maps and printed things"),
        OwnFact("place", "Lisbon, Portugal"),
        OwnFact("email", OWNER_EMAIL),
        OwnFact("link", "https://www.linkedin.com/in/ines-duarte-example"),
        OwnFact("position", "Quayside Books", "Founder", "Lisbon", PartialDate(2021, 4)),
        OwnFact("position", FORMER[0], "Producer", "Lisbon", PartialDate(2016, 3), PartialDate(2021, 3)),
        OwnFact("position", FORMER[1], "Assistant", "Rotterdam", PartialDate(2012, 1), PartialDate(2016, 2)),
        OwnFact("school", "Universidade do Sado", "Modern languages", "", PartialDate(2007), PartialDate(2011)),
    ]


def _drafts(random: Random, count: int) -> Iterator[_Draft]:
    """Names that differ from each other, with a town and a job."""
    origins = [origin for origin in ORIGINS for _ in range(origin.share)]
    seen: set[str] = set()
    for given, family, town in ODD_NAMES:
        yield _Draft(given, family, town, "", *_job(random, former=False))
        count -= 1
    while len(seen) < count:
        origin = random.choice(origins)
        given, family, town = random.choice(origin.given), random.choice(origin.family), random.choice(origin.towns)
        number = "".join(str(random.randrange(10)) if sign == "#" else sign for sign in origin.number)
        if family not in seen and f"{given} {family}" not in seen:
            seen.add(f"{given} {family}")
            yield _Draft(given, family, town, number, *_job(random, former=random.random() < 0.03))


def _job(random: Random, *, former: bool) -> tuple[Field, str, str]:
    if former:
        firm = random.choice(FORMER)
        field = next(field for field in FIELDS if firm in field.firms)
    else:
        field = random.choice(FIELDS)
        firm = random.choice(field.firms) if random.random() < 0.9 else "Independent"
    return field, firm, random.choice(field.posts)


def _member(random: Random, tie: Tie, draft: _Draft, today: date, twice: bool) -> Member:
    relation = random.choice(tie.relations)
    known = today - timedelta(days=max(tie.quiet[1] + tie.lasted[1], 60) + random.randrange(0, 2900))
    if tie.name == "new":
        known = today - timedelta(days=random.randrange(20, 85))
    on_linkedin = tie.name == "never yet" or random.random() < 0.72
    card = _card(random, draft, today, linked=on_linkedin) if tie.name != "never yet" or not on_linkedin else None
    if card is None and tie.name in FEATURED:
        card = _card(random, draft, today, linked=on_linkedin)
    in_book = card if not on_linkedin or tie.name in FEATURED or random.random() < 0.5 else None
    now = _on_linkedin(draft, known, random.random() < 0.2) if on_linkedin else None
    moved = now is not None and tie.name != "new" and random.random() < 0.08
    return Member(
        tie=tie,
        name=draft.name,
        linkedin=now,
        linkedin_before=_a_year_ago(random, now, draft) if now and moved else now,
        card=in_book,
        second_card=_second(draft) if twice and in_book else None,
        relation=relation,
        how_met=random.choice(MET[relation]) if relation and random.random() < 0.4 else "",
        trust=_trust(random, tie),
        important=random.choice((1, 2, 3)) if tie.name in ("weekly", "monthly") and random.random() < 0.4 else 0,
        tags=_tags(random, draft, relation),
        note=random.choice(NOTES) if tie.every[0] and random.random() < 0.3 else "",
        town=draft.town,
        field=draft.field,
    )


def _trust(random: Random, tie: Tie) -> str:
    rungs = {"weekly": ("trusts", "opens"), "monthly": ("trusts", "knows", "opens"), "quarterly": ("knows", "trusts", "")}
    return random.choice(rungs.get(tie.name, ("", "", "", "knows")))


def _tags(random: Random, draft: _Draft, relation: str) -> tuple[str, ...]:
    tags = [TAGS[relation]] if relation and random.random() < 0.6 else []
    if draft.town == "Lisbon":
        tags.append("Lisbon")
    if random.random() < 0.15:
        tags.append(random.choice(INTERESTS))
    return tuple(tags)


# What the sources say


def _profile(draft: _Draft) -> str:
    """A LinkedIn address that no one has, in Latin letters as far as there are any."""
    slug = "-".join("".join(c for c in fold(draft.name) if c.isascii() and c.isalnum() or c == " ").split())
    return f"https://www.linkedin.com/in/{slug or f'example-{ord(draft.name[0])}'}-example"


def _mail(draft: _Draft) -> str:
    given = "".join(c for c in fold(draft.given) if c.isascii() and c.isalnum()) or "hello"
    firm = "".join(c for c in fold(draft.firm) if c.isascii() and c.isalnum())
    family = "".join(c for c in fold(draft.family) if c.isascii() and c.isalnum())
    return f"{given}@{firm}.example" if draft.firm != "Independent" else f"{given}@{family or given}.example"


def _on_linkedin(draft: _Draft, known: date, with_mail: bool) -> PersonRecord:
    profile = _profile(draft)
    return PersonRecord(
        where=1, name=draft.name, external_id=profile, given=draft.given, family=draft.family,
        emails=(Value(_mail(draft)),) if with_mail else (), profiles=(Value(profile, "linkedin"),),
        organisation=draft.firm, title=draft.post, known_since=known,
    )  # fmt: skip


def _a_year_ago(random: Random, now: PersonRecord, draft: _Draft) -> PersonRecord:
    """Before they changed: the post below in the same firm, or the same post elsewhere."""
    if random.random() < 0.5:
        return now._replace(title=f"Deputy {draft.post}")
    return now._replace(organisation=random.choice([firm for firm in draft.field.firms if firm != draft.firm]))


def _card(random: Random, draft: _Draft, today: date, *, linked: bool) -> PersonRecord:
    """As a phone would export it. With a profile link where LinkedIn has them too: nothing else says who it is."""
    born = date(1955, 1, 1) + timedelta(days=random.randrange(0, 15000))
    year = born.year if random.random() < 0.4 else None
    country = ("", "", "", draft.town, "", "", "")
    return PersonRecord(
        where=1, name=draft.name, external_id=f"urn:example:{fold(draft.name)}", given=draft.given, family=draft.family,
        emails=(Value(_mail(draft), "work"),),
        phones=(Value(draft.number, "cell"),) if draft.number and random.random() < 0.75 else (),
        profiles=(Value(_profile(draft), "linkedin"),) if linked else (),
        organisation=draft.firm, title=draft.post if random.random() < 0.5 else "",
        addresses=(Address(draft.town, "home", *country[2:]),) if random.random() < 0.8 else (),
        birthday=PartialDate(year, born.month, born.day) if random.random() < 0.6 else None,
        note=random.choice(NOTES) if random.random() < 0.2 else "",
    )  # fmt: skip


def _second(draft: _Draft) -> PersonRecord:
    """An older card of the same person: another address, another number, no link."""
    given = "".join(c for c in fold(draft.given) if c.isascii() and c.isalnum()) or "hello"
    return PersonRecord(
        where=1, name=draft.name, external_id=f"urn:example:{fold(draft.name)}:old", given=draft.given,
        family=draft.family, emails=(Value(f"{given}@oldpost.example", "home"),), organisation=draft.firm,
    )  # fmt: skip
