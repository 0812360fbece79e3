"""The law by which a ledger is judged here, compared with what it attested last (法据核验)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from domain.cases.attestation.parts import other_parts
from domain.proof.findings import Finding
from infrastructure.law_parts import law_parts
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements


def check_law(connection: Connection, schema: str, own: Path | None) -> Iterator[Finding]:
    """Each part of the law that is not what was attested last; nothing of a ledger that has attested none. `own`: the folder with
    the law of the deployment."""
    row = connection.execute(statements(schema)["law_attested"], binary=True).fetchone()
    if row is None:
        return
    position, payload = row
    said = json.loads(bytes(payload))
    for name, cause in other_parts(said["parts"], law_parts(own)):
        zh = f"与第 {position} 位存证的法据（程序 {said['program']}）不同。"
        en = f"It is not the law that was attested at position {position} (program {said['program']})."
        yield Finding(cause, f"law {name}", zh, en)
