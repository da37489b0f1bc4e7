"""A letter's own address that stops it: pressed by mail programs in one click, by people on a page; with undo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from keepwarm.models import Channel
from keepwarm.reminders import digest
from keepwarm.store import reminders


@login_not_required
@csrf_exempt  # RFC 8058: a mail program posts from nowhere. The address itself is the proof, and it can do no more.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asking changes nothing, as scanners of mail open every link; posting stops the letters, or starts them again."""
    try:
        channel = Channel.objects.filter(id=digest.channel_of(token)).first()
    except (signing.BadSignature, ValueError):
        channel = None
    if channel is None:
        return render(request, "reminders/stop_dead.html", status=404)
    if request.method == "POST":
        reminders.switch(channel, on="again" in request.POST)
        channel.refresh_from_db()
    return render(request, "reminders/stop.html", {"channel": channel, "pressed": request.method == "POST"})
