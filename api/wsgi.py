"""The entry for web servers (服务入口): `gunicorn api.wsgi:app`; each process builds its own application after it was forked."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from api.app import create_app
from api.wiring import wire


class PerProcess:
    """A WSGI application that is built at the first request of each process."""

    def __init__(self, build: Callable[[], Flask]) -> None:
        self._build = build
        self._built: tuple[int, Flask] | None = None
        self._building = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.here()(environ, start_response)

    def here(self) -> Flask:
        """The application of this process."""
        built = self._built
        if built is None or built[0] != os.getpid():
            with self._building:
                built = self._built
                if built is None or built[0] != os.getpid():
                    built = self._built = (os.getpid(), self._build())
        return built[1]


app = PerProcess(lambda: create_app(wire()))
