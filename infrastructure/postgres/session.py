"""Statements of one jurisdiction run on pooled connections, telling a lost connection from a refused statement."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import psycopg
from psycopg.errors import DeadlockDetected

from infrastructure.postgres.direct import Connection, ConnectionLost, raw, rows, run
from infrastructure.postgres.statements import statements

Row = tuple[Any, ...]

READ_PATIENCE = 10.0


class Connections(Protocol):
    """A pool of connections with autocommit."""

    def connection(self) -> AbstractContextManager[Connection]:
        """A connection for the block."""


class Session:
    """The named statements of one schema, on any connection of the pool. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str) -> None:
        self._pool = pool
        self._statements = statements(schema)
        self._schema = schema.encode()

    def fetch(self, name: str, values: Sequence[bytes | None]) -> list[Row]:
        """The rows of a statement that only reads, its values binary; asked again if the connection was lost, or for a deadlock."""
        return self._fetched(rows, name, values)

    def fetch_raw(self, name: str, values: Sequence[bytes | None]) -> list[Sequence[bytes | None]]:
        """The same as the bytes that the database sent."""
        return self._fetched(raw, name, values)

    def _fetched(self, how: Callable[..., list[Any]], name: str, values: Sequence[bytes | None]) -> list[Any]:
        prepared, deadline = b"%s.%s" % (self._schema, name.encode()), time.monotonic() + READ_PATIENCE
        while True:
            with self._pool.connection() as connection:
                try:
                    return how(connection, prepared, self._statements[name], values)
                except ConnectionLost as lost:
                    if time.monotonic() > deadline:
                        raise psycopg.OperationalError(str(lost)) from lost
                except DeadlockDetected:
                    if time.monotonic() > deadline:
                        raise
            time.sleep(0.01)

    def write(self, name: str, values: Sequence[bytes | None] = ()) -> Sequence[bytes | None]:
        """The row answered by a statement that writes, run once, in a transaction of its own, with binary values.

        Raises ConnectionLost or Unconfirmed, besides the errors of the server.
        """
        prepared = b"%s.%s" % (self._schema, name.encode())
        with self._pool.connection() as connection:
            return run(connection, prepared, self._statements[name], values)

    def read(
        self, name: str, arguments: Sequence[Any] | Mapping[str, Any] = (), connection: Connection | None = None
    ) -> list[Row]:
        """The rows of a statement that only reads; on a pooled connection it is asked again if that one was lost, or
        if it and the switch of a rebuild waited for each other."""

        def ask(on: Connection) -> list[Row]:
            return on.execute(self._statements[name], arguments, prepare=True, binary=True).fetchall()

        return self._asked(ask) if connection is None else ask(connection)

    def read_anew(self, name: str, arguments: Mapping[str, Any]) -> list[Row]:
        """The same, planned for these values: where a list has many filters no one plan suits all that may be asked."""

        def ask(on: Connection) -> list[Row]:
            with on.transaction():
                on.execute(self._statements["plan_anew"], prepare=True)
                return on.execute(self._statements[name], arguments, binary=True).fetchall()

        return self._asked(ask)

    def _asked(self, ask: Callable[[Connection], list[Row]]) -> list[Row]:
        deadline = time.monotonic() + READ_PATIENCE
        while True:
            with self._pool.connection() as pooled:
                try:
                    return ask(pooled)
                except psycopg.OperationalError as error:
                    again = pooled.closed or isinstance(error, DeadlockDetected)
                    if not again or time.monotonic() > deadline:
                        raise
            time.sleep(0.01)
