"""Protected values from before they were sealed (旧有明文): sealed once, where they lie, by whoever owns the table."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from application.ports import Secret
from infrastructure.keys.vault import Vault
from infrastructure.postgres.statements import statements

PART = 1_000


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
