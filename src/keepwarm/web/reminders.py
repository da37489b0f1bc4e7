"""Reminders: when the nudge comes, by which ways, the calendar's address, and what became of the last ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.core import nudges
from keepwarm.core.networks import LOCAL
from keepwarm.models import Action, Channel, Membership, Nudge
from keepwarm.reminders import feed, mail, push, sending
from keepwarm.store import reminders, secrets, settings
from keepwarm.store.reminders import Trouble
from keepwarm.sync import servers
from keepwarm.web import access, limits
from keepwarm.web.settings import WEEK

SECURITIES = ((mail.TLS, "TLS"), (mail.STARTTLS, "STARTTLS"), (mail.PLAIN, "None, on this machine only"))
LATEST = 5
TESTS_AN_HOUR = 20
TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input"})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"})


class PlanForm(forms.Form):
    """When the nudge comes, and when never."""

    days = forms.MultipleChoiceField(
        label="Days", required=False, widget=forms.CheckboxSelectMultiple, choices=WEEK
    )  # fmt: skip
    at = forms.TimeField(label="Hour", widget=TIME)
    quiet_from = forms.TimeField(label="Quiet from", required=False, widget=TIME)
    quiet_until = forms.TimeField(label="Quiet until", required=False, widget=TIME)
    away_from = forms.DateField(label="Away from", required=False, widget=DAY)
    away_until = forms.DateField(label="Last day away", required=False, widget=DAY)

    def __init__(self, *given: Any, first: int = 0, **how: Any) -> None:
        """The days stand in the order of the user's week."""
        super().__init__(*given, **how)
        days = self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = WEEK[first:] + WEEK[:first]

    def clean_days(self) -> str:
        return "".join(sorted(self.cleaned_data["days"]))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, at = (said.get(name) for name in ("quiet_from", "quiet_until", "at"))
        if (start is None) != (end is None) and not {"quiet_from", "quiet_until"} & set(self.errors):
            self.add_error("quiet_until" if end is None else "quiet_from", "Quiet hours have a beginning and an end.")
        if start and end and at and nudges.within(at, start, end):
            self.add_error("at", "This hour is within your quiet hours.")
        first, last = said.get("away_from"), said.get("away_until")
        if first and last and last < first:
            self.add_error("away_until", "This is before the first day.")
        return said


class MailForm(forms.Form):
    """Where the letter goes, and by which server. What opens that is never shown again."""

    to = forms.EmailField(label="Send it to", max_length=200)
    host = forms.CharField(label="Mail server", max_length=253)
    port = forms.IntegerField(label="Port", min_value=1, max_value=65535)
    security = forms.ChoiceField(label="Encryption", choices=SECURITIES)
    user = forms.CharField(label="User name", max_length=200, required=False)
    password = forms.CharField(
        label="Password", max_length=500, strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    sender = forms.EmailField(label="From", max_length=200)

    def __init__(self, *given: Any, has_password: bool = False, **how: Any) -> None:
        super().__init__(*given, **how)
        if mail.HOSTS:  # the machine's owner has set one for all
            for name in ("host", "port", "security", "user", "password", "sender"):
                del self.fields[name]
        elif has_password:
            self.fields["password"].help_text = "Leave it empty to keep the one you gave."

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("security") == mail.PLAIN and said.get("host") not in LOCAL:
            self.add_error(
                "security", "Without encryption, anyone on the way could read your password and your letter."
            )
        return said


class PushForm(forms.Form):
    """A way by Apprise; its address is a secret, and never shown again."""

    url = forms.CharField(
        label="Address", max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(label="Your name for it", max_length=200, required=False)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            self.service = push.service(url)
        except push.Unknown as unknown:
            raise forms.ValidationError(str(unknown)) from None
        return url


# The page


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    if request.method != "POST":
        return _page(request, member)
    form = PlanForm(request.POST, first=member.first_weekday)
    if not form.is_valid():
        return _page(request, member, plan=form)
    action = reminders.change(member, form.cleaned_data, timezone.now())
    if action:
        _undoable(request, action, "Kept.")
    return redirect("reminders")


def _page(request: HttpRequest, member: Membership, **bound: forms.Form) -> HttpResponse:
    now = timezone.now()
    reminder = reminders.made(member, now)
    plan = reminders.plan(reminder, member)
    mine, by_mail = list(reminders.channels(member)), reminders.mail(member)
    coming = nudges.coming(plan, now)
    shown: dict[str, forms.Form] = {
        "plan": PlanForm(initial=_held(member), first=member.first_weekday),
        "mail": _mail_form(member, by_mail),
        "push": PushForm(),
    } | bound
    context = {
        **shown, "channel": by_mail, "pushes": [each for each in mine if each.kind == Channel.Kind.PUSH],
        "coming": coming and coming.at.astimezone(plan.zone), "reached": any(each.on for each in mine),
        "zone": plan.zone.key.replace("_", " "), "zone_name": plan.zone.key,
        "feed": feed.address(reminder), "session": f"session-{reminder.id}" if coming else "",
        "latest": [_told(nudge, plan) for nudge in reminders.latest(member, LATEST)], "services": push.known(),
        "of_host": bool(mail.HOSTS), "host": mail.HOSTS and mail.HOSTS.host, "advice": _advice(member, by_mail),
    }  # fmt: skip
    return render(request, "reminders/page.html", context, status=422 if bound else 200)


def _held(member: Membership) -> dict[str, Any]:
    reminder = reminders.made(member, timezone.now())
    return {name: getattr(reminder, name) for name in reminders.PLAN} | {
        name: getattr(member, name) for name in reminders.AWAY
    } | {"days": list(reminder.days)}  # fmt: skip


def _told(nudge: Nudge, plan: nudges.Plan) -> dict[str, Any]:
    at = (nudge.sent_at or nudge.due_at).astimezone(plan.zone)
    meant = nudge.due_at.astimezone(plan.zone)
    later = nudge.sent_at is not None and nudge.sent_at - nudge.due_at > nudges.ON_TIME
    return {
        "at": at, "state": nudge.state, "remark": nudge.remark,
        "channel": nudge.channel.name if nudge.channel else "", "meant": meant if later else None,
        "again": nudge.next_at.astimezone(plan.zone) if nudge.next_at and nudge.tries else None,
    }  # fmt: skip


@require_POST
def go_by(request: HttpRequest) -> HttpResponse:
    """The time zone of where the browser is now, as on a journey."""
    zone = request.POST.get("time_zone", "")
    if zone not in available_timezones():
        messages.error(request, "This place is not known here. Choose the time zone in the settings.")
    elif action := settings.save(access.membership(request), {"time_zone": zone}, timezone.now()):
        said = f"Your day is that of {zone.replace('_', ' ')} now."
        messages.success(request, said, extra_tags=f"undo:{reverse('settings_undo', args=[action.id])}")
    return redirect("reminders")


# By mail


def _mail_form(member: Membership, channel: Channel | None) -> MailForm:
    address = member.user.email
    guess = servers.guess(address)
    known = {
        "to": address, "host": _smtp(guess.host), "port": mail.PORTS[mail.TLS], "security": mail.TLS, "user": address,
        "sender": address,
    }  # fmt: skip
    if guess.name in ("Outlook", "iCloud", "Proton Mail"):  # these three speak STARTTLS alone
        known |= {"port": 1025 if guess.host in LOCAL else mail.PORTS[mail.STARTTLS], "security": mail.STARTTLS}
    return MailForm(
        initial=known | (channel.settings if channel else {}), has_password=bool(channel and channel.secret)
    )


def _smtp(host: str) -> str:
    """As providers name them: smtp where the mailbox is at imap."""
    return {"outlook.office365.com": "smtp.office365.com"}.get(host, host.replace("imap.", "smtp.", 1))


def _advice(member: Membership, channel: Channel | None) -> str:
    """What one has to know of one's provider before the first letter."""
    return "" if channel or mail.HOSTS else servers.guess(member.user.email).advice.replace("allow IMAP", "allow SMTP")


@require_POST
def by_mail(request: HttpRequest) -> HttpResponse:
    """Keep it, and where that is asked for send a test: what the server says is shown as it said it."""
    member = access.membership(request)
    held = reminders.mail(member)
    form = MailForm(request.POST, has_password=bool(held and held.secret))
    if not form.is_valid():
        return _page(request, member, mail=form)
    server = {name: value for name, value in form.cleaned_data.items() if name != "password"}
    channel = reminders.keep_mail(member, server["to"], server, _secret(form, held), timezone.now())
    if "test" in request.POST:
        return _test(request, channel)
    messages.success(request, f"Kept. The digest goes to {channel.name}.")
    return redirect(f"{reverse('reminders')}#mail")


def _secret(form: MailForm, held: Channel | None) -> str:
    """The password sealed: the one just typed, else the one before, for the same server only."""
    if typed := form.cleaned_data.get("password"):
        return secrets.seal({"password": typed})
    same = held and held.settings.get("host") == form.cleaned_data.get("host")
    return held.secret if held and same else ""


# By push


@require_POST
def by_push(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    form = PushForm(request.POST)
    if not form.is_valid():
        return _page(request, member, push=form)
    name = form.cleaned_data["name"] or form.service
    sealed = secrets.seal({"url": form.cleaned_data["url"].strip()})
    return _test(request, reminders.add_push(member, name, form.service, sealed, timezone.now()))


# Either


@require_POST
def try_out(request: HttpRequest, id: UUID) -> HttpResponse:
    return _test(request, access.channel(request, id))


def _test(request: HttpRequest, channel: Channel) -> HttpResponse:
    now = timezone.now()
    if not limits.allows(f"test:{channel.user_id}", TESTS_AN_HOUR):
        messages.error(request, f"{TESTS_AN_HOUR} tests an hour are enough. Please wait a while.")
        return redirect("reminders")
    try:
        said = sending.test(channel, now)
    except Trouble as trouble:
        reminders.tried(channel, trouble, now)
        messages.error(request, f"{trouble.message} {trouble.fix}")
    else:
        reminders.tried(channel, None, now)
        words = f" The server said: “{said}”." if said else ""
        messages.success(request, f"A test is on its way to {channel.name}.{words}")
    return redirect(f"{reverse('reminders')}#{channel.kind}")


@require_POST
def switch(request: HttpRequest, id: UUID) -> HttpResponse:
    channel = access.channel(request, id)
    on = request.POST.get("on") == "yes"
    reminders.switch(channel, on=on)
    messages.success(request, f"{channel.name} is {'on' if on else 'off'}.")
    return redirect(f"{reverse('reminders')}#{channel.kind}")


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    channel = access.channel(request, id)
    action = reminders.remove(channel, access.membership(request), timezone.now())
    _undoable(request, action, f"{channel.name} is removed.")
    return redirect(f"{reverse('reminders')}#{channel.kind}")


# The calendar


@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    _undoable(
        request, reminders.new_feed(access.membership(request), timezone.now()), "This is its address from now on."
    )
    return redirect(f"{reverse('reminders')}#calendar")


@require_POST
def stop_feed(request: HttpRequest) -> HttpResponse:
    action = reminders.stop_feed(access.membership(request), timezone.now())
    _undoable(request, action, "The address leads nowhere now.")
    return redirect(f"{reverse('reminders')}#calendar")


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    reminders.undo(access.reminder_change(request, id), access.membership(request), timezone.now())
    return redirect("reminders")


def _undoable(request: HttpRequest, action: Action, said: str) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('reminders_undo', args=[action.id])}")
