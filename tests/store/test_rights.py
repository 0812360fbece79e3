"""What is recorded stays: the application's role cannot change it, and neither can those who can do more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from application.ports import Idempotency, Secret
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import Jurisdiction
from infrastructure.sequencer import sequence_once
from tests.servers import Database
from tests.store.facts import OFFICER, log_of, paper

KEPT = ("events", "log", "ledger", "incarnation")
CHANGES = ("update {} set {} = {}", "delete from {}", "truncate {}")
A_COLUMN = {"events": "reason", "log": "position", "ledger": "kind", "incarnation": "since"}


def change(form: str, schema: str, table: str) -> bytes:
    return form.format(f"{schema}.{table}", A_COLUMN[table], A_COLUMN[table]).encode()


@pytest.fixture
def filled(log: PostgresEventLog, pool: Pool) -> PostgresEventLog:
    """A ledger with a row in every table."""
    file = paper()
    secret = {OFFICER_REFERENCE: Secret(file.case, "name", "张三")}
    log.append(file.note(1, protected=secret, idempotency=Idempotency("zjj", "k", b"h")))
    sequence_once(pool, log.schema)
    return log


OFFICER_REFERENCE = paper().case


@pytest.mark.parametrize("form", CHANGES)
@pytest.mark.parametrize("table", [*KEPT, "vault", "idempotency"])
def test_the_application_may_not_change_what_is_recorded(
    filled: PostgresEventLog, app: psycopg.Connection[Any], form: str, table: str
) -> None:
    columns = A_COLUMN | {"vault": "value", "idempotency": "version"}
    statement = form.format(f"{filled.schema}.{table}", columns[table], columns[table])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.encode())


@pytest.mark.parametrize("form", CHANGES)
@pytest.mark.parametrize("table", KEPT)
def test_the_owner_is_refused_by_triggers(
    filled: PostgresEventLog, owner: psycopg.Connection[Any], form: str, table: str
) -> None:
    with pytest.raises(psycopg.DatabaseError) as refused:
        owner.execute(change(form, filled.schema, table))
    assert refused.value.sqlstate == "AJ003"


@pytest.mark.parametrize("form", CHANGES)
@pytest.mark.parametrize("table", KEPT)
def test_a_superuser_is_refused_even_as_a_replica(
    filled: PostgresEventLog, database: Database, form: str, table: str
) -> None:
    url = database.owner.replace("anjuan_owner@", "postgres@")
    with connect(url) as superuser:
        superuser.execute("set session_replication_role = replica")
        with pytest.raises(psycopg.DatabaseError) as refused:
            superuser.execute(change(form, filled.schema, table))
    assert refused.value.sqlstate == "AJ003"


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
