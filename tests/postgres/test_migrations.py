"""Migrations run once each, in order, whoever else runs them, and only as they were written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.migrate import BadMigration, Migration, applied, migrate, migrations
from infrastructure.postgres.registry import (
    Jurisdiction,
    NameTaken,
    NoSuchRehearsal,
    create_jurisdiction,
    drop_rehearsal,
    jurisdictions,
    migrate_all,
)
from infrastructure.postgres.statements import fill
from tests.postgres.processes import REPOSITORY
from tests.postgres.schemas import HEADER, SCHEMA_SQL, dump
from tests.servers import Database, programs

Owner = psycopg.Connection[Any]
FIRST = migrations("migrations")[0]
RUNNER = """
import sys
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import NameTaken, create_jurisdiction, migrate_all
sys.stdin.read()
with connect(sys.argv[1]) as owner:
    run = migrate_all(owner, app="anjuan_app")
    try:
        create_jurisdiction(owner, "raced-for", kind="real", app="anjuan_app")
        print("created", len(run))
    except NameTaken:
        print("taken", len(run))
"""


def table(number: int, name: str, column: str = "n int") -> Migration:
    return Migration(number, name, f"CREATE TABLE {{schema}}.{name} ({column});")


def test_eight_runners_at_once_run_each_migration_once(owner: Owner, database: Database) -> None:
    owner.execute("drop schema anjuan cascade")
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", RUNNER, database.owner]
    runners = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=REPOSITORY) for _ in range(8)]
    told = sorted(each.communicate(input="")[0].split() for each in runners)
    first = str(len(migrations("registry")))
    assert [each[0] for each in told] == ["created"] + ["taken"] * 7
    assert sorted(each[1] for each in told) == ["0"] * 7 + [first]
    drop_everything(owner)


def drop_everything(owner: Owner) -> None:
    owner.execute("alter table anjuan.jurisdiction disable trigger keep_kind")
    for each in jurisdictions(owner):
        owner.execute("delete from anjuan.jurisdiction where name = %s", [each.name])
        owner.execute(fill("drop schema {schema} cascade", {"schema": each.schema}).encode())
    owner.execute("alter table anjuan.jurisdiction enable always trigger keep_kind")


def test_a_second_run_finds_nothing_to_do(owner: Owner, database: Database, ledger_schema: str) -> None:
    migrate_all(owner, app=database.app_role)
    assert migrate_all(owner, app=database.app_role) == ()
    assert [each[0] for each in applied(owner, ledger_schema)] == [each.number for each in migrations("migrations")]


def test_what_was_added_later_is_run_where_it_is_lacking(owner: Owner, database: Database) -> None:
    wanted = [FIRST, table(1, "one")]
    assert migrate(owner, "later", wanted, app=database.app_role) == ("later 0000 schema", "later 0001 one")
    wanted.append(table(2, "two"))
    assert migrate(owner, "later", wanted, app=database.app_role) == ("later 0002 two",)


def test_a_migration_changed_after_it_was_run_stops_everything(owner: Owner, database: Database) -> None:
    migrate(owner, "tampered", [FIRST, table(1, "one")], app=database.app_role)
    with pytest.raises(BadMigration, match="0001 one was changed after tampered had it"):
        migrate(owner, "tampered", [FIRST, table(1, "one", "n bigint"), table(2, "two")], app=database.app_role)
    assert [each[0] for each in applied(owner, "tampered")] == [0, 1]


def test_a_database_newer_than_the_program_is_refused(owner: Owner, database: Database) -> None:
    migrate(owner, "newer", [FIRST, table(1, "one")], app=database.app_role)
    with pytest.raises(BadMigration, match="does not know"):
        migrate(owner, "newer", [FIRST], app=database.app_role)


def test_a_migration_that_comes_too_late_for_its_number_is_refused(owner: Owner, database: Database) -> None:
    migrate(owner, "gap", [FIRST, table(2, "two")], app=database.app_role)
    with pytest.raises(BadMigration, match="0001 one comes after 0002"):
        migrate(owner, "gap", [FIRST, table(1, "one"), table(2, "two")], app=database.app_role)


def test_a_failing_migration_leaves_nothing_behind_and_the_lock_free(owner: Owner, database: Database) -> None:
    broken = Migration(1, "broken", "CREATE TABLE {schema}.half (n int); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(owner, "failing", [FIRST, broken], app=database.app_role)
    assert [each[0] for each in applied(owner, "failing")] == [0]
    assert owner.execute("select to_regclass('failing.half')").fetchone() == (None,)
    held = (
        "select count(*) from pg_locks where locktype = 'advisory'"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    assert owner.execute(held).fetchone() == (0,)


def test_a_ledger_whose_creation_fails_is_not_there_at_all(owner: Owner) -> None:
    before = jurisdictions(owner)
    with pytest.raises(psycopg.errors.UndefinedObject):
        create_jurisdiction(owner, "half-made", kind="real", app="no_such_role")
    assert jurisdictions(owner) == before
    assert owner.execute("select to_regnamespace('j_half_made')").fetchone() == (None,)


def test_schema_sql_says_what_the_migrations_add_up_to(
    owner: Owner, database: Database, ledger_schema: str, golden: Callable[[Path, str], None]
) -> None:
    migrated = dump(database, ledger_schema)
    if programs() is None:  # another PostgreSQL words its dump differently
        golden(SCHEMA_SQL, HEADER + migrated)
    from_file = fill(SCHEMA_SQL.read_text(encoding="utf-8"), {"schema": "from_file", "app": database.app_role})
    owner.execute(f"set check_function_bodies = off; {from_file}".encode(), prepare=False)
    assert dump(database, "from_file") == migrated


def test_two_jurisdictions_have_nothing_in_common(
    owner: Owner, database: Database, new_ledger: Callable[..., Jurisdiction]
) -> None:
    one, other = new_ledger(), new_ledger(kind="real")
    assert one.schema != other.schema
    assert other.schema not in dump(database, one.schema)


def test_a_name_is_given_once_and_is_plain(owner: Owner, database: Database) -> None:
    create_jurisdiction(owner, "xuanen", kind="rehearsal", app=database.app_role)
    with pytest.raises(NameTaken):
        create_jurisdiction(owner, "xuanen", kind="rehearsal", app=database.app_role)
    for name in ("", "Xuanen", "x_y", "a" * 41, "宣恩", 'x"; drop schema anjuan; --'):
        with pytest.raises(ValueError, match="no jurisdiction"):
            create_jurisdiction(owner, name, kind="real", app=database.app_role)
    with pytest.raises(ValueError, match="no jurisdiction"):
        create_jurisdiction(owner, "b", kind="play", app=database.app_role)


def test_only_a_rehearsal_is_ever_dropped(owner: Owner, new_ledger: Callable[..., Jurisdiction]) -> None:
    rehearsal, real = new_ledger(), new_ledger(kind="real")
    drop_rehearsal(owner, rehearsal.name)
    assert rehearsal not in jurisdictions(owner)
    assert owner.execute("select to_regnamespace(%s)", [rehearsal.schema]).fetchone() == (None,)
    for name in (real.name, rehearsal.name):
        with pytest.raises(NoSuchRehearsal):
            drop_rehearsal(owner, name)
    assert real in jurisdictions(owner)


def test_a_ledger_is_real_or_rehearsal_for_ever(owner: Owner, new_ledger: Callable[..., Jurisdiction]) -> None:
    real, rehearsal = new_ledger(kind="real"), new_ledger()
    for statement, name in (
        ("update anjuan.jurisdiction set kind = 'real' where name = %s", rehearsal.name),
        ("update anjuan.jurisdiction set kind = 'rehearsal' where name = %s", real.name),
        ("delete from anjuan.jurisdiction where name = %s", real.name),
    ):
        with pytest.raises(psycopg.DatabaseError, match="for ever"):
            owner.execute(statement, [name])


def test_the_application_role_reads_the_registry_and_changes_nothing_in_it(database: Database) -> None:
    with psycopg.connect(database.app, autocommit=True) as app:
        jurisdictions(app)
        for attempt in (
            "insert into anjuan.jurisdiction (name, schema, kind) values ('x', 'y', 'real')",
            "delete from anjuan.token",
            "delete from anjuan.account",
            "update anjuan.account set officer = 'another'",
            "update anjuan.token set scope = array['accounts']",
            "update anjuan.schema_migration set sha256 = ''",
            "create table anjuan.mine (n int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(attempt)
