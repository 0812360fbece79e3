"""Real servers in threads of the test's own process, each on a free port for the length of a block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer

from flask import Flask
from werkzeug.serving import make_server

LOOK = 0.02
"""How often a server looks whether it is to end, in seconds; half a second if it is not told, at the end of every module."""


@contextmanager
def answering(app: Flask) -> Iterator[int]:
    """The port at which an application answers."""
    site = make_server("127.0.0.1", 0, app, threaded=True)
    with running(site):
        yield site.server_port


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    """Have a server work."""
    thread = threading.Thread(target=server.serve_forever, args=(LOOK,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()
