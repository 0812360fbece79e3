"""Checks a restored ledger (恢复后核验): against what the backup says of it, and as every verification does, with what is kept here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.proof.findings import Cause, Finding
from infrastructure.backup.content import Held
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import REHEARSAL
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.found import ALL, Check
from infrastructure.verifying.here import subject_here
from infrastructure.verifying.verifier import verify

LATER = frozenset({Check.LISTS, Check.DELAY, Check.STRAYS, Check.ANCHORS})
"""What needs a ledger that is at work: events of the last moments get their positions and signatures once it is."""

NEEDS_KEYS = frozenset({Check.SIGNATURES, Check.KEPT})


class _Log(NamedTuple):
    """A ledger as a verification asks for it."""

    schema: str
    ledger_id: UUID


def check(url: str, held: Held, keys: LogKeys, own: Path | None) -> list[Finding]:
    """What is wrong with a ledger that came out of a backup; nothing if all is well."""
    named = statements(held.schema)
    with connect(url, name="anjuan restore") as owner:
        _, end, signed = owner.execute(named["tree_and_log"]).fetchone() or (0, 0, 0)
        row = owner.execute(named["checkpoint_of"], (signed,)).fetchone()
    said = [] if (end, row and str(row[0])) == (held.events, held.checkpoint) else [_another(held, end)]
    log = _Log(held.schema, UUID(hex=held.ledger))
    subject, before = subject_here(url, log, keys, rehearsal=held.kind == REHEARSAL, own=own)
    checks = ALL - LATER - (frozenset() if subject.trusted else NEEDS_KEYS)
    found = [*said, *before, *verify(subject, checks=checks).findings]
    return [each._replace(where=f"{held.jurisdiction} {each.where}") for each in found]


def _another(held: Held, end: int) -> Finding:
    zh = f"备份时有 {held.events} 条，恢复后有 {end} 条，或检查点不同：并非该备份所述内容"
    en = f"the backup says {held.events} entries, the database has {end}, or another checkpoint: this is not what it describes"
    return Finding(Cause.CHANGED, "backup", zh, en)
