"""The web server (服务进程): gunicorn with threads, the application built in each worker after it was forked."""

from __future__ import annotations

import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from api.cli.failing import UNAVAILABLE, Failed
from api.cli.words import Words
from api.context import EXTENSION
from api.wiring import Wiring
from api.wsgi import PerProcess, app

BACKLOG = 512
GRACE_SECONDS = 30
LINGER_MS = 10


class Quiet(Logger):
    """What the server has to say goes where everything else goes."""

    def setup(self, cfg: Any) -> None:
        self.error_log.propagate = True


class Gentle(Arbiter):
    """Ends gently on Ctrl-C too: requests that are being answered are answered."""

    def handle_int(self) -> None:
        self.handle_term()


class Attentive(ThreadWorker):
    """Answers the next request of a connection in the same thread where it follows at once and nobody waits for the thread.

    Handing a connection back to the loop that watches all of them, and out again, costs as much as reading the request.
    """

    def handle(self, conn: Any) -> Any:
        kept = super().handle(conn)
        while kept is True and self._goes_on(conn):
            kept = super().handle(conn)
        return kept

    def _goes_on(self, conn: Any) -> bool:
        if not self.alive or self.tpool._work_queue.qsize():
            return False
        coming = select.poll()
        coming.register(conn.sock, select.POLLIN)
        return bool(coming.poll(LINGER_MS))


class Server(BaseApplication):
    """The server on a socket that listens, which it takes over. `ready` is called in the first worker once it can answer."""

    def __init__(
        self, listening: socket.socket, *, workers: int, threads: int, ready: Callable[[Wiring], None]
    ) -> None:
        self._chosen = {
            "bind": f"fd://{listening.detach()}",
            "worker_class": Attentive,
            "workers": workers,
            "threads": threads,
            "control_socket_disable": True,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 120,
            "keepalive": 15,
            "logger_class": Quiet,
            "proc_name": "anjuan",
            "post_worker_init": self._begin,
            "worker_exit": self._end,
        }
        self._ready = ready
        self._wiring: Any = None
        self._background: Any = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def load(self) -> PerProcess:
        return app

    def run(self) -> None:
        """Serve until a signal ends it."""
        try:
            Gentle(self).run()
        except SystemExit as ended:
            if ended.code:
                raise Failed(
                    UNAVAILABLE, Words("服务未能运行，见日志", "The server could not run; see the log")
                ) from ended

    def _begin(self, worker: Any) -> None:
        """In a worker: build everything before the first request; the terminal's Ctrl-C is for the master alone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._wiring = app.here().extensions[EXTENSION]
        self._background = self._wiring.background()
        self._background.start()
        if worker.age == 1:
            self._ready(self._wiring)

    def _end(self, arbiter: Any, worker: Any) -> None:
        """In a worker that ends: leave nothing half done."""
        if self._background is not None:
            self._background.stop()
            self._wiring.close()


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; port 0 is any free one."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        found = socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        told = f"{host}:{port}: {error.strerror or error}"
        raise Failed(UNAVAILABLE, Words(f"不能监听 {told}", f"Cannot listen on {told}")) from error
    with found:
        yield found


def address_of(listening: socket.socket) -> str:
    """The URL at which a listening socket is reached from this machine."""
    host, port = listening.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
