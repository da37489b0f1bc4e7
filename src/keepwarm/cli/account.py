"""`keepwarm sign-in-link`: back in without the password."""

from __future__ import annotations

from typing import Annotated

import typer

from keepwarm.cli import app, out, start


@app.command()
def sign_in_link(
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Print a link that signs the owner in once, within the hour; on a new server, the link that claims it."""
    home = start.space(space)
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import spaces  # noqa: PLC0415

    address = settings.PUBLIC_URL or f"http://localhost:{settings.OPTIONS['KEEPWARM_PORT']}"
    token = spaces.new_link(home, spaces.owner(home), timezone.now())
    out.print(f"{address}/welcome/{token}", highlight=False, soft_wrap=True)
