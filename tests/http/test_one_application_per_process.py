"""A web server's process builds its own application, once, and a forked one builds another."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from flask import Flask

from api.wsgi import PerProcess


def test_simultaneous_first_requests_build_one_application() -> None:
    built: list[Flask] = []

    def build() -> Flask:
        time.sleep(0.05)
        built.append(Flask("one"))
        return built[-1]

    served = PerProcess(build)
    threads = [threading.Thread(target=served.here) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert served.here() is built[0]


def test_a_forked_process_does_not_use_what_its_parent_built(monkeypatch: Any) -> None:
    served = PerProcess(lambda: Flask("one"))
    before = served.here()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert served.here() is not before
