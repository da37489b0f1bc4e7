"""Find someone, from any page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.models import Person
from keepwarm.store import people_list, search
from keepwarm.web import access, rows

QUICK = 7  # people below the quick search


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The first few whom the words find."""
    space, day, question = access.space(request), timezone.localdate(), request.GET.get("q", "")
    here = Person.objects.of(space).here()
    found = search.find(here, space, question, 0, QUICK + 1)
    lines = people_list.lines(space, found.ids[:QUICK], access.user(request))
    faces = [rows.face(line.person, day, with_photo=line.photo) for line in lines]
    all_url = f"{reverse('people')}?{urlencode({'q': question})}" if len(found.ids) > QUICK else ""
    asks = " " in question.strip()  # more than a name
    who_url = f"{reverse('who')}?{urlencode({'q': question})}" if asks else ""
    context = {"faces": faces, "question": question, "all_url": all_url, "who_url": who_url}
    return render(request, "people/_found.html", context)
