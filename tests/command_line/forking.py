"""One process that has imported the program, and forks for each command: what a user starts, without importing it all anew.

A command so run is a process of its own, with its own surroundings, standard streams, exit and end. That the program also
comes up from nothing is shown by whatever a test starts itself: servers, demonstrations, and what is killed.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import IO

from api.cli import MEMBERS, main

LONGEST = 1 << 20


class Parent:
    """The process that forks, seen from the tests; one command at a time."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tests.command_line.forking", str(theirs.fileno())],
                env=environment,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def run(
        self, words: Sequence[str], environment: Mapping[str, str], given: str, patience: float
    ) -> tuple[int, str, str]:
        """Run a command to its end: its exit code, what it said, and what it said on standard error."""
        with tempfile.TemporaryFile() as into, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            into.write(given.encode())
            into.seek(0)
            order = json.dumps({"words": words, "environment": dict(environment)}).encode()
            self._ours.settimeout(patience)
            socket.send_fds(self._ours, [order], [into.fileno(), out.fileno(), err.fileno()])
            code = json.loads(self._ours.recv(100))
            return code, _said(out), _said(err)

    def close(self) -> None:
        """Let the process end."""
        self._ours.close()
        self._process.wait(timeout=30)


@cache
def parent(surroundings: tuple[tuple[str, str], ...]) -> Parent:
    """The process that forks, for commands of a language and an encoding."""
    return Parent(dict(surroundings))


def _said(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def serve(asked: socket.socket) -> Sequence[str] | None:
    """Fork for each command that is asked for. In the child, its words; None at the end."""
    while True:
        order, streams, _, _ = socket.recv_fds(asked, LONGEST, 3)
        if not order:
            return None
        child = os.fork()
        if child == 0:
            asked.close()
            return _become(json.loads(order), streams)
        for each in streams:
            os.close(each)
        _, status = os.waitpid(child, 0)
        asked.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode())


def _become(order: Mapping[str, Mapping[str, str]], streams: Sequence[int]) -> Sequence[str]:
    """Be what is told: surroundings and streams."""
    for number, each in enumerate(streams):
        os.dup2(each, number)
        os.close(each)
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    return list(order["words"])


if __name__ == "__main__":
    for place in (*MEMBERS.values(), "api.app:create_app"):
        import_module(place.partition(":")[0])
    gc.freeze()
    words = serve(socket.socket(fileno=int(sys.argv[1])))
    if words is not None:
        sys.argv = ["anjuan", *words]
        main(words)
