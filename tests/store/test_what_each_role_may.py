"""Every role of the database may do with every table what is said of it, and nothing else: asked of the catalog itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from api.wiring import Wiring, found_ledger
from application.accesses import Access, Outcome
from infrastructure.administration import Administration
from infrastructure.postgres.embedded import APP, PROJECTOR, SEQUENCER, EmbeddedServer
from infrastructure.postgres.pool import connect
from infrastructure.postgres.programs import ServerFailed
from infrastructure.postgres.registry import REHEARSAL, create_jurisdiction, migrate_all
from infrastructure.postgres.rights import (
    ALL,
    PROJECTION,
    READ,
    READER,
    RIGHTS,
    Rights,
    Roles,
    make_roles,
    settle_rights,
)
from tests.servers import Database

Owner = psycopg.Connection[Any]
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
TABLES = """select c.relname, coalesce(obj_description(c.oid, 'pg_class') = 'projection', false) from pg_class c
where c.relnamespace = %s::regnamespace and c.relkind in ('r', 'p', 'v', 'm')"""
MAY = "select p from unnest(%s::text[]) p where has_table_privilege(%s, format('%%I.%%I', %s::text, %s::text), p)"


@pytest.fixture(scope="module")
def schema(owner: Owner) -> str:
    """A ledger with a role for each kind of work."""
    name = f"t-{secrets.token_hex(6)}"
    return create_jurisdiction(owner, name, kind=REHEARSAL, app=APP, projector=PROJECTOR, sequencer=SEQUENCER).schema


@pytest.fixture(scope="module")
def tables(owner: Owner, schema: str) -> dict[str, Rights]:
    """What should be so, table by table; a table of which nothing is said is missing here."""
    said = {name: PROJECTION if folded else RIGHTS.get(name) for name, folded in owner.execute(TABLES, [schema])}
    assert None not in said.values(), f"say in RIGHTS who may use {[each for each in said if said[each] is None]}"
    return {name: rights for name, rights in said.items() if rights is not None}


def may(owner: Owner, role: str, schema: str, table: str) -> frozenset[str]:
    return frozenset(
        READ if each == "SELECT" else each for (each,) in owner.execute(MAY, [list(PRIVILEGES), role, schema, table])
    )


def test_every_table_has_its_row_and_every_row_its_table(tables: dict[str, Rights]) -> None:
    assert {name for name, rights in tables.items() if rights is not PROJECTION} == set(RIGHTS)
    assert sum(rights is PROJECTION for rights in tables.values()) > 10


@pytest.mark.parametrize("role", [APP, PROJECTOR, READER, SEQUENCER])
def test_each_role_may_do_what_is_said_of_it_with_each_table_and_nothing_else(
    owner: Owner, schema: str, tables: dict[str, Rights], role: str
) -> None:
    field = {APP: "app", PROJECTOR: "projector", READER: "reader", SEQUENCER: "sequencer"}[role]
    found = {name: may(owner, role, schema, name) for name in tables}
    assert found == {name: getattr(rights, field) for name, rights in tables.items()}


@pytest.mark.parametrize("role", [APP, PROJECTOR, READER, SEQUENCER])
def test_no_role_changes_what_is_recorded_or_reads_what_is_not_its_own(owner: Owner, schema: str, role: str) -> None:
    for table in ("events", "access", "vault", "idempotency"):
        assert not may(owner, role, schema, table) & {"UPDATE", "DELETE", "TRUNCATE"}
    if role != APP:
        assert not any(may(owner, role, schema, table) for table in ("vault", "access", "webhook_secret"))
        assert "INSERT" not in may(owner, role, schema, "events")


@pytest.mark.parametrize("role", [APP, PROJECTOR, READER, SEQUENCER])
def test_no_role_makes_or_changes_tables_or_other_roles(owner: Owner, schema: str, role: str) -> None:
    asked = "select has_schema_privilege(%s, %s, 'create'), rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = %s"
    assert owner.execute(asked, [role, schema, role]).fetchone() == (False, False)


def test_the_application_cannot_write_a_list(database: Database, schema: str) -> None:
    with connect(database.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"delete from {schema}.register".encode())


def test_a_table_of_which_nothing_is_said_would_be_found(owner: Owner, schema: str) -> None:
    owner.execute(f"create table {schema}.unsaid (n int)".encode())
    said = {name for name, folded in owner.execute(TABLES, [schema]) if not folded}
    owner.execute(f"drop table {schema}.unsaid".encode())
    assert said - set(RIGHTS) == {"unsaid"}


def test_what_was_granted_beside_is_taken_back_when_the_database_is_migrated(owner: Owner, schema: str) -> None:
    owner.execute(f"grant update, delete on {schema}.register, {schema}.tracking to {APP}".encode())
    owner.execute(f"revoke insert on {schema}.access from {APP}".encode())
    migrate_all(owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER)
    assert may(owner, APP, schema, "register") == PROJECTION.app
    assert may(owner, APP, schema, "tracking") == RIGHTS["tracking"].app
    assert may(owner, APP, schema, "access") == RIGHTS["access"].app


def test_without_a_role_for_the_background_the_application_has_both_rights(owner: Owner) -> None:
    alone = create_jurisdiction(owner, f"t-{secrets.token_hex(6)}", kind=REHEARSAL, app=APP).schema
    assert may(owner, APP, alone, "register") == ALL
    assert may(owner, APP, alone, "log") == RIGHTS["log"].sequencer
    assert may(owner, PROJECTOR, alone, "register") == frozenset()


def test_tables_that_are_built_anew_keep_the_rights_of_the_old_ones(owner: Owner, schema: str) -> None:
    owner.execute(f"select {schema}.begin_rebuild()".encode())
    found = {role: may(owner, role, f"{schema}_next", "register") for role in (APP, PROJECTOR, READER)}
    owner.execute(f"drop schema {schema}_next cascade".encode())
    assert found == {APP: PROJECTION.app, PROJECTOR: PROJECTION.projector, READER: PROJECTION.reader}


REGISTRY: dict[str, tuple[set[str], set[str]]] = {
    "schema_migration": ({READ}, set()),
    "jurisdiction": ({READ}, set()),
    "token": ({READ, "INSERT"}, {"last_used_at", "revoked_at"}),
    "account": ({READ, "INSERT"}, {"password_hash", "must_change", "changed_at", "signed_in_at", "disabled_at"}),
    "session": ({READ, "INSERT", "DELETE"}, {"seen_at"}),
    "subject": ({READ, "INSERT", "DELETE"}, set()),
    "spending": (set(ALL), {"key", "spent", "ends_at"}),
}
"""Outside the jurisdictions: what the application may do with each table, and which columns it may change."""

CHANGEABLE = """select a.attname from pg_attribute a where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
and has_column_privilege(%s, a.attrelid, a.attnum, 'UPDATE')"""


def test_outside_the_jurisdictions_the_application_may_do_what_sign_in_needs_and_the_others_nothing(
    owner: Owner,
) -> None:
    tables = [name for name, _ in owner.execute(TABLES, ["anjuan"])]
    assert {name: may(owner, APP, "anjuan", name) for name in tables} == {
        name: said for name, (said, _) in REGISTRY.items()
    }
    changed = {name: {each for (each,) in owner.execute(CHANGEABLE, [f"anjuan.{name}", APP])} for name in tables}
    assert changed == {name: columns for name, (_, columns) in REGISTRY.items()}
    for role in (PROJECTOR, READER):
        assert not any(may(owner, role, "anjuan", name) for name in tables)


def test_outside_the_jurisdictions_who_signs_sees_which_there_are_and_nothing_else(owner: Owner) -> None:
    migrate_all(owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER)
    tables = [name for name, _ in owner.execute(TABLES, ["anjuan"])]
    assert {name for name in tables if may(owner, SEQUENCER, "anjuan", name)} == {"jurisdiction", "schema_migration"}
    assert (
        may(owner, SEQUENCER, "anjuan", "jurisdiction") == may(owner, SEQUENCER, "anjuan", "schema_migration") == {READ}
    )


def test_who_writes_lists_gives_no_positions_and_who_gives_them_writes_no_lists(
    database: Database, server: EmbeddedServer, schema: str
) -> None:
    for role, table in (("projector", "log"), ("projector", "tile"), ("sequencer", "register"), ("app", "checkpoint")):
        url = server.url(role=role, database=database.name)
        with connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"insert into {schema}.{table} default values".encode())


@pytest.fixture
def superuser(database: Database) -> Iterator[Owner]:
    with connect(database.owner.replace("anjuan_owner@", "postgres@")) as connection:
        yield connection


def test_roles_that_are_missing_are_made_or_asked_for(owner: Owner, superuser: Owner) -> None:
    name = f"role_{secrets.token_hex(4)}"
    with pytest.raises(ServerFailed, match=f"no role {name}, and the owner may not make it: create role {name} login"):
        make_roles(owner, (APP, None, name))
    make_roles(superuser, (name,))
    attributes = "select rolcanlogin, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = %s"
    assert superuser.execute(attributes, [name]).fetchone() == (True, False, False, False)
    superuser.execute(f"drop role {name}".encode())


def test_a_server_without_the_owner_starts_where_nothing_is_to_be_migrated(database: Database) -> None:
    with Administration(database.owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER) as administration:
        administration.migrate()
    with Administration(database.app, app=APP, projector=PROJECTOR, sequencer=SEQUENCER) as powerless:
        assert powerless.migrate() == ()
    with Administration(database.app, app=APP) as powerless:
        assert powerless.migrate() == ()


def test_rights_are_settled_again_without_a_change(owner: Owner, schema: str, tables: dict[str, Rights]) -> None:
    acl = (
        "select relname, relacl::text from pg_class where relnamespace = %s::regnamespace and relkind = 'r' order by 1"
    )
    before = owner.execute(acl, [schema]).fetchall()
    settle_rights(owner, schema, replace(Roles(APP), projector=PROJECTOR, sequencer=SEQUENCER))
    assert owner.execute(acl, [schema]).fetchall() == before


def test_requests_and_background_work_under_roles_of_their_own(database: Database, server: EmbeddedServer) -> None:
    work_url, sequence_url = (server.url(role=each, database=database.name) for each in ("projector", "sequencer"))
    name = f"t-{secrets.token_hex(6)}"
    organs = ({"organ": "zjj", "name_zh": "住建局"},)
    with Administration(database.owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER) as administration:
        wiring = Wiring(database.app, work_url=work_url, sequence_url=sequence_url)
        place = found_ledger(
            wiring, administration, name, kind=REHEARSAL, calendar="enshi", profiles=("national",), organs=organs
        )
        wiring.catch_up(place)
        assert place.views.progress().position == place.log.last_position() > 0
        place.accesses.record(LOOKED)
        wiring.close()


LOOKED = Access(
    organ="zjj",
    officer="",
    credential="token",
    credential_id="x",
    request_id="r",
    method="GET",
    route="/",
    outcome=Outcome.SHOWN,
)
