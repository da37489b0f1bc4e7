"""A calendar is added by its secret address, or that is put right: looked at before anything is kept."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from keepwarm.models import Account
from keepwarm.store.accounts import Trouble
from keepwarm.sync import calendar
from keepwarm.web import access, accounts


class CalendarForm(forms.Form):
    """The address opens the calendar to whoever has it: it is kept encrypted, and never shown again."""

    url = forms.CharField(
        label="Secret address", max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(label="Your name for it", max_length=200, required=False)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another address for the same calendar; what has been read stays."""
    return _form(request, access.account(request, id, Account.Kind.CALENDAR))


def _form(request: HttpRequest, account: Account | None) -> HttpResponse:
    if request.method != "POST":
        return _show(request, CalendarForm(initial={"name": account.name if account else ""}), account)
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _show(request, form, account)
    try:
        found = calendar.check(form.cleaned_data["url"])
    except Trouble as trouble:
        form.add_error("url", f"{trouble.message} {trouble.fix}")
        return _show(request, form, account)
    if not found.with_others and "anyway" not in request.POST:
        form.add_error("url", f"{found.words} Press once more to add it all the same.")
        return _show(request, form, account, anyway=True)
    name = form.cleaned_data["name"] or found.name or "Calendar"
    return accounts.keep(request, account, Account.Kind.CALENDAR, name, {}, {"url": form.cleaned_data["url"]})


def _show(request: HttpRequest, form: CalendarForm, account: Account | None, *, anyway: bool = False) -> HttpResponse:
    context = {"form": form, "account": account, "anyway": anyway}
    return render(request, "accounts/calendar.html", context, status=422 if form.is_bound else 200)
