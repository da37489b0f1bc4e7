"""Putting something right on a person's page: one value turns into a field, and back."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.core import entries
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect.reasons import MONTHS
from keepwarm.formats import birthdays
from keepwarm.models import Circle, Fact, Person
from keepwarm.store import edits
from keepwarm.store.edits import EditedElsewhere
from keepwarm.web import about, access, people

LIMITS = {"place": 300, "relation": 50}
RELATIONS = ("client", "colleague", "former colleague", "friend", "family", "mentor", "supplier", "met at an event")
LABELLED = ("email", "phone")
USUAL = {"email": ("home", "work"), "phone": ("cell", "home", "work")}
HINTS = {
    "how_met": "A place or an occasion, as you would tell it: a conference in Leeds, Anna’s wedding.",
    "relation": "In your own words, or one of those that come up.",
    "birthday": "What you know of it. The year may stay open.",
    "category": "One tag at a time.",
    "trust": "How far you two have come.",
}
KEPT = "Kept. What you write yourself, no file will change."
FROM_ADDRESS = "The place comes with the address below. Change or remove that one."


class Form(NamedTuple):
    """One value as a field; `current` is what another window has put there meanwhile."""

    what: str
    field: str
    label: str
    value: str
    was: str
    kind: str = "text"
    note: str = ""  # an e-mail's or number's label
    notes: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    error: str = ""
    current: str | None = None
    removable: bool = False
    parts: tuple[str, str, str] = ("", "", "")  # day, month, year

    @property
    def several(self) -> bool:
        return self.field in edits.SEVERAL


class Asked(NamedTuple):
    """What is to be edited: a field, and where there are several of it, which one."""

    what: str
    field: str
    fact: Fact | None


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """?what=title, email.new, or email.123 for the one with that number."""
    person = access.person(request, id)
    asked = _asked(person, request.GET.get("what", "name"))
    if request.method == "GET":
        return _show(request, person, _form(person, asked))
    if asked.field in edits.SEVERAL:
        return _keep_value(request, person, asked)
    return _keep(request, person, asked)


def _asked(person: Person, what: str) -> Asked:
    field, _, number = what.partition(".")
    if field in edits.SEVERAL and number.isdecimal() and len(number) < 19:
        fact = Fact.objects.filter(person=person, field=field, id=int(number)).first()
        if fact:
            return Asked(what, field, fact)
    elif what in edits.EDITABLE or (field in edits.SEVERAL and number in ("", "new")):
        return Asked(what, field, None)
    raise Http404


# The field


def _form(person: Person, asked: Asked) -> Form:
    field, fact = asked.field, asked.fact
    value = edits.spoken(person, field) if field in edits.EDITABLE else fact.value if fact else ""
    label = about.ADDING.get(field, about.LABELS[field]) if field in edits.SEVERAL else about.LABELS[field]
    usual = USUAL.get(field, ())
    note = fact.label if fact else ""
    return Form(
        what=asked.what,
        field=field,
        label=label,
        value=value,
        was=value,
        kind=_kind(field),
        note=note,
        notes=(*usual, note) if note and note not in usual else usual,
        options=_options(person, field),
        hint=HINTS.get(field, ""),
        removable=bool(value) and field != "name" and _kind(field) != "select",
        parts=_parts(value) if field == "birthday" else ("", "", ""),
    )


def _kind(field: str) -> str:
    if field in ("trust", "important", "circle_id"):
        return "select"
    return {"birthday": "birthday", "email": "email", "phone": "tel", "address": "lines"}.get(field, "text")


def _options(person: Person, field: str) -> tuple[tuple[str, str], ...]:
    if field == "trust":
        return tuple(Person.TRUST)
    if field == "important":
        return tuple(about.IMPORTANT)
    if field == "circle_id":
        named = Circle.objects.filter(space_id=person.space_id).values_list("id", "name")
        return (("", "none"), *((str(id), name) for id, name in named))
    return tuple((word, word) for word in RELATIONS) if field == "relation" else ()


def _parts(value: str) -> tuple[str, str, str]:
    day = PartialDate.of(value)
    return (str(day.day or ""), str(day.month or ""), str(day.year or "")) if day else ("", "", "")


# Keeping it


def _keep(request: HttpRequest, person: Person, asked: Asked) -> HttpResponse:
    form = _form(person, asked)
    value = _typed(request.POST, form)
    if value is None:
        return redirect("person", person.id)
    form = form._replace(value=value, was=request.POST.get("was", form.was), parts=_typed_parts(request.POST))
    if wrong := _wrong(form):
        return _show(request, person, form._replace(error=wrong), 422)
    version = request.POST.get("version", "")
    held = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    seen = {asked.field: request.POST["was"]} if "was" in request.POST else {}
    try:
        changed = edits.edit(person, {asked.field: value}, held, timezone.now(), seen)
    except EditedElsewhere as meanwhile:
        return _show_clash(request, person, form, meanwhile.current[asked.field])
    return _after(request, person, form, bool(changed))


def _typed(sent: QueryDict, form: Form) -> str | None:
    """What the user wrote, as the store takes it; None where the form was not sent whole."""
    if "away" in sent:
        return ""
    if form.field == "birthday" and "day" in sent:
        day, month, year = _typed_parts(sent)
        return str(birthdays.of_parts(year, month, day) or "") if day or month or year else ""
    if form.field not in sent:
        return None
    return " ".join(sent.get(form.field, "").split())[: LIMITS.get(form.field, entries.LONGEST)]


def _typed_parts(sent: QueryDict) -> tuple[str, str, str]:
    day, month, year = (sent.get(name, "").strip()[:4] for name in ("day", "month", "year"))
    return day, month, year


def _wrong(form: Form) -> str:
    """Why this cannot be kept; empty where it can."""
    if form.field == "name" and not form.value:
        return "A person needs a name."
    if form.kind == "select" and form.value not in dict(form.options):
        return "Please choose one of these."
    if form.field == "birthday" and any(form.parts) and not (form.value and _is_day(form.parts[0])):
        return "There is no such day. Please look at it once more."
    if form.field == "birthday" and form.parts[2] and not _is_year(form.parts[2]):
        return "The year has four digits, and has been."
    return ""


def _is_day(text: str) -> bool:
    """A day's number, or none: of a month that it does not have, `birthdays` knows."""
    return not text or (text.isascii() and text.isdecimal() and int(text) > 0)


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1900 <= int(text) <= timezone.localdate().year


def _keep_value(request: HttpRequest, person: Person, asked: Asked) -> HttpResponse:
    form = _form(person, asked)
    now = timezone.now()
    if "away" in request.POST and asked.fact:
        gone = edits.remove_value(asked.fact, now)
        undo = f"undo:{reverse('value_undo', args=[person.id, gone.id])}"
        messages.success(request, f"{form.value[:80]} is gone. No file will bring it back.", extra_tags=undo)
        return _after(request, person, form, False)
    if "value" not in request.POST:
        return redirect("person", person.id)
    note = request.POST.get("note", form.note)
    form = form._replace(value=request.POST["value"].strip()[: entries.LONGEST], note=note)
    stated = entries.read(asked.field, form.value, note, access.membership(request).phone_country)
    if isinstance(stated, entries.Wrong):
        return _show(request, person, form._replace(error=stated.sentence), 422)
    try:
        if asked.fact:
            changed = edits.change_value(asked.fact, stated, now) != asked.fact
        else:
            changed = bool(edits.add_value(person, stated, now))
    except EditedElsewhere as meanwhile:
        asked = asked._replace(what=f"{asked.field}.new", fact=None)
        form = form._replace(what=asked.what, removable=False)
        return _show_clash(request, person, form, meanwhile.current[asked.field])
    return _after(request, person, form, changed)


def _show(request: HttpRequest, person: Person, form: Form, status: int = 200) -> HttpResponse:
    """The field in its place, or, without a script, on a page of its own."""
    context = {"person": person, "form": form, "months": list(enumerate(MONTHS, 1)), "version": person.version}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "people/edit.html", context, status=status)
    response = render(request, "people/_form.html", context)  # htmx shows only what was answered with 200
    if request.method == "POST":
        row = request.GET.get("what", "name").replace(".", "-")  # `_asked` has seen to it
        response["HX-Retarget"], response["HX-Reswap"] = f"#edit-{row}", "innerHTML"
    return response


def _show_clash(request: HttpRequest, person: Person, form: Form, current: str) -> HttpResponse:
    """Another window was first: what stands there now, with the typed words kept in the field."""
    shown = dict(form.options).get(current, current) if form.kind == "select" else current
    shown = about.said(Fact(field=form.field, value=current)) if form.field == "birthday" and current else shown
    form = form._replace(current=shown, was=current)
    return _show(request, Person.objects.get(id=person.id), form, 409)


def _after(request: HttpRequest, person: Person, form: Form, changed: bool) -> HttpResponse:
    fresh = Person.objects.get(id=person.id)
    if changed and form.field == "place" and not form.value and fresh.place:
        messages.info(request, FROM_ADDRESS)
    elif changed:
        messages.success(request, KEPT)
    if request.htmx:  # type: ignore[attr-defined]
        return people.piece(request, fresh)
    return redirect(f"{reverse('person', args=[person.id])}#about")


@require_POST
def value_undo(request: HttpRequest, id: UUID, fact: int) -> HttpResponse:
    """Bring back a value that was removed; it may have been brought back already."""
    person = access.person(request, id)
    if gone := Fact.objects.filter(person=person, id=fact).first():
        edits.restore_value(gone, timezone.now())
    return redirect("person", id)


@require_POST
def news(request: HttpRequest, id: UUID, fact: int) -> HttpResponse:
    """What a source says beside the user's own word: taken over, or left."""
    person = access.person(request, id)
    told = Fact.objects.filter(person=person, id=fact).select_related("person").first()
    take = request.POST.get("choice") == "take"
    own = (edits.take_over if take else edits.leave_mine)(told, timezone.now()) if told else None
    if own:
        done = "Taken over. What it says next will show too." if take else "Yours stays."
        messages.success(request, done, extra_tags=f"undo:{reverse('news_undo', args=[id, own.pk])}")
    if request.htmx:  # type: ignore[attr-defined]
        return people.piece(request, access.person(request, id))
    return redirect(f"{reverse('person', args=[id])}#about")


@require_POST
def news_undo(request: HttpRequest, id: UUID, fact: int) -> HttpResponse:
    person = access.person(request, id)
    if own := Fact.objects.filter(person=person, id=fact).select_related("person").first():
        edits.undo_word(own, timezone.now())
    return redirect(f"{reverse('person', args=[id])}#about")
