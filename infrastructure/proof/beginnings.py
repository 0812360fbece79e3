"""Where a log began anew (另起账册), as the ledger recorded it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from domain.cases.attestation.case import NUMBER
from domain.kernel import case_id
from domain.proof.volumes import Beginning, Volumes
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements

ATTESTATION = case_id(NUMBER)


def volumes_of(ledger: str, rows: Iterable[Any]) -> Volumes:
    """The volumes of the log of a ledger, given the position, time and payload of each event by which it began anew."""
    return Volumes(ledger, tuple(_beginning(*row) for row in rows))


def beginnings_in(connection: Connection, schema: str, ledger: str) -> Volumes:
    """The same, as a connection sees it."""
    return volumes_of(ledger, connection.execute(statements(schema)["beginnings"], (ATTESTATION,), binary=True))


def _beginning(position: int, at: Any, payload: bytes) -> Beginning:
    """What cannot be read (it was changed, which is found elsewhere) says nothing of what went before."""
    try:
        said = json.loads(bytes(payload))
        volume, remains = int(said["volume"]), int(said["remains"])
        cause, because, lost = (str(said[name]) for name in ("cause", "because", "lost"))
        return Beginning(volume, position, at, cause, because, lost, remains)
    except (ValueError, KeyError, TypeError):
        return Beginning(0, position, at, "", "", "", 0)
