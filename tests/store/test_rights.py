"""What is inserted is checked whoever inserts it, and a ledger is what it was opened as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import Jurisdiction
from tests.store.facts import OFFICER, log_of, paper


def test_a_ledger_is_real_or_rehearsal_for_ever(
    new_ledger: Callable[..., Jurisdiction], owner: psycopg.Connection[Any], pool: Pool
) -> None:
    schema = new_ledger(kind="real").schema
    for kind in ("real", "rehearsal"):
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute(f"insert into {schema}.ledger (kind) values ('{kind}')".encode())
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(f"insert into {schema}.ledger (one, kind) values (false, 'real')".encode())
    assert log_of(pool, schema).kind() == "real"


INSERT = """insert into {0}.events (event_id, case_id, version, case_type, topic, payload_version, payload, file_id, file_version,
    occurred_at, recorded_at, department, officer, tx, incarnation)
values (gen_random_uuid(), gen_random_uuid(), {version}, 't', 't', 1, '', gen_random_uuid(), {file_version},
    now(), {recorded_at}, 'd', 'o', {tx}, 1)"""
PLAIN = {"version": "1", "file_version": "1", "recorded_at": "clock_timestamp()", "tx": "pg_current_xact_id()"}


@pytest.mark.parametrize(
    ("wrong", "sqlstate"),
    [
        ({"version": "2"}, "AJ002"),
        ({"file_version": "2"}, "AJ002"),
        ({"version": "0"}, "23514"),
        ({"tx": "'7'"}, "AJ002"),
        ({"recorded_at": "now() - interval '1 day'"}, "AJ004"),
        ({"recorded_at": "now() + interval '1 day'"}, "AJ004"),
    ],
)
def test_whoever_inserts_past_the_functions_is_checked_too(
    log: PostgresEventLog, app: psycopg.Connection[Any], wrong: dict[str, str], sqlstate: str
) -> None:
    with pytest.raises(psycopg.DatabaseError) as refused:
        app.execute(INSERT.format(log.schema, **PLAIN | wrong).encode())
    assert refused.value.sqlstate == sqlstate
    app.execute(INSERT.format(log.schema, **PLAIN).encode())


def test_nothing_is_recorded_before_the_ledger_is_opened(
    new_ledger: Callable[..., Jurisdiction], owner: psycopg.Connection[Any], pool: Pool
) -> None:
    schema = new_ledger(kind="real").schema
    owner.execute(f"alter table {schema}.ledger disable trigger stays; delete from {schema}.ledger".encode())
    with pytest.raises(psycopg.DatabaseError) as refused:
        log_of(pool, schema).append(paper().note(1))
    assert refused.value.sqlstate == "AJ005"


def test_jurisdictions_do_not_wait_for_each_other(
    new_ledger: Callable[..., Jurisdiction], pool: Pool, app: psycopg.Connection[Any]
) -> None:
    busy, idle = log_of(pool, new_ledger().schema), log_of(pool, new_ledger().schema)
    file = paper()
    with app.transaction():
        app.execute(
            f"select pg_advisory_xact_lock(uuid_hash_extended(%s, '{busy.schema}.events'::regclass::oid::bigint))",
            [file.file],
        )
        idle.append(file.note(1))
        assert idle.load_file(file.file)[0].actor == OFFICER
