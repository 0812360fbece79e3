"""The event log (事件账) of a jurisdiction with the vault that seals what it keeps secret: built together, or not at all."""

from __future__ import annotations

from domain.cases import EVENTS
from infrastructure.keys.store import KeyStore
from infrastructure.keys.vault import Vault
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import Jurisdiction


def event_log(pool: Pool, known: Jurisdiction, keys: KeyStore) -> PostgresEventLog:
    """The log of a jurisdiction of the database."""
    with pool.connection() as connection:
        ledger = ledger_id(connection, known.schema)
    return PostgresEventLog(pool, known.schema, EVENTS, vault=Vault(keys, known.schema, ledger))
