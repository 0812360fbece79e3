"""The lead (主持) among any number of processes: one session has it, by a lock that ends with the session."""

from __future__ import annotations

from collections.abc import Callable

from infrastructure.postgres.direct import Connection


class Lead:
    """`connect` makes a connection with autocommit, which holds the lock; `statement` takes the lock and says whether that went."""

    def __init__(self, connect: Callable[[], Connection], statement: bytes) -> None:
        self._connect, self._statement = connect, statement
        self._connection: Connection | None = None
        self.taken = False

    @property
    def connection(self) -> Connection:
        """The session, whether or not it leads; begun if there is none."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def take(self) -> Connection | None:
        """The session, if it leads by now; None while another does."""
        connection = self.connection
        if not self.taken:
            row = connection.execute(self._statement).fetchone()
            self.taken = bool(row and row[0])
        return connection if self.taken else None

    def give_up(self) -> None:
        """Let others lead, by ending the session."""
        connection, self._connection, self.taken = self._connection, None, False
        if connection is not None:
            connection.close()
