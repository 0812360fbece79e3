"""What works in the background ends in order: who rests on others first, without an error, whenever it is told to."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from infrastructure.background import Background
from infrastructure.bell import Bell
from infrastructure.scheduler import Scheduler
from infrastructure.worker import Worker
from tests.sweep.real_ledgers import NothingToDo
from tests.waiting import until

TIMES = 10


class Noted(Worker):
    """One that writes down that it was ended."""

    def __init__(self, name: str, ended: list[str]) -> None:
        super().__init__(name, bell=Bell(), poll=60)
        self._ended = ended

    def turn(self) -> bool:
        return False

    def stop(self, timeout: float = 10.0) -> None:
        super().stop(timeout)
        self._ended.append(self.name)


def test_a_sweep_is_ended_before_the_lists_that_it_waits_for_and_these_before_positions() -> None:
    ended: list[str] = []
    names = ("sequencer", "projector", "scheduler")
    background = Background(
        lambda: [SimpleNamespace(name="one")], lambda ground: [Noted(name, ended) for name in names]
    )
    background.start()
    background.stop()
    assert ended == [*reversed(names)]


def test_a_scheduler_that_is_ended_as_it_begins_makes_no_error(scheduler: Callable[..., Scheduler]) -> None:
    """An error that nobody caught in any thread would fail the test."""
    for _ in range(TIMES):
        one = scheduler(NothingToDo())
        one.start()
        until(lambda one=one: one.health.doing == "working")
        one.stop()
