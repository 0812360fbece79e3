"""The manifests of a ledger (清单核验): made of what is stored, and those that were recorded compared with what is stored now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from domain.proof.findings import Cause, Finding
from domain.proof.manifest import digest_of_rows, manifest_line, manifest_root
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.verifying.rows import copied


class Lasts(NamedTuple):
    """How far the cases have come as of a position: how many there are, and the root over their lines."""

    position: int
    cases: int
    root: bytes


class Accesses(NamedTuple):
    """The access log up to the row with a number: how many rows there are, and their digest."""

    to: int
    rows: int
    digest: bytes


def lasts(connection: Connection, schema: str, position: int) -> Lasts:
    """What a manifest as of a position says of the cases; nothing of it is kept in memory."""
    cases = 0

    def lines() -> Iterator[bytes]:
        nonlocal cases
        for row in copied(connection, statements(schema)["copy_last_versions"], (position,)):
            cases += 1
            yield manifest_line(UUID(bytes=row[6:22]), int.from_bytes(row[26:34], "big"))

    root = manifest_root(lines())
    return Lasts(position, cases, root)


def accesses(connection: Connection, schema: str, before: Accesses, to: int) -> Accesses:
    """What a manifest says of the access log up to a row, going on from an earlier one."""
    rows = before.rows

    def counted() -> Iterator[bytes]:
        nonlocal rows
        for row in copied(connection, statements(schema)["copy_accesses"], (before.to, to)):
            rows += 1
            yield row[2:]

    digest = digest_of_rows(before.digest, counted())
    return Accesses(to, rows, digest)


def settled_accesses(connection: Connection, schema: str) -> int:
    """The last row of the access log that a manifest may cover: none before it can still be on its way."""
    row = connection.execute(statements(schema)["settled_access"]).fetchone()
    return row[0] if row else 0


def recorded(connection: Connection, schema: str) -> list[tuple[int, dict[str, Any]]]:
    """The manifests that were recorded, and the positions of their events."""
    rows = connection.execute(statements(schema)["manifests"], binary=True)
    return [(position, json.loads(bytes(payload))) for position, payload in rows]


def check_manifests(connection: Connection, schema: str, none: Accesses) -> Iterator[Finding]:
    """The newest manifest against the cases, and all of them against the access log. `none`: an access log without rows."""
    found = recorded(connection, schema)
    if found:
        yield from _check_cases(connection, schema, *found[-1])
    known = none
    for position, said in found:
        known = accesses(connection, schema, known, said["access_to"])
        if (known.rows, known.digest.hex()) != (said["access_rows"], said["access_digest"]):
            yield _accesses(position, known.rows - said["access_rows"])
            return


def _check_cases(connection: Connection, schema: str, position: int, said: dict[str, Any]) -> Iterator[Finding]:
    if position <= said["position"]:
        zh = f"清单截至第 {said['position']} 位，其本身却在第 {position} 位：其前有事件不见了。"
        en = f"It is as of position {said['position']}, yet it stands at {position}: events in front of it are gone."
        yield Finding(Cause.REMOVED, f"manifest {position}", zh, en)
        return
    now = lasts(connection, schema, said["position"])
    if (now.cases, now.root.hex()) == (said["cases"], said["root"]):
        return
    cause = {-1: Cause.REMOVED, 0: Cause.CHANGED, 1: Cause.INSERTED}[
        (now.cases > said["cases"]) - (now.cases < said["cases"])
    ]
    told = f"as of position {said['position']} there were {said['cases']} cases, now there are {now.cases}"
    yield Finding(
        cause,
        f"manifest {position}",
        "案件的最后版本与清单不符。",
        f"The last versions of cases are not those of the manifest: {told}.",
    )


def _accesses(position: int, more: int) -> Finding:
    cause = Cause.REMOVED if more < 0 else Cause.INSERTED if more > 0 else Cause.CHANGED
    return Finding(
        cause,
        f"access log of manifest {position}",
        "查阅记录与清单不符。",
        "The access log is not what the manifest says it was.",
    )
