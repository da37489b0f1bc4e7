"""Settings: who you are, the days and places you keep, how it looks, and your circles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm.core import identity
from keepwarm.core import rhythm as core_rhythm
from keepwarm.core.countries import COUNTRIES
from keepwarm.core.names import fold
from keepwarm.core.reconnect.reasons import WEEKDAYS
from keepwarm.core.written_days import AMERICAN, BRITISH, ISO
from keepwarm.models import Action, Circle, Membership
from keepwarm.store import rhythm, settings
from keepwarm.store.settings import Wanted
from keepwarm.web import access

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
DATES = (("", "As this browser says"), (BRITISH, "3 March 2026"), (AMERICAN, "March 3, 2026"), (ISO, "2026-03-03"))
WEEK = [(str(number), day) for number, day in enumerate(WEEKDAYS)]
THEMES = (("", "As the system says"), ("light", "Light"), ("dark", "Dark"))
MOST_CIRCLES, MOST_WEEKS, MOST_TAGS = 30, 520, 50
AWAY_AT_MOST = 366  # days


class Lines(forms.CharField):
    """Several values, one a line; none may be longer than 500 letters."""

    def __init__(self, **how: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "input"}), **how)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        return list(dict.fromkeys(line.strip()[:500] for line in said.splitlines() if line.strip()))


class YouForm(forms.Form):
    """The owner, as letters are signed and files name them."""

    called = forms.CharField(label="Your name", max_length=200, help_text="As the people you write to know it.")
    sign_off = forms.CharField(
        label="How you sign", max_length=200, required=False,
        help_text="At the end of each letter.",
    )  # fmt: skip
    name = Lines(label="Other names you go by", help_text="One a line: a maiden name, a spelling.")
    email = Lines(label="Your own addresses", help_text="One a line, so that mail from you is known as yours.")
    link = Lines(label="Your own profiles", help_text="One a line: your LinkedIn page, your site.")

    def clean_email(self) -> list[str]:
        said: list[str] = self.cleaned_data["email"]
        for address in said:
            if not identity.email_key(address):
                raise ValidationError(f"“{address[:60]}” is not an e-mail address.")
        return said

    def clean_link(self) -> list[str]:
        said = [line if "://" in line else f"https://{line}" for line in self.cleaned_data["link"]]
        for link in said:
            if not link.startswith(("http://", "https://")) or "." not in link or " " in link:
                raise ValidationError(f"“{link[:60]}” is not an address on the web.")
        return said


def _zones() -> list[Any]:
    """Every place with a time of its own, by continent; first the machine's."""
    here = (("", f"This machine’s: {django_settings.TIME_ZONE}"), ("UTC", "UTC"))
    known = sorted(available_timezones())
    groups = [(region, [(zone, _place(zone)) for zone in known if zone.startswith(f"{region}/")]) for region in REGIONS]
    return [*here, *[group for group in groups if group[1]]]


def _place(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


class DaysForm(forms.Form):
    """When and where the user lives."""

    days = forms.MultipleChoiceField(
        label="Days with three people", required=False, widget=forms.CheckboxSelectMultiple,
        choices=WEEK,
    )  # fmt: skip
    first_weekday = forms.TypedChoiceField(
        label="The week begins on", coerce=int, choices=[(0, "Monday"), (6, "Sunday"), (5, "Saturday")]
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=_zones, required=False)
    phone_country = forms.ChoiceField(
        label="Country of phone numbers", required=False,
        choices=lambda: [("", "Only numbers with a country code"), *COUNTRIES.items()],
        help_text="For numbers that name none.",
    )  # fmt: skip
    language = forms.ChoiceField(
        label="Dates are written", choices=DATES, required=False,
        help_text="And read: 3/5 is 3 May, to Americans March 5.",
    )  # fmt: skip

    def __init__(self, *given: Any, **how: Any) -> None:
        """With the zone that is set already among the choices, though it be one of those that go by no place.

        The days stand in the order of the user's week.
        """
        super().__init__(*given, **how)
        first, days = self.initial.get("first_weekday", 0), self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = WEEK[first:] + WEEK[:first]
        field, present = self.fields["time_zone"], self.initial.get("time_zone", "")
        assert isinstance(field, forms.ChoiceField)
        if present and not field.valid_value(present):
            field.choices = [(present, present), *_zones()]

    def clean_days(self) -> str:
        return "".join(sorted(self.cleaned_data["days"]))


class LookForm(forms.Form):
    """Light or dark, and the keyboard."""

    theme = forms.ChoiceField(label="Light or dark", choices=THEMES, required=False, widget=forms.RadioSelect)
    keys = forms.BooleanField(label="Single keys do things: S for sent, X for swap", required=False)


class HistoryForm(forms.Form):
    """What is kept of letters and meetings."""

    keep_context = forms.BooleanField(label="Keep the subjects of letters and the titles of meetings", required=False)


class RhythmForm(forms.Form):
    """When the user is not to be found."""

    away_until = forms.DateField(
        label="I am away until", required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        help_text="Nobody is due until then. After it, everyone is spread over the weeks.",
        error_messages={"invalid": "That is not a day."},
    )  # fmt: skip

    def clean_away_until(self) -> date | None:
        said: date | None = self.cleaned_data["away_until"]
        if said and said > timezone.localdate() + timedelta(days=AWAY_AT_MOST):
            raise ValidationError("That is more than a year from now.")
        return said


FORMS: dict[str, type[forms.Form]] = {
    "you": YouForm,
    "days": DaysForm,
    "look": LookForm,
    "history": HistoryForm,
    "rhythm": RhythmForm,
}


def page(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    part = request.POST.get("part", "")
    if request.method != "POST" or part not in FORMS:
        return _page(request, member)
    form = FORMS[part](request.POST, initial=settings.held(member))
    if not form.is_valid():
        return _page(request, member, {part: form})
    _say(request, settings.save(member, form.cleaned_data, timezone.now()))
    return redirect(f"{reverse('settings')}#{part}")


def _page(request: HttpRequest, member: Membership, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    held = settings.held(member)
    initial = held | {"days": list(held["days"])}
    shown = {part: kind(initial=initial) for part, kind in FORMS.items()} | (bound or {})
    context = {
        "tag_rhythms": rhythm.tags(member.space),
        "often": [*core_rhythm.OFTEN, core_rhythm.Preset("No rhythm", core_rhythm.NONE)],
        "families": core_rhythm.FAMILIES,
        "weekly": rhythm.weekly(member.space_id),
        "circles": settings.circles(member.space), "told": settings.told_by_files(member.space), **shown,
    }  # fmt: skip
    return render(request, "settings/settings.html", context)


def _say(request: HttpRequest, action: Action | None) -> None:
    if action:
        messages.success(request, "Kept.", extra_tags=f"undo:{reverse('settings_undo', args=[action.id])}")


@require_POST
def circles(request: HttpRequest) -> HttpResponse:
    """All circles as they stand in the form, with what its button asks for: up, down, remove."""
    member = access.membership(request)
    held = settings.circles(member.space)
    wanted, trouble = _wanted(request.POST, held)
    if trouble:
        messages.error(request, trouble)
    else:
        _say(request, settings.arrange(member.space, member.user, wanted, timezone.now()))
    return redirect(f"{reverse('settings')}#circles")


@require_POST
def circles_preset(request: HttpRequest) -> HttpResponse:
    """The circles of one family beside those that are there."""
    member = access.membership(request)
    family = core_rhythm.FAMILIES.get(request.POST.get("family", ""), ())
    held = settings.circles(member.space)
    names = {fold(circle.name) for circle in held}
    there = [Wanted(circle.id, circle.name, _weeks(circle.cadence)) for circle in held]
    fresh = [Wanted(None, one.label, one.days // 7) for one in family if fold(one.label) not in names]
    if len(there) + len(fresh) > MOST_CIRCLES:
        messages.error(request, f"{MOST_CIRCLES} circles are enough. Nothing was changed.")
    elif fresh:
        _say(request, settings.arrange(member.space, member.user, [*there, *fresh], timezone.now()))
    return redirect(f"{reverse('settings')}#circles")


def _weeks(days: int | None) -> int | None:
    return max(round(days / 7), 1) if days else None


@require_POST
def tags(request: HttpRequest) -> HttpResponse:
    """All tags with a rhythm of their own as they stand in the form; one left empty has none."""
    member = access.membership(request)
    rows = zip(request.POST.getlist("tag"), request.POST.getlist("days"), strict=False)
    known = {str(one.days) for one in core_rhythm.OFTEN} | {str(core_rhythm.NONE)}
    known |= {str(one.cadence) for one in rhythm.tags(member.space)}
    wanted = [(" ".join(tag.split())[:100], int(days)) for tag, days in rows if tag.strip() and days in known]
    if len(wanted) > MOST_TAGS:
        messages.error(request, f"{MOST_TAGS} tags are enough. Nothing was changed.")
    elif len({fold(tag) for tag, _ in wanted}) < len(wanted):
        messages.error(request, "A tag stands there twice. Nothing was changed.")
    else:
        _say(request, settings.keep_tags(member.space, member.user, wanted, timezone.now()))
    return redirect(f"{reverse('settings')}#tags")


def _wanted(post: QueryDict, held: list[Circle]) -> tuple[list[Wanted], str]:
    """The circles that the form asks for, or what is wrong with it in words. A row left empty is no circle."""
    rows: list[tuple[str, UUID | None]] = [(circle.id.hex, circle.id) for circle in held]
    rows = _moved([row for row in rows if row[0] != post.get("remove")], post)
    wanted = []
    for row, id in [*rows, ("new", None)]:
        name = " ".join(post.get(f"name-{row}", "").split())[:100]
        weeks = post.get(f"weeks-{row}", "").strip()
        if weeks and not (weeks.isdecimal() and len(weeks) < 5 and 1 <= int(weeks) <= MOST_WEEKS):
            return [], f"“{weeks[:20]}” is not a number of weeks. Nothing was changed."
        if name:
            wanted.append(Wanted(id, name, int(weeks) if weeks else None))
        elif id:
            return [], "A circle needs a name. Nothing was changed."
    if len({fold(one.name) for one in wanted}) < len(wanted):
        return [], "Two circles have the same name. Nothing was changed."
    if len(wanted) > MOST_CIRCLES:
        return [], f"{MOST_CIRCLES} circles are enough. Nothing was changed."
    return wanted, ""


def _moved(rows: list[tuple[str, UUID | None]], post: QueryDict) -> list[tuple[str, UUID | None]]:
    """The rows with the one that is to go up or down a place in its new place."""
    for button, step in (("up", -1), ("down", 1)):
        at = next((place for place, (row, _) in enumerate(rows) if row == post.get(button)), None)
        if at is not None and 0 <= at + step < len(rows):
            rows[at], rows[at + step] = rows[at + step], rows[at]
    return rows


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    settings.undo(access.setting(request, id), access.membership(request), timezone.now())
    return redirect("settings")
