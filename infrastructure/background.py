"""What runs beside the web server (后台): for every jurisdiction its workers, in threads of the process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from infrastructure.postgres.outage import OUTAGES
from infrastructure.postgres.programs import ServerFailed
from infrastructure.worker import Worker

log = logging.getLogger("anjuan.background")

LOOK_SECONDS = 2.0
AWAY: tuple[type[Exception], ...] = (*OUTAGES, ServerFailed)


class Named(Protocol):
    """One jurisdiction that is worked on."""

    @property
    def name(self) -> str:
        """Its name in the registry."""


Ground = TypeVar("Ground", bound=Named)


class Background(Generic[Ground]):
    """Starts the workers of every jurisdiction, also of those that are added later. Any number of processes may run it.

    `grounds`: the jurisdictions there are; `workers`: makes the workers of one; `revive`: has the database run, if that is ours to do.
    """

    def __init__(
        self,
        grounds: Callable[[], Iterable[Ground]],
        workers: Callable[[Ground], Iterable[Worker]],
        revive: Callable[[], object] = lambda: None,
    ) -> None:
        self._revive = revive
        self._grounds, self._make = grounds, workers
        self._workers: dict[str, list[Worker]] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)

    def start(self) -> None:
        """Begin; the workers of what is there now run when this returns."""
        self._look()
        self._thread.start()

    def stop(self) -> None:
        """End all workers after what they are at."""
        self._stopping.set()
        self._thread.join()
        for several in self._workers.values():
            _end(several)

    def workers(self) -> list[Worker]:
        """All workers of this process."""
        return [worker for several in self._workers.values() for worker in several]

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        """Have the database run, start the workers of what is new, stop those of what is gone."""
        try:
            self._revive()
            found = {each.name: each for each in self._grounds()}
        except AWAY as error:
            log.warning("background=away error=%s", type(error).__name__)
            return
        for name in found.keys() - self._workers.keys():
            self._workers[name] = list(self._make(found[name]))
            for worker in self._workers[name]:
                worker.start()
        for name in self._workers.keys() - found.keys():
            _end(self._workers.pop(name))


def _end(workers: Sequence[Worker]) -> None:
    """End the workers of one jurisdiction, the last first: a sweep waits for the lists, and these for positions."""
    for worker in reversed(workers):
        worker.stop()
