"""The parts of the law that a ledger attests (法据分项): a line for each, its name and the hash of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.proof.findings import Cause

PART = re.compile(r"\S+ [0-9a-f]{64}")


def other_parts(then: Iterable[str], now: Iterable[str]) -> Iterator[tuple[str, Cause]]:
    """The names of the parts in which one law is another than the law before, in their order, each with what became of it."""
    old, new = (dict(each.rsplit(" ", 1) for each in lines) for lines in (then, now))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield name, Cause.REMOVED if name not in new else Cause.INSERTED if name not in old else Cause.CHANGED
