"""The web server (服务进程): gunicorn with threads, on a socket that listens, until a signal ends it."""

from __future__ import annotations

import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from api.cli.failing import UNAVAILABLE, Failed
from api.cli.words import Words

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


class WebServer(BaseApplication):
    """gunicorn on a socket that listens, which it takes over; who inherits says what is served."""

    def __init__(self, listening: socket.socket, *, workers: int, threads: int) -> None:
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
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until a signal ends it."""
        try:
            Gentle(self).run()
        except SystemExit as ended:
            if ended.code:
                raise Failed(
                    UNAVAILABLE, Words("服务未能运行，见日志", "The server could not run; see the log")
                ) from ended

    def begin(self, worker: Any) -> None:
        """In a worker, before the first request; the terminal's Ctrl-C is for the master alone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end(self, arbiter: Any, worker: Any) -> None:
        """In a worker that ends."""


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
