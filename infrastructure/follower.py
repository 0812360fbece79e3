"""Follows the log (随账): applies its entries in batches, each in one transaction with the position that it reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.kernel import Entry
from infrastructure.bell import Bell
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.postgres.statements import statements
from infrastructure.worker import Health, Worker

BATCH = 5000

Apply = Callable[[Connection, Sequence[Entry]], None]


class PositionMoved(RuntimeError):
    """Somebody else changed the position of a follower at work."""


class Follower(Worker):
    """Applies every entry of the log exactly once, in order: `apply` writes on the connection it is given and does not commit.

    Any number with one name may run: one works at a time. It stops at an error of `apply`, without a trace of the batch.
    `moved` is rung after each batch.
    """

    def __init__(
        self,
        pool: Connections,
        log: PostgresEventLog,
        name: str,
        apply: Apply,
        *,
        batch: int = BATCH,
        poll: float = 0.1,
        modesty: float = 0.0,
        moved: Bell | None = None,
    ) -> None:
        super().__init__(f"follower {name} {log.schema}", bell=log.sequenced, poll=poll, modesty=modesty)
        self.position = 0
        self.moved = moved or Bell()
        self._pool, self._log, self._follower, self._apply, self._batch = pool, log, name, apply, batch
        self._statements = statements(log.schema)

    def turn(self) -> bool:
        """Apply the next entries; True if there may be more."""
        if self.health.doing == "working" and self._log.last_position() == self.position:
            return False
        with self._pool.connection() as connection, connection.transaction():
            if not self._taken(connection):
                self.health = Health("standing by")
                return False
            before = self._tracked(connection)
            entries = self._log.follow(before, self._batch, connection)
            if entries:
                self._apply(connection, entries)
                self._track(connection, before, before + len(entries))
        self.health = Health("working")
        self.position = before + len(entries)
        if entries:
            self.moved.ring()
        return len(entries) == self._batch

    def catch_up(self) -> int:
        """Apply all there is, without a thread; the position reached."""
        while self.turn():
            pass
        return self.position

    def _taken(self, connection: Connection) -> bool:
        row = connection.execute(self._statements["take_follower"], (self._follower,), prepare=True).fetchone()
        return bool(row and row[0])

    def _tracked(self, connection: Connection) -> int:
        row = connection.execute(self._statements["tracked"], (self._follower,), prepare=True).fetchone()
        return row[0] if row else 0

    def _track(self, connection: Connection, before: int, after: int) -> None:
        arguments = (self._follower, after, before)
        if connection.execute(self._statements["track"], arguments, prepare=True).rowcount != 1:
            raise PositionMoved(f"{self._follower} is no longer at position {before}")
