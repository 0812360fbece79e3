"""The manifests of a ledger (清单核验): made of what is stored, and all that were recorded compared with what is stored now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.proof.findings import Cause, Finding
from domain.proof.manifest import digest_of_rows, manifest_line
from domain.proof.merkle import EMPTY, leaf_hash
from domain.proof.roots import Roots
from domain.proof.tiles import WIDTH
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.verifying.rows import copied

AT_ONCE = 1000
"""For how many positions the cases are gone through once; a few kilobytes are kept for each of them."""

NUMBERS, TEXTS = ("position", "cases", "access_to", "access_rows"), ("root", "access_digest")


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


class Recorded(NamedTuple):
    """A manifest that was recorded: where its event stands, and what it says; None where it says something else than a manifest."""

    at: int
    said: Mapping[str, Any] | None


class _Tree:
    """The tree over the lines of one manifest, which come in their order. What it keeps does not grow with them."""

    __slots__ = ("_leaves", "_roots")

    def __init__(self) -> None:
        self._leaves, self._roots = list[bytes](), Roots()

    def take(self, leaf: bytes) -> None:
        """Take in the hash of the next line."""
        if len(self._leaves) == WIDTH:
            self._roots.take(self._leaves)
            self._leaves = []
        self._leaves.append(leaf)

    def end(self, position: int) -> Lasts:
        """What the manifest as of a position says, when all lines were taken in."""
        size = self._roots.size + len(self._leaves)
        return Lasts(position, size, self._roots.take(self._leaves, [size])[size] if size else EMPTY)


def lasts_at(connection: Connection, schema: str, positions: Sequence[int]) -> dict[int, Lasts]:
    """What manifests as of these rising positions say of the cases, which are gone through once; nothing of them is kept."""
    trees = [_Tree() for _ in positions]
    statement, arguments = statements(schema)["copy_last_versions"], (list(positions), positions[-1])
    before, upto = b"", 0
    leaf = b""
    last = 0
    for row in copied(connection, statement, arguments):
        case, step, version = row[6:22], int.from_bytes(row[26:30], "big"), int.from_bytes(row[34:42], "big")
        if case != before:
            for tree in trees[upto:] if before else ():
                tree.take(leaf)
            before, last = case, 0
        else:
            for tree in trees[upto:step]:
                tree.take(leaf)
        if version > last:
            last, leaf = version, leaf_hash(manifest_line(UUID(bytes=case), version))
        upto = step
    for tree in trees[upto:] if before else ():
        tree.take(leaf)
    return {position: tree.end(position) for position, tree in zip(positions, trees, strict=True)}


def lasts(connection: Connection, schema: str, position: int) -> Lasts:
    """What a manifest as of a position says of the cases."""
    return lasts_at(connection, schema, [position])[position]


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


def recorded(connection: Connection, schema: str) -> list[Recorded]:
    """The manifests that were recorded, in the order of the log."""
    rows = connection.execute(statements(schema)["manifests"], binary=True)
    return [Recorded(position, _read(bytes(payload))) for position, payload in rows]


def _read(payload: bytes) -> Mapping[str, Any] | None:
    try:
        said = json.loads(payload)
        sound = all(isinstance(said[each], int) for each in NUMBERS) and all(
            isinstance(said[each], str) for each in TEXTS
        )
    except (ValueError, KeyError, TypeError):
        return None
    return said if sound else None


def check_manifests(
    connection: Connection,
    schema: str,
    none: Accesses,
    *,
    after: int = 0,
    done: Callable[[int], None] = lambda position: None,
) -> Iterator[Finding]:
    """Every manifest against the cases, and against the access log. `none`: an access log without rows.

    `after`: where the event stands of the last manifest whose cases need no second look; `done`: told that, as long as all fits.
    """
    found = recorded(connection, schema)
    for each in found:
        if each.said is None:
            said = "清单的内容不是清单。", "What it says is no manifest."
            yield Finding(Cause.CHANGED, f"manifest {each.at}", *said)
    yield from _check_cases(connection, schema, [each for each in found if each.at > after], done)
    known = none
    for position, stated in found:
        if stated is None:
            return
        known = accesses(connection, schema, known, stated["access_to"])
        if (known.rows, known.digest.hex()) != (stated["access_rows"], stated["access_digest"]):
            yield _accesses(position, known.rows - stated["access_rows"])
            return


def _check_cases(
    connection: Connection, schema: str, found: Sequence[Recorded], done: Callable[[int], None]
) -> Iterator[Finding]:
    """The first manifest of each kind of fault: what was done to one case is done to every manifest after it."""
    told: dict[Cause, Finding] = {}
    for begin in range(0, len(found), AT_ONCE):
        some = found[begin : begin + AT_ONCE]
        sound = [(at, said) for at, said in some if said is not None]
        behind = [(at, said) for at, said in sound if 0 < said["position"] < at]
        positions = sorted({said["position"] for _, said in behind})
        now = lasts_at(connection, schema, positions) if positions else {}
        for at, said in sound:
            finding = _compared(at, said, now.get(said["position"]))
            if finding is not None:
                told.setdefault(finding.cause, finding)
        if len(sound) == len(some) and not told:
            done(some[-1].at)
    yield from told.values()


def _compared(at: int, said: Mapping[str, Any], now: Lasts | None) -> Finding | None:
    if now is None:
        zh = f"清单截至第 {said['position']} 位，其本身却在第 {at} 位：其前有事件不见了。"
        en = f"It is as of position {said['position']}, yet it stands at {at}: events in front of it are gone."
        return Finding(Cause.REMOVED, f"manifest {at}", zh, en)
    if (now.cases, now.root.hex()) == (said["cases"], said["root"]):
        return None
    more = (now.cases > said["cases"]) - (now.cases < said["cases"])
    cause = {-1: Cause.REMOVED, 0: Cause.CHANGED, 1: Cause.INSERTED}[more]
    told = f"as of position {said['position']} there were {said['cases']} cases, now there are {now.cases}"
    zh, en = "案件的最后版本与清单不符。", f"The last versions of cases are not those of the manifest: {told}."
    return Finding(cause, f"manifest {at}", zh, en)


def _accesses(position: int, more: int) -> Finding:
    cause = Cause.REMOVED if more < 0 else Cause.INSERTED if more > 0 else Cause.CHANGED
    return Finding(
        cause,
        f"access log of manifest {position}",
        "查阅记录与清单不符。",
        "The access log is not what the manifest says it was.",
    )
