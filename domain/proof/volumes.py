"""Volumes of a log (账册): one for ever, but where signed entries were lost and the log openly began anew under another origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from domain.proof.checkpoint import BadCheckpoint, Checkpoint

FIRST = 1
PARTS = 3
"""Of the name of a ledger: `anjuan/<jurisdiction>/<ledger id>`. Entries and receipts bear it whatever becomes of the log."""


def origin_of(ledger: str, volume: int = FIRST) -> str:
    """What names a volume of the log of a ledger, and its key: the first as the ledger, a later one with its number behind."""
    return ledger if volume == FIRST else f"{ledger}/{volume}"


def ledger_of(origin: str) -> str:
    """The name of the ledger whose log has this origin."""
    return _taken_apart(origin)[0]


def volume_of(origin: str) -> int:
    """Which volume has this origin."""
    return _taken_apart(origin)[1]


def _taken_apart(origin: str) -> tuple[str, int]:
    ledger, _, number = origin.rpartition("/")
    known = (
        ledger.count("/") == PARTS - 1
        and number.isascii()
        and number.isdigit()
        and number[0] != "0"
        and len(number) < 10
    )
    return (ledger, int(number)) if known and int(number) > FIRST else (origin, FIRST)


@dataclass(frozen=True, slots=True)
class Beginning:
    """That a log began anew as a `volume`, with the event at `position`: recorded `at`, for what `cause` and `because` of what.

    `lost`: the checkpoint that was signed last before, as text (empty: it was missing). `remains`: through which size what was
    signed before is still what the log has.
    """

    volume: int
    position: int
    at: datetime
    cause: str
    because: str
    lost: str
    remains: int

    @property
    def lost_head(self) -> Checkpoint | None:
        """The checkpoint that was signed last before; None if it was missing, or was none."""
        try:
            return Checkpoint.parse(self.lost)
        except BadCheckpoint:
            return None

    @property
    def gone(self) -> int | None:
        """How many entries were signed that the log has no more; None if nothing tells."""
        head = self.lost_head
        return None if head is None else max(head.size - self.remains, 0)


@dataclass(frozen=True, slots=True)
class Volumes:
    """The volumes of the log of a ledger, by its beginnings in the order of the log."""

    ledger: str
    beginnings: Sequence[Beginning] = ()

    @property
    def newest(self) -> int:
        """The number of the last one."""
        return max((each.volume for each in self.beginnings), default=FIRST)

    @property
    def origin(self) -> str:
        """The origin of the last one."""
        return origin_of(self.ledger, self.newest)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those that the ledger knows: where it was lost again, it may have forgotten one."""
        return (FIRST, *(each.volume for each in self.beginnings))

    def remains(self, volume: int) -> int:
        """Through which size what was signed of a volume before the newest is still what the log has; 0 if that is forgotten."""
        nexts = (each.remains for number, each in zip(self.numbers, self.beginnings, strict=False) if number == volume)
        return next(nexts, 0)

    def origin_at(self, size: int) -> str | None:
        """Under which origin a tree of so many leaves may have been signed; None where none may: from the end of what remains of one
        volume to the beginning of the next."""
        volume = FIRST
        for each in self.beginnings:
            if size < each.position:
                return origin_of(self.ledger, volume) if size <= each.remains else None
            volume = each.volume
        return origin_of(self.ledger, volume)

    def disordered(self) -> Beginning | None:
        """The first beginning whose number does not rise, or that leaves more than there was before it."""
        for each, (before, number) in zip(self.beginnings, pairwise(self.numbers), strict=True):
            if number <= before or not 0 <= each.remains < each.position:
                return each
        return None
