"""Checks a restored ledger (恢复后核验): every stored event hashed anew, up to what the backup said and to what is kept outside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from psycopg import Connection

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import Frontier, leaf_hash
from domain.proof.note import BadNote, BadSignature, Note, Unsigned
from domain.proof.trust import counting
from infrastructure.backup.content import Held
from infrastructure.postgres.statements import statements
from infrastructure.proof.ed25519 import verify
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.rows import rows_of_log

IN_BACKUP, KEPT = "checkpoint of the backup", "kept checkpoint"


def check(connection: Connection[Any], held: Held, keys: LogKeys) -> list[Finding]:
    """What is wrong with a ledger that came out of a backup; nothing if all is well."""
    heads, findings = {}, []
    for where, read in ((IN_BACKUP, partial(_parsed, held.checkpoint)), (KEPT, keys.kept)):
        try:
            if (note := read()) is not None:
                heads[where] = _signed(note, keys)
        except (BadCheckpoint, BadNote, Unsigned, BadSignature) as error:
            findings.append(_unsigned(held, where, error))
    _, end, _ = connection.execute(statements(held.schema)["tree_and_log"]).fetchone() or (0, 0, 0)
    roots = _roots(connection, held, {each.size for each in heads.values()} | {end})
    if held.events != end:
        findings.append(_finding(Cause.REMOVED, held, IN_BACKUP, held.events, end))
    for where, head in heads.items():
        if head.size > end:
            findings.append(_finding(Cause.ROLLED_BACK, held, where, head.size, end))
        elif roots.get(head.size) != head.root:
            findings.append(_finding(Cause.FORKED, held, where, head.size, end))
    return findings


def _parsed(note: str | None) -> Note | None:
    return None if note is None else Note.parse(note)


def _signed(note: Note, keys: LogKeys) -> Checkpoint:
    head, trusted = Checkpoint.parse(note.text), keys.trusted()
    if trusted:
        note.signed_by(counting(trusted, head.size), verify)
    if head.origin != keys.origin:
        raise BadCheckpoint(f"it is one of {head.origin}")
    return head


def _roots(connection: Connection[Any], held: Held, sizes: set[int]) -> dict[int, bytes]:
    """The roots over the first so many events, as they are stored now."""
    tree, found = Frontier(), {}
    for size in sorted(sizes):
        for entry in _entries(connection, held, tree.size, size):
            tree.append(leaf_hash(entry))
        if tree.size == size:
            found[size] = tree.root()
    return found


def _entries(connection: Connection[Any], held: Held, after: int, through: int) -> Iterator[bytes]:
    for row in rows_of_log(connection, held.schema, after, through):
        yield row.entry(held.origin)


def _unsigned(held: Held, where: str, error: Exception) -> Finding:
    return Finding(
        Cause.UNSIGNED, f"{held.jurisdiction} {where}", f"签名不可信：{error}", f"its signature does not count: {error}"
    )


def _finding(cause: Cause, held: Held, where: str, said: int, found: int) -> Finding:
    zh = {
        Cause.ROLLED_BACK: f"曾签署至第 {said} 位，恢复后账目止于第 {found} 位：其后的记录已丢失",
        Cause.FORKED: f"前 {said} 条与所签署的根不符",
        Cause.REMOVED: f"备份时有 {said} 条，恢复后有 {found} 条",
    }[cause]
    en = {
        Cause.ROLLED_BACK: f"{said} positions were signed, and the log ends at {found}: what was recorded since is gone",
        Cause.FORKED: f"the first {said} events are not those under the signed root",
        Cause.REMOVED: f"the backup held {said} events, and the log ends at {found}",
    }[cause]
    return Finding(cause, f"{held.jurisdiction} {where}", zh, en)
