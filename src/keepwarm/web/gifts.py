"""Which item of the shelf came along with a letter from Today or the session."""

from __future__ import annotations

from django.http import HttpRequest

from keepwarm.models import Item
from keepwarm.store import shelf
from keepwarm.web import access


def sent_along(request: HttpRequest, shape: str) -> Item | None:
    """None where its words, as far as they are sent, tell nothing of it, or it was forgotten while they were written:
    the letter has gone out all the same."""
    id = access.uuid(request.POST.get("gift", "")) if shape == shelf.SAW_THIS else None
    if id is None:
        return None
    words = request.POST.get("body", "")
    item = Item.objects.of(access.space(request)).seen_by(access.user(request)).filter(id=id).first()
    if item is None:
        return None
    told = not words or item.title in words or bool(item.url and item.url in words)
    return item if told else None
