"""Gives committed events their positions in the log (定序): one session per jurisdiction, after the commit, without a gap."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import NamedTuple

from infrastructure.bell import Bell
from infrastructure.leading import Lead
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.session import Connections
from infrastructure.postgres.statements import statements
from infrastructure.worker import Health, Worker

BATCH = 5000
STANDBY_SECONDS = 1.0
HELD_SECONDS = 0.01


class Sequenced(NamedTuple):
    """What one pass did. `written` is None where another session is at it; `waiting`: more is held back by a running transaction."""

    written: int | None
    position: int | None
    waiting: bool | None


def sequence_on(connection: Connection, schema: str) -> Sequenced:
    """One pass on a connection with autocommit."""
    row = connection.execute(statements(schema)["sequence_events"], (BATCH,), prepare=True).fetchone()
    return Sequenced(*(row or (None, None, None)))


def sequence_once(pool: Connections, schema: str, *, patience: float = 60.0) -> int:
    """Sequence now, without a thread, until nothing is left; the last position. TimeoutError if a transaction keeps it waiting."""
    deadline = monotonic() + patience
    while True:
        with pool.connection() as connection:
            done = sequence_on(connection, schema)
        if done.written == 0 and not done.waiting:
            return done.position or 0
        if monotonic() > deadline:
            raise TimeoutError("a running transaction, or another sequencer, holds the log back")
        if not done.written:
            sleep(0.002)


class Sequencer(Worker):
    """The sequencer of one schema. Any number may run: one leads, by a lock that its session holds; the others stand by.

    `connect` makes a connection of its own with autocommit; `appended` wakes it up, `sequenced` is rung after each pass that wrote.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        schema: str,
        *,
        appended: Bell,
        sequenced: Bell,
        poll: float = 0.05,
        rest: float = 0.02,
    ) -> None:
        super().__init__(f"sequencer {schema}", bell=appended, poll=poll, rest=rest)
        self.position = 0
        self._schema, self._sequenced = schema, sequenced
        self._lead = Lead(connect, statements(schema)["lead_sequencing"])
        self._held_since: float | None = None

    @property
    def lag(self) -> float:
        """For how many seconds committed events have been waiting for a position without getting one."""
        since = self._held_since
        return 0.0 if since is None else monotonic() - since

    def turn(self) -> bool:
        """One pass; True if there is more to do."""
        connection = self._lead.take()
        if connection is None:
            self.health = Health("standing by")
            self._stopping.wait(STANDBY_SECONDS)
            return True
        done = sequence_on(connection, self._schema)
        self.health = Health("working")
        self.position = done.position or self.position
        if done.written:
            self._held_since = None
            self._sequenced.ring()
            return done.written == BATCH
        if not done.waiting:
            self._held_since = None
            return False
        self._held_since = self._held_since or monotonic()
        self._stopping.wait(HELD_SECONDS)
        return True

    def release(self) -> None:
        """Give up the lead by closing the session."""
        self._lead.give_up()
