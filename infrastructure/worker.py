"""A thread that takes turns at some work until it is stopped, survives the loss of the database, and stops at any other error."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from time import monotonic

import psycopg

from infrastructure.bell import Bell

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0
LONGEST_REST = 0.25

log = logging.getLogger("anjuan.worker")


@dataclass(frozen=True, slots=True)
class Health:
    """What a worker is at: new, working, standing by, away from the database, stopped, or failed; and the error that made it so."""

    doing: str = "new"
    error: str | None = None

    @property
    def failed(self) -> bool:
        """Whether it stopped at an error and will not go on by itself."""
        return self.doing == "failed"


class Worker:
    """`turn()` does some work and tells whether there is more; a ring of the bell or `poll` seconds bring the next turn.

    `rest`: the least time between two turns, in which work collects. `modesty`: how many times as long as its last turn took a
    worker without more to do leaves the machine to others, which bounds its share of it.
    """

    def __init__(self, name: str, *, bell: Bell, poll: float, rest: float = 0.0, modesty: float = 0.0) -> None:
        self.name = name
        self.health = Health()
        self._bell, self._poll, self._rest, self._modesty = bell, poll, rest, modesty
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def turn(self) -> bool:
        """Do some work; True if there is more to do at once."""
        raise NotImplementedError

    def release(self) -> None:
        """Give back what the turns hold; called when the database was lost, and at the end."""

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self.run, name=self.name, daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End after the present turn."""
        self._stopping.set()
        self._bell.ring()
        if self._thread is not None:
            self._thread.join(timeout)

    def run(self) -> None:
        """Take turns until stopped; an error other than the loss of the database ends it, and `health` says so."""
        try:
            self._take_turns()
            self.health = Health("stopped")
        except BaseException as error:
            self.health = Health("failed", f"{type(error).__name__}: {error}")
            log.exception("worker=%s stopped at an error", self.name)
        finally:
            self.release()

    def _take_turns(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            heard, began = self._bell.rung, monotonic()
            try:
                more = self.turn()
                took = monotonic() - began
                rest = self._rest if more else max(self._rest, took + min(self._modesty * took, LONGEST_REST))
                pause = FIRST_PAUSE
            except psycopg.OperationalError as error:
                self.health = Health("away", str(error))
                log.warning("worker=%s lost the database: %s", self.name, error)
                self.release()
                self._stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if not more:
                self._bell.wait(heard, self._poll)
            if (left := rest - (monotonic() - began)) > 0:
                self._stopping.wait(left)
