"""A bell that one thread rings and others wake up at, so that nobody in the same process polls for news."""

from __future__ import annotations

import threading


class Bell:
    """Counts its rings: who remembers the count it has heard misses none."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rung = 0

    @property
    def rung(self) -> int:
        """How often it has rung; to be read before looking for news."""
        return self._rung

    def ring(self) -> None:
        """Wake up all who wait."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    def wait(self, heard: int, timeout: float) -> None:
        """Until it has rung more often than `heard`, or for `timeout` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung != heard, timeout)
