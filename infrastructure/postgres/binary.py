"""Values in PostgreSQL's binary form, for the statements that are run straight through libpq."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from uuid import UUID

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

int2 = Struct(">h").pack
int8 = Struct(">q").pack
_read_int8 = Struct(">q").unpack


_ARRAY, _LENGTH, _TEXT = Struct(">iiIii").pack, Struct(">i").pack, 25
_ARRAY_OF_NOTHING = Struct(">iiI").pack(0, 0, _TEXT)


MINUS_INFINITY = int8(-(2**63))
"""As an instant: before all others."""


def text(value: str | None) -> bytes | None:
    """A text; one with a NUL character is refused by the server."""
    return None if value is None else value.encode()


def texts(values: Sequence[str]) -> bytes:
    """An array of texts, none of them null."""
    each = b"".join(_LENGTH(len(one)) + one for one in (value.encode() for value in values))
    return _ARRAY(1, 0, _TEXT, len(values), 1) + each if values else _ARRAY_OF_NOTHING


def uuid(value: UUID | None) -> bytes | None:
    """An id."""
    return None if value is None else value.bytes


def instant(value: datetime | None) -> bytes | None:
    """An instant; one without offset is a TypeError."""
    return None if value is None else int8((value - EPOCH) // _MICROSECOND)


def boolean(value: bool) -> bytes:
    """True or false."""
    return b"\x01" if value else b"\x00"


def jsonb(value: bytes) -> bytes:
    """JSON text as jsonb."""
    return b"\x01" + value


def read_int8(value: bytes | None) -> int | None:
    """A bigint that was answered."""
    return None if value is None else _read_int8(value)[0]


def read_instant(value: bytes) -> datetime:
    """An instant that was answered, in UTC."""
    return EPOCH + timedelta(microseconds=_read_int8(value)[0])


def read_uuid(value: bytes | None) -> UUID | None:
    """An id that was answered."""
    return None if value is None else UUID(bytes=value)
