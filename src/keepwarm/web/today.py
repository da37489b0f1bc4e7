"""Today: three people, and what the user does with each."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm.core.reconnect import Candidate, Owner, drafts, reasons
from keepwarm.core.reconnect.linter import Check
from keepwarm.models import Membership, Person, Pick, Touch, User
from keepwarm.store import balance, letters, occasions, people, shapes, spaces, today, touches, week
from keepwarm.store import moments as stored
from keepwarm.web import access, cards, gifts, just_met, moments, promises
from keepwarm.web.week import ticks

WEEKS = {"1": "a week", "4": "a month", "13": "three months"}
DOUBT = "People value an unexpected hello more than its sender expects."


def _owner(member: Membership) -> Owner:
    return spaces.owner_facts(member.space, member)


def show(request: HttpRequest, asking: UUID | None = None, written: Touch | None = None) -> HttpResponse:
    """The page, or its piece for htmx. `written`: the touch whose line may promise something."""
    member = access.membership(request)
    day, owner = timezone.localdate(), _owner(member)
    if _rests(request, member, day):
        rest: dict[str, Any] = {"day": day, "rests": True, "next_day": _next_day(member.days, day), "cards": []}
        rest["just_met"] = just_met.on_today(member, day, [])
        return _show(request, rest | promises.on_today(member, day, []))
    picks = today.of_day(member.space, member.user, owner, day, timezone.now())
    shown = cards.cards(picks, owner, member.user, day, asking)
    this = week.of(member, day)
    context = {
        "day": day,
        "cards": shown,
        "finished": bool(shown) and all(card.state != "open" for card in shown),
        "anybody": people.anybody(member.space),
        "line_of_doubt": DOUBT,
        "news": moments.line(stored.some(member.space, day)),
        "offers": promises.written_in(request, written, written.line) if written else promises.offered_on(request),
        "just_met": just_met.on_today(member, day, [pick.person_id for pick in picks]),
        **promises.on_today(member, day, [pick.person_id for pick in picks]),
        "week": this,
        **ticks(this),
    }
    return _show(request, context)


def _show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "today/_today.html" if request.htmx else "today/today.html", context)  # type: ignore[attr-defined]


def _rests(request: HttpRequest, member: Membership, day: date) -> bool:
    """Whether the user wants no three on this day of the week, and has not asked for them all the same."""
    if str(day.weekday()) in member.days or "anyway" in request.GET:
        return False
    return people.anybody(member.space) and not today.stored(member.space, member.user, day)


def _next_day(days: str, day: date) -> str:
    """When there will be three again: "tomorrow", a day of the week, or "" where no day is chosen."""
    ahead = next((step for step in range(1, 8) if str((day.weekday() + step) % 7) in days), 0)
    return "tomorrow" if ahead == 1 else f"on {reasons.WEEKDAYS[(day.weekday() + ahead) % 7]}" if ahead else ""


def _after(request: HttpRequest, asking: UUID | None = None, written: Touch | None = None) -> HttpResponse:
    """The piece for htmx, else back to the page."""
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, asking, written)
    if written:
        return redirect(f"{reverse('today')}?touch={written.id}")
    return redirect(f"{reverse('today')}?asking={asking}" if asking else "today")


def page(request: HttpRequest) -> HttpResponse:
    try:
        asking = UUID(request.GET.get("asking", ""))
    except ValueError:
        asking = None
    return show(request, asking)


def _undoable(request: HttpRequest, pick: Pick, said: str) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('pick_undo', args=[pick.id])}")


@require_POST
def sent(request: HttpRequest, id: UUID) -> HttpResponse:
    pick = access.pick(request, id)
    if pick.state == Pick.State.SHOWN:
        channel = request.POST.get("channel", "")
        if channel not in letters.CHANNELS:
            channel = letters.primary(letters.links([pick.person_id])[pick.person_id])
        letter = _as_sent(request, pick)
        subject = letter.subject if channel == "mail" else ""
        gift, now = gifts.sent_along(request, letter.kind), timezone.now()
        if today.sent(pick, channel, letter.kind, subject, now, name=letter.name, body=letter.body, gift=gift):
            _undoable(request, pick, f"Noted. A hello to {pick.person.name}.")
    return _after(request, pick.id)


def _as_sent(request: HttpRequest, pick: Pick) -> letters.Letter:
    """The letter as it stood on the card: the one on top, or, where the script tells, the one it was turned to, with
    its words as they are by now."""
    day, picks = timezone.localdate(), today.stored(pick.space, pick.user, pick.day)
    ids = [other.person_id for other in picks]
    known, ways = occasions.recipients(ids, pick.space, pick.user, day), letters.links(ids)
    written = cards.write(picks, known, ways, _owner(access.membership(request)), pick.user, day)
    mine = next((one for other, one in zip(picks, written, strict=True) if other.id == pick.id), [])
    nothing = letters.Letter("", "", "", "", True)
    if (asked := request.POST.get("shape")) is None:
        return next((letter for letter in mine if letter.current), nothing)
    turned_to = next((letter for letter in mine if letter.shape == asked), nothing)
    body = request.POST.get("body", turned_to.body)
    return turned_to._replace(subject=request.POST.get("subject", "")[:500], body=body)


@require_POST
def line(request: HttpRequest, id: UUID) -> HttpResponse:
    pick = access.pick(request, id)
    if pick.touch and (text := request.POST.get("line", "").strip()):
        touches.say(pick.touch, text[:2000])
        messages.success(request, "Kept, for the next time.")
        return _after(request, written=pick.touch)
    return _after(request)


@require_POST
def talked(request: HttpRequest, id: UUID) -> HttpResponse:
    pick = access.pick(request, id)
    at = noon(request.POST.get("on", ""))
    if at is None:
        messages.error(request, "Please say on which day you talked: a day up to today.")
    elif pick.state == Pick.State.SHOWN:
        if today.talked(pick, at, timezone.now()):
            _undoable(request, pick, f"Noted: you and {pick.person.name} talked.")
        return _after(request, pick.id)
    return _after(request)


def noon(text: str) -> datetime | None:
    """Midday of an ISO date in the user's zone, or now where that is earlier; None for nonsense or the future."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if not date(1900, 1, 1) <= day <= timezone.localdate():
        return None
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


@require_POST
def swap(request: HttpRequest, id: UUID) -> HttpResponse:
    return _pass_over(request, id, Pick.State.SWAPPED, "Someone else, then.")


@require_POST
def not_now(request: HttpRequest, id: UUID) -> HttpResponse:
    weeks = request.POST.get("weeks", "4")
    chosen = weeks if weeks in WEEKS else "4"
    return _pass_over(request, id, Pick.State.NOT_NOW, f"{{name}} rests for {WEEKS[chosen]}.", int(chosen))


@require_POST
def never(request: HttpRequest, id: UUID) -> HttpResponse:
    return _pass_over(request, id, Pick.State.NEVER, "{name} will not be suggested again.")


def _pass_over(request: HttpRequest, id: UUID, state: str, said: str, weeks: int = 0) -> HttpResponse:
    pick = access.pick(request, id)
    if pick.state == Pick.State.SHOWN:
        fresh = today.pass_over(pick, state, _owner(access.membership(request)), timezone.now(), weeks)
        alone = "" if fresh else " There is no one else to suggest today."
        if pick.state == state:  # else another click has been there first
            _undoable(request, pick, said.replace("{name}", pick.person.name) + alone)
    return _after(request)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    today.undo(access.pick(request, id), timezone.now())
    return _after(request)


@require_POST
def draft(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep the words; answers with the quiet checks, or, without a script, with the page they came from."""
    person = access.person(request, id)
    shape, subject, body = (request.POST.get(name, "") for name in ("shape", "subject", "body"))
    who = occasions.recipients([person.id], person.space, access.user(request), timezone.localdate())[person.id]
    channel = letters.primary(letters.links([person.id])[person.id])
    kind = _kind(request, shape)
    if not kind:
        return HttpResponse("There is no such kind of message.", status=400, content_type="text/plain")
    if request.POST.get("action") == "shape":
        subject, body = _in_shape(request, who, channel, shape)
    letters.save(person, access.user(request), shape, subject, body, timezone.now())
    if "action" in request.POST:
        return _back_to(request, person.id)
    letter = letters.Letter(shape, "", subject, body, True, kind)
    checks = kindly(letters.checks(letter, who, channel), person, access.user(request))
    return render(request, "today/_checks.html", {"checks": checks})


def kindly(checks: list[Check], person: Person, user: User) -> list[Check]:
    """What the quiet checks say of an ask, and, where little was given lately, that too."""
    asks = any(check.kind == "ask" and not check.ok for check in checks)
    said = balance.noticed(person, user, timezone.localdate()) if asks else ""
    return [
        check._replace(text=f"{check.text} {said} A small give first?") if said and check.kind == "ask" else check
        for check in checks
    ]


def _kind(request: HttpRequest, shape: str) -> str:
    """What kind of letter an own shape writes; "" where there is no such shape."""
    if not shapes.is_own(shape):
        return shape if shape in letters.LABELS else ""
    held = shapes.in_use(access.space(request), access.user(request))
    return next((drafts.kind_of(one.reason) for one in held if one.name == shape), "")


def _back_to(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page on which the letter was written."""
    came, back = request.headers.get("Referer", ""), request.POST.get("back", "")
    if back == "today":
        return redirect("today")
    if back == "session" or "/week/" in came:
        return redirect("session")
    return redirect("person", person) if "/people/" in came else redirect("today")


def _in_shape(request: HttpRequest, who: Candidate, channel: str, shape: str) -> tuple[str, str]:
    """Subject and body of the asked-for shape: the user's own, else ours."""
    written = _written(request, who, channel)
    return next(((letter.subject, letter.body) for letter in written if letter.shape == shape), ("", ""))


def _written(request: HttpRequest, who: Candidate, channel: str, turn: int = 0) -> list[letters.Letter]:
    member = access.membership(request)
    saved, own = letters.saved([who.id], member.user), shapes.in_use(member.space, member.user)
    return letters.write(who, _owner(member), timezone.localdate(), channel, saved, turn, own=own)
