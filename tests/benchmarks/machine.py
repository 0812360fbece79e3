"""The machine under the bench: how fast its disk syncs, who else uses its processors, what the database server has used."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

BLOCK, WRITES = b"\x5a" * 8192, 40
PACKAGES = ("psycopg", "eventsourcing", "flask", "gunicorn", "django", "djangorestframework", "django-simple-history")


def sync_microseconds(folder: Path) -> float:
    """The median time of an 8 kB write with fdatasync into a file that is there already, as the server's journal does it."""
    path = folder / "sync.probe"
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, BLOCK * WRITES, 0)
        os.fsync(file)
        return 1e6 * statistics.median(_synced(file, place) for place in range(WRITES))
    finally:
        os.close(file)
        path.unlink()


def _synced(file: int, place: int) -> float:
    begun = time.perf_counter()
    os.pwrite(file, BLOCK, place * len(BLOCK))
    os.fdatasync(file)
    return time.perf_counter() - begun


def own_cpu() -> float:
    """Processor seconds that this process has used, and its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


class Family:
    """A process and its children, those that have ended included."""

    def __init__(self, root: int) -> None:
        self._root = psutil.Process(root)

    def cpu(self) -> float:
        """Processor seconds that they have used."""
        return sum(self._root.cpu_times()[:4]) + sum(_cpu(each) for each in self._root.children(recursive=True))

    def memory(self) -> int:
        """Bytes that are theirs alone."""
        return sum(each.memory_full_info().uss for each in (self._root, *self._root.children(recursive=True)))


def _cpu(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.NoSuchProcess:
        return 0.0


def postmaster(data: Path) -> Family:
    """The database server of a data directory."""
    return Family(int((data / "postmaster.pid").read_text().split("\n")[0]))


@dataclass
class Foreign:
    """The share of all processors that went to processes outside the bench."""

    share: float = 0.0


@contextmanager
def watching(families: Iterable[Family]) -> Iterator[Foreign]:
    """Measure for the block what others used; the bench itself is one of the families."""
    known, found = list(families), Foreign()
    busy, mine, begun = _busy(), sum(each.cpu() for each in known), time.perf_counter()
    yield found
    others = _busy() - busy - (sum(each.cpu() for each in known) - mine)
    found.share = max(0.0, others / (time.perf_counter() - begun) / (os.cpu_count() or 1))


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


def describe(server: str) -> dict[str, Any]:
    """What the numbers were measured on."""
    return {
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": server,
        "load_before": round(os.getloadavg()[0], 2),
        **{name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
