"""Real ledgers, which a scheduler sweeps by the clock, and an agenda that only remembers that it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from application.ports import Batch
from application.sweep import Finding
from domain.kernel import Entry
from tests.projections.conftest import Place


def recorded_now(place: Place, *histories: list[Entry]) -> None:
    """Facts of long ago that the ledger learns today."""
    for entries in histories:
        for entry in entries:
            place.log.append(Batch(entry.file_id, entry.file_version - 1, entry.case_id, (entry,)))


class NothingToDo:
    """An agenda that remembers when it was asked, and may be behind."""

    def __init__(self, *, behind: bool = False) -> None:
        self.asked: list[datetime] = []
        self.behind = behind

    def settled(self, at: datetime) -> bool:
        self.asked.append(at)
        return not self.behind

    def verdicts(self, at: datetime, after: Finding | None, limit: int) -> list[Finding]:
        return []

    def upcoming(self, first: Any, last: Any) -> list[Any]:
        return []

    def recorded(self, event_ids: Any) -> frozenset[Any]:
        return frozenset()

    def causes(self, at: datetime) -> Iterator[Entry]:
        return iter(())

    def files_where(self, organ: str) -> list[str]:
        return []

    def approved_erasures(self, at: datetime) -> Iterator[Entry]:
        return iter(())

    def shows(self, event_id: Any) -> bool:
        return True
