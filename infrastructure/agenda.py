"""What the sweep is to record (督办事项), read from the lists of a jurisdiction in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from time import monotonic, sleep
from uuid import UUID

from application.sweep import PAGE, Finding, Upcoming
from domain.kernel import Entry
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections, Session
from infrastructure.projector import NAME

FIRST, NO_ID = "-infinity", UUID(int=0)
PATIENCE, PAUSE = 30.0, 0.05
FINDING, UPCOMING = (tuple(each.name for each in fields(row)) for row in (Finding, Upcoming))
"""The columns of the statements that answer them."""


class PostgresAgenda:
    """The agenda of one schema. It waits `patience` seconds for the lists to come as far as they must be.

    `bring`: brings them there, where perhaps nobody else does.
    """

    def __init__(
        self,
        pool: Connections,
        log: PostgresEventLog,
        *,
        rehearsal: bool = False,
        patience: float = PATIENCE,
        bring: Callable[[], object] = lambda: None,
    ) -> None:
        self._session = Session(pool, log.schema)
        self._log, self._rehearsal, self._patience, self._bring = log, rehearsal, patience, bring

    def settled(self, at: datetime) -> bool:
        """Whether the lists show everything that was recorded by the instant.

        The recording times of a rehearsal are set by its callers: there the lists must show all that is recorded at all.
        """
        self._bring()
        deadline = monotonic() + self._patience
        if not _until(deadline, lambda: self._in_order(at)):
            return False
        last = self._log.last_position()
        return _until(deadline, lambda: self._listed(last))

    def _in_order(self, at: datetime) -> bool:
        return not self._log.unsequenced() if self._rehearsal else self._log.settled(at)

    def _listed(self, last: int) -> bool:
        position, _, error, _ = self._session.read("progress", {"follower": NAME})[0]
        return error is None and position >= last

    def shows(self, event_id: UUID) -> bool:
        """Whether the lists show an event, waiting for them for a while."""
        self._bring()
        return _until(monotonic() + self._patience, lambda: self._log.seen(NAME, event_id))

    def causes(self, at: datetime) -> Iterator[Entry]:
        """The events recorded by the instant on which cases of other files follow, in the order in which they were recorded.

        After each page of them come the corrections of their cases.
        """
        last: UUID | None = None
        while page := self._log.causes(last, PAGE):
            corrections = self._log.corrections_of({each.case_id for each in page})
            yield from (each for each in (*page, *corrections) if each.known_at() <= at)
            last = page[-1].event_id

    def approved_erasures(self, at: datetime) -> Iterator[Entry]:
        """The approvals of erasures that were recorded by the instant."""
        return (each for each in self._log.approved_erasures() if each.known_at() <= at)

    def files_where(self, organ: str) -> Sequence[str]:
        """The numbers of the files in which an organ holds something, is sent something or owes something now."""
        return [row[0] for row in self._session.read("files_where", {"organ": organ})]

    def verdicts(self, at: datetime, after: Finding | None, limit: int) -> Sequence[Finding]:
        """Verdicts that were due by the instant and are not on record, earliest first."""
        place = (FIRST, NO_ID, 0) if after is None else (after.due_for_record, after.clock, after.n)
        asked = {"at": at, "after": place[0], "clock_id": place[1], "n": place[2], "limit": limit}
        return [Finding(**dict(zip(FINDING, row, strict=True))) for row in self._session.read("verdicts_due", asked)]

    def upcoming(self, first: date, last: date) -> Iterator[Upcoming]:
        """Clocks that run, blame somebody, and are due from the one day to the other."""
        for row in self._session.read("due_before_long", (first, last)):
            yield Upcoming(**dict(zip(UPCOMING, row, strict=True)))

    def recorded(self, event_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these events are on record."""
        return frozenset(row[0] for row in self._session.read("recorded_among", (list(event_ids),)))


def _until(deadline: float, reached: Callable[[], bool]) -> bool:
    while not reached():
        if monotonic() > deadline:
            return False
        sleep(PAUSE)
    return True
