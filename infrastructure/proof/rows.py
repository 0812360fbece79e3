"""Events as they are stored (存储字节), read by COPY and never decoded: what their commitments bind is what the database sends."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from domain.proof.entry import NAMES, Order, StoredEvent, entry_shown, entry_text
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements

HEADER_BYTES = 19
END = b"\xff\xff"
BEFORE = 5
"""How many columns come before those that are bound: position, incarnation, transaction, number of the row, salt."""

COLUMNS = BEFORE + len(NAMES)


class Row(NamedTuple):
    """One event: its position in the log (None: it has none), and what is stored. `bound`: the fields as they are hashed."""

    position: int | None
    stored: StoredEvent
    bound: bytes

    def entry(self, ledger: str) -> bytes:
        """Its entry in the log of the ledger of this name; it must have a position."""
        if self.position is None:
            raise LookupError("the event has no position yet")
        hashed = hmac.digest(self.stored.salt, self.bound, "sha256")
        return entry_text(ledger, self.position - 1, self.stored.order, *entry_shown(self.stored.fields), hashed)


def rows_of_log(connection: Connection, schema: str, after: int, through: int) -> Iterator[Row]:
    """The events at the positions after the first and up to the second, in order."""
    return _rows(connection, statements(schema)["copy_stored"], (after, through))


def rows_of_events(connection: Connection, schema: str, events: Sequence[Any]) -> Iterator[Row]:
    """The events with these ids, in any order."""
    return _rows(connection, statements(schema)["copy_stored_events"], (list(events),))


def _rows(connection: Connection, statement: bytes, arguments: Sequence[Any]) -> Iterator[Row]:
    with connection.cursor() as cursor, cursor.copy(statement, arguments) as copied:
        start = HEADER_BYTES
        for message in copied:
            row = bytes(message)[start:]
            start = 0
            if row and row != END:
                yield row_in(row)


def row_in(row: bytes) -> Row:
    """One row of COPY's binary form: how many columns, then each after its length in four bytes (all ones: nothing).

    ValueError where it is none.
    """
    if int.from_bytes(row[:2], "big") != COLUMNS:
        raise ValueError(f"a row of {COLUMNS} columns was expected")
    at, found, begin = 2, [], 0
    for column in range(COLUMNS):
        if column == BEFORE:
            begin = at
        length = int.from_bytes(row[at : at + 4], "big", signed=True)
        at += 4
        found.append(None if length < 0 else row[at : at + length])
        at += max(length, 0)
    if at != len(row):
        raise ValueError("a row ends where it should not")
    position, incarnation, tx, event_no, salt = found[:BEFORE]
    order = Order(_number(incarnation), _number(tx), _number(event_no))
    return Row(_number(position) if position else None, StoredEvent(order, salt or b"", found[BEFORE:]), row[begin:])


def _number(value: bytes | None) -> int:
    return int.from_bytes(value or b"", "big", signed=True)
