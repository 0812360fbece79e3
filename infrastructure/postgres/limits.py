"""How often something may be asked (限频): one counter for each key, in the database, so that all processes count together."""

from __future__ import annotations

import hashlib
import math
from typing import Any

from psycopg import Connection

from application.callers import TooMany
from infrastructure.postgres.statements import statements


def spend(connection: Connection[Any], key: str, most: int, seconds: int) -> None:
    """Count one more under a key; raises TooMany beyond `most` within `seconds` of the first.

    Only a hash of the key is kept. Give it a connection outside a transaction: what is rolled back was not counted.
    """
    facts = {"key": _hash(key), "seconds": seconds}
    spent, left = connection.execute(statements()["spend"], facts).fetchone() or (1, 0.0)
    if spent == 1:
        connection.execute(statements()["forget_spending"])
    if spent > most:
        raise TooMany(max(1, math.ceil(left)))


def forgive(connection: Connection[Any], key: str) -> None:
    """Begin a key anew: what was counted turned out to be in order."""
    connection.execute(statements()["forgive_spending"], {"key": _hash(key)})


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
