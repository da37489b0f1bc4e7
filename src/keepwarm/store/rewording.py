"""Saying a letter otherwise: set up by the owner of a space, agreed to by each member for themselves, with undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from keepwarm.core.networks import LOCAL
from keepwarm.models import Action, Consent, Fact, Membership, Person, Rewording, Space, User
from keepwarm.store import secrets

WORDS = "rewording"  # models.Action.what
ON_RECORD = ("name", "nickname", "organisation", "title", "place")  # fields the check may know a word by
FULL = "/chat/completions"


class NotYours(Exception):
    """Only the owner of the space may name where its letters go."""


def of(space: Space) -> Rewording | None:
    return Rewording.objects.filter(space=space).first()


def host(address: str) -> str:
    """Whom the letters go to, as it is named to the user: with the port, which may be another's door."""
    return urlsplit(address).netloc.rpartition("@")[2].casefold()


def is_here(address: str) -> bool:
    """Whether it is the machine that Keepwarm runs on."""
    return (urlsplit(address).hostname or "") in LOCAL


def tidy(said: str) -> str:
    """An address as people paste it: without its end, and with the scheme and path that such addresses have."""
    said = said.strip().rstrip("/").removesuffix(FULL)
    if said and "://" not in said:
        local = (urlsplit(f"//{said}").hostname or "") in LOCAL
        said = f"{'http' if local else 'https'}://{said}"
    return said if urlsplit(said).path.strip("/") or not said else f"{said}/v1"


# Setting it up


@transaction.atomic
def keep(member: Membership, address: str, model: str, key: str, now: datetime) -> Action | None:
    """Set it up, or change it; None where all is as it was. Without a new key the old one stays, for its host alone."""
    _owner_only(member)
    held = of(member.space)
    if held and (held.address, held.model) == (address, model) and not key:
        return None
    same = bool(held) and _door(held.address if held else "") == _door(address)
    secret = secrets.seal({"key": key, "door": _door(address)}) if key else held.secret if held and same else ""
    _put(member.space, address, model, secret, now)
    return _remember(member, held, now)


@transaction.atomic
def turn_off(member: Membership, now: datetime) -> Action | None:
    """Forget address, model and key, and what was agreed to; undo brings back address and model, never the key."""
    _owner_only(member)
    held = of(member.space)
    if held is None:
        return None
    action = _remember(member, held, now)
    _forget(member.space)
    return action


@transaction.atomic
def undo(action: Action, member: Membership, now: datetime) -> None:
    """Put address and model back; the key stays only where the host does. A second time changes nothing."""
    _owner_only(member)
    if not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return
    held, address = of(member.space), action.before.get("address", "")
    if not address:
        _forget(member.space)
        return
    secret = held.secret if held and _door(held.address) == _door(address) else ""
    _put(member.space, address, action.before["model"], secret, now)


def key(held: Rewording) -> str:
    """What opens it, "" for none; never for another host than it was given for. Raises secrets.Lost."""
    if not held.secret:
        return ""
    told = secrets.unseal(held.secret)
    return told["key"] if told.get("door") == _door(held.address) else ""


def _door(address: str) -> str:
    """Scheme and host: a key that went encrypted does not go plain."""
    return f"{urlsplit(address).scheme}://{host(address)}"


def _owner_only(member: Membership) -> None:
    if not member.is_owner:
        raise NotYours


def _remember(member: Membership, held: Rewording | None, now: datetime) -> Action:
    before = {"address": held.address, "model": held.model} if held else {}
    return Action.objects.create(space=member.space, user=member.user, what=WORDS, before=before, made_at=now)


def _put(space: Space, address: str, model: str, secret: str, now: datetime) -> None:
    values = {"address": address, "model": model, "secret": secret, "set_at": now}
    Rewording.objects.update_or_create(space=space, defaults=values)
    Consent.objects.filter(space=space).exclude(host=_door(address)).delete()


def _forget(space: Space) -> None:
    Rewording.objects.filter(space=space).delete()
    Consent.objects.filter(space=space).delete()


# Each member's own yes


def consent(held: Rewording, user: User) -> Consent | None:
    """What this member has agreed to, for the very host that is set up now."""
    return Consent.objects.filter(space_id=held.space_id, user=user, host=_door(held.address)).first()


def agree(held: Rewording, user: User, now: datetime) -> None:
    Consent.objects.update_or_create(
        space_id=held.space_id, user=user, defaults={"host": _door(held.address), "given_at": now, "busy_until": None}
    )


def take_back(space: Space, user: User) -> None:
    Consent.objects.filter(space=space, user=user).delete()


def begin(given: Consent, now: datetime, seconds: float) -> bool:
    """Whether this letter may go: one at a time for each member, whichever process asks."""
    free = Consent.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), id=given.id)
    return bool(free.update(busy_until=now + timedelta(seconds=seconds)))


def end(given: Consent) -> None:
    Consent.objects.filter(id=given.id).update(busy_until=None)


# The check


def on_record(person: Person) -> Iterable[str]:
    """What is known of someone that a rewording may ask about; it is read here and goes nowhere."""
    facts = Fact.objects.filter(person=person, ended_at=None, field__in=ON_RECORD)
    return [person.name, *facts.values_list("value", flat=True)]
