"""The signed heads of a log (检查点核验): whose signature counts, and whether what was recomputed comes to what was signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import BadNote, BadSignature, Note, Unsigned, Verify
from domain.proof.trust import Trusted, counting
from domain.proof.volumes import Volumes, ledger_of, volume_of

MOST_DOUBTFUL = 1000


class Head(NamedTuple):
    """A head that was rightly signed, and where it was found: `checkpoint` and its size, or `kept checkpoint`."""

    size: int
    root: bytes
    where: str


def read_head(
    stored: str, volumes: Volumes, trusted: Sequence[Trusted], verify: Verify, where: str, size: int | None = None
) -> Head | Finding:
    """The head in a signed note, or what is wrong with it: of each volume only sizes that it had count, and only its own keys.

    `size`: under which it is stored.
    """
    try:
        note = Note.parse(stored)
        head = Checkpoint.parse(note.text)
        signers = note.signed_by(counting(trusted, head.size), verify)
    except Unsigned:
        return Finding(Cause.UNSIGNED, where, "没有可信密钥的签名。", "No key that counts has signed it.")
    except BadSignature:
        return Finding(
            Cause.CHANGED, where, "签名与内容不符。", "The signature does not fit: it was changed after it was signed."
        )
    except (BadNote, BadCheckpoint) as error:
        return Finding(Cause.CHANGED, where, "不是检查点。", f"It is no checkpoint: {error}.")
    if ledger_of(head.origin) != volumes.ledger:
        return Finding(Cause.FORKED, where, "签的是另一账本。", f"It is that of another log: {head.origin}.")
    if all(key.name != head.origin for key, _ in signers):
        return Finding(Cause.UNSIGNED, where, "没有本册密钥的签名。", "No key of this volume of the log has signed it.")
    if size is not None and head.size != size:
        return Finding(Cause.CHANGED, where, "大小与签名不符。", f"What was signed is a size of {head.size}.")
    return _of_its_volume(head, volumes, where) or Head(head.size, head.root, where)


def _of_its_volume(head: Checkpoint, volumes: Volumes, where: str) -> Finding | None:
    """What is wrong with a head whose size is not one that its volume of the log had. The log may not have come so far as the one that
    is kept outside: that is for whoever compares it with the log to say."""
    expected = volumes.origin_at(head.size)
    if head.origin == expected or (where == KEPT and volume_of(head.origin) > volumes.newest):
        return None
    zh = f"该处应由 {expected} 签署，签的是 {head.origin}。" if expected else "该处正值另起账册，不应有检查点。"
    en = f"Its size is one of {expected or 'no volume'}: it was signed for {head.origin}, which had begun anew or had not begun."
    return Finding(Cause.FORKED, where, zh, en)


@dataclass(slots=True)
class Agreement:
    """How far what is stored comes to what was signed: by the events themselves, by the leaves in the tiles. What agrees at one
    size holds for all before it. `newest`: the size of the newest checkpoint; `kept`: the size of the one kept outside, if it agrees."""

    by_events: int = 0
    by_leaves: int = 0
    root: bytes = b""
    heads: int = 0
    newest: int = 0
    kept: int = 0
    doubtful: list[Head] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many leaves are known for certain."""
        return max(self.by_events, self.by_leaves)

    def compare(self, head: Head, by_events: bytes, by_leaves: bytes) -> None:
        """Take in a signed head beside the roots that were recomputed at its size."""
        if head.where == KEPT:
            self.kept = head.size if by_events == head.root else 0
        else:
            self.heads, self.newest = self.heads + 1, max(self.newest, head.size)
        if by_events == head.root and head.size >= self.by_events:
            self.by_events, self.root = head.size, head.root
        if by_leaves == head.root:
            self.by_leaves = max(self.by_leaves, head.size)
        if head.root not in (by_events, by_leaves) and len(self.doubtful) < MOST_DOUBTFUL:
            self.doubtful.append(head)

    def findings(self) -> Iterator[Finding]:
        """Heads that are none of this log, and the first stretch that comes to no root that was signed."""
        for head in self.doubtful:
            if head.size <= self.size:
                yield Finding(
                    Cause.FORKED,
                    head.where,
                    "签过另一个账本历史。",
                    "Another history of the log was signed at this size.",
                )
        beyond = [each for each in self.doubtful if each.size > self.size]
        kept = next((each for each in beyond if each.where == KEPT), None)
        if kept is not None and len(beyond) == 1:
            yield Finding(
                Cause.FORKED,
                KEPT,
                "与库外留存的检查点不符。",
                "The log is not the one that was signed and kept outside the database.",
            )
        elif beyond:
            first = min(each.size for each in beyond)
            yield Finding(
                Cause.CHANGED, f"position {self.size + 1}-{first}", "既存事件和哈希树都与签名不符。",
                "Neither the stored events nor the stored tree come to the root that was signed.",
            )  # fmt: skip


KEPT = "kept checkpoint"
