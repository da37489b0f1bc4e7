"""One line about an exchange: read, shown as understood, put right, kept; and touches changed later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.core import names, touch_line
from keepwarm.core.touch_line import Line
from keepwarm.models import Door, Person, Touch
from keepwarm.store import asks, doors, promises, spaces, touches
from keepwarm.web import access, dates, timeline
from keepwarm.web import balance as weights
from keepwarm.web.asks import first
from keepwarm.web.doors import KINDS
from keepwarm.web.promises import Asked, forget_url, in_line, in_view

HOW = [
    ("meeting", "We met"), ("call", "A call"), ("mail", "By mail"), ("linkedin", "On LinkedIn"),
    ("whatsapp", "On WhatsApp"), ("sms", "By text message"), ("other", "Some other way"),
]  # fmt: skip
BEGAN = [("both", "Both of us"), ("out", "I did"), ("in", "They did")]
SEEN_BY = [("", "Everyone here"), ("1", "Only me")]
BETWEEN = [("give", "I gave something"), ("ask", "I asked for something"), ("neutral", "Neither")]
LONGEST = 2000
EARLIEST = date(1900, 1, 1)


class Face(NamedTuple):
    """Someone whom the line may mean, as a choice shows them."""

    id: UUID
    name: str
    role: str
    initials: str
    tint: int


class Beside(NamedTuple):
    """Someone else whom the line names in the same breath, and the choice of who that is."""

    field: str
    name: str
    people: list[Face]
    chosen: str  # an id; "" leaves them out


class Mark(NamedTuple):
    """A stretch of the line, and as what it was understood; "" is the rest."""

    text: str
    what: str


class Fields(NamedTuple):
    """What the form says of a touch, as text."""

    person: str
    on: str
    channel: str
    direction: str
    balance: str
    text: str
    private: str = ""  # "1": only its author sees it


class Offered(NamedTuple):
    """An ask or a door that the line holds, as the form offers it."""

    text: str
    kept: bool
    kind: str = ""  # of a door
    problem: bool = False


class Guess(NamedTuple):
    """A line as understood, or a touch as it stands: what the form shows, every field of it correctable."""

    fields: Fields
    people: list[Face]
    who: str = ""  # what was searched for
    line: str = ""
    marks: tuple[Mark, ...] = ()
    said: str = ""  # the touch in a few words
    day: date | None = None
    day_said: bool = False
    promises: tuple[Asked, ...] = ()
    happened: bool = True  # there is a touch to keep; else only what is to come
    ask: Offered | None = None  # to be kept in view until it is known what became of it
    door: Offered | None = None
    names: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    problems: tuple[str, ...] = ()  # fields that cannot be as they are


# A line becomes a touch


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """The line, and once it is written what Keepwarm understood; kept only when the user says so.

    ?line=…&added=… comes back from adding someone whom the line names.
    """
    line = _line(request)
    known = _known(request)
    guess = _guess(request, line, known) if line else None
    # A line changed since it was shown as understood is shown again first.
    if guess and request.POST.get("action") == "keep" and request.POST.get("before") == line:
        if not guess.problems:
            return _keep(request, guess)
    elif guess:
        guess = guess._replace(problems=())
    context = {
        "guess": guess,
        "line": line,
        "known": known,
        "looked": request.POST.get("action") == "look",
        "door_kinds": KINDS,
        **_choices(request),
        **(_give_first(request, guess) if guess else {}),
    }
    piece = request.method == "POST" and request.htmx  # type: ignore[attr-defined]
    return render(request, "touches/_guess.html" if piece else "touches/log.html", context)


def _give_first(request: HttpRequest, guess: Guess) -> dict[str, Any]:
    """Where something was asked of someone to whom little was given lately."""
    person = _person(request, guess.fields.person) if guess.ask else None
    return first(person, access.user(request), timezone.localdate()) if person else {}


def _line(request: HttpRequest) -> str:
    return " ".join(request.POST.get("line", request.GET.get("line", "")).split())[:LONGEST]


def _known(request: HttpRequest) -> Person | None:
    """Whom the line is about already: it was written on their page."""
    return _person(request, request.POST.get("with") or request.GET.get("with", ""))


def _person(request: HttpRequest, text: str) -> Person | None:
    """The person of an id that a form sent; None for nonsense and for strangers."""
    try:
        return Person.objects.of(access.space(request)).here().filter(id=UUID(text)).first()
    except ValueError:
        return None


def _choices(request: HttpRequest) -> dict[str, Any]:
    seen_by = SEEN_BY if spaces.is_shared(access.space(request)) else []
    return {"how": HOW, "began": BEGAN, "between": BETWEEN, "seen_by": seen_by, "today": timezone.localdate()}


def _guess(request: HttpRequest, line: str, known: Person | None) -> Guess:
    """The line read anew, under whatever the user has put right by hand since it was last shown."""
    said, post = _read(request, line), request.POST
    beside = () if known else tuple(_beside(request, said))
    people, chosen = ([known], str(known.id)) if known else _whom(request, said, beside)
    first = _fields(said)
    before = _fields(_read(request, post["before"])) if post.get("before") else first
    fields = Fields(*(_put_right(post, name, *pair) for name, *pair in zip(Fields._fields, before, first, strict=True)))
    fields = fields._replace(person=chosen)
    day = _day(fields.on)
    offers = promises.offers(said.promises, timezone.localdate())
    asked = in_line(request, offers, first_look=post.get("before") != line)
    ask, door = _ask_in(request, said, fields) if said.happened else None, _door_in(request, said)
    person = next((person for person in people if str(person.id) == chosen), None)
    return Guess(
        fields=fields,
        people=[_face(person) for person in people],
        who=post.get("who", "").strip(),
        line=line,
        marks=tuple(_marks(line, said)),
        said=touch_line.happened(fields.channel, fields.direction, person.given or person.name if person else "They"),
        day=day,
        day_said=said.at is not None,
        promises=asked,
        ask=ask,
        door=door,
        happened=said.happened,
        names=said.names,
        beside=beside,
        problems=(*_problems(fields, person), *_promise_problems(asked, said), *_offer_problems(ask, door)),
    )


def _promise_problems(asked: Sequence[Asked], said: Line) -> tuple[str, ...]:
    """A line that only looks ahead is worth keeping for one of its promises."""
    wrong = any(one.problem for one in asked) or not (said.happened or any(one.kept for one in asked))
    return ("promises",) if wrong else ()


def _ask_in(request: HttpRequest, said: Line, fields: Fields) -> Offered | None:
    """Of a touch by which something was asked: what, to be kept in view."""
    return _offered(request, "ask", fields.text or said.text) if fields.balance == "ask" else None


def _door_in(request: HttpRequest, said: Line) -> Offered | None:
    if said.door is None:
        return None
    kind = request.POST.get("door-kind", said.door.kind)
    return _offered(request, "door", said.door.text)._replace(kind=kind)


def _offered(request: HttpRequest, name: str, text: str) -> Offered:
    """As the user has put it right since the line was read, else as it was."""
    post = request.POST
    if f"{name}-text" not in post or post.get("before") != _line(request):
        return Offered(text[: asks.LONGEST], kept=True)
    own, kept = post[f"{name}-text"].strip()[: asks.LONGEST], name in post
    return Offered(own, kept, problem=kept and not own)


def _offer_problems(ask: Offered | None, door: Offered | None) -> list[str]:
    return [name for name, one in (("ask", ask), ("door", door)) if one and one.problem]


def _read(request: HttpRequest, line: str) -> Line:
    member = access.membership(request)
    return touch_line.read(line, timezone.localdate(), member.first_weekday, month_first=dates.month_first())


def _fields(said: Line) -> Fields:
    on = (said.at or timezone.localdate()).isoformat()
    return Fields("", on, said.channel or "other", said.direction, said.balance, said.text)


def _put_right(post: QueryDict, name: str, before: str, now: str) -> str:
    """The user's own value where they changed what the form had guessed, else the guess."""
    sent = post.get(name)
    if sent is None or (sent := sent.replace("\r\n", "\n").strip()) == before:
        return now
    return sent[:LONGEST]


def _whom(request: HttpRequest, said: Line, beside: Sequence[Beside]) -> tuple[list[Person], str]:
    """The choice of people, and which of them is chosen: as the user says, else the likeliest."""
    space, who = access.space(request), request.POST.get("who", "").strip()
    likely = [name for name in said.names if name not in said.together[1:]]
    people, _ = touches.Meant(touches.find_people(space, who), False) if who else touches.meant(space, likely)
    added = _person(request, request.GET.get("added", ""))
    if added and added.id not in {face.id for one in beside for face in one.people}:
        people = [added, *(person for person in people if person != added)]
    # A person chosen for another line, or before another search, is no choice for this one.
    if "person" not in request.POST or request.POST.get("before") != _line(request) or _searched_anew(request):
        return people, str(people[0].id) if people else ""
    mine = _person(request, request.POST["person"])
    return [*([mine] if mine and mine not in people else []), *people], str(mine.id) if mine else ""


def _beside(request: HttpRequest, said: Line) -> Iterable[Beside]:
    """The others of whom the line tells: chosen as the user says, else the likeliest, where the name is theirs."""
    first_look = request.POST.get("before") != _line(request)
    for number, name in enumerate(said.together[1:], 1):
        people, _ = touches.meant(access.space(request), [name])
        chosen = request.POST.get(f"beside-{number}", "")
        if first_look:
            chosen = str(people[0].id) if people else ""
        yield Beside(f"beside-{number}", name, [_face(person) for person in people], chosen)


def _searched_anew(request: HttpRequest) -> bool:
    return request.POST.get("who", "").strip() != request.POST.get("searched", "")


def _face(person: Person) -> Face:
    return Face(person.id, person.name, person.role, names.initials(person.name), names.tint(person.id))


def _marks(line: str, said: Line) -> Iterable[Mark]:
    at = 0
    for span in said.spans:
        yield Mark(line[at : span.start], "")
        yield Mark(line[span.start : span.end], span.what)
        at = span.end
    yield Mark(line[at:], "")


def _day(on: str) -> date | None:
    try:
        return date.fromisoformat(on)
    except ValueError:
        return None


def _problems(fields: Fields, person: Person | None) -> tuple[str, ...]:
    day = _day(fields.on)
    wrong = {
        "person": person is None,
        "on": day is None or not EARLIEST <= day <= timezone.localdate(),
        "channel": fields.channel not in touches.CHANNELS,
        "direction": fields.direction not in touches.DIRECTIONS,
        "balance": fields.balance not in touches.BALANCES,
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def _keep(request: HttpRequest, guess: Guess) -> HttpResponse:
    """Write it down; the message that follows takes it back."""
    fields = guess.fields
    asked = [_person(request, id) for id in (fields.person, *(one.chosen for one in guess.beside))]
    people = list(dict.fromkeys(person for person in asked if person))  # `_problems` has seen to the first
    said = Line(fields.channel, _day(fields.on), fields.direction, fields.balance, (), fields.text, None, ())
    touch, now = None, timezone.now()
    if guess.happened:
        touch, *_ = touches.log_line(
            people, access.user(request), said, timezone.localdate(), now, private=bool(fields.private)
        )
        _keep_beside(touch, guess, now)
    kept = [
        promises.keep(
            people[0], access.user(request), one.offer, timezone.now(), private=bool(fields.private), written=touch
        )
        for one in guess.promises if one.kept
    ]  # fmt: skip
    noted = f"Noted, with {names.listed([one.name for one in people])}."
    if touch:
        undo = reverse("touch_undo", args=[touch.id])
        messages.success(request, f"{noted} {in_view(kept)}" if kept else noted, extra_tags=f"undo:{undo}")
    else:
        messages.success(request, in_view(kept), extra_tags=f"undo:{forget_url(kept)}")
    return redirect("person", people[0].id)


def _keep_beside(touch: Touch, guess: Guess, now: datetime) -> None:
    """The ask and the door of the line; at the touch's own moment, so that its undo takes them along."""
    if guess.ask and guess.ask.kept:
        asks.plan(touch.person, touch.author, guess.ask.text, now, touch=touch)
    if guess.door and guess.door.kept and guess.door.kind in Door.Kind.values:
        said = doors.Said(guess.door.kind, guess.door.text, timezone.localdate(touch.at))
        doors.write(touch.person, touch.author, said, now, private=touch.private)


# A touch is put right


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything a touch says, to change or to delete."""
    touch = access.touch(request, id)
    guess = _as_it_stands(request, touch)
    # Enter presses the first button of the form, "Find", where nobody is asked for.
    if request.method == "POST" and (request.POST.get("action") == "keep" or not guess.who):
        if not guess.problems:
            return _changed(request, touch, guess.fields)
    else:
        guess = guess._replace(problems=())
    own = touch.source == "user"  # what a file says happened with somebody did happen with them
    return render(request, "touches/touch.html", {"touch": touch, "guess": guess, "own": own, **_choices(request)})


def _as_it_stands(request: HttpRequest, touch: Touch) -> Guess:
    post, who = request.POST, request.POST.get("who", "").strip()
    on = timezone.localdate(touch.at).isoformat()
    private = "1" if touch.private else ""
    held = Fields(str(touch.person_id), on, touch.channel, touch.direction, touch.balance, touch.line, private)
    fields = Fields(*(_put_right(post, name, value, value) for name, value in held._asdict().items()))
    people = touches.find_people(access.space(request), who) if who else []
    if who and _searched_anew(request):
        fields = fields._replace(person=str(people[0].id) if people else fields.person)
    chosen = _person(request, fields.person)
    shown = {person.id: person for person in (chosen, touch.person, *people) if person}
    return Guess(
        fields=fields, people=[_face(person) for person in shown.values()], who=who, day=_day(fields.on),
        names=(who,) if who and not people else (), problems=_problems(fields, chosen),
    )  # fmt: skip


def _changed(request: HttpRequest, touch: Touch, fields: Fields) -> HttpResponse:
    values: dict[str, Any] = {
        "channel": fields.channel, "direction": fields.direction, "balance": fields.balance, "line": fields.text,
        "private": bool(fields.private),
    }  # fmt: skip
    day = date.fromisoformat(fields.on)
    if day != timezone.localdate(touch.at):
        values["at"] = touches.midday(day, timezone.now())
    if touch.source == "user":
        values["person_id"] = UUID(fields.person)
    if touches.edit(touch, access.user(request), timezone.now(), **values):
        _say(request, touch, "Put right.")
    return _to_the_touch(touch)


@require_POST
def balance(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give, ask or neither, in one click."""
    touch, chosen = access.touch(request, id), request.POST.get("balance", "")
    words = {"give": "You gave something there.", "ask": "You asked for something there.", "neutral": "Neither, then."}
    if chosen in words and touches.edit(touch, access.user(request), timezone.now(), balance=chosen):
        _say(request, touch, words[chosen])
    if request.htmx:  # type: ignore[attr-defined]
        between = weights.of_person(touch.person, access.user(request), timezone.localdate())
        context = {"moment": timeline.of_touch(touch), "chosen": chosen, **between}
        return render(request, "touches/_balance.html", context)
    return _to_the_touch(touch)


@require_POST
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    touch = access.touch(request, id)
    touches.delete(touch, access.user(request), timezone.now())
    _say(request, touch, "Deleted.")
    return redirect("person", touch.person_id)


@require_POST
def put_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo of the last change, or of the deletion."""
    touch = access.touch(request, id)
    touches.put_back(touch, timezone.now())
    return _to_the_touch(touch)


def _say(request: HttpRequest, touch: Touch, said: str) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('touch_put_back', args=[touch.id])}")


def _to_the_touch(touch: Touch) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('person', args=[touch.person_id])}#touch-{touch.id}")
