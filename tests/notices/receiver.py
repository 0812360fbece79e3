"""A receiver outside: a real HTTP server that answers as a test says, and keeps what it was sent."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

from tests.waiting import PATIENCE

Answering = Callable[[int, "Notice"], int]
"""From how many notices came before, and this one, to the status."""


@dataclass(frozen=True)
class Notice:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int = 0

    @property
    def event(self) -> Any:
        """The CloudEvent."""
        return json.loads(self.body)

    @property
    def identifier(self) -> str:
        """What the receiver recognises it by."""
        return self.headers["webhook-id"]

    def verified_by(self, secret: str) -> Any:
        """The event, its signature verified by the reference implementation of the specification."""
        return Webhook(secret).verify(self.body, dict(self.headers))


class Receiver:
    """Listens on a port of its own. `answering` may be changed at any time; a redirect leads to /elsewhere."""

    def __init__(self, answering: Answering = lambda n, notice: 204, *, tls: ssl.SSLContext | None = None) -> None:
        self.answering = answering
        self.came: list[Notice] = []
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is told."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def taken(self) -> list[Notice]:
        """What it answered with a status of success, in the order of arrival."""
        return [each for each in self.came if 200 <= each.status < 300]

    def positions(self) -> list[int]:
        """The positions of what it took."""
        return [each.event["position"] for each in self.taken]

    def until(self, reached: Callable[[], Any]) -> Any:
        """Wait for something to become true."""
        deadline = time.monotonic() + PATIENCE
        while not (found := reached()):
            assert time.monotonic() < deadline, f"waited in vain; came: {len(self.came)}, took: {self.positions()}"
            time.sleep(0.01)
        return found

    def close(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()

    def _take(self, notice: Notice) -> int:
        with self._lock:
            status = self.answering(len(self.came), notice)
            self.came.append(Notice(notice.path, notice.headers, notice.body, status))
            return status

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = receiver._take(Notice(self.path, headers, body))
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *arguments: Any) -> None:
                return

        return Handler


def raw(answer: Callable[[socket.socket], None]) -> int:
    """A port behind which one connection after the other is answered by hand."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            channel, _ = listening.accept()
            threading.Thread(target=_answered, args=(answer, channel), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return int(listening.getsockname()[1])


def _answered(answer: Callable[[socket.socket], None], channel: socket.socket) -> None:
    try:
        with channel:
            _taken(channel)
            answer(channel)
    except OSError:
        return


def _taken(channel: socket.socket) -> None:
    """Read the whole request: closing with some of it unread would reset the connection instead of ending it."""
    with channel.makefile("rb") as request:
        length = 0
        while (line := request.readline().lower()) not in (b"\r\n", b""):
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        request.read(length)
