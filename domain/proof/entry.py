"""The entry of the log (账目) that stands for one stored event: a text whose commitment binds every stored byte without showing one."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

FORM = "anjuan case-event/v1"
"""The first line of every entry."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From which instants are counted, in microseconds."""

NOTHING = b"\xff\xff\xff\xff"
SALT_BYTES = 16


def _whole(length: int) -> Callable[[int], bytes]:
    return lambda value: value.to_bytes(length, "big", signed=True)


def _instant(value: datetime) -> bytes:
    return ((value - EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True)


def _text(value: str) -> bytes:
    return value.encode()


def _uuid(value: UUID) -> bytes:
    return value.bytes


def _truth(value: bool) -> bytes:
    return b"\x01" if value else b"\x00"


FIELDS: Mapping[str, Callable[[Any], bytes]] = MappingProxyType(
    {
        "event_id": _uuid,
        "case_id": _uuid,
        "version": _whole(8),
        "case_type": _text,
        "topic": _text,
        "payload_version": _whole(2),
        "payload": bytes,
        "file_id": _uuid,
        "file_version": _whole(8),
        "occurred_at": _instant,
        "recorded_at": _instant,
        "department": _text,
        "officer": _text,
        "on_behalf_of": _text,
        "reason": _text,
        "correlation": _uuid,
        "causation": _uuid,
        "imported": _truth,
        "sealed": bytes,
    }
)
"""The columns of an event that its commitment binds, in this order for ever, each with how its value becomes bytes: identifiers as
their 16 bytes, whole numbers big-endian (8 bytes, `payload_version` 2), instants as microseconds since 2000 in 8 bytes, text as
UTF-8. These are the bytes in which PostgreSQL sends and keeps them."""

NAMES = tuple(FIELDS)
EVENT_ID, CASE_ID, VERSION, TOPIC, FILE_ID, RECORDED_AT = (
    NAMES.index(each) for each in ("event_id", "case_id", "version", "topic", "file_id", "recorded_at")
)


class Order(NamedTuple):
    """Where an event stands in the order of commits: `incarnation` of the cluster, transaction, number of the row."""

    incarnation: int
    tx: int
    event_no: int


class StoredEvent(NamedTuple):
    """One event as it is stored: its place in the order of commits, its salt, and the bytes of FIELDS (None where nothing is)."""

    order: Order
    salt: bytes
    fields: Sequence[bytes | None]


def field_bytes(values: Mapping[str, Any]) -> tuple[bytes | None, ...]:
    """The bytes of FIELDS of an event that is given by its values; KeyError where one is missing."""
    return tuple(None if values[name] is None else encode(values[name]) for name, encode in FIELDS.items())


def instant_in(found: bytes) -> datetime:
    """The instant that the bytes of a field say, in UTC."""
    return EPOCH + timedelta(microseconds=int.from_bytes(found, "big", signed=True))


def commitment(salt: bytes, fields: Sequence[bytes | None]) -> bytes:
    """HMAC-SHA256 under the salt over the bytes of FIELDS, each after its length in four bytes (all ones where nothing is).

    ValueError for another salt than one of 16 bytes: HMAC takes a shorter one and the same with zeroes behind it for equal.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    if len(fields) != len(NAMES):
        raise ValueError(f"an event has {len(NAMES)} fields, not {len(fields)}")
    told = [NOTHING if each is None else len(each).to_bytes(4, "big") + each for each in fields]
    return hmac.digest(salt, b"".join(told), "sha256")


def entry_of(ledger: str, index: int, stored: StoredEvent) -> bytes:
    """The entry at an index (position - 1) of the log of the ledger of this name: ten lines of text, less than 1 KB."""
    bound = commitment(stored.salt, stored.fields)
    return entry_text(ledger, index, stored.order, *entry_shown(stored.fields), bound)


def entry_text(
    ledger: str, index: int, order: Order, event: str, case: str, version: int, topic: str, recorded: str, bound: bytes
) -> bytes:
    """The same, of what it shows."""
    incarnation, tx, event_no = order
    return (
        f"{FORM}\n{ledger}\nindex {index}\nevent {event}\ncase {case}\nversion {version}\ntopic {topic}\n"
        f"recorded {recorded}\norder {incarnation} {tx} {event_no}\ncommitment {bound.hex()}\n"
    ).encode()


def entry_shown(fields: Sequence[bytes | None]) -> tuple[str, str, int, str, str]:
    """What an entry shows of an event in plain: its id, case, version, topic, and recording time (UTC, microseconds)."""
    found = (fields[EVENT_ID], fields[CASE_ID], fields[VERSION], fields[TOPIC], fields[RECORDED_AT])
    event, case, version, topic, recorded = (each or b"" for each in found)
    return (
        str(UUID(bytes=event)),
        str(UUID(bytes=case)),
        int.from_bytes(version, "big", signed=True),
        topic.decode(),
        instant_in(recorded).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
