"""What runs beside the web server (后台): for every jurisdiction a sequencer and a projector, in threads of the process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from application.ledger import Ledger
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.outage import OUTAGES
from infrastructure.worker import Worker

log = logging.getLogger("anjuan.background")

LOOK_SECONDS = 2.0


class Ground(Protocol):
    """One jurisdiction that is worked on."""

    @property
    def name(self) -> str: ...

    @property
    def log(self) -> PostgresEventLog: ...

    @property
    def ledger(self) -> Ledger: ...


class Background:
    """Starts the workers of every jurisdiction, also of those that are added later. Any number of processes may run it.

    `grounds`: the jurisdictions there are; `workers`: makes the workers of one.
    """

    def __init__(
        self, grounds: Callable[[], Iterable[Ground]], workers: Callable[[Ground], Iterable[Worker]]
    ) -> None:
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
        for worker in self.workers():
            worker.stop()

    def workers(self) -> list[Worker]:
        """All workers of this process."""
        return [worker for several in self._workers.values() for worker in several]

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        """Start the workers of what is new, stop those of what is gone."""
        try:
            found = {each.name: each for each in self._grounds()}
        except OUTAGES as error:
            log.warning("background=away error=%s", type(error).__name__)
            return
        for name in found.keys() - self._workers.keys():
            self._workers[name] = list(self._make(found[name]))
            for worker in self._workers[name]:
                worker.start()
        for name in self._workers.keys() - found.keys():
            for worker in self._workers.pop(name):
                worker.stop()
