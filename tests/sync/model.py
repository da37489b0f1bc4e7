"""A language model's server on this machine that answers as a test says: honestly, or as the worst one could."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.sync.site import Act, Site, sends

CHAT, MODELS = "/v1/chat/completions", "/v1/models"


class Model(Site):
    """What it was asked is in `asked`; the bodies are in `bodies`."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[bytes] = []
        self.acts = {MODELS: sends(json.dumps({"data": [{"id": "small"}, {"id": "large"}]}).encode())}
        model, handler = self, self.server.RequestHandlerClass

        def do_POST(self: Any) -> None:
            self.close_connection = True
            model.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append((self.path, dict(self.headers)))
            model.acts[self.path](self)

        handler.do_POST = do_POST  # type: ignore[attr-defined]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/v1"

    def says(self, text: Any) -> None:
        """Its next answers."""
        self.does(sends(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()))

    def does(self, act: Act) -> None:
        self.acts[CHAT] = act

    @property
    def told(self) -> dict[str, Any]:
        """The last request."""
        found: dict[str, Any] = json.loads(self.bodies[-1])
        return found


def endless(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b" " * 10_000)
