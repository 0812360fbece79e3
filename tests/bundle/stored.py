"""Entries as they are stored, and as a bundle shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.cases import CASES, EVENTS
from domain.kernel import Entry
from domain.law.calendar import Calendars
from domain.proof.entry import Order, StoredEvent, field_bytes
from infrastructure.bundle.telling import as_json, told_calendars, told_effects, told_event, told_rules
from infrastructure.bundle.verifier.facts import Fact, fact_in
from infrastructure.bundle.verifier.recount import Recount
from infrastructure.bundle.verifier.source import parsed
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.mapper import EntryMapper

MAPPER = EntryMapper(EVENTS)
TYPES = CASES


def stored(entry: Entry, number: int = 1) -> StoredEvent:
    """The row of an entry."""
    values = {
        **entry._asdict(),
        "topic": entry.topic,
        "payload_version": type(entry.event).VERSION,
        "payload": MAPPER.payload(entry.event),
        "department": entry.actor.department,
        "officer": entry.actor.officer,
        "on_behalf_of": entry.actor.on_behalf_of,
        "sealed": None,
    }
    return StoredEvent(Order(1, 700 + number, number), sha256(entry.event_id.bytes).digest()[:16], field_bytes(values))


def facts(entries: Iterable[Entry]) -> list[Fact]:
    """What a bundle shows of entries, read again."""
    return [_fact(index, stored(entry, index + 1)) for index, entry in enumerate(entries)]


def _fact(index: int, row: StoredEvent) -> Fact:
    return fact_in(parsed(as_json(told_event(index, row)).decode(), "events"), "events")


def law(entries: Sequence[Entry], calendars: Calendars) -> dict[str, Any]:
    """The law of a bundle with these entries."""
    told = {
        "rules": told_rules(shipped_rulebook().limits),
        "calendars": told_calendars(calendars, calendars.names),
        **told_effects((each.topic for each in entries), EVENTS),
    }
    return dict(parsed(as_json(told).decode(), "law"))


def recount(entries: Sequence[Entry], office: Sequence[Entry], calendars: Calendars, at: datetime) -> Recount:
    """A file counted again by the program that a stranger runs."""
    return Recount(facts(entries), facts(office), law(entries, calendars), at)
