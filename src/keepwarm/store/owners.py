"""Whose history it is: the addresses, links and names of the owner, as confirmed, told by files or found out."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keepwarm.core import exchanges, identity
from keepwarm.core.census import Proposal
from keepwarm.core.exchanges import Owner
from keepwarm.core.facts import USER
from keepwarm.core.names import fold
from keepwarm.core.strangers import NAMED
from keepwarm.models import ImportRun, Membership, OwnerFact, User

KINDS = {"e:": "email", "p:": "phone", "n:": "phone", "l:": "link", "u:": "link", NAMED: "name"}


def of(space: UUID, user: User | None, told: Iterable[tuple[str, str]] = ()) -> Owner:
    """All that is known of them, in the space of their exchanges, with what is `told` besides: kinds and values."""
    facts = OwnerFact.objects.filter(Q(user=user) | Q(user=None), space=space, kind__in=set(KINDS.values()))
    said = [*told, *facts.values_list("kind", "value")]
    if user:
        said += [("email", user.email), ("name", user.name)]
    return exchanges.owner(said, country(space, user))


def with_more(known: Owner, found: Iterable[Proposal]) -> Owner:
    """As if what was found were known."""
    keys = {one.key for one in found}
    names = {key.removeprefix(NAMED) for key in keys if key.startswith(NAMED)}
    return known._replace(
        keys=known.keys | {key for key in keys if not key.startswith(NAMED)}, names=known.names | names
    )


def country(space: UUID, user: User | None) -> str:
    """The country whose phone numbers may be written without their country code."""
    member = member_of(space, user)
    return member.phone_country if member else ""


def zone(space: UUID, user: User | None) -> str | None:
    """Where they live; None is where this machine stands, as for a zone that is not known here."""
    member = member_of(space, user)
    return member.time_zone if member and member.time_zone in zoneinfo.available_timezones() else None


def member_of(space: UUID, user: User | None) -> Membership | None:
    return Membership.objects.filter(space=space, user=user).first()


def keeps_context(space: UUID, user: User | None) -> bool:
    """Whether subjects and titles are kept; they are until the owner says otherwise."""
    member = member_of(space, user)
    return member is None or member.keep_context


def keep_context(space: UUID, user: User | None, *, keeps: bool) -> None:
    Membership.objects.filter(space=space, user=user).update(keep_context=keeps)


def confirm(space: UUID, user: User | None, keys: Iterable[tuple[str, str]], now: datetime) -> None:
    """Keep the owner's word that these are theirs: each a key and the name it stood with."""
    for key, name in keys:
        _keep(space, user, key, name, USER, None, now)


def take(run: ImportRun, proposals: Iterable[Proposal], now: datetime) -> None:
    """Keep what is sure without asking; it goes again with the run."""
    for one in proposals:
        _keep(run.space_id, run.user, one.key, one.name, "found", run, now)


def tell(run: ImportRun, kind: str, said: str, now: datetime) -> None:
    """Keep what the owner has shown to be theirs, as by signing in to a mailbox; it goes again with the run."""
    OwnerFact.objects.get_or_create(
        space_id=run.space_id, kind=kind, value=said[:500], detail="", started="", source="account",
        defaults={"user": run.user, "run": run, "seen_at": now},
    )  # fmt: skip


def _keep(
    space: UUID, user: User | None, key: str, name: str, source: str, run: ImportRun | None, now: datetime
) -> None:
    kind = KINDS[key[:2]]
    OwnerFact.objects.get_or_create(
        space_id=space, kind=kind, value=value(key, name)[:500], detail="", started="", source=source,
        defaults={"user": user, "run": run, "seen_at": now},
    )  # fmt: skip


def key_of(said: str, country: str = "") -> str:
    """The key of an address, a link, a number or a name, as someone types it."""
    if "@" in said:
        return identity.email_key(said)
    if "/" in said:
        return identity.profile_key(said)
    if not any(map(str.isalpha, said)):
        return identity.phone_key(said, country)
    return f"{NAMED}{fold(said)}"[:200]


def value(key: str, name: str) -> str:
    """As the owner would write it."""
    if key.startswith(NAMED):
        return name
    return f"https://www.linkedin.com/in/{key[2:]}" if key.startswith("l:") else key[2:]
