"""The log as it is stored (逐行读取), hashed as it comes: the bytes that the server sends are those that were committed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from select import select
from struct import Struct
from typing import Any, NamedTuple

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result

from domain.proof.entry import EPOCH, FORM, NAMES, SALT_BYTES, entry_of
from domain.proof.merkle import leaf_hash
from infrastructure.postgres.direct import Connection
from infrastructure.proof.rows import COLUMNS, END, HEADER_BYTES, row_in

HEAD = Struct(">h iq ii iq iq i16s i16s i16s iq i".replace(" ", ""))
"""How a row begins: the number of columns, then length and value of each, up to the length of `case_type`."""

LENGTHS = (8, 4, 8, 8, 16, 16, 16, 8)
BOUND_AT = 2 + 12 + 8 + 12 + 12 + 20
"""Where in a row the bytes that are bound begin."""

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
BLOCK = 64
INNER, OUTER = (bytes(each ^ pad for each in range(256)) for pad in (0x36, 0x5C))
"""HMAC (RFC 2104) written out, which takes half the time of the library's for messages of this size."""


class Line(NamedTuple):
    """One place of the log: the leaf that is hashed anew (None: no event is there), in which order it was committed, when it was
    recorded in microseconds since 2000, and the row itself."""

    position: int
    leaf: bytes | None
    order: tuple[int, int, int]
    recorded: int
    row: bytes


def copied(connection: Connection, statement: bytes, arguments: Sequence[Any]) -> Iterator[bytes]:
    """The rows of a COPY in binary form, one after the other, straight from libpq: nothing is kept."""
    libpq = connection.pgconn
    libpq.send_query(psycopg.ClientCursor(connection).mogrify(statement, arguments).encode())
    libpq.flush()
    begun = libpq.get_result()
    if begun is None or begun.status != pq.ExecStatus.COPY_OUT:
        _finished(libpq, begun)
        return
    start = HEADER_BYTES
    while (found := libpq.get_copy_data(1))[0] >= 0:
        size, message = found
        if size == 0:
            select([libpq.socket], [], [])
            libpq.consume_input()
            continue
        if start:
            message, start = message[start:], 0
        if len(message) > len(END):
            yield bytes(message)
    _finished(libpq, libpq.get_result())


def _finished(libpq: Any, result: Any) -> None:
    """Take what is left; raises the error of the server."""
    while result is not None:
        if result.status not in (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK):
            while libpq.get_result() is not None:
                pass
            raise error_from_result(result)
        result = libpq.get_result()


def liner(ledger: str) -> Callable[[bytes], Line]:
    """What makes a line of a row of the log of this ledger: as `entry_of` would, several times faster."""
    begin, unpack, number = f"\x00{FORM}\n{ledger}\nindex ", HEAD.unpack_from, int.from_bytes
    rest_of_block = bytes(BLOCK - SALT_BYTES)

    def line(row: bytes) -> Line:
        found = unpack(row) if len(row) > HEAD.size else (0,)
        if found[0] != COLUMNS or found[1:-1:2] != LENGTHS:
            return slow_line(ledger, row)
        _, _, position, _, incarnation, _, tx, _, event_no, _, salt, _, event, _, case, _, version, length = found
        at = HEAD.size + length
        end = at + 4 + number(row[at : at + 4], "big")
        topic = row[at + 4 : end].decode()
        at = end + 6
        at += 4 + number(row[at : at + 4], "big") + 48
        recorded = number(row[at : at + 8], "big", signed=True)
        block = salt + rest_of_block
        inner = sha256(block.translate(INNER) + row[BOUND_AT:]).digest()
        bound = sha256(block.translate(OUTER) + inner).hexdigest()
        e, c = event.hex(), case.hex()
        days, of_day = divmod(recorded, DAY)
        minutes, rest = divmod(of_day, MINUTE)
        hour, minute = divmod(minutes, 60)
        second, rest = divmod(rest, SECOND)
        text = (
            f"{begin}{position - 1}\nevent {e[:8]}-{e[8:12]}-{e[12:16]}-{e[16:20]}-{e[20:]}\n"
            f"case {c[:8]}-{c[8:12]}-{c[12:16]}-{c[16:20]}-{c[20:]}\nversion {version}\ntopic {topic}\n"
            f"recorded {_day(days)}T{hour:02}:{minute:02}:{second:02}.{rest:06}Z\norder {incarnation} {tx} {event_no}\ncommitment {bound}\n"
        )
        return Line(position, sha256(text.encode()).digest(), (incarnation, tx, event_no), recorded, row)

    return line


@lru_cache(1024)
def _day(days: int) -> str:
    return (EPOCH + timedelta(days=days)).strftime("%Y-%m-%d")


def slow_line(ledger: str, row: bytes) -> Line:
    """The same of any row, whatever became of its columns."""
    position, stored, _ = row_in(row)
    recorded = int.from_bytes(stored.fields[NAMES.index("recorded_at")] or b"", "big", signed=True)
    if stored.fields[0] is None:
        return Line(position or 0, None, stored.order, recorded, row)
    try:
        leaf = leaf_hash(entry_of(ledger, (position or 0) - 1, stored))
    except (ValueError, OverflowError):
        leaf = bytes(32)
    return Line(position or 0, leaf, stored.order, recorded, row)
