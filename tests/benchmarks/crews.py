"""Crews: processes that do one operation again and again, as one client or as several, and say how much they did."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from tests.benchmarks.machine import own_cpu

Operation = Callable[[], int]
"""Does the thing once and answers how many rows that made or found."""

Open = Callable[[], Callable[[], Operation]]
"""Called once in each process, then once for each client; must be importable by name."""

PROCESSES, THREADS = 2, 4
"""Eight clients are two processes of four threads, as the product is served."""

_spawn = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done: rows, operations, seconds on the wall, processor seconds of the clients, and how long operations took."""

    rows: int
    operations: int
    seconds: float
    cpu: float
    durations: tuple[float, ...]

    def duration(self, share: float) -> float:
        """The duration that this share of the operations did not exceed, in seconds."""
        ordered = sorted(self.durations)
        return ordered[min(len(ordered) - 1, math.floor(share * len(ordered)))] if ordered else math.nan


class Crew:
    """The processes of one contestant, opened and warm as long as the crew is."""

    def __init__(self, open_: Open, processes: int = PROCESSES) -> None:
        self._workers = [_spawned(open_) for _ in range(processes)]
        try:
            for _, pipe in self._workers:
                _received(pipe)
        except BaseException:
            self.close()
            raise

    def run(self, clients: int, seconds: float) -> Tally:
        """Let so many clients work for so long."""
        threads = [clients // len(self._workers)] * len(self._workers) if clients > 1 else [1]
        chosen = [pipe for _, pipe in self._workers[: len(threads)]]
        for pipe, each in zip(chosen, threads, strict=True):
            pipe.send((each, seconds))
        return _together([_received(pipe) for pipe in chosen])

    def close(self) -> None:
        """Let the processes end."""
        for process, pipe in self._workers:
            with suppress(BrokenPipeError):
                pipe.send(None)
            process.join(10)
            process.kill()


def _spawned(open_: Open) -> tuple[Any, Connection]:
    here, there = _spawn.Pipe()
    process = _spawn.Process(target=_work, args=(open_, there))
    process.start()
    there.close()
    return process, here


def _received(pipe: Connection) -> Any:
    found = pipe.recv()
    if isinstance(found, BaseException):
        raise found
    return found


def _together(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        sum(each.rows for each in tallies),
        sum(each.operations for each in tallies),
        max(each.seconds for each in tallies),
        sum(each.cpu for each in tallies),
        tuple(duration for each in tallies for duration in each.durations),
    )


def _work(open_: Open, pipe: Connection) -> None:
    try:
        new_client = open_()
        clients = [new_client() for _ in range(THREADS)]
        pipe.send(None)
        while order := pipe.recv():
            pipe.send(_run(clients[: order[0]], order[1]))
    except EOFError:
        return
    except Exception as error:  # whatever it was, the bench is told and stops
        pipe.send(RuntimeError(f"{type(error).__name__}: {error}"))
        raise


def _run(clients: Sequence[Operation], seconds: float) -> Tally:
    cpu, begun = own_cpu(), time.perf_counter()
    until = begun + seconds
    if len(clients) == 1:
        done = _repeat(clients[0], until)
    else:
        with ThreadPoolExecutor(len(clients)) as threads:
            done = [each for result in threads.map(_repeat, clients, [until] * len(clients)) for each in result]
    seconds, cpu = time.perf_counter() - begun, own_cpu() - cpu
    return Tally(sum(rows for rows, _ in done), len(done), seconds, cpu, tuple(duration for _, duration in done))


def _repeat(operation: Operation, until: float) -> list[tuple[int, float]]:
    done = []
    now = time.perf_counter()
    while now < until:
        rows = operation()
        begun, now = now, time.perf_counter()
        done.append((rows, now - begun))
    return done
