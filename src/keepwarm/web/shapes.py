"""Your words: the message shapes of one's own, and the library to copy from."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keepwarm.core.reconnect import grammar, known, own_words
from keepwarm.core.reconnect.own_words import Tried
from keepwarm.core.reconnect.shapes import CONGRATULATE, LONG_GAP, MAIL, REASONS, SHORT, Shape, ends
from keepwarm.core.reconnect.shapes.library import LIBRARY
from keepwarm.models import OwnShape
from keepwarm.store import letters, occasions, shapes, spaces
from keepwarm.store.shapes import TooMany
from keepwarm.web import access

CHANNELS = {"": "Anywhere", MAIL: "Mail", SHORT: "LinkedIn, WhatsApp or a text message"}
MOMENTS = {
    "birthday": "A birthday", "anniversary": "An anniversary", "round_years": "Round years", "new_job": "A new job",
    "new_title": "A new title", "published": "Something published", "other": "Other good news",
}  # fmt: skip


class Form(NamedTuple):
    """A shape as the form has it."""

    name: str = ""
    subject: str = ""
    words: str = ""
    reason: str = "hello"  # of `reasons`: with the moment, "congratulate:birthday"
    relation: str = ""
    channel: str = ""
    private: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        reason, _, moment = self.reason.partition(":")
        return self._asdict() | {"reason": reason, "moment": moment}

    @property
    def problems(self) -> list[str]:
        return list(own_words.problems(self.subject, self.words))

    @property
    def missing(self) -> list[str]:
        return own_words.missing(self.name, self.words)


class Row(NamedTuple):
    """One of the user's own, in the list."""

    id: UUID
    name: str
    words: str
    used_for: str
    in_use: bool
    mine: bool
    by: str
    private: bool


class Trial(NamedTuple):
    """The shape as it reads to one person."""

    name: str
    what: str
    tried: Tried


def reasons() -> dict[str, str]:
    """What a shape may be for, as the form offers it."""
    told = {reason: said for reason, said in REASONS.items() if reason != LONG_GAP}
    moments = {f"{CONGRATULATE}:{kind}": f"{REASONS[CONGRATULATE]}: {said}" for kind, said in MOMENTS.items()}
    return told | moments


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The user's own, and the library by reason."""
    user = access.user(request)
    rows = [_row(own, user.pk) for own in shapes.seen(access.space(request), user)]
    parts = [
        (said, [(one, _for_whom(one)) for one in LIBRARY if one.reason == reason]) for reason, said in REASONS.items()
    ]
    return render(request, "shapes/page.html", {"rows": rows, "parts": parts, "count": len(LIBRARY)})


def _row(own: OwnShape, me: Any) -> Row:
    other = own.author if own.author_id not in (None, me) else None
    by = (other.first_name or str(other)) if other else ""
    return Row(own.id, own.name, own.words, used_for(own), own.in_use, other is None, by, own.private)


def used_for(own: OwnShape) -> str:
    """ "A hello, client, mail"."""
    reason = reasons().get(f"{own.reason}:{own.moment}" if own.moment else own.reason, own.reason)
    told = (reason, known.RELATIONS.get(own.relation, ""), CHANNELS[own.channel].lower() if own.channel else "")
    return ", ".join(part for part in told if part)


def _for_whom(shape: Shape) -> str:
    """ "Client or someone you worked with, mail"; "" for anyone anywhere."""
    whom = " or ".join(known.RELATIONS[relation] for relation in shape.relation)
    where = CHANNELS[shape.channel] if shape.channel else ""
    return ", ".join(part for part in (whom.capitalize(), where.lower() if whom else where) if part)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write one, perhaps as a copy (`like`) of another."""
    if request.method == "GET":
        return _show(request, _copied(request, request.GET.get("like", "")))
    form = _sent(request.POST)
    if not _keeps(request, form):
        return _show(request, form)
    try:
        own = shapes.write(access.space(request), access.user(request), timezone.now(), **form.columns)
    except TooMany:
        messages.error(request, f"There are {shapes.MOST} already. Remove one that you do not use any more.")
        return _show(request, form)
    undo = f"undo:{reverse('shape_remove', args=[own.id])}"
    messages.success(request, f"Kept. “{own.name}” is offered first where it fits.", extra_tags=undo)
    return redirect("shapes")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    own = access.own_shape(request, id)
    if request.method == "GET":
        return _show(request, _of(own), own)
    form = _sent(request.POST)
    if not _keeps(request, form):
        return _show(request, form, own)
    shapes.change(own, **form.columns)
    messages.success(request, f"Kept: “{form.name}”.")
    return redirect("shapes")


def _keeps(request: HttpRequest, form: Form) -> bool:
    """Whether the user wants to keep it, and it can be."""
    return request.POST.get("action") == "keep" and not form.missing and not form.problems


def _show(request: HttpRequest, form: Form, own: OwnShape | None = None) -> HttpResponse:
    """The form with its words tried on three people, or the piece with these for htmx."""
    to_keep = request.POST.get("action") == "keep"
    turn = access.number(request.POST.get("turn", "1")) + (request.POST.get("action") == "others")
    context = {
        "form": form,
        "own": own,
        "problems": [*(form.missing if to_keep else []), *form.problems],
        "hints": own_words.hints(form.words) if form.words.strip() else [],
        "trials": _trials(request, form, turn) if form.words.strip() and not _unreadable(form) else [],
        "turn": turn,
        "facts": [(name, known.FACTS[name]) for name in known.MAIN],
        "finer": [(name, said) for name, said in known.FACTS.items() if name not in known.MAIN],
        "reasons": reasons(),
        "relations": known.RELATIONS,
        "channels": CHANNELS,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "shapes/_preview.html", context)
    return render(request, "shapes/shape.html", context, status=422 if to_keep else 200)


def _unreadable(form: Form) -> bool:
    return bool(grammar.problems(form.words, known.FACTS) or grammar.problems(form.subject, known.FACTS))


def _trials(request: HttpRequest, form: Form, turn: int) -> list[Trial]:
    member, day = access.membership(request), timezone.localdate()
    owner = spaces.owner_facts(member.space, member)
    ids = shapes.to_try_on(member.space, turn - 1)
    whom, ways = occasions.recipients(ids, member.space, member.user, day), letters.links(ids)
    shape, found = _as_shape(form), []
    for id, what in zip(ids, ("of whom much is known", "of whom little is", "with a name of its own"), strict=False):
        channel = "mail" if form.channel == MAIL else "sms" if form.channel == SHORT else letters.primary(ways[id])
        found.append(Trial(whom[id].name, what, own_words.try_on(shape, whom[id], owner, day, channel)))
    return found


def _as_shape(form: Form) -> Shape:
    reason, _, moment = form.reason.partition(":")
    return Shape(
        reason, "", form.words, subject=form.subject, relation=(form.relation,) if form.relation else (),
        channel=form.channel, when=moment, label=form.name or "yours",
    )  # fmt: skip


def _sent(post: QueryDict) -> Form:
    """What is no choice is the widest one."""
    reason, relation, channel = (post.get(name, "") for name in ("reason", "relation", "channel"))
    return Form(
        name=" ".join(post.get("name", "").split())[:60],
        subject=" ".join(post.get("subject", "").split())[:200],
        words=post.get("words", "").replace("\r\n", "\n").strip()[:20_000],
        reason=reason if reason in reasons() else "hello",
        relation=relation if relation in known.RELATIONS else "",
        channel=channel if channel in CHANNELS else "",
        private="private" in post,
    )


def _of(own: OwnShape) -> Form:
    reason = f"{own.reason}:{own.moment}" if own.moment else own.reason
    return Form(own.name, own.subject, own.words, reason, own.relation, own.channel, own.private)


def _copied(request: HttpRequest, like: str) -> Form:
    """Of the library by its name, of the space's by its id; of neither an empty one."""
    if one := next((one for one in LIBRARY if one.name == like), None):
        close = one.close or (ends.SHORT_ENDS if one.channel == SHORT else ends.MAIL_ENDS)[0]
        words = f"{' '.join(part for part in (one.opening, one.body) if part)}\n\n{close}"
        return Form("", one.subject, words, _reason_of(one), (*one.relation, "")[0], one.channel)
    held = shapes.seen(access.space(request), access.user(request))
    own = next((one for one in held if one.id == access.uuid(like)), None)
    return _of(own)._replace(name=f"{own.name}, again"[:60]) if own else Form()


def _reason_of(shape: Shape) -> str:
    """Of the library's finer moments, the one that the form has."""
    reason = "hello" if shape.reason == LONG_GAP else shape.reason
    moment = shape.when.removesuffix("_soon").removesuffix("_today")
    return f"{reason}:{moment}" if moment in MOMENTS else reason


@require_POST
def switch(request: HttpRequest, id: UUID) -> HttpResponse:
    """In use or resting; the same button puts it back."""
    own = access.own_shape(request, id)
    shapes.change(own, in_use=not own.in_use)
    said = f"“{own.name}” rests." if own.in_use else f"“{own.name}” is in use again."
    messages.success(request, said, extra_tags=f"undo:{reverse('shape_switch', args=[id])}")
    return redirect("shapes")


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    own = access.own_shape(request, id)
    shapes.remove(own, timezone.now())
    undo = f"undo:{reverse('shape_back', args=[id])}"
    messages.success(request, f"“{own.name}” is removed. Letters already written stay.", extra_tags=undo)
    return redirect("shapes")


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    shapes.put_back(access.own_shape(request, id, removed=True))
    return redirect("shapes")
