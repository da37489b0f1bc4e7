"""Give before you ask: something to read, someone to meet, a kind word; what is at hand of each, and for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import moments as core
from keepwarm.core import shelf as core_shelf
from keepwarm.models import Item, Membership, Person, Photo, Space
from keepwarm.store import letters, matching, occasions, people, shapes, shelf, spaces
from keepwarm.store import moments as stored
from keepwarm.store.matching import Match
from keepwarm.store.moments import Open
from keepwarm.web import access, introductions, letter, moments, rows
from keepwarm.web import shelf as shelf_pages

SHEETS, EACH = 3, 2
LOOKED_AT = 12  # the newest of the shelf, for three that suit someone
ASIDE = 4  # matches of an item, so that nobody has to stand under each of the three
WORDS = 5
LONGEST_TAKE, LONGEST_LINE = 110, 90
ONE_WEEK = timedelta(days=7)


class Reader(NamedTuple):
    """Someone who would like an item."""

    person: rows.Face
    why: str
    words: tuple[str, ...]
    url: str


class Sheet(NamedTuple):
    """An item, and for whom it is."""

    id: UUID
    title: str
    source: str
    take: str
    readers: list[Reader]


class Word(NamedTuple):
    """A moment of someone, and how a letter about it begins."""

    person: rows.Face
    what: str
    line: str
    url: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member, day = access.membership(request), timezone.localdate()
    sheets, saved = _sheets(member, day)
    words, open_now, of_week = _kind_words(member, day)
    context = {
        "sheets": sheets,
        "saved": saved,
        "matches": sum(len(sheet.readers) for sheet in sheets),
        **introductions.meet(request),
        "words": words,
        "more_words": open_now - len(words),
        "all_of_week": of_week,
        "anybody": bool(words) or people.anybody(member.space),
    }
    return render(request, "give/page.html", context)


# Something to read


def _sheets(member: Membership, day: date) -> tuple[list[Sheet], int]:
    """Of the newest the three that suit someone, then the newest; and how many there are on the shelf."""
    held = shelf.listed(member.space, member.user, count=LOOKED_AT)
    suiting = matching.for_items(member.space, held.items, member.user, day, ASIDE)
    first = sorted(held.items, key=lambda item: item.id not in suiting)[:SHEETS]  # stable: the newest first
    likers = spread({item.id: suiting.get(item.id, []) for item in first})
    faces = _faces(member.space, {match.person for some in likers.values() for match in some}, day)
    return [_sheet(item, likers[item.id], faces, day) for item in first], held.total


def spread(suiting: Mapping[UUID, list[Match]]) -> dict[UUID, list[Match]]:
    """Two to each item, the best; but who stands under one already comes under another only where nobody else does."""
    there: set[UUID] = set()
    found = {}
    for item, matches in suiting.items():
        others = sorted(matches, key=lambda match: match.person in there)[:EACH]
        found[item] = [match for match in others if match.person not in there] or others[:1]
        there |= {match.person for match in found[item]}
    return found


def _sheet(item: Item, matches: Iterable[Match], faces: Mapping[UUID, rows.Face], day: date) -> Sheet:
    readers = [
        Reader(faces[match.person], match.why, match.words, reverse("shelf_letter", args=[item.id, match.person]))
        for match in matches
        if match.person in faces
    ]
    return Sheet(item.id, item.title, shelf_pages.src(item, day), _short(letter.take(item), LONGEST_TAKE), readers)


def _short(text: str, most: int) -> str:
    """Whole words of it; a quotation stays one."""
    if len(text) <= most:
        return text
    end = "”" if text.endswith("”") else ""
    return text[:most].rpartition(" ")[0].rstrip(",.;:–-") + f"…{end}"


# A kind word


def _kind_words(member: Membership, day: date) -> tuple[list[Word], int, bool]:
    """The moments of this week, then the freshest; how many are open in all, and whether all shown are of this week."""
    owner = spaces.owner_facts(member.space, member)
    groups = stored.open_on(member.space, day, owner, WORDS)
    shown = _chosen([one for group in groups for one in group.shown], day)
    ids = [one.person for one in shown]
    known, own = occasions.recipients(ids, member.space, member.user, day), shapes.in_use(member.space, member.user)
    faces, ways = _faces(member.space, ids, day), letters.links(ids)
    words = []
    for turn, one in enumerate(shown):
        who = letter.told_of(known[one.person], one.moment)
        written = letters.write(who, owner, day, letters.primary(ways[one.person]), {}, turn, own=own)
        words.append(_word(one, faces[one.person], written, day))
    return words, sum(group.size for group in groups), all(_of_week(one, day) for one in shown)


def _chosen(every: Iterable[Open], day: date) -> list[Open]:
    """One a person, and of each kind one before a second of any; those of this week first, then the closest."""
    held: dict[UUID, Open] = {}
    for one in sorted(every, key=lambda one: (not _of_week(one, day), _days(one, day), one.name)):
        held.setdefault(one.person, one)
    seen: Counter[str] = Counter()
    turns = []
    for one in held.values():
        turns.append(seen[one.moment.kind])
        seen[one.moment.kind] += 1
    return [one for _, one in sorted(zip(turns, held.values(), strict=True), key=lambda pair: pair[0])][:WORDS]


def _of_week(one: Open, day: date) -> bool:
    """It comes round within a week, or has just happened or become known."""
    if one.moment.kind in core.COMES_ROUND:
        return one.moment.on is None or one.moment.on <= day + ONE_WEEK
    return day - (one.moment.found_on or day) < ONE_WEEK


def _days(one: Open, day: date) -> int:
    return abs(((one.moment.on or one.moment.found_on or day) - day).days)


def _word(one: Open, face: rows.Face, written: list[letters.Letter], day: date) -> Word:
    asked = urlencode({"kind": one.moment.kind, "key": one.moment.key, "from": "give"})
    url = f"{reverse('congratulate', args=[one.person])}?{asked}"
    bodies = {made.kind: made.body for made in reversed(written)}
    body = bodies.get("congratulate") or bodies.get("hello", "")
    return Word(face, moments.brief(one.moment, day), core_shelf.cut(first_line(body), LONGEST_LINE), url)


def first_line(body: str) -> str:
    """What a letter says first, after its greeting."""
    paragraphs = body.split("\n\n")
    return " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""


def _faces(space: Space, ids: Iterable[UUID], day: date) -> dict[UUID, rows.Face]:
    wanted = set(ids)
    held = Person.objects.of(space).filter(id__in=wanted).select_related("summary", "circle")
    photos = set(Photo.objects.filter(person__in=wanted).values_list("person_id", flat=True))
    return {person.id: rows.face(person, day, with_photo=person.id in photos) for person in held}
