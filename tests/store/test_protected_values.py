"""Protected values in the real database: sealed whoever writes, readable in their own place only, gone once erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application.ports import Batch, Secret, Unavailable
from infrastructure.administration import Administration
from infrastructure.keys.files import KeyFiles
from infrastructure.keys.sealing import Unreadable
from infrastructure.keys.vault import NoVault, Vault
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import Jurisdiction
from tests.servers import Database
from tests.store.facts import REGISTRY, Paper, paper, vault_of, versions

NOW = datetime(2026, 11, 22, tzinfo=UTC)
Owner = psycopg.Connection[Any]


def recorded(log: PostgresEventLog, file: Paper, **values: str) -> dict[str, UUID]:
    """The references of protected values that were recorded in a file."""
    references = {name: uuid4() for name in values}
    protected = {references[name]: Secret(file.case, name, value) for name, value in values.items()}
    log.append(file.note(len(log.load_file(file.file)) + 1, protected=protected))
    return references


def row(owner: Owner, log: PostgresEventLog, reference: UUID) -> tuple[UUID, str, str]:
    """Case, field and value as they are stored."""
    asked = f"select case_id, field, value from {log.schema}.vault where reference = %s"
    found = owner.execute(asked.encode(), [reference]).fetchone()
    assert found is not None
    return found


def test_the_database_holds_no_value_in_plain(log: PostgresEventLog, owner: Owner) -> None:
    file = paper()
    reference = recorded(log, file, complainant="张三")["complainant"]
    assert log.reveal([reference]) == {reference: "张三"}
    case, field, value = row(owner, log, reference)
    assert (case, field) == (file.case, "complainant")
    assert value.startswith("v1.")


def test_the_database_refuses_a_plain_value_whoever_writes_it_and_does_not_repeat_it(
    log: PostgresEventLog, app: psycopg.Connection[Any], owner: Owner
) -> None:
    sealed = recorded(log, paper(), complainant="张三")["complainant"]
    insert = f"insert into {log.schema}.vault values (gen_random_uuid(), gen_random_uuid(), 'complainant', '王某某')"
    for writer, statement in (
        (app, insert),
        (owner, insert),
        (owner, f"update {log.schema}.vault set value = '王某某'"),
    ):
        with pytest.raises(psycopg.DatabaseError) as refused:
            writer.execute(statement.encode())
        assert refused.value.sqlstate == "AJ006"
        assert "王某某" not in str(refused.value)
    assert log.reveal([sealed]) == {sealed: "张三"}


CHANGES = {
    "another value of the case": "value = (select value from {0}.vault where reference = '{other}')",
    "a value of another case": "value = (select value from {0}.vault where reference = '{foreign}')",
    "another case": "case_id = gen_random_uuid()",
    "the case of another": "case_id = (select case_id from {0}.vault where reference = '{foreign}')",
    "another field": "field = 'contact'",
    "cut off": "value = left(value, length(value) - 8)",
    "a flipped character": "value = overlay(value placing (case substr(value, 90, 1) when 'A' then 'B' else 'A' end) from 90 for 1)",
}


def tamper(owner: Owner, schema: str, statement: str) -> None:
    """Change what is sealed, as somebody can who takes the guard away."""
    owner.execute(f"alter table {schema}.vault disable trigger stays_sealed".encode())
    owner.execute(statement.encode())
    owner.execute(f"alter table {schema}.vault enable always trigger stays_sealed".encode())


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_value_that_was_changed_or_moved_is_refused_loudly(log: PostgresEventLog, owner: Owner, change: str) -> None:
    values = recorded(log, paper(), complainant="张三", by="李四")
    foreign = recorded(log, paper(), complainant="王五")["complainant"]
    said = change.format(log.schema, other=values["by"], foreign=foreign)
    tamper(owner, log.schema, f"update {log.schema}.vault set {said} where reference = '{values['complainant']}'")
    with pytest.raises(Unreadable):
        log.reveal([values["complainant"]])
    assert log.reveal([values["by"]]) == {values["by"]: "李四"}


def test_two_values_that_change_places_are_both_refused(log: PostgresEventLog, owner: Owner) -> None:
    one, other = (recorded(log, paper(), complainant=name)["complainant"] for name in ("张三", "李四"))
    swap = f"""update {log.schema}.vault v set value = o.value from {log.schema}.vault o
        where v.reference in ('{one}', '{other}') and o.reference in ('{one}', '{other}') and o.reference <> v.reference"""
    tamper(owner, log.schema, swap)
    for each in (one, other):
        with pytest.raises(Unreadable):
            log.reveal([each])


def test_a_row_copied_into_another_jurisdiction_is_refused(
    log: PostgresEventLog, rehearsal: PostgresEventLog, owner: Owner
) -> None:
    file = paper()
    reference = recorded(log, file, complainant="张三")["complainant"]
    copy = f"insert into {rehearsal.schema}.vault select * from {log.schema}.vault where reference = %s"
    owner.execute(copy.encode(), [reference])
    with pytest.raises(Unreadable):
        rehearsal.reveal([reference])


def test_an_erased_value_reads_as_none_and_everything_else_goes_on(log: PostgresEventLog) -> None:
    file, neighbour = paper(), paper()
    gone = recorded(log, file, complainant="张三", text="内容")
    kept = recorded(log, neighbour, complainant="李四")["complainant"]
    assert log.vault.erase(file.case, NOW) == 2
    assert log.reveal([*gone.values(), kept]) == {**dict.fromkeys(gone.values()), kept: "李四"}
    later = recorded(log, file, complainant="王五")["complainant"]
    assert log.reveal([later, gone["complainant"]]) == {later: "王五", gone["complainant"]: None}
    assert versions(log.load_file(file.file)) == [1, 2]


def test_values_are_readable_after_the_keys_were_wrapped_anew(log: PostgresEventLog) -> None:
    reference = recorded(log, paper(), complainant="张三")["complainant"]
    assert isinstance(log.vault, Vault)
    log.vault.keys.rotate()
    assert log.reveal([reference]) == {reference: "张三"}


def test_a_log_without_keys_takes_no_protected_value(log: PostgresEventLog, pool: Pool) -> None:
    file, keyless = paper(), PostgresEventLog(pool, log.schema, REGISTRY)
    batch = file.note(1, protected={uuid4(): Secret(file.case, "complainant", "张三")})
    for attempt in (lambda: keyless.append(batch), lambda: keyless.reveal([uuid4()])):
        with pytest.raises(NoVault):
            attempt()
    assert log.load_file(file.file) == []


def test_nothing_is_recorded_where_the_keys_cannot_be_used(log: PostgresEventLog, pool: Pool, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_to_all = vault_of(log.schema, KeyFiles(tmp_path))
    away = PostgresEventLog(pool, log.schema, REGISTRY, vault=open_to_all)
    file = paper()
    batch: Batch = file.note(1, protected={uuid4(): Secret(file.case, "complainant", "张三")})
    with pytest.raises(Unavailable, match="keys"):
        away.append(batch)
    assert log.load_file(file.file) == []
    assert away.append(file.note(1)), "what is not protected needs no keys"


def test_values_from_before_they_were_sealed_are_sealed_by_a_migration(
    new_ledger: Callable[..., Jurisdiction], owner: Owner, pool: Pool, database: Database, tmp_path: Path
) -> None:
    schema, file, keys = new_ledger(kind="real").schema, paper(), KeyFiles(tmp_path / "keys")
    log = PostgresEventLog(pool, schema, REGISTRY, vault=Vault(keys, schema, ledger_id(owner, schema)))
    plain = [uuid4() for _ in range(5)]
    owner.execute(f"alter table {schema}.vault disable trigger sealed".encode())
    for each in plain:
        owner.execute(f"insert into {schema}.vault values (%s, %s, 'contact', '139')".encode(), [each, file.case])
    owner.execute(f"alter table {schema}.vault enable always trigger sealed".encode())
    with pytest.raises(Unreadable, match="anjuan migrate"):
        log.reveal(plain)
    with Administration(database.owner, app=database.app_role, keys=keys) as administration:
        told = [each for each in administration.migrate() if schema in each]
        assert told == [f"{schema} sealed 5 protected values; older backups and WAL hold them in plain"]
        assert not [each for each in administration.migrate() if schema in each]
    assert log.reveal(plain) == dict.fromkeys(plain, "139")
    values = owner.execute(f"select value from {schema}.vault".encode()).fetchall()
    assert all(value.startswith("v1.") for (value,) in values)
