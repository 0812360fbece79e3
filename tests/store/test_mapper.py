"""Events are stored as plain JSON and come back with their types, whatever version they were written in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from domain.kernel import Event, EventCorrected
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.mapper import EntryMapper, UnknownTopic, Unreadable
from tests.store.facts import REGISTRY, Noted, Weighed, Weight, paper

MAPPER = EntryMapper(REGISTRY)
FULL = Noted(
    matter="串标",
    text="投诉",
    weight=Weight.HEAVY,
    due=date(2026, 1, 5),
    at=datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
    papers=("甲", "乙"),
    by=uuid4(),
)


@pytest.mark.parametrize("event", [FULL, Noted(matter="m"), Weighed(matter="m", grams=3)])
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert MAPPER.event(event.TOPIC, event.VERSION, MAPPER.payload(event)) == event


def test_the_payload_is_json_that_a_person_can_read() -> None:
    assert MAPPER.payload(Noted(matter="串标", text="投诉", due=date(2026, 1, 5))).decode() == (
        '{"matter":"串标","text":"投诉","weight":"light","due":"2026-01-05","at":null,"papers":[],"by":null}'
    )


def test_an_older_version_is_lifted_to_todays_fields() -> None:
    assert MAPPER.event("test.weighed", 1, b'{"matter":"m","kilograms":2}') == Weighed(matter="m", grams=2000)


@pytest.mark.parametrize(("topic", "version"), [("test.unheard", 1), ("test.noted", 2)])
def test_an_event_of_a_type_or_version_that_the_program_lacks_is_named(topic: str, version: int) -> None:
    with pytest.raises(UnknownTopic, match=topic):
        MAPPER.event(topic, version, b"{}")


@pytest.mark.parametrize("payload", [b"{}", b"[]", b'{"matter":1}', b'{"matter":"m","due":"yesterday"}', b"\xff"])
def test_a_payload_without_the_fields_of_its_type_is_refused(payload: bytes) -> None:
    with pytest.raises(Unreadable, match=r"test\.noted version 1"):
        MAPPER.event("test.noted", 1, payload)


def test_an_upcast_without_the_fields_it_lifts_is_refused() -> None:
    with pytest.raises(Unreadable):
        MAPPER.event("test.weighed", 1, b'{"matter":"m"}')


@pytest.mark.parametrize(
    ("name", "value"), [("due", date(2026, 2, 1)), ("weight", Weight.HEAVY), ("papers", ("丙",)), ("at", None)]
)
def test_a_correction_has_the_types_of_what_it_corrects(log: PostgresEventLog, name: str, value: Any) -> None:
    file = paper()
    wrong = file.entry(1, FULL)
    right = file.entry(2, EventCorrected(corrects=wrong.event_id, values={name: value}))
    log.append(file.batch(wrong))
    log.append(file.batch(right))
    assert log.load_file(file.file)[1].event == right.event


def test_what_the_program_cannot_store_is_refused_at_once() -> None:
    with pytest.raises((TypeError, msgspec.MsgspecError)):
        MAPPER.payload(Noted(matter="m", papers=(object(),)))  # type: ignore[arg-type]
