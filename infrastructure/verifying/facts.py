"""What the events of a ledger must be beside the log (事实核验): versions without holes, and protected values that are still those bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from domain.proof.findings import Cause, Finding
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements

MOST_HOLES = 200
AT_ONCE = 2000


def holes(connection: Connection, schema: str) -> Iterator[Finding]:
    """Versions of cases and of files that are missing, or there twice."""
    named = statements(schema)
    for statement, kind, zh in (("holes_in_cases", "case", "案件"), ("holes_in_files", "file", "案卷")):
        for identifier, version, before in connection.execute(named[statement], (MOST_HOLES,)):
            if version == before:
                said = f"{zh}的第 {version} 版重复。", f"There are two versions {version}."
                yield Finding(Cause.INSERTED, f"{kind} {identifier} version {version}", *said)
            else:
                first, last = (before or 0) + 1, version - 1
                span = str(first) if first == last else f"{first}-{last}"
                said = f"{zh}的第 {span} 版不见了。", f"Version {span} of the {kind} is gone."
                yield Finding(Cause.REMOVED, f"{kind} {identifier} version {span}", *said)


def seals(connection: Connection, schema: str) -> Iterator[Finding]:
    """Protected values that are not those which an event binds by their hashes."""
    with connection.cursor(name="anjuan_sealed") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(statements(schema)["sealed_values"])
        for (event, bound), rows in groupby(cursor, key=lambda row: (row[0], row[1])):
            values = [(reference, value) for _, _, reference, value in rows if reference is not None]
            finding = _seal(event, bound, values)
            if finding is not None:
                yield finding


def _seal(event: UUID, bound: bytes | None, values: list[tuple[UUID, str]]) -> Finding | None:
    where = f"event {event}"
    if bound is None:
        said = "保险库中有该事件未绑定的受保护内容。", "The vault has protected values of it that it does not bind."
        return Finding(Cause.INSERTED, where, *said)
    if not values:
        said = "该事件绑定的受保护内容不见了。", "The protected values that it binds are gone."
        return Finding(Cause.REMOVED, where, *said)
    if seal_of(values) != bytes(bound):
        said = "受保护内容不是该事件所绑定的。", "The protected values are not those that it binds."
        return Finding(Cause.CHANGED, where, *said)
    return None


def seal_of(values: Iterable[tuple[UUID, str]]) -> bytes:
    """What an event binds of sealed values, given with their references in order."""
    lines = (f"{reference} {sha256(value.encode()).hexdigest()}\n" for reference, value in values)
    return sha256("".join(lines).encode()).digest()
