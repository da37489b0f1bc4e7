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
    size: int
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
    Tie("quarterly", 44, (75, 105), (5, 58), (500, 990), WORK, KEPT),
    Tie("slipping", 48, (28, 85), (95, 340), (380, 720), PAST + WORK, KEPT),
    Tie("dormant", 74, (35, 120), (380, 820), (120, 270), PAST, WIDE),
    Tie("now and then", 60, (150, 320), (10, 420), (300, 660), PAST),
    Tie("once", 36, (0, 0), (40, 1000), (0, 0), ("met at an event", "past client", "supplier")),
    Tie("new", 12, (5, 15), (1, 20), (6, 60), ("met at an event",)),
    Tie("never yet", 80, (0, 0), (0, 0), (0, 0), ("", "", "", "past colleague", "met at an event")),
)
OWN_FIRMS = ("Studio", "Atelier", "& Daughters", "Partners", "Works", "Consulting", "Workshop")
TWICE, PLAIN = 6, 2  # people with a second card; of whom it has the same number, so that nobody need ask
# What people of a line of work (its place in FIELDS) need and offer, as the owner has noted it.
SAID: tuple[tuple[int, str, str], ...] = (
    (0, "need", "maps for a book of walks"), (0, "offer", "letterpress printing for small editions"),
    (0, "offer", "advice on foreign rights"), (0, "need", "a patient accountant"),
    (0, "interest", "marbled paper"), (1, "offer", "maps for books and walks"),
    (1, "need", "old harbour photographs"), (1, "offer", "data cleaning"), (2, "offer", "storage near the docks"),
    (2, "need", "lessons in Norwegian"), (2, "offer", "help with customs papers"), (3, "need", "a pastry chef"),
    (3, "offer", "a kitchen on Mondays"), (3, "need", "printed menus, letterpress if possible"),
    (3, "interest", "night trains"), (4, "need", "two analysts"), (4, "offer", "help with websites for small museums"),
    (4, "offer", "usability tests"), (5, "need", "someone who knows old bricks"),
    (5, "offer", "drawings for small extensions"), (5, "interest", "night trains"),
    (6, "need", "a website for the museum"), (6, "need", "storage for the umbrella show"),
    (6, "offer", "an archive of harbour photographs"), (7, "offer", "lessons in Norwegian"),
    (7, "need", "a fund for the dictionary of sea words"), (7, "interest", "marbled paper"),
    (8, "offer", "accounts for small publishers"), (8, "offer", "a fund for dictionaries and small presses"),
    (9, "need", "volunteers for the winter"), (9, "offer", "advice on grant applications"),
    (9, "need", "usability tests for a clinic"),
)  # fmt: skip
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
    ties = [tie for tie in TIES for _ in range(tie.size)]
    random.shuffle(ties)
    members = [_member(random, tie, draft, today) for tie, draft in zip(ties, _drafts(random, len(ties)), strict=True)]
    with_card = [place for place, member in enumerate(members) if member.card and member.card.phones]
    for turn, place in enumerate(random.sample(with_card, TWICE)):
        members[place] = members[place]._replace(second_card=_second(members[place], turn))
    return members


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
    """People whose names differ, each with a town and a job."""
    origins = [origin for origin in ORIGINS for _ in range(origin.share)]
    for given, family, town in ODD_NAMES:
        yield _Draft(given, family, town, "", *_job(random, family))
    seen: set[str] = set()
    while len(seen) < count - len(ODD_NAMES):
        origin = random.choice(origins)
        given, family, town = random.choice(origin.given), random.choice(origin.family), random.choice(origin.towns)
        if (name := f"{given} {family}") not in seen:
            seen.add(name)
            number = "".join(str(random.randrange(10)) if sign == "#" else sign for sign in origin.number)
            yield _Draft(given, family, town, number, *_job(random, family))


def _job(random: Random, family: str) -> tuple[Field, str, str]:
    """At a firm that others are at too, at one of their own, or at none."""
    field, chance = random.choice(FIELDS), random.random()
    if chance < 0.6 or " " in family or not family.isascii():
        return field, random.choice(field.firms), random.choice(field.posts)
    firm = f"{family} {random.choice(OWN_FIRMS)}" if chance < 0.94 else "Independent"
    return field, firm, random.choice(field.posts)


def _member(random: Random, tie: Tie, draft: _Draft, today: date) -> Member:
    relation = random.choice(tie.relations)
    # Those who are new were mostly met on the treadmill, seven to twelve weeks ago.
    met = 48 + random.randrange(20, 85) * 36 // 85 if tie.name == "new" else _long_ago(random, tie)
    on_linkedin = tie.name == "never yet" or random.random() < 0.72
    in_book = not on_linkedin or tie.name in FEATURED or random.random() < 0.45
    now = _on_linkedin(draft, today - timedelta(days=met), random.random() < 0.2) if on_linkedin else None
    moved = now is not None and tie.name != "new" and random.random() < 0.08
    return Member(
        tie=tie,
        name=draft.name,
        linkedin=now,
        linkedin_before=_a_year_ago(random, now, draft) if now and moved else now,
        card=_card(random, draft, linked=on_linkedin) if in_book else None,
        second_card=None,
        relation=relation,
        how_met=random.choice(MET[relation]) if relation and random.random() < 0.2 else "",
        trust=_trust(random, tie),
        important=random.choice((1, 2, 3)) if tie.circle == CLOSE and random.random() < 0.4 else 0,
        tags=_tags(random, draft, relation),
        note=random.choice(NOTES) if tie.every[0] and random.random() < 0.3 else "",
        field=draft.field,
    )


def _long_ago(random: Random, tie: Tie) -> int:
    return tie.quiet[1] + tie.lasted[1] + random.randrange(60, 2900)


def _trust(random: Random, tie: Tie) -> str:
    rungs = {
        "weekly": ("trusts", "opens"),
        "monthly": ("trusts", "knows", "opens"),
        "quarterly": ("knows", "trusts", ""),
    }
    return random.choice(rungs.get(tie.name, ("", "", "", "knows")))


def _tags(random: Random, draft: _Draft, relation: str) -> tuple[str, ...]:
    tags = [TAGS[relation]] if relation and random.random() < 0.6 else []
    if draft.town == "Lisbon":
        tags.append("Lisbon")
    if random.random() < 0.15:
        tags.append(random.choice(INTERESTS))
    return tuple(tags)


# What the sources say


def _plain(text: str) -> str:
    """As an address spells it: small Latin letters, hyphens between the words."""
    return "-".join("".join(c for c in fold(text) if c.isascii() and (c.isalnum() or c == " ")).split())


def _profile(draft: _Draft) -> str:
    slug = _plain(draft.name) or f"n{ord(draft.given[0])}{ord(draft.family[0])}"
    return f"https://www.linkedin.com/in/{slug}-example"


def _mail(draft: _Draft) -> str:
    name = ".".join(part for part in (_plain(draft.given), _plain(draft.family)[-20:].strip("-")) if part) or "hello"
    firm = _plain(draft.firm).replace("-", "") if draft.firm != "Independent" else "post"
    return f"{name}@{firm}.example"


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


def _card(random: Random, draft: _Draft, *, linked: bool) -> PersonRecord:
    """As a phone would export it. With a profile link where LinkedIn has them too: nothing else says who it is."""
    born = date(1955, 1, 1) + timedelta(days=random.randrange(0, 15000))
    year = born.year if random.random() < 0.4 else None
    return PersonRecord(
        where=1, name=draft.name, external_id=f"urn:example:{fold(draft.name)}", given=draft.given, family=draft.family,
        emails=(Value(_mail(draft), "work"),),
        phones=(Value(draft.number, "cell"),) if draft.number and random.random() < 0.75 else (),
        profiles=(Value(_profile(draft), "linkedin"),) if linked else (),
        organisation=draft.firm, title=draft.post,
        addresses=(Address(draft.town, "home", city=draft.town),) if random.random() < 0.8 else (),
        birthday=PartialDate(year, born.month, born.day) if random.random() < 0.6 else None,
        note=random.choice(NOTES) if random.random() < 0.2 else "",
    )  # fmt: skip


def _second(member: Member, turn: int) -> PersonRecord:
    """An older card of theirs, without a link: the first few by their number theirs, the others to be asked about."""
    assert member.card is not None  # only of those in the address book
    card, right = member.card, turn % 2 and turn >= PLAIN
    family = card.family if right else _misspelt(card.family)
    return card._replace(
        name=f"{card.given} {family}".strip(), family=family, external_id=f"{card.external_id}:old",
        emails=(Value(f"{_plain(card.given) or 'hello'}@oldpost.example", "home"),),
        phones=card.phones if turn < PLAIN else (), profiles=(), addresses=(), birthday=None, note="",
        title=f"Deputy {card.title}",
    )  # fmt: skip


def _misspelt(name: str) -> str:
    """As a thumb types it: the middle letter twice."""
    half = len(name) // 2
    return name[:half] + name[half - 1 : half] + name[half:]
