"""What is recorded stays, swept over every table and every role: the service's, the readers', the owner's, a superuser's as a replica."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from application.ports import Idempotency, Secret
from infrastructure.postgres.embedded import APP, OWNER, PROJECTOR
from infrastructure.postgres.guards import ERASED, GROWING, GUARDED, LOOSE
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.readiness import missing_guards
from infrastructure.postgres.registry import REAL, REGISTRY, Jurisdiction, create_jurisdiction, drop_rehearsal
from infrastructure.postgres.rights import READER, RIGHTS
from infrastructure.postgres.tokens import create_token, revoke_token
from infrastructure.sequencer import sequence_once
from tests.servers import Database
from tests.store.facts import THEN, log_of, paper

Owner = psycopg.Connection[Any]
ROWS = (
    """insert into {0}.access (organ, officer, credential, credential_id, request_id, method, route, asked, outcome)
    values ('zjj', '', 'token', 'x', 'x', 'GET', '/', '', 'shown')""",
    "insert into {0}.blind_mark values (gen_random_uuid(), gen_random_uuid(), 'phone', 7)",
)
"""A row for each table that the recording of a fact leaves empty."""
SIGNED = (
    "insert into {0}.tile values (0, 0, sha256('x'))",
    "insert into {0}.checkpoint values (1, 'x')",
    "insert into {0}.log_key values ('x', 'checkpoint')",
    "insert into {0}.cosignature values (1, 'x', 'x')",
    "insert into {0}.timestamp_token values (1, 'x', 'x')",
)
"""The same for those that the signing of a log fills."""
COLUMNS = """select a.attname from pg_attribute a where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
and a.attidentity = '' order by a.attnum"""


@pytest.fixture(scope="module")
def schema(owner: Owner, database: Database) -> Iterator[str]:
    """A real ledger with a row in every table that records; nothing here ever changes it."""
    made = create_jurisdiction(owner, f"t-{secrets.token_hex(6)}", kind=REAL, app=APP, projector=PROJECTOR).schema
    for each in ROWS:
        owner.execute(each.format(made).encode())
    file, pool = paper(), Pool(database.owner)
    secret = {paper().case: Secret(file.case, "name", "张三")}
    log_of(pool, made).append(file.note(1, protected=secret, idempotency=Idempotency("zjj", "k", b"h")))
    sequence_once(pool, made)
    for each in SIGNED:
        owner.execute(each.format(made).encode())
    yield made
    pool.close()


@pytest.fixture(scope="module")
def superuser(database: Database) -> Iterator[Owner]:
    """Whoever may do everything."""
    with connect(database.owner.replace(f"{OWNER}@", "postgres@")) as connection:
        yield connection


def changes(owner: Owner, schema: str, table: str) -> dict[str, str]:
    """Every way of changing what a table holds, by what it is called."""
    where = f"{schema}.{table}"
    columns = [name for (name,) in owner.execute(COLUMNS, [where])]
    listed = ", ".join(f'"{each}"' for each in columns)
    merge = f'merge into {where} t using {where} s on t."{columns[0]}" = s."{columns[0]}" when matched then'
    return {
        **{f"UPDATE {each}": f'update {where} set "{each}" = "{each}"' for each in columns},
        "UPDATE by a conflict": f"""insert into {where} ({listed}) overriding system value select {listed} from {where}
            on conflict on constraint {table}_pkey do update set "{columns[0]}" = excluded."{columns[0]}" """,
        "UPDATE by a merge": f'{merge} update set "{columns[0]}" = s."{columns[0]}"',
        "DELETE": f"delete from {where}",
        "DELETE by a merge": f"{merge} delete",
        "DELETE in a query": f"with gone as (delete from {where} returning 1) select count(*) from gone",
        "TRUNCATE": f"truncate {where} cascade",
        "INSERT": f"insert into {where} default values",
    }


def forbidden(table: str, kind: str) -> bool:
    """Whether nobody may do this: marks are erased, tiles grow, and the name of a ledger is not even added to."""
    may = {"INSERT": table == "ledger_id", "DELETE": table not in ERASED, "UPDATE": table not in GROWING}
    return may.get(kind.split()[0], True)


def refused(connection: Owner, statement: str) -> str:
    """The SQLSTATE of a refusal; nothing is changed either way."""
    with connection.transaction(force_rollback=True), pytest.raises(psycopg.DatabaseError) as found:
        connection.execute(statement.encode())
        raise AssertionError(f"was carried out: {statement}")
    return str(found.value.sqlstate)


def swept(connection: Owner, owner: Owner, schema: str) -> set[tuple[str, str, str]]:
    """Every forbidden change of every table as one role tries it, and how each was refused."""
    return {
        (table, kind, refused(connection, statement))
        for table in GUARDED
        for kind, statement in changes(owner, schema, table).items()
        if forbidden(table, kind)
    }


def test_every_table_that_is_no_list_is_guarded_or_says_why_not() -> None:
    assert set(GUARDED) | set(LOOSE) == set(RIGHTS)
    assert not set(GUARDED) & set(LOOSE)


def test_every_guarded_table_holds_a_row_to_be_changed(owner: Owner, schema: str) -> None:
    empty = [name for name in GUARDED if owner.execute(f"select from {schema}.{name}".encode()).fetchone() is None]
    assert empty == []


@pytest.mark.parametrize("who", [OWNER, "postgres", "postgres as a replica"])
def test_neither_the_owner_nor_a_superuser_changes_what_is_recorded(
    owner: Owner, superuser: Owner, schema: str, who: str
) -> None:
    with superuser.transaction():
        if who.endswith("replica"):
            superuser.execute("set local session_replication_role = replica")
        else:
            superuser.execute(f"set local role {who}".encode())
        found = swept(superuser, owner, schema)
    assert {each for each in found if each[2] != "AJ003"} == set()
    assert len(found) > 100


@pytest.mark.parametrize("role", [APP, PROJECTOR, READER])
def test_no_role_of_the_service_may_even_try(owner: Owner, superuser: Owner, schema: str, role: str) -> None:
    with superuser.transaction():
        superuser.execute(f"set local role {role}".encode())
        found = swept(superuser, owner, schema)
    assert {each for each in found if each[2] != "42501"} == set()


ATTACKS = (
    "drop table {0}.events",
    "drop trigger stays on {0}.events",
    "alter table {0}.events disable trigger stays",
    "alter table {0}.events owner to current_user",
    "create rule r as on insert to {0}.events do instead nothing",
    "create trigger t before insert on {0}.events execute function {0}.refuse_change()",
    "create or replace function {0}.refuse_change() returns trigger language plpgsql as 'begin return null; end'",
    "create function {0}.mine() returns int language sql as 'select 1'",
    "select setval('{0}.events_event_no_seq', 1)",
    "set session_replication_role = replica",
    "set role anjuan_owner",
    "set session authorization postgres",
    "copy (select 1) to program 'true'",
    "copy {0}.events to '/dev/null'",
    "drop schema {0} cascade",
    "select pg_reload_conf()",
    "select pg_read_file('PG_VERSION')",
)


@pytest.mark.parametrize("role", [APP, PROJECTOR])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_role_of_the_service_takes_the_guards_away(database: Database, schema: str, attack: str, role: str) -> None:
    with connect(database.owner.replace(OWNER, role)) as connection:
        assert refused(connection, attack.format(schema)) == "42501"


def test_the_owner_passes_for_no_replica_and_nobody_signs_in_as_a_reader(owner: Owner, database: Database) -> None:
    assert refused(owner, "set session_replication_role = replica") == "42501"
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        connect(database.owner.replace(OWNER, READER))


@pytest.mark.parametrize(("schemas", "least"), [("its own", 12), (REGISTRY, 8)])
def test_no_trigger_is_passed_over_by_a_replica(owner: Owner, schema: str, schemas: str, least: int) -> None:
    asked = """select t.tgname, t.tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and c.relnamespace = %s::regnamespace"""
    found = owner.execute(asked, [schema if schemas == "its own" else schemas]).fetchall()
    assert {how for _, how in found} == {"A"}
    assert len(found) >= least


@pytest.mark.parametrize("how", ["disable trigger stays", "enable trigger stays", "enable replica trigger stays"])
def test_a_guard_that_is_switched_off_lets_everything_pass_without_a_trace_and_is_named(
    owner: Owner, new_ledger: Callable[..., Jurisdiction], how: str
) -> None:
    """The control of all the above: it is the trigger that refuses, and somebody who owns the table can take it away."""
    mine = new_ledger().schema
    assert missing_guards(owner) == ()
    owner.execute(f"alter table {mine}.ledger {how}".encode())
    assert missing_guards(owner) == (f"{mine}.ledger",)
    if how != "enable trigger stays":
        owner.execute(f"update {mine}.ledger set opened_at = '2001-01-01'".encode())
    owner.execute(f"drop trigger stays on {mine}.ledger".encode())
    assert missing_guards(owner) == (f"{mine}.ledger",)
    owner.execute(f"drop schema {mine} cascade".encode())
    owner.execute("delete from anjuan.jurisdiction where schema = %s", [mine])


def test_a_protected_value_from_before_is_sealed_once(owner: Owner, new_ledger: Callable[..., Jurisdiction]) -> None:
    mine = new_ledger().schema
    owner.execute(f"alter table {mine}.vault disable trigger sealed".encode())
    owner.execute(f"insert into {mine}.vault values (gen_random_uuid(), gen_random_uuid(), 'name', '张三')".encode())
    owner.execute(f"alter table {mine}.vault enable always trigger sealed".encode())
    sealing = f"update {mine}.vault set value = 'v1.{'0' * 32}.x'".encode()
    assert refused(owner, f"update {mine}.vault set value = 'v1.{'0' * 32}.x', field = 'text'") == "AJ003"
    owner.execute(sealing)
    assert refused(owner, sealing.decode()) == "AJ003"


CREDENTIALS = {
    "organ": "'other'",
    "officer": "'other'",
    "jurisdiction": "'{other}'",
    "scope": "array['accounts']",
    "secret_hash": "'x'",
    "expires_at": "null",
    "created_at": "now() - interval '1 year'",
    "made_by": "'nobody'",
    "revoked_at": "null",
}


@pytest.mark.parametrize("replica", [False, True], ids=["as he is", "as a replica"])
def test_for_whom_a_token_spoke_stays_and_so_does_its_end(
    superuser: Owner, owner: Owner, new_ledger: Callable[..., Jurisdiction], replica: bool
) -> None:
    mine, other = new_ledger(), new_ledger()
    made = create_token(owner, jurisdiction=mine.name, organ="zjj", made_by="test", expires_at=THEN)
    prefix = made.partition(".")[0]
    revoke_token(owner, prefix, now=THEN)
    with superuser.transaction():
        superuser.execute("set local session_replication_role = replica" if replica else "select 1")
        for column, value in CREDENTIALS.items():
            said = f"update anjuan.token set {column} = {value.format(other=other.name)} where prefix = '{prefix}'"
            assert refused(superuser, said) == "AJ003", column
        for statement in (
            f"delete from anjuan.token where prefix = '{prefix}'",
            "truncate anjuan.token",
            "truncate anjuan.account cascade",
            "truncate anjuan.jurisdiction cascade",
            "delete from anjuan.schema_migration",
            "update anjuan.schema_migration set sha256 = ''",
        ):
            assert refused(superuser, statement) == "AJ003", statement
    drop_rehearsal(owner, mine.name)
    assert owner.execute("select from anjuan.token where prefix = %s", [prefix]).fetchone() is None


@pytest.mark.parametrize("change", ["update anjuan.jurisdiction set name = 'x'", "delete from anjuan.jurisdiction"])
def test_a_real_ledger_stays_in_the_registry_for_a_replica_too(superuser: Owner, schema: str, change: str) -> None:
    with superuser.transaction():
        superuser.execute("set local session_replication_role = replica")
        assert refused(superuser, f"{change} where schema = '{schema}'") == "AJ003"


@pytest.mark.parametrize("replica", [False, True])
@pytest.mark.parametrize(
    "change, code",
    [
        ("update {0}.tile set hashes = sha256('y')", "AJ008"),
        ("update {0}.tile set hashes = sha256('y') || hashes", "AJ008"),
        ("update {0}.tile set number = 1", "AJ008"),
        ("update {0}.tile set level = 1", "AJ008"),
        ("update {0}.tile set hashes = hashes || 'x'", "23514"),
        ("insert into {0}.checkpoint values (2, 'x')", "AJ009"),
        ("update {0}.log_key set vkey = 'y'", "AJ003"),
        ("update {0}.log_key set purpose = 'receipt'", "AJ003"),
        ("update {0}.log_key set introduced_at = now()", "AJ003"),
        ("insert into {0}.log values (3, 3)", "AJ007"),
        ("insert into {0}.log values (2, 2), (4, 4)", "AJ007"),
    ],
)
def test_what_grows_grows_in_one_way_only(superuser: Owner, schema: str, change: str, code: str, replica: bool) -> None:
    with superuser.transaction(force_rollback=True):
        if replica:
            superuser.execute("set local session_replication_role = replica")
        assert refused(superuser, change.format(schema)) == code


def test_a_tile_grows_a_key_is_retired_once_and_positions_go_on(owner: Owner, schema: str) -> None:
    with owner.transaction(force_rollback=True):
        owner.execute(f"update {schema}.tile set hashes = hashes || sha256('y')".encode())
        owner.execute(f"insert into {schema}.log values (2, 2), (3, 3)".encode())
        owner.execute(f"insert into {schema}.checkpoint values (3, 'x')".encode())
        assert refused(owner, f"insert into {schema}.checkpoint values (2, 'x')") == "AJ009"
        owner.execute(f"update {schema}.log_key set retired_at = now()".encode())
        assert refused(owner, f"update {schema}.log_key set retired_at = null") == "AJ003"
