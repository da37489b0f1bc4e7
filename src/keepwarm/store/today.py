"""Today's three: chosen once a day, kept, and changed only by what the user does with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from keepwarm.core import balance_words, rhythm
from keepwarm.core.facts import Reach
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, History, Owner, Wish
from keepwarm.core.reconnect.choose import GAP, SLOTS, Choice, choose, swap
from keepwarm.core.reconnect.factors import DORMANT, Signals
from keepwarm.core.reconnect.rank import rank
from keepwarm.core.reconnect.reasons import reasons, short, words
from keepwarm.models import Draft, Fact, Item, Person, Pick, SourceRecord, Space, Summary, Touch, User
from keepwarm.store import matching, moments, people, promises, shelf, touches
from keepwarm.store.bulk import Among

SIZE = 3
TIES = 200  # the strongest: a fresh reason at most doubles a score, and those with birthdays are looked up apart
POOL = 400  # of those without messages, the best standing, the least proposed first
FAR = 60  # of the deepest ties that have been silent over a year
NEAR = 200  # of those at the owner's own employers
BIRTHDAYS = 60
HEARD = 120  # of those of whom something was heard last
WANTED = 60
SOON = timedelta(days=10)
ONE_THREAD = timedelta(days=30)
State = Pick.State
ACTIVE = (State.SHOWN, State.SENT, State.TALKED)


def stored(space: Space, user: User | None, day: date) -> list[Pick]:
    """The picks of a day that are on the page, in their places."""
    held = Pick.objects.filter(space=space, user=user, day=day, state__in=ACTIVE, person__deleted_at=None)
    return list(held.select_related("person", "person__summary", "person__circle", "touch").order_by("position"))


def of_day(space: Space, user: User | None, owner: Owner, day: date, now: datetime) -> list[Pick]:
    """The set of the present day: as stored, else chosen now and kept; a short set is filled up."""
    held = stored(space, user, day)
    if len(held) >= SIZE:
        return held
    try:
        with transaction.atomic():
            if fresh := _fill(space, user, owner, day, now, held):
                return sorted(held + fresh, key=lambda pick: pick.position)
    except IntegrityError:  # another tab has just chosen the same day: its set stands
        return stored(space, user, day)
    return held


def for_day(space: Space, owner: Owner, day: date, viewer: User | None = None) -> list[Choice]:
    """What would be chosen for a day, as of what is known now; nothing is kept."""
    return choose(rank(candidates(space, owner, day, viewer), owner, day), day, size=SIZE)


def _fill(space: Space, user: User | None, owner: Owner, day: date, now: datetime, held: list[Pick]) -> list[Pick]:
    """Choose for the places that nobody stands in."""
    ranked = rank(candidates(space, owner, day, user), owner, day)
    if not held:
        chosen = list(enumerate(choose(ranked, day, size=SIZE)))
        return _keep(space, user, owner, day, now, chosen)
    fresh, beside = [], [_as_choice(pick) for pick in held]
    for place in sorted(set(range(SIZE)) - {pick.position for pick in held})[: SIZE - len(held)]:
        if choice := swap(ranked, beside, SLOTS[place], day):
            beside.append(choice)
            fresh.append((place, choice))
    return _keep(space, user, owner, day, now, fresh)


def _as_choice(pick: Pick) -> Choice:
    """A pick on the page, as far as choosing beside it needs to know."""
    who = Candidate(id=pick.person_id, name=pick.person.name, organisation_key=pick.person.organisation_key)
    lead = str(pick.reasons[0]["kind"]) if pick.reasons else ""
    return Choice("", who, pick.score, Signals(0, 0, 0, 0, 0, 0, 0), lead)


def _keep(
    space: Space, user: User | None, owner: Owner, day: date, now: datetime, chosen: list[tuple[int, Choice]]
) -> list[Pick]:
    """Write these choices down as shown, each in its place, and the people as proposed once more."""
    ids = [choice.candidate.id for _, choice in chosen]
    known = candidates_of(ids, space, user)
    Person.objects.filter(id__in=ids).update(suggestions=F("suggestions") + 1, suggested_on=day)
    people = Person.objects.select_related("summary", "circle").in_bulk(ids)
    return Pick.objects.bulk_create(
        [
            Pick(
                space=space, user=user, person=people[choice.candidate.id], day=day, position=place, slot=choice.slot,
                score=choice.score, made_at=now, **_as_known(known[choice.candidate.id], owner, day),
            )
            for place, choice in chosen
        ]
    )  # fmt: skip


def _as_known(who: Candidate, owner: Owner, day: date) -> dict[str, Any]:
    """Of a pick, what later changes do not rewrite: why it was made, and how it was before."""
    return {
        "reasons": reasons_told(who, owner, day),
        "silence": (day - who.history.last).days if who.history else None,
        "before": {"suggested_on": _iso(who.suggested_on)},
    }


def reasons_told(who: Candidate, owner: Owner, day: date) -> list[dict[str, Any]]:
    """The reasons in words, as they are kept with a pick: later changes do not rewrite why it was made."""
    return [
        {"kind": r.kind, "text": words(r, who), "short": short(r), "source": r.source, "date": _iso(r.date)}
        for r in reasons(who, owner, day)
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


# Candidates


COLUMNS = (
    "id", "name", "given", "title", "organisation", "organisation_key", "place", "known_since", "reach", "important",
    "trust",    "relation", "how_met", "birthday", "suggestions", "suggested_on", "summary__weeks", "summary__sent",
    "summary__received", "summary__answers", "summary__unanswered", "summary__ambient90", "summary__first_on",
    "summary__last_on", "summary__gap_middle", "hello_wanted_on", "cadence", "tag_cadence", "circle__cadence",
    "in_touch_since",
)  # fmt: skip


def candidates(space: Space, owner: Owner, day: date, viewer: User | None = None) -> list[Candidate]:
    """The few hundred worth ranking: the wanted, those of whom `viewer` asked to be reminded, the strongest ties, the
    best standing of all others, the owner's former colleagues, birthdays soon."""
    open_to = Person.objects.of(space).may_be_suggested(day, timedelta(days=GAP))
    rows: dict[UUID, tuple[Any, ...]] = {}
    here = Person.objects.of(space)
    wanted = here.wanted(day)[:WANTED], here.reminded(day, _own_wishes(viewer))[:WANTED]
    for part in (*wanted, *_pools(space, open_to, owner, day)):
        rows |= {row[0]: row for row in part.values_list(*COLUMNS)}
    clusters = _clusters(space, {row[5] for row in rows.values()} - {""})
    sources, wishes = _sources(rows), promises.wishes(space, rows, viewer)
    heard = moments.heard(space, rows)
    return [
        _candidate(row, clusters, sources, wishes.get(id))._replace(moments=heard.get(id, ()))
        for id, row in rows.items()
    ]


def _own_wishes(viewer: User | None) -> Q:
    """A wish is its author's alone; of a space that nobody has claimed yet, anyone's."""
    return Q(promises__author=None) | Q(promises__author=viewer) if viewer else Q(promises__author=None)


def candidates_of(
    ids: Iterable[UUID], space: Space, viewer: User | None, day: date | None = None
) -> dict[UUID, Candidate]:
    """These people as judgement and drafts see them, with no word that `viewer` may not read; where a letter may be
    written, on that `day`, with what on the shelf suits them best."""
    rows = list(Person.objects.of(space).filter(id__in=list(ids)).values_list(*COLUMNS))
    clusters = _clusters(space, {row[5] for row in rows} - {""})
    sources = _sources([row[0] for row in rows])
    stated, topics = _stated(rows), _topics(space, [row[0] for row in rows], viewer)
    about = _contexts(space, [row[0] for row in rows], viewer)
    heard = moments.heard(space, [row[0] for row in rows])
    wishes = promises.wishes(space, [row[0] for row in rows], viewer)
    gifts = matching.gifts(space, [row[0] for row in rows], viewer, day) if day else {}
    return {
        row[0]: _candidate(row, clusters, sources, wishes.get(row[0]))._replace(
            gift=gifts.get(row[0]),
            note_topic=topics.get(row[0], ""),
            moments=heard.get(row[0], ()),
            **about.get(row[0], {}),
            **stated[row[0]],
        )
        for row in rows
    }


STATED = ("known_since", "birthday", "anniversary", "organisation", "title", "address")


def _stated(rows: list[tuple[Any, ...]]) -> dict[UUID, dict[str, Any]]:
    """By person, for Candidate: who states what is shown of them and when, and their anniversary."""
    shown = {
        row[0]: {"known_since": str(row[7]), "birthday": row[12], "organisation": row[4], "title": row[3]}
        for row in rows
    }
    found: dict[UUID, dict[str, Any]] = {id: {"stated": {}} for id in shown}
    held = Fact.objects.filter(person__in=list(shown), field__in=STATED, ended_at=None).order_by("-seen_at")
    for id, field, value, source, seen in held.values_list("person_id", "field", "value", "source", "seen_at"):
        if shown[id].get(field, value) == value:
            found[id]["stated"].setdefault(field, (source, seen.date()))
        if field == "anniversary":
            found[id].setdefault("anniversary", PartialDate.of(value))
    return found


def _topics(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, str]:
    """What the owner wrote down of the last time they spoke."""
    seen = Touch.objects.filter(space=space).seen_by(viewer)
    said = seen.filter(person__in=ids, deleted_at=None).exclude(line="").order_by("at")
    return dict(said.values_list("person_id", "line"))


def _contexts(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, dict[str, Any]]:
    """By person, for Candidate: what they and the owner were last in touch about; a hello of ours tells nothing of it,
    and what was long before the last word is no longer it."""
    mine = Touch.objects.filter(space=space, person=OuterRef("id"), deleted_at=None, ambient=False).seen_by(viewer)
    last = mine.filter(kind="").exclude(context="").order_by("-at").values("id")[:1]
    found = Person.objects.of(space).filter(id__in=ids).annotate(last=Subquery(last)).values("last")
    held = Touch.objects.filter(id__in=found).values_list("person_id", "context", "at", "person__summary__last_on")
    told = ((person, context, timezone.localtime(at).date(), end) for person, context, at, end in held)
    return {
        person: {"last_context": context, "last_context_on": on}
        for person, context, on, end in told if end is None or end - on <= ONE_THREAD
    }  # fmt: skip


def _pools(space: Space, open_to: QuerySet[Person], owner: Owner, day: date) -> Iterable[QuerySet[Person]]:
    strong = _strongest(space, open_to, day)
    yield Person.objects.filter(Among(F("id"), strong))
    if len(strong) < TIES:  # of all others many are to be had, and quickly; elsewhere nobody would get to them
        yield open_to.exclude(summary__depth__gt=0)[:POOL]
    if employers := {position.organisation_key for position in owner.positions} - {""}:
        yield open_to.filter(organisation_key__in=employers)[:NEAR]
    yield open_to.filter(moments.round_between(day, day + SOON))[:BIRTHDAYS]
    if heard := moments.lately(space, day, HEARD):
        yield open_to.filter(Among(F("id"), heard))


def _strongest(space: Space, open_to: QuerySet[Person], day: date) -> list[UUID]:
    """The strongest ties, and of those silent over a year the deepest, as far as they may be suggested.

    More are looked up than are taken, by their summaries alone: some rest, were proposed lately or have no address.
    """
    ties = Summary.objects.filter(space=space)
    best = ties.strongest(day, timedelta(days=GAP)).values_list("person_id", flat=True)[: 2 * TIES]
    far = ties.silent(day, timedelta(days=DORMANT)).order_by("-depth").values_list("person_id", flat=True)[: 2 * FAR]
    ready = set(open_to.filter(Among(F("id"), {*best, *far})).order_by().values_list("id", flat=True))
    return [*[id for id in best if id in ready][:TIES], *[id for id in far if id in ready][:FAR]]


def _clusters(space: Space, employers: set[str]) -> dict[str, int]:
    """How many people the owner knows at each of these organisations."""
    known = Person.objects.of(space).here().filter(Among(F("organisation_key"), employers))
    return dict(known.values_list("organisation_key").annotate(Count("id")).order_by())


def _sources(ids: Iterable[UUID]) -> dict[UUID, tuple[str, date]]:
    """Who told of each person last, and when."""
    rows = SourceRecord.objects.filter(Among(F("person"), list(ids))).order_by("seen_at")
    return {person: (source, seen.date()) for person, source, seen in rows.values_list("person", "source", "seen_at")}


def _candidate(
    row: tuple[Any, ...], clusters: dict[str, int], sources: dict[UUID, tuple[str, date]], wish: Wish | None
) -> Candidate:
    (
        id, name, given, title, organisation, key, place, known_since, reach, important, trust, relation, how_met,
        birthday, suggestions, suggested_on, weeks, sent, received, answers, unanswered, ambient90, first, last, gap,
        wanted, own, tag, circle, in_touch,
    ) = row  # fmt: skip
    source, source_date = sources.get(id, ("user", None))
    return Candidate(
        id=id, name=name, given=given, title=title, organisation=organisation, organisation_key=key, place=place,
        known_since=known_since, source=source, source_date=source_date, channels=Reach(reach).channels,
        important=important, trust=trust, relation=relation, how_met=how_met, birthday=PartialDate.of(birthday),
        cluster=clusters.get(key, 0), suggestions=suggestions, suggested_on=suggested_on, unanswered=unanswered or 0,
        wanted=wanted, wish=wish, cadence=rhythm.cadence(own, tag, circle) or 0, in_touch=in_touch,
        history=History(weeks, sent, received, answers, ambient90, first, last, gap) if last else None,
    )  # fmt: skip


# What the user does with a pick


def _state(pick: Pick) -> str | None:
    """As it stands by now, and held until the end: of two clicks at once the second comes to what the first did."""
    return Pick.objects.select_for_update().filter(id=pick.id).values_list("state", flat=True).first()


@transaction.atomic
def sent(
    pick: Pick,
    channel: str,
    kind: str,
    subject: str,
    now: datetime,
    *,
    name: str = "",
    body: str = "",
    gift: Item | None = None,
) -> Touch | None:
    """The user has sent it: a touch, and the pick is done. Their drafts are kept with it for undo.

    `name` is the shape by which it was made; `body` only tells whether it asks for something, and is not
    kept; `gift` is what of the shelf came with it.

    None, and nothing done, where the pick is no longer open; so it is with `talked` and `pass_over`.
    """
    if _state(pick) != State.SHOWN:
        return None
    touch = touches.log(
        pick.person,
        pick.user,
        now,
        now,
        channel=channel,
        direction="out",
        kind=kind,
        shape=name,
        balance=balance_words.of_letter(kind, body),
        context=subject,
    )
    if gift:
        shelf.given_with(gift, touch, now)
    drafts = Draft.objects.filter(space_id=pick.space_id, user=pick.user, person=pick.person)
    kept = list(drafts.values("shape", "subject", "body"))
    drafts.delete()
    _decide(pick, State.SENT, now, touch=touch, drafts=kept)
    return touch


@transaction.atomic
def talked(pick: Pick, at: datetime, now: datetime) -> Touch | None:
    """They have talked already, on another road."""
    if _state(pick) != State.SHOWN:
        return None
    touch = touches.log(pick.person, pick.user, at, now, channel="other", direction="both")
    _decide(pick, State.TALKED, now, touch=touch)
    return touch


@transaction.atomic
def pass_over(pick: Pick, state: str, owner: Owner, now: datetime, weeks: int = 0) -> Pick | None:
    """Swap, not now or never: the person goes as the user said, and someone else takes the place."""
    if _state(pick) != State.SHOWN:
        return None
    held = {"rests_until": _iso(pick.person.rests_until), "never": pick.person.never}
    if state == State.NOT_NOW:
        people.rest(pick.person, pick.day, weeks)
    if state == State.NEVER:
        people.keep_out(pick.person, never=True)
    _decide(pick, state, now, person=held)
    others = [other for other in stored(pick.space, pick.user, pick.day) if other.id != pick.id]
    fresh = _fill(pick.space, pick.user, owner, pick.day, now, others)
    return next((new for new in fresh if new.position == pick.position), None)


@transaction.atomic
def undo(pick: Pick, now: datetime) -> None:
    """Put a pick back as it was shown; the one that took its place leaves, unless it has been acted on."""
    if _state(pick) in (None, State.SHOWN):
        return
    if pick.touch:
        touches.forget(pick.touch, now)
    for draft in pick.before.get("drafts", []):
        Draft.objects.update_or_create(
            space_id=pick.space_id, user=pick.user, person=pick.person, shape=draft["shape"],
            defaults={"subject": draft["subject"], "body": draft["body"], "saved_at": now},
        )  # fmt: skip
    if held := pick.before.get("person"):
        Person.objects.filter(id=pick.person_id).update(rests_until=_day(held["rests_until"]), never=held["never"])
    _make_room(pick)
    pick.state, pick.touch, pick.decided_at = State.SHOWN, None, None
    pick.save()


def _decide(pick: Pick, state: str, now: datetime, touch: Touch | None = None, **before: Any) -> None:
    pick.state, pick.decided_at, pick.touch = state, now, touch
    pick.before |= before
    pick.save()


def _make_room(pick: Pick) -> None:
    """Take away the one who stands in the pick's place; where they have been acted on, take a new place."""
    day = Pick.objects.filter(space_id=pick.space_id, user=pick.user, day=pick.day, state__in=ACTIVE)
    there = day.filter(position=pick.position).exclude(id=pick.id).first()
    if there is None:
        return
    if there.state == State.SHOWN:
        _withdraw(there)
    else:
        pick.position = (day.aggregate(last=Max("position"))["last"] or 0) + 1


def _withdraw(pick: Pick) -> None:
    """As if this person had never been proposed."""
    Person.objects.filter(id=pick.person_id).update(
        suggestions=F("suggestions") - 1, suggested_on=_day(pick.before.get("suggested_on", ""))
    )
    pick.delete()
