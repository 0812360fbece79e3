"""Connections to the database: one pool in every process, and single ones for owner and command line."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from infrastructure.postgres.statements import statements

IDLE_IN_TRANSACTION_MS = 10_000
PREPARE_AFTER = 2
MOST_PREPARED = 500
WAIT_SECONDS = 10.0


def connect(url: str, *, name: str = "anjuan", idle_ms: int = IDLE_IN_TRANSACTION_MS) -> psycopg.Connection[Any]:
    """A connection of its own, with autocommit and UTC; the server ends it after `idle_ms` of idling in a transaction."""
    connection = psycopg.connect(url, autocommit=True, application_name=name, prepare_threshold=PREPARE_AFTER)
    _configure(connection, idle_ms)
    return connection


def _configure(connection: psycopg.Connection[Any], idle_ms: int = IDLE_IN_TRANSACTION_MS) -> None:
    connection.prepared_max = MOST_PREPARED
    connection.execute(statements()["configure_session"], {"idle_ms": idle_ms})


class Pool:
    """At most `size` connections per process, with autocommit; opened at first use, anew in a forked process."""

    def __init__(self, url: str, *, size: int = 8, least: int = 1, name: str = "anjuan") -> None:
        self._url, self._size, self._least, self._name = url, size, min(least, size), name
        self._pool: ConnectionPool[Any] | None = None
        self._inherited: ConnectionPool[Any] | None = None
        self._opening = threading.Lock()
        mine = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _leave_to_parent(mine()))

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection for the block. Statements commit one by one, unless inside `connection.transaction()`."""
        pool = self._pool or self._opened()
        connection = pool.getconn()
        try:
            yield connection
        finally:
            pool.putconn(connection)

    def close(self) -> None:
        """Close the connections of this process; the next use opens new ones."""
        with self._opening:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def leave_to_parent(self) -> None:
        """After a fork: connections and threads of the parent are neither used nor closed here."""
        self._inherited, self._pool = self._pool, None
        self._opening = threading.Lock()

    def _opened(self) -> ConnectionPool[Any]:
        with self._opening:
            if self._pool is None:
                self._pool = self._open()
            return self._pool

    def _open(self) -> ConnectionPool[Any]:
        options = {"autocommit": True, "application_name": self._name, "prepare_threshold": PREPARE_AFTER}
        return ConnectionPool(
            self._url,
            min_size=self._least,
            max_size=self._size,
            kwargs=options,
            configure=_configure,
            timeout=WAIT_SECONDS,
            name=self._name,
            open=True,
        )


def _leave_to_parent(pool: Pool | None) -> None:
    if pool is not None:
        pool.leave_to_parent()
