"""A batch is recorded whole or not at all, in versions without holes, at a time that only the database sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from application.ports import Appended, FileMoved, GuardMoved, Secret
from domain.kernel import Released, Reserved, reservation_id
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import PREPARE_AFTER, Pool
from tests.servers import Database
from tests.store.facts import Noted, Paper, at_once, log_of, paper, versions

LONG_AGO = datetime(2020, 8, 10, 1, 2, 3, 456789, tzinfo=UTC)


def test_what_is_appended_is_read_back_whole(log: PostgresEventLog) -> None:
    file = paper()
    first = file.entry(1, Noted(matter="m", text="投诉"), reason="因", correlation=uuid4(), imported=True)
    more = [file.entry(2, causation=first.event_id), file.entry(1, case_id=uuid4(), file_version=3)]
    answers = log.append(file.batch(first)), log.append(file.batch(*more))
    assert all(isinstance(each, Appended) for each in answers)
    one, several = (each.recorded_at for each in answers if isinstance(each, Appended))
    recorded = [first._replace(recorded_at=one), *(each._replace(recorded_at=several) for each in more)]
    assert log.load_file(file.file) == recorded
    assert log.load_file_of(more[1].case_id) == recorded
    assert log.load_stream(file.case, after=1) == recorded[1:2]
    assert (log.file_of(more[1].case_id), log.file_of(uuid4())) == (file.file, None)
    assert log.load_file(uuid4()) == log.load_file_of(uuid4()) == log.load_stream(uuid4()) == []


def test_the_payload_is_stored_byte_for_byte(log: PostgresEventLog, pool: Pool) -> None:
    file = paper()
    text = '\\u0041 "\\" \t \x7f 投诉 𝄞'
    log.append(file.batch(file.entry(1, Noted(matter="m", text=text))))
    log.append(file.batch(*(file.entry(each, Noted(matter="m", text=text)) for each in (2, 3))))
    with pool.connection() as connection:
        stored = connection.execute(f"select payload, salt from {log.schema}.events").fetchall()
    assert {bytes(payload) for payload, _ in stored} == {log.mapper.payload(Noted(matter="m", text=text))}  # type: ignore[attr-defined]
    assert {len(salt) for _, salt in stored} == {16}
    assert len({salt for _, salt in stored}) == 3


def test_the_file_is_at_another_version(log: PostgresEventLog) -> None:
    file = paper()
    log.append(file.note(1))
    for late in (file.note(1), file.batch(file.entry(1), file.entry(2))):
        with pytest.raises(FileMoved):
            log.append(late)
    assert versions(log.load_file(file.file)) == [1]


def test_another_case_of_the_file_moves_the_file(log: PostgresEventLog) -> None:
    file = paper()
    log.append(file.note(1))
    log.append(file.batch(file.entry(1, case_id=uuid4(), file_version=2)))
    with pytest.raises(FileMoved):
        log.append(file.note(2))


def test_a_number_that_another_file_uses_is_taken(log: PostgresEventLog) -> None:
    file = paper()
    log.append(file.note(1))
    other = Paper(uuid4(), file.case)
    for second in (other.note(1), other.batch(other.entry(1), other.entry(2))):
        with pytest.raises(FileMoved):
            log.append(second)
    assert log.load_file(other.file) == []


@pytest.mark.parametrize("version", [2, 3])
def test_a_hole_before_a_version_is_refused(log: PostgresEventLog, version: int) -> None:
    file = paper()
    holes = (
        file.batch(file.entry(version)),
        file.batch(file.entry(version, file_version=1)),
        file.batch(file.entry(1, file_version=version)),
        file.batch(file.entry(1), file.entry(version + 1, file_version=2)),
        file.batch(file.entry(1), file.entry(2, file_version=version + 1)),
    )
    for hole in holes:
        with pytest.raises(psycopg.DatabaseError) as refused:
            log.append(hole)
        assert refused.value.sqlstate == "AJ002"
    assert log.load_file(file.file) == []


def test_a_case_stays_in_its_file(log: PostgresEventLog) -> None:
    file, other = paper(), paper()
    log.append(file.note(1))
    log.append(other.note(1))
    with pytest.raises(psycopg.DatabaseError) as refused:
        log.append(other.batch(other.entry(2, case_id=file.case)))
    assert refused.value.sqlstate == "AJ002"


def test_a_batch_says_on_which_version_of_the_file_it_was_decided(log: PostgresEventLog) -> None:
    with pytest.raises(ValueError, match="file version 3"):
        log.append(replace(paper().note(1), file_version=3))


def test_guards_tell_that_what_was_relied_on_has_moved(log: PostgresEventLog) -> None:
    register, file = paper(), paper()
    log.append(register.note(1))
    log.append(register.note(2))
    for relied_on, now in (({register.case: 1}, 2), ({uuid4(): 1}, 0)):
        with pytest.raises(GuardMoved) as moved:
            log.append(file.note(1, guards=relied_on))
        assert (moved.value.case_id, moved.value.version) == (next(iter(relied_on)), now)
    assert isinstance(log.append(file.note(1, guards={register.case: 2, uuid4(): 0})), Appended)


def test_two_files_that_rely_on_each_other_do_not_both_go_on(log: PostgresEventLog) -> None:
    for _ in range(20):
        a, b = paper(), paper()
        log.append(a.note(1))
        log.append(b.note(1))
        results = at_once(
            [
                lambda a=a, b=b: log.append(a.note(2, guards={b.case: 1})),
                lambda a=a, b=b: log.append(b.note(2, guards={a.case: 1})),
            ]
        )
        assert sorted(type(each).__name__ for each in results) == ["Appended", "GuardMoved"], results


def test_one_of_eight_files_takes_a_fact_that_is_true_once(log: PostgresEventLog) -> None:
    stream = reservation_id(f"fine {uuid4()}")

    def take() -> object:
        file = paper()
        taken = Reserved(fact="fine", holder=file.case)
        reservation = file.entry(1, taken, case_id=stream, case_type="reservation", file_version=2)
        return log.append(file.batch(file.entry(1), reservation))

    results = at_once([take] * 8)
    assert sorted(type(each).__name__ for each in results) == ["Appended", *["FileMoved"] * 7], results
    assert versions(log.load_stream(stream)) == [1]


def test_a_reservation_passes_from_file_to_file(log: PostgresEventLog) -> None:
    stream, first, second = uuid4(), paper(), paper()

    def reservation(file: Paper, version: int, event: Any, file_version: int) -> Any:
        return file.entry(version, event, case_id=stream, case_type="reservation", file_version=file_version)

    log.append(first.batch(first.entry(1), reservation(first, 1, Reserved(fact="f", holder=first.case), 2)))
    log.append(
        first.batch(first.entry(2, file_version=3), reservation(first, 2, Released(fact="f", holder=first.case), 4))
    )
    log.append(second.batch(second.entry(1), reservation(second, 3, Reserved(fact="f", holder=second.case), 2)))
    with pytest.raises(FileMoved):
        log.append(
            first.batch(first.entry(3, file_version=5), reservation(first, 3, Reserved(fact="f", holder=first.case), 6))
        )
    assert versions(log.load_stream(stream)) == [1, 2, 3]
    assert [each.file_version for each in log.load_file(first.file)] == [1, 2, 3, 4]


def test_files_take_facts_in_any_order_without_a_deadlock(log: PostgresEventLog) -> None:
    streams = [uuid4() for _ in range(6)]

    def take(order: list[Any]) -> object:
        file = paper()
        taken = [
            file.entry(
                1, Reserved(fact="f", holder=file.case), case_id=each, case_type="reservation", file_version=2 + place
            )
            for place, each in enumerate(order)
        ]
        return log.append(file.batch(file.entry(1), *taken))

    results = at_once([lambda order=order: take(order) for order in (streams, streams[::-1]) * 4])
    assert sorted(type(each).__name__ for each in results) == ["Appended", *["FileMoved"] * 7], results


def test_protected_values_are_kept_outside_the_event(log: PostgresEventLog) -> None:
    file, reference, unknown = paper(), uuid4(), uuid4()
    name = Secret(file.case, "complainant", "张三 \" \\ '")
    log.append(file.note(1, protected={reference: name}))
    assert log.reveal([reference, unknown]) == {reference: name.value}
    with pytest.raises(psycopg.errors.UniqueViolation):
        log.append(file.note(2, protected={reference: name}))
    assert versions(log.load_file(file.file)) == [1]


def test_a_real_ledger_sets_the_recording_time_itself(log: PostgresEventLog) -> None:
    file = paper()
    for supplied in (LONG_AGO, datetime.now(UTC) + timedelta(days=1)):
        for batch in (
            file.note(1, recorded_at=supplied),
            file.batch(file.entry(1), file.entry(2), recorded_at=supplied),
        ):
            with pytest.raises(psycopg.DatabaseError) as refused:
                log.append(batch)
            assert refused.value.sqlstate == "AJ004"
    before = datetime.now(UTC)
    answer = log.append(file.note(1))
    assert isinstance(answer, Appended)
    assert before - timedelta(seconds=1) < answer.recorded_at < datetime.now(UTC) + timedelta(seconds=1)


def test_a_rehearsal_ledger_takes_the_recording_time_it_is_given(rehearsal: PostgresEventLog) -> None:
    file = paper()
    single, several = LONG_AGO, LONG_AGO + timedelta(days=1)
    rehearsal.append(file.note(1, recorded_at=single))
    rehearsal.append(file.batch(file.entry(2), file.entry(3), recorded_at=several))
    assert [each.recorded_at for each in rehearsal.load_file(file.file)] == [single, several, several]


def test_recording_times_of_a_file_do_not_go_back(rehearsal: PostgresEventLog) -> None:
    file = paper()
    future = datetime.now(UTC) + timedelta(days=1)
    rehearsal.append(file.note(1, recorded_at=future))
    answers = [rehearsal.append(file.note(2)), rehearsal.append(file.batch(file.entry(3), file.entry(4)))]
    assert answers == [Appended(future)] * 2
    assert [each.recorded_at for each in rehearsal.load_file(file.file)] == [future] * 4


def test_a_text_that_the_database_cannot_keep_is_refused(log: PostgresEventLog) -> None:
    file = paper()
    for batch in (file.batch(file.entry(1, reason="a\0b")), file.batch(file.entry(1, reason="a\0b"), file.entry(2))):
        with pytest.raises(psycopg.DataError):
            log.append(batch)
    assert log.load_file(file.file) == []


def test_an_instant_without_offset_is_refused(log: PostgresEventLog) -> None:
    file = paper()
    naive = datetime(2026, 1, 5)  # noqa: DTZ001
    for batch in (
        file.batch(file.entry(1, occurred_at=naive)),
        file.batch(file.entry(1, occurred_at=naive), file.entry(2)),
    ):
        with pytest.raises(TypeError):
            log.append(batch)


def test_a_rollback_on_the_same_connection_takes_nothing_from_what_is_appended_after_it(
    log: PostgresEventLog, database: Database
) -> None:
    """The driver forgets what it has prepared when it rolls back, and so does the server."""
    alone, file = Pool(database.app, size=1), paper()
    other = log_of(alone, log.schema)
    other.append(file.note(1))
    for version in (2, 3):
        for _ in range(PREPARE_AFTER + 1):
            with pytest.raises(ZeroDivisionError), alone.connection() as connection, connection.transaction():
                for _ in range(PREPARE_AFTER + 1):
                    connection.execute("select 1")
                raise ZeroDivisionError
        assert other.append(file.note(version))
    alone.close()
