"""The projector (投影器): follows the log and keeps the lists in step with it, each batch exactly once, stopping at any error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import psycopg

from application.ledger import JURISDICTION, Ledger
from domain.kernel import Entry
from infrastructure.bell import Bell
from infrastructure.follower import Follower
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.postgres.statements import statements
from infrastructure.projecting import Projecting, in_turn

NAME = "projections"
BATCH = 1000


class Projector(Follower):
    """Folds the files that a batch of the log concerns and replaces their rows. Any number may run; one works at a time.

    Where a fact of the jurisdiction moves clocks of other files, those are folded first, a few in each transaction: folding
    is repeated from the start if it is interrupted, and the position moves with the last of it.
    """

    def __init__(
        self,
        pool: Connections,
        log: PostgresEventLog,
        ledger: Ledger,
        *,
        batch: int = BATCH,
        poll: float = 0.1,
        moved: Bell | None = None,
    ) -> None:
        super().__init__(pool, log, NAME, self.project, batch=batch, poll=poll, moved=moved)
        self.projecting = Projecting(log.schema, ledger)
        self._stoppage = statements(log.schema)
        self._stopped = True

    def turn(self) -> bool:
        """Project the next entries; True if there may be more. An error is noted for all to see, and raised."""
        try:
            more = super().turn()
        except psycopg.OperationalError:
            raise
        except Exception as error:
            self._note(error)
            raise
        if self._stopped and self.health.doing == "working":
            with self._pool.connection() as connection:
                connection.execute(self._stoppage["forget_stoppage"], (NAME,))
            self._stopped = False
        return more

    def project(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Write what a batch of the log comes to, on a connection in a transaction."""
        recorded = {entry.known_at() for entry in entries if entry.case_id == JURISDICTION}
        if recorded:
            self._fold_again(connection, recorded)
        files = dict.fromkeys(entry.file_id for entry in entries if entry.case_id != JURISDICTION)
        self.projecting.refresh(connection, sorted(files))

    def _fold_again(self, waiting: Connection, recorded: set[datetime]) -> None:
        """Fold what facts of the jurisdiction move; `waiting` is kept from being taken for abandoned meanwhile."""
        for change in self.projecting.changes(recorded):
            for few in in_turn(self.projecting.concerned(waiting, change)):
                with self._pool.connection() as connection, connection.transaction():
                    self.projecting.refresh(connection, few)
                self._tracked(waiting)

    def _note(self, error: Exception) -> None:
        self._stopped = True
        with self._pool.connection() as connection:
            said = f"{type(error).__name__}: {error}"
            connection.execute(self._stoppage["note_stoppage"], (NAME, self.position, said))
