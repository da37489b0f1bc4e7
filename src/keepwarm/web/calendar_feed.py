"""The calendar at its secret address, for programs that cannot sign in; and one event of it as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET, require_safe

from keepwarm.models import Membership, Reminder
from keepwarm.reminders import feed
from keepwarm.reminders.feed import Asked
from keepwarm.store import reminders
from keepwarm.web import access, limits

AN_HOUR = 120  # a few devices, each asking every five minutes at the most
TYPE = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    reminder = feed.found(token)
    if reminder is None:
        return HttpResponse("There is no calendar at this address.", status=404, content_type="text/plain")
    if not limits.allows(f"feed:{reminder.feed}", AN_HOUR):
        answer = HttpResponse("Once an hour is enough.", status=429, content_type="text/plain")
        answer["Retry-After"] = "3600"
        return answer
    member = Membership.objects.select_related("space", "user").filter(
        space=reminder.space_id, user=reminder.user_id, user__is_active=True
    )
    content = feed.calendar(_asked(member.get(), reminder)) if member.exists() else b""
    return _answer(request, content)


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    mark = feed.tag(content)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    answer = HttpResponse(status=304) if mark in known or "*" in known else HttpResponse(content, content_type=TYPE)
    answer["ETag"] = mark
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked(member: Membership, reminder: Reminder) -> Asked:
    day = timezone.now().astimezone(reminders.zone(member)).date()
    return Asked(member, reminder, day)


@require_GET
def entry(request: HttpRequest, uid: str) -> HttpResponse:
    """One event as a file to be opened once: the session, or someone's birthday."""
    member = access.membership(request)
    reminder = reminders.of(member) or Reminder(space=member.space, user=member.user, since=member.made_at)
    content = feed.one(_asked(member, reminder), uid)
    if content is None:
        raise Http404("There is no such event.")
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{uid.partition("-")[0]}.ics"'
    return answer
