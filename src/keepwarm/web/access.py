"""Who may see what: the row for this user, or 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from keepwarm.core.facts import USER
from keepwarm.models import (
    Account,
    Action,
    Arrival,
    Ask,
    Channel,
    Door,
    Event,
    Feed,
    FirstMeeting,
    ImportRun,
    Introduction,
    Item,
    Magazine,
    Membership,
    Merge,
    Moment,
    Note,
    OwnShape,
    Person,
    Phrase,
    Pick,
    Promise,
    Share,
    Space,
    Step,
    Stranger,
    Touch,
    User,
    Visit,
)
from keepwarm.store import accounts, introductions, reminders
from keepwarm.store.answers import ANSWERED
from keepwarm.store.dig import DIG
from keepwarm.store.many import KINDS
from keepwarm.store.reminders import REMINDERS
from keepwarm.store.rewording import WORDS
from keepwarm.store.settings import CIRCLES, SETTINGS, TAGS
from keepwarm.store.verdicts import JUDGED
from keepwarm.web import dates


class SpaceMiddleware:
    """Sets the request's membership, looked up when first asked for, the user's time zone and way with dates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _membership(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        spoken = request.headers.get("Accept-Language", "")
        if request.user.is_authenticated:
            timezone.activate(zone(membership(request).time_zone))
            dates.activate(membership(request).language, spoken)
        else:
            timezone.deactivate()
            dates.activate("", spoken)


def zone(name: str) -> ZoneInfo:
    """A time zone by name; this machine's where the name is empty or unknown here."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def _membership(request: HttpRequest) -> Membership:
    found = Membership.objects.select_related("space", "user").filter(user=user(request)).order_by("made_at").first()
    if found is None:
        raise Http404("This account has no network yet.")
    return found


def membership(request: HttpRequest) -> Membership:
    found: Membership = request.membership  # type: ignore[attr-defined]
    return found


def preferences(request: HttpRequest) -> dict[str, Any]:
    """For every template: `preferences`, how the one who is signed in likes to work. None for anyone else."""
    return {"preferences": SimpleLazyObject(lambda: _preferences(request))}


def _preferences(request: HttpRequest) -> Membership | None:
    asker = getattr(request, "user", None)  # a request may be refused before it has a user
    if asker is None or not asker.is_authenticated:
        return None
    try:
        found: Membership = membership(request)
        found.theme  # noqa: B018 - looked up now, so that an account without a network is none here too
    except Http404:
        return None
    return found


def user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # LoginRequiredMiddleware has seen to it
    return request.user


def space(request: HttpRequest) -> Space:
    return membership(request).space


def person(request: HttpRequest, id: UUID) -> Person:
    """With what their warmth is told by."""
    here = Person.objects.of(space(request)).here().select_related("summary", "circle")
    return get_object_or_404(here, id=id)


def person_anywhere(request: HttpRequest, id: UUID) -> Person:
    """Also one in the trash."""
    return get_object_or_404(Person.objects.of(space(request)), id=id)


def run(request: HttpRequest, id: UUID) -> ImportRun:
    """An import. What an account has brought is its user's alone, and shown with the account."""
    return get_object_or_404(ImportRun.objects.filter(space=space(request), account=None), id=id)


def account(request: HttpRequest, id: UUID, *kinds: str) -> Account:
    """A mailbox or calendar of this user's own."""
    mine = accounts.of(space(request), user(request))
    return get_object_or_404(mine.filter(kind__in=kinds or Account.Kind.values), id=id)


def channel(request: HttpRequest, id: UUID) -> Channel:
    """A way to reach this user."""
    return get_object_or_404(reminders.channels(membership(request)), id=id)


def reminder_change(request: HttpRequest, id: UUID) -> Action:
    """A change that this user made to how they are reminded."""
    mine = Action.objects.filter(space=space(request), user=user(request), what=REMINDERS)
    return get_object_or_404(mine, id=id)


def pick(request: HttpRequest, id: UUID) -> Pick:
    """A pick of this user's own days."""
    mine = Pick.objects.select_related("person", "touch").filter(space=space(request), user=user(request))
    return get_object_or_404(mine.filter(person__deleted_at=None), id=id)


def step(request: HttpRequest, id: UUID) -> Step:
    """Someone in a session of this user's own."""
    mine = Step.objects.select_related(
        "person", "person__circle", "session", "session__space", "session__user", "touch"
    )
    return get_object_or_404(
        mine.filter(space=space(request), session__user=user(request), person__deleted_at=None), id=id
    )


def setting(request: HttpRequest, id: UUID) -> Action:
    """A change of settings that this user made."""
    mine = Action.objects.filter(space=space(request), user=user(request), what__in=(SETTINGS, CIRCLES, TAGS))
    return get_object_or_404(mine, id=id)


def words_change(request: HttpRequest, id: UUID) -> Action:
    """A change that this user made to where letters are said otherwise."""
    mine = Action.objects.filter(space=space(request), user=user(request), what=WORDS)
    return get_object_or_404(mine, id=id)


def touch(request: HttpRequest, id: UUID) -> Touch:
    """Not one that someone else keeps to themselves; so of notes."""
    seen = Touch.objects.filter(space=space(request)).seen_by(user(request))
    return get_object_or_404(seen.select_related("person"), id=id)


def moment(request: HttpRequest, id: UUID) -> Moment:
    """Something that happened, as one of the space has noted it by hand."""
    return get_object_or_404(Moment.objects.of(space(request)).filter(source=USER).select_related("person"), id=id)


def event(request: HttpRequest, id: UUID) -> Event:
    return get_object_or_404(Event.objects.filter(space=space(request)), id=id)


def first_meeting(request: HttpRequest, id: UUID) -> FirstMeeting:
    held = FirstMeeting.objects.filter(space=space(request), person__deleted_at=None)
    return get_object_or_404(held.select_related("person"), id=id)


def feed(request: HttpRequest, id: UUID) -> Feed:
    return get_object_or_404(Feed.objects.filter(space=space(request), person__deleted_at=None), id=id)


def visit(request: HttpRequest, id: UUID) -> Visit:
    """A visit of this user's own."""
    mine = Visit.objects.filter(space=space(request), user=user(request))
    return get_object_or_404(mine.select_related("person", "touch"), id=id)


def promise(request: HttpRequest, id: UUID) -> Promise:
    """As of touches; not one of somebody in the trash."""
    seen = Promise.objects.of(space(request)).seen_by(user(request)).filter(person__deleted_at=None)
    return get_object_or_404(seen.select_related("person"), id=id)


def phrase(request: HttpRequest, id: UUID) -> Phrase:
    """As of touches; not one of somebody in the trash."""
    seen = Phrase.objects.of(space(request)).seen_by(user(request))
    return get_object_or_404(seen.select_related("person", "person__space"), id=id)


def introduction(request: HttpRequest, id: UUID) -> Introduction:
    """One that may be looked at; not of somebody in the trash, nor of two who have become one."""
    return get_object_or_404(introductions.seen(space(request), user(request)).select_related("space"), id=id)


def own_introduction(request: HttpRequest, id: UUID) -> Introduction:
    """One that this user has in hand."""
    return get_object_or_404(introductions.mine(space(request), user(request)).select_related("space"), id=id)


def item(request: HttpRequest, id: UUID) -> Item:
    """As of touches."""
    seen = Item.objects.of(space(request)).seen_by(user(request))
    return get_object_or_404(seen.select_related("space", "author"), id=id)


def share(request: HttpRequest, id: UUID) -> Share:
    """Of an item that this user may see; not one of somebody in the trash."""
    held = Share.objects.filter(space=space(request), person__deleted_at=None)
    seen = Item.objects.of(space(request)).seen_by(user(request))
    return get_object_or_404(held.filter(item__in=seen).select_related("person", "item", "touch__person"), id=id)


def magazine(request: HttpRequest, id: UUID) -> Magazine:
    return get_object_or_404(Magazine.objects.filter(space=space(request)), id=id)


def arrival(request: HttpRequest, id: UUID) -> Arrival:
    held = Arrival.objects.filter(space=space(request)).select_related("magazine", "space")
    return get_object_or_404(held, id=id)


def own_shape(request: HttpRequest, id: UUID, *, removed: bool = False) -> OwnShape:
    """A message shape that this user wrote; with `removed`, also one they have taken away."""
    mine = OwnShape.objects.filter(space=space(request), author=user(request))
    return get_object_or_404(mine if removed else mine.filter(removed_at=None), id=id)


def ask(request: HttpRequest, id: UUID) -> Ask:
    """As of promises."""
    seen = Ask.objects.of(space(request)).seen_by(user(request))
    return get_object_or_404(seen.select_related("person", "touch"), id=id)


def door(request: HttpRequest, id: UUID, *, removed: bool = False) -> Door:
    """As of promises; `removed`: also one that was taken away, to bring it back."""
    held = Door.objects.filter(space=space(request), person__deleted_at=None).seen_by(user(request))
    seen = held if removed else held.filter(deleted_at=None)
    return get_object_or_404(seen.select_related("person", "ask"), id=id)


def decision(request: HttpRequest, id: UUID) -> Action:
    """What this user decided about someone on the Dig page."""
    mine = Action.objects.filter(space=space(request), user=user(request), what=DIG)
    return get_object_or_404(mine, id=id)


def note(request: HttpRequest, id: UUID) -> Note:
    seen = Note.objects.filter(space=space(request)).seen_by(user(request))
    return get_object_or_404(seen.select_related("person"), id=id)


def many(request: HttpRequest, id: UUID) -> Action:
    """Something this user did to many people at once."""
    mine = Action.objects.filter(space=space(request), user=user(request), what__in=KINDS)
    return get_object_or_404(mine, id=id)


def ticked(request: HttpRequest) -> list[UUID]:
    """The ids that are ticked in a list; what is no id is nobody. Whoever uses them looks within the space."""
    return [id for text in request.POST.getlist("who") if (id := uuid(text))]


def uuid(text: str) -> UUID | None:
    """What is no id is None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def stranger(request: HttpRequest, id: UUID) -> Stranger:
    """Whoever shares the space may say who they are."""
    return get_object_or_404(Stranger.objects.filter(space=space(request)), id=id)


def verdict(request: HttpRequest, id: UUID) -> Action:
    """What this user said about strangers."""
    mine = Action.objects.filter(space=space(request), user=user(request), what=JUDGED)
    return get_object_or_404(mine, id=id)


def number(text: str) -> int:
    """Of a page; nonsense is the first."""
    return int(text) if text.isdecimal() and 0 < len(text) < 7 and int(text) else 1


def merge(request: HttpRequest, id: UUID) -> Merge:
    """Whoever shares the space may take two people apart again."""
    held = Merge.objects.filter(space=space(request), kept__deleted_at=None).select_related("kept", "gone", "space")
    return get_object_or_404(held, id=id)


def joining(request: HttpRequest, id: UUID) -> Action:
    """What this user said of people who may be one."""
    mine = Action.objects.filter(space=space(request), user=user(request), what=ANSWERED)
    return get_object_or_404(mine, id=id)
