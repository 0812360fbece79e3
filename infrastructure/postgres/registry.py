"""Which jurisdictions (辖区) a database holds, each in its own schema: created, brought up to date, and dropped if a rehearsal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from infrastructure.postgres.migrate import migrate, migrating, migrations
from infrastructure.postgres.rights import Roles, settle_rights, settle_sight
from infrastructure.postgres.server import check_server
from infrastructure.postgres.statements import statements

REGISTRY = "anjuan"
REAL, REHEARSAL = "real", "rehearsal"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


class NoSuchRehearsal(LookupError):
    """There is no rehearsal ledger of this name. A real ledger is never dropped."""


class NameTaken(ValueError):
    """A jurisdiction of this name exists."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A ledger and the schema it lives in; `kind` is real or rehearsal, for ever."""

    name: str
    schema: str
    kind: str


def migrate_all(
    owner: Connection[Any], *, app: str, projector: str | None = None, sequencer: str | None = None
) -> tuple[str, ...]:
    """Bring the registry and every jurisdiction up to date, and settle what each role may do; the names of the migrations run.

    `app`, `projector`, `sequencer`: the roles of what answers requests, of what runs in the background, and of what gives positions
    and signs; without the latter ones `app` does it all.
    """
    check_server(owner)
    with migrating(owner):
        run = list(migrate(owner, REGISTRY, migrations("registry"), app=app))
        settle_sight(owner, REGISTRY, sequencer)
        for each in jurisdictions(owner):
            run += migrate(owner, each.schema, migrations("migrations"), app=app)
            settle_rights(owner, each.schema, Roles(app, projector, sequencer))
    return tuple(run)


def jurisdictions(connection: Connection[Any]) -> tuple[Jurisdiction, ...]:
    """Every jurisdiction, by name."""
    return tuple(Jurisdiction(*row) for row in connection.execute(statements()["jurisdictions"]))


def create_jurisdiction(
    owner: Connection[Any],
    name: str,
    *,
    kind: str,
    app: str,
    projector: str | None = None,
    sequencer: str | None = None,
) -> Jurisdiction:
    """A new, empty ledger. `name` is lower-case letters, digits and hyphens; NameTaken if there is one."""
    if not _NAME.fullmatch(name) or kind not in (REAL, REHEARSAL):
        raise ValueError(f"no jurisdiction can be {kind!r} and named {name!r}")
    made = Jurisdiction(name, f"j_{name.replace('-', '_')}", kind)
    with migrating(owner), owner.transaction():
        facts = {"name": made.name, "schema": made.schema, "kind": made.kind}
        if owner.execute(statements()["add_jurisdiction"], facts).fetchone() is None:
            raise NameTaken(name)
        migrate(owner, made.schema, migrations("migrations"), app=app)
        settle_rights(owner, made.schema, Roles(app, projector, sequencer))
        owner.execute(statements(made.schema)["open_ledger"], {"kind": kind})
    return made


def drop_rehearsal(owner: Connection[Any], name: str) -> None:
    """Drop a rehearsal ledger with everything in it; NoSuchRehearsal otherwise, above all for a real ledger."""
    with migrating(owner), owner.transaction():
        found = owner.execute(statements()["remove_rehearsal"], {"name": name}).fetchone()
        if found is None:
            raise NoSuchRehearsal(name)
        owner.execute(statements(found[0])["drop_schema"])
