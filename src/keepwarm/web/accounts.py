"""Where the history comes from: mailboxes and calendars that are read by themselves, each its user's alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm import jobs
from keepwarm.models import Account
from keepwarm.store import accounts, secrets, spaces
from keepwarm.web import access

State = Account.State
NO_SHELF = ("inbox", "sent", "drafts", "trash", "junk", "archive")  # names of folders that are read for their letters
FOLDER = "Keepwarm"  # what is proposed


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    now, member = timezone.now(), access.membership(request)
    rows = [_shown(account, now) for account in accounts.of(member.space, member.user)]
    context = {
        "accounts": rows, "busy": any(row["busy"] for row in rows), "keeps_context": member.keep_context,
        "shared": spaces.is_shared(member.space),
    }  # fmt: skip
    template = "accounts/_list.html" if request.htmx else "accounts/sources.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _shown(account: Account, now: datetime) -> dict[str, Any]:
    """The account as the page wants it."""
    busy = account.state == State.READING or account.waits
    counts = account.run.counts if account.run else {}
    return {
        "id": account.id, "name": account.name, "is_mailbox": account.kind == Account.Kind.MAILBOX,
        "state": "waiting" if account.waits else account.state, "busy": busy,
        "done": account.done, "total": account.total,
        "percent": min(100, account.done * 100 // account.total) if account.total else 0,
        "trouble": account.trouble, "fix": account.fix,
        "read": ago(account.read_at, now), "next": _clock(account.next_at, now),
        "touches": counts.get("touches", 0), "left_out": account.run.problems_count if account.run else 0,
        "asks": account.state == State.PAUSED and bool(account.trouble),
        "sign_in": reverse(account.kind, args=[account.id]),
        "folder": account.shelf_folder, "folder_proposed": account.shelf_folder or FOLDER,
    }  # fmt: skip


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, roughly; "" is never."""
    if at is None:
        return ""
    minutes = int((now - at) / timedelta(minutes=1))
    if minutes < 1:
        return "just now"
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return ""


def _clock(at: datetime | None, now: datetime) -> str:
    """When it is next, where that is worth saying."""
    if at is None or at <= now:
        return ""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localtime(now).date() else f"{local:%A, %H:%M}"


@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """Now, and again every quarter of an hour."""
    now = timezone.now()
    if accounts.read_now(access.account(request, id), now):
        jobs.read_due(now)
    return redirect("sources")


@require_POST
def pause(request: HttpRequest, id: UUID) -> HttpResponse:
    accounts.pause(access.account(request, id))
    return redirect("sources")


@require_POST
def folder(request: HttpRequest, id: UUID) -> HttpResponse:
    """Which folder of a mailbox goes onto the shelf; empty is none."""
    account, name = (
        access.account(request, id, Account.Kind.MAILBOX),
        (request.POST.get("folder") or request.GET.get("folder", "")).strip()[:200],
    )
    if name.casefold() in NO_SHELF:
        messages.error(request, f"{name} holds your letters. Make a folder of its own for the shelf, and name that.")
        return redirect("sources")
    before, now = account.shelf_folder, timezone.now()
    if name != before:
        accounts.watch_folder(account, name, now)
        jobs.read_due(now)
        said = f"What you put into {name} comes onto your shelf." if name else "No folder is watched any more."
        undo = f"undo:{reverse('account_folder', args=[id])}?{urlencode({'folder': before})}"
        messages.success(request, said, extra_tags=undo)
    return redirect("sources")


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    """Forget the account; its history only where that is said."""
    account = access.account(request, id)
    run = accounts.remove(account, timezone.now(), history=request.POST.get("history") == "too")
    if run:
        jobs.go_on(run)
        messages.success(request, f"{account.name} is removed, and what came from it is being taken back.")
    else:
        messages.success(request, f"{account.name} is removed. Its history stays, and can be undone for 90 days.")
    return redirect("sources")


def keep(
    request: HttpRequest, account: Account | None, kind: str, name: str, settings: Mapping[str, Any],
    secret: Mapping[str, str],
) -> HttpResponse:  # fmt: skip
    """A new account, or a new way into one; it is read at once."""
    now, sealed = timezone.now(), secrets.seal(secret)
    if account:
        accounts.change(account, settings, sealed, now)
    else:
        accounts.add(access.space(request), access.user(request), kind, name, settings, sealed, now)
    jobs.read_due(now)
    messages.success(request, f"{name} is in. You can leave this page while it is read.")
    return redirect("sources")
