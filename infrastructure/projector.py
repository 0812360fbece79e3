"""The projector (投影器): follows the log and keeps the lists in step with it, each batch exactly once, stopping at any error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

from application.ledger import Ledger
from domain.kernel import Entry
from infrastructure.bell import Bell
from infrastructure.follower import Follower
from infrastructure.law_marks import together
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.postgres.statements import statements
from infrastructure.projecting import Projecting, built_alike, law_of

NAME = "projections"
BATCH = 1000

MODESTY = 9.0
"""At most a tenth of the time: a file with many new events is then folded once for several of them, not once for each."""


class Projector(Follower):
    """Folds the files that a batch of the log concerns and replaces their rows. Any number may run; one works at a time."""

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
        super().__init__(pool, log, NAME, self._project, batch=batch, poll=poll, modesty=MODESTY, moved=moved)
        self._projecting = Projecting(log.schema, ledger)
        self._ledger = ledger
        self._named = statements(log.schema)
        self._begun = False

    def turn(self) -> bool:
        """Project the next entries; True if there may be more. An error is noted for all to see, and raised."""
        try:
            more = super().turn()
        except psycopg.OperationalError:
            raise
        except Exception as error:
            self._note(error)
            raise
        if not self._begun and self.health.doing == "working":
            self._begin()
        return more

    def _project(self, connection: Connection, entries: Sequence[Entry]) -> None:
        @contextmanager
        def elsewhere() -> Iterator[Connection]:
            with self._pool.connection() as other, other.transaction():
                yield other
            self._tracked(connection)  # or it would be taken for abandoned in the middle of its transaction

        self._projecting.project(connection, entries, elsewhere)
        whereabouts = (entries[-1].position, self._projecting.known_version)
        connection.execute(self._named["note_position"], whereabouts, prepare=True)

    def _begin(self) -> None:
        with self._pool.connection() as connection:
            connection.execute(self._named["forget_stoppage"], (NAME,))
            stored = connection.execute(self._named["progress"], {"follower": NAME}).fetchone()
            law = stored and stored[3]
            if built_alike(law, self._ledger):
                connection.execute(self._named["replace_law"], (together(law, law_of(self._ledger)),))
        self._begun = True

    def _note(self, error: Exception) -> None:
        self._begun = False
        with self._pool.connection() as connection:
            said = f"{type(error).__name__}: {error}"
            connection.execute(self._named["note_stoppage"], (NAME, self.position, said))
