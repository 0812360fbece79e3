"""What the database itself refuses to everybody (不可改), the owner and a superuser as a replica included: said once, and checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from psycopg import Connection

from infrastructure.postgres.statements import statements

GUARDED = (
    "schema_migration",
    "ledger",
    "ledger_id",
    "incarnation",
    "events",
    "log",
    "tile",
    "checkpoint",
    "log_key",
    "cosignature",
    "timestamp_token",
    "idempotency",
    "access",
    "vault",
    "blind_mark",
)
"""The tables of a jurisdiction that record: a trigger `stays` keeps each from being changed, deleted from and emptied."""

ERASED = ("blind_mark",)
"""Those of them from which rows are deleted, with what they were made of."""

GROWING = ("tile", "log_key")
"""Those of them whose rows are completed, by triggers of their own: a tile by more hashes, a key by when it was retired."""

LOOSE: Mapping[str, str] = {
    "tracking": "how far a follower has come: begins anew at a rebuild",
    "whereabouts": "how far the lists have come",
    "built_under": "under which law the lists were built",
    "job_run": "which job runs now, and how it ended",
    "anchor_standing": "what came of the last request to an anchor",
    "stoppage": "at which event a follower stands still: gone when it goes on",
    "webhook_progress": "how far each receiver has come",
    "webhook_secret": "secrets that are exchanged",
    "webhook_dead_letter": "letters that are sent once more",
}
"""The others that are no projections, and why what they hold may change: it is the state of work, and no fact."""

REGISTRY_GUARDED = ("schema_migration", "jurisdiction", "token", "account")
"""The same outside the jurisdictions; what of a credential may change is said by triggers of its own."""


def unguarded(connection: Connection[Any], registry: str, schemas: Collection[str]) -> tuple[str, ...]:
    """Tables whose guard is missing or switched off; nothing if all is well."""
    wanted = [(registry, name) for name in REGISTRY_GUARDED] + [(each, name) for each in schemas for name in GUARDED]
    asked = {"schemas": [schema for schema, _ in wanted], "names": [name for _, name in wanted]}
    return tuple(name for (name,) in connection.execute(statements()["unguarded"], asked))
