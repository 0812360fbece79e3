"""The signed heads of one ledger (已签检查点): those that are stored, the one that is kept outside, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.proof.checkpoint import Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import Note
from domain.proof.volumes import FIRST, Beginning, Volumes, ledger_of, volume_of
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.proof.ed25519 import verify as fits
from infrastructure.verifying.found import Check, Found
from infrastructure.verifying.heads import KEPT, Agreement, Head, read_head
from infrastructure.verifying.subject import Subject


class SignedHeads:
    """The heads as a connection sees them, of a log with these `ends`: its last position, and the leaves of its tree.

    `kept`: the one that is kept outside, where the log reaches it. What is wrong is added to what was `found`.
    """

    def __init__(
        self,
        connection: Connection,
        subject: Subject,
        volumes: Volumes,
        checks: frozenset[Check],
        ends: tuple[int, int],
        found: Found,
    ) -> None:
        self._connection, self._subject, self._volumes = connection, subject, volumes
        self._checks, self._ends, self._named, self._found = checks, ends, statements(subject.schema), found
        self.kept = self._read_kept()
        if Check.KEPT in checks and not found.count and (forgotten := self._forgotten()):
            found.add([forgotten])
        if Check.ROOTS in checks and (disordered := volumes.disordered()):
            found.add([_disordered(disordered)])

    def between(self, begin: int, end: int) -> Iterator[Head]:
        """The heads of sizes after one and up to another."""
        for size, note in self._connection.execute(self._named["heads_between"], (begin, end)).fetchall():
            head = self._read(note, f"checkpoint {size}", size)
            if head is not None:
                yield head
        if self.kept is not None and begin < self.kept.size <= end:
            yield self.kept

    def close(self, agreement: Agreement) -> None:
        """Find what was signed beyond the end of the log, and what of the tree no head covers."""
        beyond, leaves = max(self._ends), self._ends[1]
        for size, note in self._connection.execute(self._named["heads_beyond"], (beyond, 1)).fetchall():
            if self._read(note, f"checkpoint {size}", size) is not None:
                said = f"签过 {size} 条，账本只有 {beyond} 条。", f"{size} entries were signed, the log has {beyond}."
                self._found.add([Finding(Cause.REMOVED, f"checkpoint {size}", *said)])
        if leaves > agreement.newest and Check.SIGNATURES in self._checks:
            self._found.add([_beyond(agreement.newest, leaves, removed=agreement.kept == leaves)])

    def _read_kept(self) -> Head | None:
        """The checkpoint kept outside; where the log does not even reach it, that is said at once."""
        kept = self._subject.kept
        if kept is None or Check.KEPT not in self._checks:
            return None
        head = self._read(kept, KEPT)
        if head is not None and head.size > max(self._ends):
            zh = f"签过 {head.size} 条，账本只有 {self._ends[0]} 条。"
            en = f"{head.size} entries were signed, the log has {self._ends[0]}."
            self._found.add([Finding(Cause.ROLLED_BACK, KEPT, zh, en)])
            return None
        return head

    def _read(self, note: str, where: str, size: int | None = None) -> Head | None:
        """The head in a signed note; what is wrong with it is a finding."""
        said = read_head(note, self._volumes, self._subject.trusted, fits, where, size)
        if isinstance(said, Head):
            return said
        if Check.SIGNATURES in self._checks:
            self._found.add([said])
            return None
        return _unchecked(note, where)

    def _forgotten(self) -> Finding | None:
        """Keys of a volume count that the log knows nothing of: it began anew once, and has forgotten it."""
        names = (each.key.name for each in self._subject.trusted)
        newest = max((volume_of(each) for each in names if ledger_of(each) == self._subject.ledger), default=FIRST)
        if newest <= self._volumes.newest:
            return None
        zh = f"第 {newest} 册的密钥已启用，账本只知道第 {self._volumes.newest} 册。"
        en = f"Keys of volume {newest} count, the log knows of no volume after {self._volumes.newest}."
        return Finding(Cause.ROLLED_BACK, KEPT, zh, en)


def _beyond(newest: int, leaves: int, *, removed: bool) -> Finding:
    """The tree has leaves that no stored checkpoint covers; where the one kept outside does, there was one."""
    if removed:
        said = "库外留存的检查点在库中不见了。", "The checkpoint that is kept outside is gone from the database."
        return Finding(Cause.REMOVED, f"checkpoint {leaves}", *said)
    said = "哈希树中有未经签名的部分。", "The tree goes beyond the newest checkpoint that counts."
    return Finding(Cause.UNSIGNED, f"position {newest + 1}-{leaves}", *said)


def _disordered(beginning: Beginning) -> Finding:
    said = (
        "另起账册的记载前后矛盾。",
        f"It says that volume {beginning.volume} begins, which cannot follow what is before it.",
    )
    return Finding(Cause.INSERTED, f"position {beginning.position}", *said)


def _unchecked(note: str, where: str) -> Head:
    """What a note says, whoever signed it."""
    said = Checkpoint.parse(Note.parse(note).text)
    return Head(said.size, said.root, where)
