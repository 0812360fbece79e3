"""A batch as the arguments of the one database call that appends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from application.ports import Batch
from domain.kernel import Entry
from infrastructure.postgres.binary import boolean, instant, int2, int8, jsonb, text, uuid
from infrastructure.postgres.mapper import EntryMapper

Values = Sequence[bytes | None]

RESERVATION = "reservation"

_json = msgspec.json.Encoder().encode


def call(batch: Batch, mapper: EntryMapper) -> tuple[str, Values]:
    """The name of the statement and its binary values: scalar ones for a lone event, which is the common case and the fastest."""
    first = batch.entries[0]
    if first.file_version != batch.file_version + 1:
        raise ValueError(f"decided on file version {batch.file_version}, but begins with {first.file_version}")
    lone = len(batch.entries) == 1 and first.case_type != RESERVATION
    if lone and not batch.protected and not batch.guards:
        return "append_event", _scalars(batch, first, mapper)
    return "append_events", (jsonb(_json(_document(batch, mapper))),)


def _scalars(batch: Batch, entry: Entry, mapper: EntryMapper) -> Values:
    event, actor, request = entry.event, entry.actor, batch.idempotency
    return (
        entry.event_id.bytes,
        entry.case_id.bytes,
        int8(entry.version),
        entry.case_type.encode(),
        event.TOPIC.encode(),
        int2(event.VERSION),
        mapper.payload(event),
        entry.file_id.bytes,
        int8(entry.file_version),
        instant(entry.occurred_at),
        actor.department.encode(),
        actor.officer.encode(),
        text(actor.on_behalf_of),
        text(entry.reason),
        uuid(entry.correlation),
        uuid(entry.causation),
        boolean(entry.imported),
        instant(batch.recorded_at),
        *((None, None, None) if request is None else (text(request.scope), text(request.key), request.request_hash)),
        batch.case_id.bytes,
        int8(_answer(batch)),
    )


def _answer(batch: Batch) -> int:
    """The version at which the batch leaves the case that the caller acts on; 0 if it says nothing about it."""
    return max((each.version for each in batch.entries if each.case_id == batch.case_id), default=0)


def _document(batch: Batch, mapper: EntryMapper) -> dict[str, Any]:
    document = {
        "events": [_fields(each, mapper) for each in batch.entries],
        "answer_case": batch.case_id,
        "answer_version": _answer(batch),
    }
    if request := batch.idempotency:
        document |= {"scope": request.scope, "key": request.key, "request_hash": request.request_hash.hex()}
    if batch.recorded_at is not None:
        document["recorded_at"] = _with_offset(batch.recorded_at)
    if streams := {each.case_id for each in batch.entries if each.case_type == RESERVATION}:
        document["streams"] = list(streams)
    if batch.guards:
        document["guards"] = [{"case_id": case, "version": version} for case, version in batch.guards.items()]
    if batch.protected:
        document["protected"] = [
            {"reference": reference, "case_id": secret.case_id, "field": secret.name, "value": secret.value}
            for reference, secret in batch.protected.items()
        ]
    return document


def _fields(entry: Entry, mapper: EntryMapper) -> dict[str, Any]:
    return {
        "event_id": entry.event_id,
        "case_id": entry.case_id,
        "version": entry.version,
        "case_type": entry.case_type,
        "topic": entry.topic,
        "payload_version": entry.event.VERSION,
        "payload": mapper.payload(entry.event).decode(),
        "file_id": entry.file_id,
        "file_version": entry.file_version,
        "occurred_at": _with_offset(entry.occurred_at),
        "department": entry.actor.department,
        "officer": entry.actor.officer,
        "on_behalf_of": entry.actor.on_behalf_of,
        "reason": entry.reason,
        "correlation": entry.correlation,
        "causation": entry.causation,
        "imported": entry.imported,
    }


def _with_offset(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise TypeError("an instant without offset is none")
    return instant
