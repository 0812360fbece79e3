"""Protected values of a schema (保密内容) as its owner deals with them: what names their keys, and sealing those from before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from psycopg import Connection

from application.ports import Secret
from infrastructure.keys.vault import Vault
from infrastructure.postgres.statements import statements

PART = 1_000


def ledger_id(connection: Connection[Any], schema: str) -> UUID:
    """What names the ledger of a schema wherever its keys are kept."""
    (found,) = connection.execute(statements(schema)["ledger_id"]).fetchone() or (None,)
    assert isinstance(found, UUID)
    return found


def held_keys(connection: Connection[Any], schema: str) -> Iterator[tuple[UUID, UUID]]:
    """The cases that have protected values, each with the keys that these are sealed with."""
    yield from connection.execute(statements(schema)["held_keys"])


def seal_plain_values(owner: Connection[Any], schema: str, vault: Vault) -> int:
    """Seal what a schema keeps in plain and write the table anew without it; how many values there were.

    May be interrupted and repeated. Older WAL and backups are out of reach.
    """
    named, done = statements(schema), 0
    while rows := owner.execute(named["plain_values"], {"limit": PART}).fetchall():
        sealed = vault.sealed({reference: Secret(case, field, value) for reference, case, field, value in rows})
        with owner.transaction():
            for reference, secret in sealed.items():
                owner.execute(named["seal_value"], {"reference": reference, "value": secret.value})
        done += len(rows)
    if done:
        owner.execute(named["rewrite_vault"])
    return done
