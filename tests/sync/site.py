"""A web server on this machine that does as a test says, and the names that lead to it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from keepwarm.core.networks import Address, is_open
from keepwarm.sync import fetch

HERE = "calendar.example.com"
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Act = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server on this machine: what each path does, and what it was asked."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.acts: dict[str, Act] = {"/": sends(BODY)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.close_connection = True
                site.asked.append((self.path, dict(self.headers)))
                site.acts[self.path](self)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """Clients here hang up on purpose."""

        self.server = Server(("127.0.0.1", 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.scheme = "https" if context else "http"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def url(self, path: str = "/", host: str = HERE) -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


def sends(body: bytes, status: int = 200, **headers: str) -> Act:
    def act(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body)

    return act


def leads(to: str, status: int = 302) -> Act:
    return sends(b"", status, Location=to)


def local(address: Address) -> bool:
    """The tests' server stands for one of the open internet; all else is as it really is."""
    return str(address) == "127.0.0.1" or is_open(address)


def names(**told: str) -> fetch.Resolve:
    """A resolver that knows `calendar.example.com`, and what it is told; numbers as the system reads them."""
    known = {HERE: ["127.0.0.1"]} | {name.replace("_", "."): value.split() for name, value in told.items()}
    return lambda host, port: known.get(host) or fetch.resolve(host, port)
