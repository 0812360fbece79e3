"""Turns entries into stored rows and back: each event as plain JSON under its topic, read by its class or lifted by its upcast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast, get_type_hints
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, Notification, StoredEvent, Transcoder

from domain.kernel import Actor, Entry, Event, EventCorrected

Row = tuple[Any, ...]

_actor = lru_cache(4096)(Actor)
_plain = msgspec.json.Decoder().decode


class UnknownTopic(LookupError):
    """The ledger holds an event of a type that this program does not have."""


class Unreadable(ValueError):
    """The stored payload of an event does not have the fields of its type."""


@dataclass(frozen=True)
class StoredEntry(StoredEvent):
    """An entry in the shape that the event store of the library hands on."""

    entry: Entry


@dataclass(frozen=True)
class StoredNotification(Notification):
    """An entry of the log in the shape that the notification log of the library hands on; its id is the position."""

    entry: Entry


class PlainJson(Transcoder):
    """Any value as JSON without type marks."""

    def encode(self, obj: Any) -> bytes:
        return msgspec.json.encode(obj)

    def decode(self, data: bytes) -> Any:
        return _plain(data)


class EntryMapper(Mapper[UUID]):
    """The mapper of one ledger. `registry`: event classes by topic."""

    def __init__(self, registry: Mapping[str, type[Event]]) -> None:
        super().__init__(PlainJson())
        self._registry = dict(registry)
        self._encode = msgspec.json.Encoder().encode
        self._readers: dict[tuple[str, int], Callable[[bytes], Event]] = {
            (topic, event.VERSION): msgspec.json.Decoder(event).decode for topic, event in self._registry.items()
        }

    def payload(self, event: Event) -> bytes:
        """The bytes that are stored of an event."""
        return self._encode(event)

    def event(self, topic: str, version: int, payload: bytes) -> Event:
        """The event in stored bytes; raises UnknownTopic or Unreadable."""
        reader = self._readers.get((topic, version)) or self._older(topic, version)
        try:
            return reader(payload)
        except (msgspec.MsgspecError, LookupError) as error:
            raise Unreadable(f"{topic} version {version}: {error}") from error

    def _older(self, topic: str, version: int) -> Callable[[bytes], Event]:
        event = self._registry.get(topic)
        if event is None:
            raise UnknownTopic(f"no event type has the topic {topic!r}: its case type is not part of this program")
        if version > event.VERSION:
            raise UnknownTopic(f"{topic} is stored in version {version}; this program knows {event.VERSION} at most")

        def lift(payload: bytes) -> Event:
            return msgspec.convert(event.upcast(_plain(payload), version), event)

        self._readers[topic, version] = lift
        return lift

    def entry(self, row: Row) -> Entry:
        """The entry in a row of the `load_*` and `follow` statements: payload, topic, its version, actor, then the envelope."""
        event = self.event(row[1], row[2], row[0])
        return Entry._make((event, *row[6:13], _actor(*row[3:6]), *row[13:19]))

    def entries(self, rows: Iterable[Row]) -> list[Entry]:
        """The entries in rows; what a correction says has the types of the event that it corrects, if that is among them."""
        entry = self.entry
        found = [entry(row) for row in rows]
        if any(type(each.event) is EventCorrected for each in found):
            events = {each.event_id: type(each.event) for each in found}
            return [_typed(each, events) for each in found]
        return found

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The library's shape of an entry."""
        entry = cast(Entry, domain_event)
        return StoredEntry(entry.case_id, entry.version, entry.topic, self.payload(entry.event), entry)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """The entry in the library's shape."""
        return cast(StoredEntry | StoredNotification, stored_event).entry


def _typed(entry: Entry, events: Mapping[UUID, type[Event]]) -> Entry:
    correction = entry.event
    if not isinstance(correction, EventCorrected) or correction.corrects not in events:
        return entry
    types = get_type_hints(events[correction.corrects], include_extras=True)
    values = {name: msgspec.convert(value, types[name]) for name, value in correction.values.items()}
    return entry._replace(event=replace(correction, values=values))
