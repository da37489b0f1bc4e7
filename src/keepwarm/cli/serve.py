"""`keepwarm serve`: one process with the pages, the worker and the clock."""

from __future__ import annotations

import ipaddress
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import webbrowser
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer
from filelock import FileLock, Timeout

from keepwarm.cli import Stop, app, err, out, start

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer

EVERYONE = "0.0.0.0"  # noqa: S104 - asked for with --lan, and said so
LAN_WARNING = "Anyone on this network can now reach the sign-in page, and what you type travels unencrypted."


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="The port; KEEPWARM_PORT by default, 0 for a free one.")] = None,
    lan: Annotated[bool, typer.Option("--lan", help="Let the phones on this network in, too.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the one-time link in a browser.")] = True,
    stay: Annotated[bool, typer.Option("--stay/--with-parent", help="Go on when what started this ends.")] = True,
) -> None:
    """Serve the pages, and do the background jobs, until you press Ctrl+C."""
    if not stay:
        _end_with_parent()  # first of all: setting up takes a second, in which the parent may go
    start.ready()
    from django.conf import settings  # noqa: PLC0415

    with _only_server(settings.DATA):
        host = _lan_address() if lan else ""
        if host:
            settings.ALLOWED_HOSTS.append(host)
        server = _listen(
            EVERYONE if lan else settings.OPTIONS["KEEPWARM_LISTEN"],
            settings.OPTIONS["KEEPWARM_PORT"] if port is None else port,
        )
        _work()
        _greet(f"http://localhost:{server.effective_port}", host, server.effective_port, open_browser)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        server.run()


def _only_server(data: object) -> AbstractContextManager[object]:
    """The lock on the data folder: SQLite with two servers would do every job twice. PostgreSQL needs none."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return nullcontext()
    lock = FileLock(f"{data}/server.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Stop(f"Keepwarm is already running on {data}. Open it in the browser, or stop it first.") from None
    return lock


def _listen(host: str, port: int) -> BaseWSGIServer:
    from django.conf import settings  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from waitress import create_server  # noqa: PLC0415
    from waitress.channel import HTTPChannel  # noqa: PLC0415

    from keepwarm.cli.bodies import BoundedParser  # noqa: PLC0415

    HTTPChannel.parser_class = BoundedParser
    spool = settings.DATA / "uploads"
    spool.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(spool)  # uploads wait beside the data, not in a /tmp that may be memory
    try:
        server: BaseWSGIServer = create_server(
            get_wsgi_application(), host=host, port=port, threads=8, ident=None,
            # Many may be slow at once; poll, as select knows no more than a thousand.
            connection_limit=1000, channel_timeout=60, asyncore_use_poll=hasattr(select, "poll"),
            # Ours says in words what is too large; this only bounds the disk.
            max_request_body_size=2 * settings.UPLOAD_LIMIT + 100_000_000,
            **_proxy(settings.PUBLIC_URL),
        )  # fmt: skip
    except OSError as refused:
        raise Stop(f"Port {port} cannot be used: {refused.strerror}. Choose another with --port.") from None
    return server


def _proxy(public_url: str) -> dict[str, Any]:
    """With KEEPWARM_URL set one proxy stands before us: it alone says whose request it is, and by which scheme."""
    if not public_url:
        return {}
    return {
        "trusted_proxy": "*",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _work() -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import jobs  # noqa: PLC0415
    from keepwarm.store import accounts  # noqa: PLC0415

    if settings.OPTIONS["KEEPWARM_WORKER"]:
        alone = connection.vendor == "sqlite"
        jobs.take_up(timezone.now(), alone=alone)
        accounts.free(timezone.now(), alone=alone)
        jobs.revive(timezone.now())
        jobs.Workshop().start()


def _greet(address: str, host: str, port: int, open_browser: bool) -> None:
    """Say where it runs; the first time, with the link that makes the owner."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import spaces  # noqa: PLC0415

    address = settings.PUBLIC_URL or address
    home = spaces.home()
    link = address + "/"
    if spaces.owner(home) is None:
        link = f"{address}/welcome/{spaces.new_link(home, None, timezone.now())}"
        out.print("Welcome. Open this link to make Keepwarm yours; it works once:\n")
    else:
        out.print("Keepwarm is at")
    out.print(f"  {link}", style="bold", highlight=False, soft_wrap=True)
    out.print(f"\nYour data is in {settings.DATA}. Ctrl+C stops.", highlight=False, soft_wrap=True)
    if host:
        _show_to_phone(f"http://{host}:{port}/")
    if open_browser and start.interactive():
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _show_to_phone(address: str) -> None:
    from qrcode.main import QRCode  # noqa: PLC0415

    err.print(LAN_WARNING, style="yellow")
    out.print(f"On the phone: {address}", highlight=False)
    code = QRCode(border=1)
    code.add_data(address)
    code.print_ascii(tty=False)


def _lan_address() -> str:
    """This machine's address on the network: the one a packet out would leave from; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = "127.0.0.1"
    if not ipaddress.ip_address(found).is_private:
        raise Stop(f"{found} is an address on the open internet. --lan is for networks at home or in the office.")
    return found


def _end_with_parent() -> None:
    """`make run` killed must not leave a server behind: end when the process that started this is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
