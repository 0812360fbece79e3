"""The home folder (数据目录) as servers share it: none of them is served a ledger that another process takes away."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.failing import REFUSED, Failed
from api.cli.words import Words


@contextmanager
def shared(home: Path) -> Iterator[None]:
    """While a process serves from a home; any number may."""
    with _lock(home, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """While a process drops a ledger: raises Failed if another one serves from the home."""
    try:
        with _lock(home, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError as error:
        about = Words("另有服务正在使用同一目录，请先停止", "Another process serves from this home: stop it first")
        raise Failed(REFUSED, about) from error


@contextmanager
def _lock(home: Path, how: int) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "serving.lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
