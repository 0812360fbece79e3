"""A ledger's keys are named by an id of its own: two databases with one folder of keys have no key in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application.ports import Secret
from infrastructure.administration import Administration
from infrastructure.keys.files import KeyFiles
from infrastructure.keys.ring import Subject
from infrastructure.keys.sealing import Unreadable
from infrastructure.keys.vault import Vault
from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import Pool, connect
from tests.servers import Database, new_database
from tests.store.facts import REGISTRY, Paper, paper

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SCHEMA = "j_xuanen"


@dataclass(frozen=True)
class Installation:
    """A database with a ledger named xuanen, and who administers it."""

    owner: psycopg.Connection[Any]
    pool: Pool
    administration: Administration
    keys: KeyFiles

    def log(self, *, named_by_schema: bool = False) -> PostgresEventLog:
        vault = Vault(self.keys, SCHEMA, ledger_id(self.owner, SCHEMA))
        return PostgresEventLog(
            self.pool, SCHEMA, REGISTRY, vault=Former(self.keys, SCHEMA, vault.ledger) if named_by_schema else vault
        )


class Former(Vault):
    """A vault as it was before: its keys are named by the schema."""

    def _subject(self, case_id: UUID) -> Subject:
        return Subject(self.jurisdiction, case_id)


@pytest.fixture
def install(server: EmbeddedServer, tmp_path: Path) -> Iterator[Callable[[], Installation]]:
    """Makes databases that share one folder of keys."""
    keys = KeyFiles(tmp_path / "keys")
    with ExitStack() as stack:

        def make() -> Installation:
            database: Database = stack.enter_context(new_database(server))
            administration = Administration(database.owner, app=database.app_role, keys=keys)
            owner, pool = connect(database.owner), Pool(database.app)
            for each in (administration, owner, pool):
                stack.callback(each.close)
            administration.create_jurisdiction("xuanen", kind="real")
            return Installation(owner, pool, administration, keys)

        yield make


def note(log: PostgresEventLog, file: Paper, value: str) -> UUID:
    reference = uuid4()
    secret = Secret(file.case, "complainant", value)
    log.append(file.note(len(log.load_file(file.file)) + 1, protected={reference: secret}))
    return reference


def test_two_databases_with_one_folder_share_no_key(install: Callable[[], Installation]) -> None:
    file, one, other = paper(), install(), install()
    first, second = note(one.log(), file, "张三"), note(other.log(), file, "李四")
    assert one.log().vault.erase(file.case, NOW) == 2
    assert one.log().reveal([first]) == {first: None}
    assert other.log().reveal([second]) == {second: "李四"}


def test_named_by_the_schema_they_would_have_shared_them(install: Callable[[], Installation]) -> None:
    """The control."""
    file, one, other = paper(), install(), install()
    note(one.log(named_by_schema=True), file, "张三")
    second = note(other.log(named_by_schema=True), file, "李四")
    one.log(named_by_schema=True).vault.erase(file.case, NOW)
    assert other.log(named_by_schema=True).reveal([second]) == {second: None}


def test_keys_named_by_the_schema_are_named_anew_by_a_migration(install: Callable[[], Installation]) -> None:
    one, kept, erased = install(), paper(), paper()
    former = one.log(named_by_schema=True)
    reference, gone = note(former, kept, "张三"), note(former, erased, "王五")
    former.vault.erase(erased.case, NOW)
    with pytest.raises(Unreadable, match="missing"):
        one.log().reveal([reference])
    ledger = ledger_id(one.owner, SCHEMA).hex
    assert one.administration.migrate() == (f"{SCHEMA} named the keys of 2 cases {ledger}",)
    assert one.administration.migrate() == ()
    assert one.log().reveal([reference, gone]) == {reference: "张三", gone: None}
    assert not list((one.keys.path / "subjects" / SCHEMA).rglob("*.json"))
    one.keys.rotate()
    assert one.log().reveal([reference, gone]) == {reference: "张三", gone: None}


def test_a_migration_that_was_interrupted_is_repeated_and_loses_nothing(install: Callable[[], Installation]) -> None:
    one, file = install(), paper()
    reference = note(one.log(named_by_schema=True), file, "张三")
    (ring,) = (one.keys.path / "subjects" / SCHEMA).rglob("*.json")
    content = ring.read_bytes()
    one.administration.migrate()
    ring.write_bytes(content)
    ring.chmod(0o600)
    one.administration.migrate()
    assert one.log().reveal([reference]) == {reference: "张三"}
    assert not ring.exists()
    assert sum(one.keys.standing().wrapped.values()) == 2


def test_a_migration_takes_no_key_of_another_database(install: Callable[[], Installation]) -> None:
    file, one, other = paper(), install(), install()
    first = note(one.log(named_by_schema=True), file, "张三")
    second = note(other.log(), file, "李四")
    assert other.administration.migrate() == ()
    one.administration.migrate()
    assert (one.log().reveal([first]), other.log().reveal([second])) == ({first: "张三"}, {second: "李四"})


def test_the_id_of_a_ledger_stays(install: Callable[[], Installation]) -> None:
    one, other = install(), install()
    assert ledger_id(one.owner, SCHEMA) != ledger_id(other.owner, SCHEMA)
    for statement in ("update {}.ledger_id set id = gen_random_uuid()", "delete from {}.ledger_id"):
        with pytest.raises(psycopg.DatabaseError, match="stays"):
            one.owner.execute(statement.format(SCHEMA).encode())
