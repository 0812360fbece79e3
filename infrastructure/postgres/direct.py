"""A prepared statement run straight through libpq with binary values: half of what a cursor costs, for the ways of every command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.adapt import Transformer
from psycopg.errors import Diagnostic, InvalidSqlStatementName, error_from_result

Connection = psycopg.Connection[Any]

UNCONFIRMED = ("01000", "57P01")
"""SQLSTATEs of the warnings with which a commit ends whose wait for a synchronous standby was cut short."""


class ConnectionLost(Exception):
    """The connection ended before the statement was answered: whether it was carried out is not known."""


class Unconfirmed(Exception):
    """The commit was reported, but not that a synchronous standby has it: it may vanish with this server."""


class _Prepared:
    """What has been prepared on one connection, and the warnings it has heard since they were last looked at."""

    def __init__(self, connection: Connection) -> None:
        self.names: set[bytes] = set()
        self.warnings: list[str] = []
        connection.add_notice_handler(self._note)

    def _note(self, notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING" and notice.sqlstate in UNCONFIRMED:
            self.warnings.append(notice.message_primary or "")


_PREPARED: WeakKeyDictionary[Connection, _Prepared] = WeakKeyDictionary()


def run(
    connection: Connection, name: bytes, statement: bytes, values: Sequence[bytes | None]
) -> Sequence[bytes | None]:
    """The first row answered by a statement with `$1` parameters, its values binary, on a connection with autocommit.

    `name` stands for the statement on every connection, which prepares it once. Raises ConnectionLost, Unconfirmed or the error
    of the server.
    """
    prepared, answer = _answered(connection, name, statement, values)
    if prepared.warnings:
        told = "; ".join(prepared.warnings)
        prepared.warnings.clear()
        raise Unconfirmed(told)
    return [answer.get_value(0, column) for column in range(answer.nfields)]


def rows(connection: Connection, name: bytes, statement: bytes, values: Sequence[bytes | None]) -> list[Any]:
    """All rows answered by a statement that only reads, as a cursor would give them. Raises ConnectionLost or the error."""
    _, answer = _answered(connection, name, statement, values)
    transformer = Transformer(connection)
    transformer.set_pgresult(answer)
    return transformer.load_rows(0, answer.ntuples, tuple)


def raw(connection: Connection, name: bytes, statement: bytes, values: Sequence[bytes | None]) -> list[Any]:
    """The same as the bytes that the database sent, undecoded."""
    _, answer = _answered(connection, name, statement, values)
    return [[answer.get_value(row, column) for column in range(answer.nfields)] for row in range(answer.ntuples)]


def _answered(
    connection: Connection, name: bytes, statement: bytes, values: Sequence[bytes | None]
) -> tuple[_Prepared, pq.abc.PGresult]:
    prepared = _PREPARED.get(connection)
    if prepared is None:
        prepared = _PREPARED[connection] = _Prepared(connection)
    libpq = connection.pgconn
    try:
        try:
            answer = _executed(libpq, prepared, name, statement, values)
        except InvalidSqlStatementName:
            # The driver forgets all that is prepared on a connection whose transaction is rolled back. Which of the other names
            # it forgot is not known here: some may have been prepared since.
            prepared.names.discard(name)
            answer = _executed(libpq, prepared, name, statement, values)
    except psycopg.Error as error:
        if connection.closed or error.sqlstate is None:  # said by libpq: the server has not answered this
            connection.close()
            raise ConnectionLost(str(error)) from error
        raise
    return prepared, answer


def _executed(
    libpq: pq.abc.PGconn, prepared: _Prepared, name: bytes, statement: bytes, values: Sequence[bytes | None]
) -> pq.abc.PGresult:
    if name not in prepared.names:
        _checked(libpq.prepare(name, statement), pq.ExecStatus.COMMAND_OK)
        prepared.names.add(name)
    answer = libpq.exec_prepared(name, cast(Any, values), [pq.Format.BINARY] * len(values), pq.Format.BINARY)
    _checked(answer, pq.ExecStatus.TUPLES_OK)
    return answer


def _checked(answer: pq.abc.PGresult, expected: pq.ExecStatus) -> None:
    if answer.status != expected:
        raise error_from_result(answer)
