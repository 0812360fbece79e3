"""Beside the vault lie marks of numbers, by which a case is found again, until what they were made of is erased."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application.ports import FileMoved, Secret
from domain.cases import EVENTS
from domain.cases.complaint.events import ComplaintReceived
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.mapper import EntryMapper
from tests.store.facts import Paper, paper

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ID, PHONE = "42282519900307123X", "13800138000"


def receive(log: PostgresEventLog, file: Paper, **values: str) -> None:
    protected = {uuid4(): Secret(file.case, name, value) for name, value in values.items()}
    log.append(file.note(len(log.load_file(file.file)) + 1, protected=protected))


def marks(owner: psycopg.Connection[Any], log: PostgresEventLog, case: UUID) -> int:
    asked = f"select count(*) from {log.schema}.blind_mark where case_id = %s"
    (count,) = owner.execute(asked.encode(), [case]).fetchone() or (0,)
    return int(count)


def test_cases_with_the_same_number_are_found_and_others_are_not(log: PostgresEventLog) -> None:
    one, again, other = paper(), paper(), paper()
    receive(log, one, complainant="张三", id_number=ID, phone=PHONE)
    receive(log, again, complainant="张叁", id_number="422825 19900307 123x")
    receive(log, other, complainant="张三", phone="13900139000")
    assert log.marked_alike("id_number", ID) == [one.case, again.case]
    assert log.marked_alike("phone", f"+86 {PHONE}") == [one.case]
    assert log.marked_alike("phone", ID) == []
    assert log.marked_alike("phone", "不详") == []


def test_an_erasure_forgets_the_marks_of_that_case_alone(log: PostgresEventLog, owner: Any) -> None:
    one, again = paper(), paper()
    receive(log, one, id_number=ID, phone=PHONE)
    receive(log, again, id_number=ID)
    assert log.erase(one.case, NOW) == 2
    assert log.marked_alike("id_number", ID) == [again.case]
    assert (marks(owner, log, one.case), marks(owner, log, again.case)) == (0, 1)


def test_a_mark_whose_value_was_never_recorded_finds_nothing(log: PostgresEventLog, owner: Any) -> None:
    file = paper()
    receive(log, file, complainant="张三")
    late = file.note(1, protected={uuid4(): Secret(file.case, "phone", PHONE)})
    with pytest.raises(FileMoved):
        log.append(late)
    assert marks(owner, log, file.case) == 1
    assert log.marked_alike("phone", PHONE) == []


def test_the_database_keeps_sixteen_bits_and_no_number(log: PostgresEventLog, owner: Any) -> None:
    receive(log, paper(), phone=PHONE)
    rows = owner.execute(f"select mark from {log.schema}.blind_mark".encode()).fetchall()
    assert all(0 <= mark < 2**16 for (mark,) in rows)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(
            f"insert into {log.schema}.blind_mark values (gen_random_uuid(), gen_random_uuid(), 'phone', 65536)".encode()
        )


def test_a_complaint_of_the_first_version_has_no_number() -> None:
    before = b'{"matter":"A","number":"A","file_no":"A","profiles":[],"subject":"bidding"}'
    event = EntryMapper(EVENTS).event("complaint.received", 1, before)
    assert isinstance(event, ComplaintReceived)
    assert (event.id_number, event.phone, event.complainant) == (None, None, None)
