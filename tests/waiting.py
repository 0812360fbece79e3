"""Waiting for what happens in another thread or process: looked for again and again, and given up only when it is surely not coming."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 120.0
PAUSE = 0.005

Found = TypeVar("Found")


def until(found: Callable[[], Found]) -> Found:
    """Wait until something true is found; it is the answer."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(PAUSE)
    return answer
