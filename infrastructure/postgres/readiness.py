"""Whether a database is up to date (就绪) with the program that uses it."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from infrastructure.postgres.guards import unguarded
from infrastructure.postgres.migrate import BadMigration, applied, migrations, outstanding
from infrastructure.postgres.outage import LOST
from infrastructure.postgres.registry import REGISTRY, jurisdictions


def pending_migrations(connection: Connection[Any]) -> tuple[str, ...]:
    """What the schemas still need, or why they do not fit this program; nothing if all is well."""
    registry = _pending(connection, REGISTRY, "registry")
    if registry:
        return registry
    schemas = (each.schema for each in jurisdictions(connection))
    return tuple(pending for schema in schemas for pending in _pending(connection, schema, "migrations"))


def missing_guards(connection: Connection[Any]) -> tuple[str, ...]:
    """The tables of which the database would not refuse that what is recorded in them be changed; nothing if all is well."""
    return unguarded(connection, REGISTRY, [each.schema for each in jurisdictions(connection)])


def _pending(connection: Connection[Any], schema: str, folder: str) -> tuple[str, ...]:
    try:
        left = tuple(outstanding(migrations(folder), applied(connection, schema), schema))
    except BadMigration as bad:
        return (str(bad),)
    except LOST as error:
        return (f"{schema} {type(error).__name__}",)
    return tuple(f"{schema} {each.number:04} {each.name}" for each in left)
