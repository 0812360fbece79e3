"""What a bundle tells (披露): stored events with every byte that their commitment binds, and the law in force, as plain values."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from domain.effects import Custody
from domain.kernel import Event, field_names
from domain.law.calendar import NATIONAL, Calendars
from domain.law.edition import Edition
from domain.law.limit import TimeLimit
from domain.proof.entry import EPOCH, NAMES, StoredEvent

UUIDS = frozenset({"event_id", "case_id", "file_id", "correlation", "causation"})
NUMBERS = frozenset({"version", "payload_version", "file_version"})
INSTANTS = frozenset({"occurred_at", "recorded_at"})


def told_event(index: int, stored: StoredEvent) -> dict[str, Any]:
    """A stored event at its place in the log, as plain values from which every stored byte can be made again."""
    values = {name: None if found is None else _value(name, found) for name, found in _fields(stored)}
    return {"index": index, "order": list(stored.order), "salt": stored.salt.hex(), "fields": values}


def _fields(stored: StoredEvent) -> Iterable[tuple[str, bytes | None]]:
    return zip(NAMES, stored.fields, strict=True)


def _value(name: str, found: bytes) -> Any:
    if name in UUIDS:
        return str(UUID(bytes=found))
    if name in NUMBERS:
        return int.from_bytes(found, "big", signed=True)
    if name in INSTANTS:
        at = EPOCH + timedelta(microseconds=int.from_bytes(found, "big", signed=True))
        return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if name == "imported":
        return found == b"\x01"
    return found.hex() if name == "sealed" else found.decode()


def told_rules(limits: Iterable[TimeLimit]) -> list[dict[str, Any]]:
    """Rules as plain values, in the order of the rulebook."""
    left_out = {"line"}
    return [{name: each for name, each in plain_values(limit).items() if name not in left_out} for limit in limits]


def told_effects(topics: Iterable[str], events: Mapping[str, type[Event]]) -> dict[str, Any]:
    """What the events with these topics do to who holds their matter, and which of them put one organ in the place of another."""
    known = sorted({topic for topic in topics if topic in events})
    held = {topic: _effect(events[topic], custody) for topic in known if (custody := events[topic].CUSTODY) is not None}
    return {"effects": held, "succeeds": [topic for topic in known if events[topic].SUCCEEDS]}


def _effect(event: type[Event], custody: Custody) -> dict[str, Any]:
    """A custody in names of stored fields: where it names the first of several, the field that has them all."""
    told, stored = plain_values(custody), {"actor", *field_names(event)}
    told["to"] = custody.to if custody.to in stored else f"{custody.to}s"
    if not stored.issuperset({told["to"], custody.when or "actor"}):
        raise LookupError(f"{event.TOPIC} keeps no {custody.to!r} or {custody.when!r}")
    return dict(told)


def told_calendars(calendars: Calendars, names: Iterable[str]) -> dict[str, Any]:
    """The editions of some calendars and of those on which they rest, and the statutory days where none is published."""
    wanted = {NATIONAL}
    for name in names:
        while name not in wanted:
            wanted.add(name)
            name = calendars.bases.get(name, NATIONAL)
    return {
        "bases": {name: calendars.bases.get(name, NATIONAL) for name in sorted(wanted - {NATIONAL})},
        "statutory": {str(year): [str(day) for day in days] for year, days in sorted(calendars.statutory.items())},
        "editions": [_edition(each) for each in calendars.editions if each.calendar in wanted],
    }


def _edition(edition: Edition) -> dict[str, Any]:
    told = plain_values(edition)
    del told["learned"]
    return {**told, "id": edition.id, "known_from": str(edition.known_from)}


def plain_values(value: Any) -> Any:
    """A value as what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_values(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_values(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain_values(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def as_json(value: Any) -> bytes:
    """A value as a text that is the same for the same value."""
    return (json.dumps(plain_values(value), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def hash_text(found: bytes) -> str:
    """A hash as it is written."""
    return b64encode(found).decode()
