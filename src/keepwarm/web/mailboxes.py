"""A mailbox is added, or signed in to again: its server guessed, the way in tried before anything is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from keepwarm.core.networks import LOCAL
from keepwarm.models import Account
from keepwarm.store import accounts, secrets
from keepwarm.store.accounts import Trouble
from keepwarm.sync import mailbox, oauth, servers
from keepwarm.web import access
from keepwarm.web import accounts as pages

SIGNING_IN = "signing-in"  # in the session, sealed: what waits until the user has signed in at a provider
SECURITIES = ((servers.TLS, "TLS"), (servers.STARTTLS, "STARTTLS"), (servers.PLAIN, "None, on this machine only"))


class MailboxForm(forms.Form):
    """Where a mailbox is and what opens it. What opens it is never shown again."""

    address = forms.EmailField(label="Address", max_length=200)
    password = forms.CharField(
        label="Password", max_length=500, strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    host = forms.CharField(label="Server", max_length=253)
    port = forms.IntegerField(label="Port", min_value=1, max_value=65535)
    security = forms.ChoiceField(label="Encryption", choices=SECURITIES)
    user = forms.CharField(label="User name", max_length=200)
    client_id = forms.CharField(label="Client ID", max_length=300, required=False)
    client_secret = forms.CharField(
        label="Client secret, if it has one",
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *given: Any, held: Mapping[str, str] | None = None, **how: Any) -> None:
        """`held` has the client that the account was signed in with before."""
        super().__init__(*given, **how)
        self.held = held or {}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.way == servers.PASSWORD and not said.get("password"):
            self.add_error("password", "Without a password the server lets nobody in.")
        if self.way != servers.PASSWORD and not self.client["client_id"]:
            self.add_error("client_id", "The client ID is missing.")
        if said.get("security") == servers.PLAIN and said.get("host") not in LOCAL:
            self.add_error("security", "Without encryption, anyone on the way could read your password.")
        return said

    @property
    def way(self) -> str:
        """Which of the buttons was pressed."""
        asked = self.data.get("way", "")
        return asked if asked in oauth.PROVIDERS else servers.PASSWORD

    @property
    def client(self) -> dict[str, str]:
        """As it was typed in, or else before."""
        typed = {name: self.cleaned_data.get(name, "") for name in ("client_id", "client_secret")}
        return typed if typed["client_id"] else {name: self.held.get(name, "") for name in typed}

    @property
    def settings(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("host", "port", "security", "user")} | {"way": self.way}


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another password, or another server; what has been read stays."""
    return _form(request, access.account(request, id, Account.Kind.MAILBOX))


def _form(request: HttpRequest, account: Account | None) -> HttpResponse:
    """First the address, then all that is guessed from it."""
    address = account.name if account else request.POST.get("address", request.GET.get("address", "")).strip()
    guess = servers.guess(address)
    if request.method == "POST":
        bound = MailboxForm(request.POST, held=_client(account))
        return _try(request, bound, account) if bound.is_valid() else _show(request, bound, guess, account)
    if "@" not in address:
        return render(request, "accounts/address.html", {"address": address})
    known = {"host": guess.host, "port": guess.port, "security": guess.security, "user": address}
    held = account.settings if account else {}
    form = MailboxForm(initial=known | held | {"address": address}, held=_client(account))
    return _show(request, form, guess, account)


def _client(account: Account | None) -> dict[str, str]:
    """What the account was signed in with; nothing where the key to that is gone."""
    try:
        return secrets.unseal(account.secret) if account else {}
    except secrets.Lost:
        return {}


def _show(request: HttpRequest, form: MailboxForm, guess: servers.Server, account: Account | None) -> HttpResponse:
    context = {
        "form": form, "guess": guess, "account": account, "back": _back(request), "ways": _ways(guess),
        "has_client": bool(form.held.get("client_id")),
    }  # fmt: skip
    return render(request, "accounts/mailbox.html", context, status=422 if form.is_bound else 200)


def _ways(guess: servers.Server) -> list[tuple[str, str]]:
    """Providers at whom one can sign in: the address's own where it has one."""
    ways = [guess.way] if guess.way in oauth.PROVIDERS else oauth.PROVIDERS
    return [(way, oauth.PROVIDERS[way].name) for way in ways]


def _try(request: HttpRequest, form: MailboxForm, account: Account | None) -> HttpResponse:
    name, settings = form.cleaned_data["address"], form.settings
    guess = servers.guess(name)
    if account is None and _has(request, settings):
        form.add_error("address", "You have this mailbox already.")
        return _show(request, form, guess, account)
    try:
        if form.way != servers.PASSWORD:
            return _send_away(request, form, account)
        secret = {"password": form.cleaned_data["password"]}
        mailbox.check(settings, secret)
    except Trouble as trouble:
        form.add_error(None, f"{trouble.message} {trouble.fix}")
        return _show(request, form, guess, account)
    return pages.keep(request, account, Account.Kind.MAILBOX, name, settings, secret)


def _has(request: HttpRequest, settings: dict[str, Any]) -> bool:
    mine = accounts.of(access.space(request), access.user(request))
    return mine.filter(settings__host=settings["host"], settings__user=settings["user"]).exists()


# At a provider


def _send_away(request: HttpRequest, form: MailboxForm, account: Account | None) -> HttpResponse:
    """Keep what was typed until the user has signed in at the provider, and show the way there."""
    waiting = form.client | {
        "name": form.cleaned_data["address"], "settings": json.dumps(form.settings), "proof": oauth.new_proof(),
        "account": str(account.id) if account else "",
    }  # fmt: skip
    if oauth.PROVIDERS[form.way].device:
        device = oauth.begin(form.way, form.client)
        waiting |= {"device": device.code, "user_code": device.user_code, "page": device.page}
    request.session[SIGNING_IN] = secrets.seal(waiting)
    return redirect("sources_sign_in")


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the provider: a link, or a code to type in there."""
    waiting = _waiting(request)
    if waiting is None:
        return redirect("sources")
    settings = json.loads(waiting["settings"])
    provider = oauth.PROVIDERS[settings["way"]]
    there = waiting.get("page") or oauth.address(
        settings["way"], waiting, _back(request), waiting["proof"], settings["user"]
    )
    context = {"provider": provider.name, "there": there, "code": waiting.get("user_code"), "name": waiting["name"]}
    return render(request, "accounts/away.html", context)


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: with a code in the address, or with the word that the code has been typed in."""
    waiting = _waiting(request)
    if waiting is None:
        return redirect("sources")
    settings = json.loads(waiting["settings"])
    try:
        secret = _secret(request, settings["way"], waiting)
        mailbox.check(settings, secret)
    except Trouble as trouble:
        messages.error(request, f"{trouble.message} {trouble.fix}")
        return redirect("sources_sign_in")
    del request.session[SIGNING_IN]
    account = access.account(request, UUID(waiting["account"])) if waiting["account"] else None
    return pages.keep(request, account, Account.Kind.MAILBOX, waiting["name"], settings, secret)


def _waiting(request: HttpRequest) -> dict[str, str] | None:
    """What was typed before the user went away; None where there is nothing, or the key to it has changed."""
    try:
        return secrets.unseal(request.session.get(SIGNING_IN, ""))
    except secrets.Lost:
        return None


def _secret(request: HttpRequest, way: str, waiting: dict[str, str]) -> dict[str, str]:
    """What opens the mailbox from now on. Raises Trouble where the provider has not let us in."""
    name = oauth.PROVIDERS[way].name
    if request.method == "POST":
        secret = oauth.ask_whether(way, waiting, waiting.get("device", ""))
        if secret is None:
            raise Trouble(f"{name} says that the code has not been typed in yet.", "Do that first, then come back.")
        return secret
    code, state = request.GET.get("code", ""), request.GET.get("state", "")
    if not code or not oauth.is_answer(waiting["proof"], state):
        raise Trouble(f"{name} did not let Keepwarm in.", "Try again if you want to.")
    return oauth.redeem(way, waiting, _back(request), waiting["proof"], code)


def _back(request: HttpRequest) -> str:
    """Where a provider sends the browser: the user has to tell it to their client there."""
    return (django_settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")) + reverse("sources_back")
