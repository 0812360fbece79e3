"""What each role of the database may do with each table (权限表): said once, and settled by every `anjuan migrate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection

from infrastructure.postgres.programs import ServerFailed
from infrastructure.postgres.statements import statements

READER = "anjuan_reader"
"""May read lists and events, never what is protected; for reports and whoever checks, given to accounts of theirs."""

READ = "READ"
"""What SQL calls to select."""

ALL = frozenset({READ, "INSERT", "UPDATE", "DELETE"})
LOOK = frozenset({READ})
ADD = frozenset({READ, "INSERT"})
MOVE = frozenset({READ, "UPDATE"})
KEEP = frozenset({READ, "INSERT", "UPDATE"})
FORGET = frozenset({READ, "INSERT", "DELETE"})
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done with a table by who answers requests, by what runs in the background, by who only reads, and by what gives
    positions and signs the log."""

    app: frozenset[str] = NONE
    projector: frozenset[str] = NONE
    reader: frozenset[str] = NONE
    sequencer: frozenset[str] = NONE


PROJECTION = Rights(app=LOOK, projector=ALL, reader=LOOK)
"""What is folded from the facts is written by the projector alone."""

RIGHTS: Mapping[str, Rights] = {
    "schema_migration": Rights(LOOK, LOOK, LOOK, LOOK),
    "ledger": Rights(LOOK, LOOK, LOOK, LOOK),
    "events": Rights(ADD, LOOK, LOOK, LOOK),
    "incarnation": Rights(ADD, ADD, LOOK, ADD),
    "log": Rights(LOOK, LOOK, LOOK, ADD),
    "tile": Rights(LOOK, LOOK, LOOK, KEEP),
    "checkpoint": Rights(LOOK, LOOK, LOOK, ADD),
    "log_key": Rights(ADD, LOOK, LOOK, KEEP),
    "cosignature": Rights(LOOK, ADD, LOOK),
    "timestamp_token": Rights(LOOK, ADD, LOOK),
    "anchor_standing": Rights(LOOK, KEEP, LOOK),
    "idempotency": Rights(ADD),
    "vault": Rights(ADD),
    "blind_mark": Rights(FORGET),
    "ledger_id": Rights(LOOK, LOOK, NONE, LOOK),
    "access": Rights(ADD),
    "tracking": Rights(LOOK, KEEP, LOOK),
    "whereabouts": Rights(LOOK, MOVE, LOOK),
    "built_under": Rights(LOOK, KEEP, LOOK),
    "job_run": Rights(LOOK, KEEP, LOOK),
    "stoppage": Rights(ALL, ALL, LOOK, ALL),
    "webhook_progress": Rights(ALL),
    "webhook_secret": Rights(ALL),
    "webhook_dead_letter": Rights(ALL),
}
"""The tables of a jurisdiction that are no projections. The owner has all rights, but triggers keep it from what is recorded."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the roles. Who does the work of several has the rights of all: the application where there is no `projector`, and
    whoever does the projector's where there is no `sequencer`."""

    app: str
    projector: str | None = None
    sequencer: str | None = None

    def of(self, rights: Rights, *, reader: bool) -> Iterator[tuple[str, frozenset[str]]]:
        """What each role may do with a table."""
        projector = self.projector or self.app
        work = ((self.app, rights.app), (projector, rights.projector), (self.sequencer or projector, rights.sequencer))
        for role in dict.fromkeys(name for name, _ in work):
            yield role, NONE.union(*(may for name, may in work if name == role))
        if reader:
            yield READER, rights.reader


def settle_rights(owner: Connection[Any], schema: str, roles: Roles) -> None:
    """Leave each role with its rights on the tables of a jurisdiction and no others; of tables not in RIGHTS none are taken."""
    reader = _exists(owner, READER)
    tables = {name: rights for name, rights in _tables(owner, schema) if rights is not None}
    wanted = [
        {"name": name, "role": role, "may": each}
        for name, rights in tables.items()
        for role, may in roles.of(rights, reader=reader)
        for each in sorted(may)
    ]
    asked = {"schema": schema, "wanted": json.dumps(wanted), "tables": list(tables), "roles": _names(roles, reader)}
    for (statement,) in owner.execute(statements()["rights_to_settle"], asked).fetchall():
        owner.execute(statement.encode())


def settle_sight(owner: Connection[Any], registry: str, role: str | None) -> None:
    """Let a role see which jurisdictions there are, and nothing else outside them."""
    for (statement,) in owner.execute(statements()["sight_to_give"], {"schema": registry, "role": role}).fetchall():
        owner.execute(statement.encode())


def make_roles(owner: Connection[Any], roles: Iterable[str | None]) -> None:
    """Make the roles that are missing, if the owner may; how they prove who they are is set up beside the database."""
    for role in roles:
        if role is not None and not _exists(owner, role):
            (statement,) = owner.execute(statements()["role_to_make"], {"role": role}).fetchone() or ("",)
            try:
                owner.execute(statement.encode())
            except psycopg.errors.InsufficientPrivilege as refused:
                raise ServerFailed(f"there is no role {role}, and the owner may not make it: {statement}") from refused


def _names(roles: Roles, reader: bool) -> list[str]:
    found = [roles.app, roles.projector, roles.sequencer, READER if reader else None]
    return [each for each in dict.fromkeys(found) if each is not None]


def _tables(owner: Connection[Any], schema: str) -> Iterator[tuple[str, Rights | None]]:
    for name, projection in owner.execute(statements()["tables_of"], {"schema": schema}).fetchall():
        yield name, PROJECTION if projection else RIGHTS.get(name)


def _exists(owner: Connection[Any], role: str) -> bool:
    return owner.execute(statements()["role_exists"], {"role": role}).fetchone() is not None
