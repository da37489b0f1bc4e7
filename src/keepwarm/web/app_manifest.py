"""The manifest by which a phone takes Keepwarm for an app, and offers it where something is shared."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

PAPER = "#f6f3ee"  # as in base.html


@login_not_required
@require_GET
def show(request: HttpRequest) -> JsonResponse:
    """Browsers ask for it without cookies."""
    answer = JsonResponse(
        {
            "id": "/",
            "name": "Keepwarm",
            "short_name": "Keepwarm",
            "description": "Keep warm the network you already have.",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "theme_color": PAPER,
            "background_color": PAPER,
            "icons": [
                {"src": static("icons/app-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": static("icons/app-512.png"), "sizes": "512x512", "type": "image/png"},
                {"src": static("icons/app-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
            ],
            "shortcuts": [{"name": "Save to the shelf", "url": reverse("shelf_save")}],
            # A page that is shared is saved by its form's button, never by being asked for.
            "share_target": {
                "action": reverse("shelf_save"),
                "method": "GET",
                "params": {"title": "title", "text": "text", "url": "url"},
            },
        },
        content_type="application/manifest+json",
    )
    answer["Cache-Control"] = "max-age=86400"
    return answer
