"""Serving a ledger (服务账本): the application built in each worker after it was forked, with what runs beside it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from api.cli.web import WebServer
from api.context import EXTENSION
from api.wiring import Wiring
from api.wsgi import PerProcess, app


class Server(WebServer):
    """The server of the ledgers on a socket. `ready` is called in the first worker once it can answer."""

    def __init__(
        self, listening: socket.socket, *, workers: int, threads: int, ready: Callable[[Wiring], None]
    ) -> None:
        self._ready = ready
        self._wiring: Any = None
        self._background: Any = None
        super().__init__(listening, workers=workers, threads=threads)

    def load(self) -> PerProcess:
        return app

    def begin(self, worker: Any) -> None:
        """In a worker: build everything before the first request."""
        super().begin(worker)
        self._wiring = app.here().extensions[EXTENSION]
        self._background = self._wiring.background()
        self._background.start()
        if worker.age == 1:
            self._ready(self._wiring)

    def end(self, arbiter: Any, worker: Any) -> None:
        """In a worker that ends: leave nothing half done."""
        if self._background is not None:
            self._background.stop()
            self._wiring.close()
