"""Spaces and who may open them: the first one, its owner, and links that sign in once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from keepwarm.core.names import organisation_key
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Owner, Position
from keepwarm.models import (
    Draft,
    ImportRun,
    Membership,
    Note,
    OwnerFact,
    Pick,
    SignInLink,
    Space,
    Touch,
    User,
)

HOME = "home"
CLAIM_FOR = timedelta(days=1)
SIGN_IN_FOR = timedelta(hours=1)


class DeadLink(Exception):
    """The link has been used or has run out."""


class NoSuchSpace(Exception):
    """There is no space, or more than one, of that name."""


def home() -> Space:
    """The first space, made where there is none."""
    return Space.objects.order_by("made_at").first() or Space.objects.get_or_create(name=HOME)[0]


def named(name: str = "") -> Space:
    """The space of that name; without a name the only one there is."""
    if not name:
        if Space.objects.count() > 1:
            known = ", ".join(Space.objects.values_list("name", flat=True))
            raise NoSuchSpace(f"There are several spaces ({known}). Say which with --space.")
        return home()
    space = Space.objects.filter(name=name).first()
    if space is None:
        raise NoSuchSpace(f"There is no space called {name}.")
    return space


def owner(space: Space) -> User | None:
    member = Membership.objects.filter(space=space, is_owner=True).select_related("user").first()
    return member.user if member else None


def is_shared(space: Space) -> bool:
    """Whether there is anyone to keep something from."""
    return Membership.objects.filter(space=space).count() > 1


def new_link(space: Space, user: User | None, now: datetime) -> str:
    """A token that signs `user` in once, or claims the space where `user` is None. Older ones die."""
    SignInLink.objects.filter(space=space, used_at=None).filter(Q(user=user) | Q(user=None)).delete()
    token = secrets.token_urlsafe(24)
    ends_at = now + (SIGN_IN_FOR if user else CLAIM_FOR)
    SignInLink.objects.create(digest=_digest(token), space=space, user=user, made_at=now, ends_at=ends_at)
    return token


def link(token: str, now: datetime) -> SignInLink:
    """The living link of this token; raises DeadLink."""
    living = SignInLink.objects.filter(digest=_digest(token), used_at=None, ends_at__gt=now)
    found = living.select_related("space", "user").first()
    if found is None:
        raise DeadLink
    return found


@transaction.atomic
def use(link: SignInLink, now: datetime) -> None:
    """Kill the link; of two that use it at once, one gets DeadLink."""
    if not SignInLink.objects.filter(id=link.id, used_at=None).update(used_at=now):
        raise DeadLink


@transaction.atomic
def claim(link: SignInLink, name: str, email: str, password: str, now: datetime, zone: str = "") -> User:
    """Make the owner of an unclaimed space; what was done in it before becomes theirs. DeadLink where it has one."""
    use(link, now)
    space = Space.objects.select_for_update().get(id=link.space_id)
    if owner(space) is not None:
        raise DeadLink
    user = User.objects.create_user(email, password, name=name)
    Membership.objects.create(space=space, user=user, is_owner=True, sign_off=user.first_name, time_zone=zone)
    for model in (Pick, Draft, ImportRun, OwnerFact):
        model.objects.filter(space=space, user=None).update(user=user)
    Touch.objects.filter(space=space, author=None).update(author=user)
    Note.objects.filter(space=space, author=None).update(author=user)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def owner_facts(space: Space, member: Membership | None) -> Owner:
    """What judgement and drafts may know of the owner."""
    held = list(OwnerFact.objects.filter(space=space))
    name = member.user.name if member else next((fact.value for fact in held if fact.kind == "name"), "")
    return Owner(
        name=name,
        sign_off=(member.sign_off if member else "") or (name.split()[0] if name else ""),
        place=next((fact.value for fact in held if fact.kind == "place"), ""),
        positions=tuple(
            Position(
                fact.value,
                organisation_key(fact.value),
                fact.detail,
                PartialDate.of(fact.started),
                PartialDate.of(fact.finished),
            )
            for fact in held
            if fact.kind == "position"
        ),
    )
