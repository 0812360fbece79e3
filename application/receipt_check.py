"""Whether what a receipt promises was kept (凭证核对): each of its events stored as it was, and in the signed tree in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.proofs import Located, Proofs
from domain.proof.checkpoint import Checkpoint
from domain.proof.entry import StoredEvent, commitment, entry_of
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import BadProof, leaf_hash, verify_inclusion
from domain.proof.note import BadNote, Note, Verify
from domain.proof.receipt import KEY_NAME, Receipt
from domain.proof.trust import Trusted, counting
from domain.proof.volumes import ledger_of


class OtherLog(ValueError):
    """The receipt is about another log; the message names it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the events of a receipt: those in the tree by position, those that are not due yet, and what is wrong."""

    receipt: Receipt
    positions: dict[UUID, int]
    waiting: tuple[UUID, ...]
    findings: tuple[Finding, ...]


def check_receipt(note: Note, proofs: Proofs, trusted: Iterable[Trusted], verify: Verify, now: datetime) -> Checked:
    """Look for the events of a receipt in the tree under the newest checkpoint, both signed by keys that are `trusted` for it.

    Raises BadNote (Unsigned, BadSignature) or BadReceipt for the receipt itself, and OtherLog.
    """
    receipt, known = Receipt.parse(note.text), list(trusted)
    if receipt.origin != proofs.ledger:
        raise OtherLog(receipt.origin)
    note.signed_by([each.key for each in known if each.key.name == proofs.ledger + KEY_NAME], verify)
    newest = proofs.head()
    head = Checkpoint(receipt.origin, 0, b"") if newest is None else Checkpoint.parse(newest.text)
    of_the_log = [each for each in known if each.key.name == head.origin]
    findings = list(_of_the_head(receipt.origin, newest, head, of_the_log, verify))
    return _looked_for(receipt, proofs, head, findings, now)


def _looked_for(receipt: Receipt, proofs: Proofs, head: Checkpoint, findings: list[Finding], now: datetime) -> Checked:
    positions: dict[UUID, int] = {}
    waiting: list[UUID] = []
    for event, found in _found(receipt, proofs):
        wrong = _of_the_event(receipt, event, found, head, proofs)
        if wrong is not None:
            findings.append(wrong)
        elif found is not None and found.position is not None and found.position <= head.size:
            positions[event] = found.position
        elif now < receipt.due:
            waiting.append(event)
        else:
            findings.append(_missing(event, "已过并入期限，仍不在账目中", "is not in the tree although it was due"))
    return Checked(receipt, positions, tuple(waiting), tuple(findings))


def _found(receipt: Receipt, proofs: Proofs) -> Iterator[tuple[UUID, Located | None]]:
    located = proofs.stored(list(receipt.commitments))
    return ((event, located.get(event)) for event in receipt.commitments)


def _of_the_head(
    ledger: str, note: Note | None, head: Checkpoint, trusted: Iterable[Trusted], verify: Verify
) -> Iterator[Finding]:
    """What is wrong with the newest checkpoint itself."""
    if note is None:
        return
    try:
        note.signed_by(counting(trusted, head.size), verify)
    except BadNote as error:
        where = f"checkpoint {head.size}"
        yield Finding(Cause.UNSIGNED, where, "检查点没有受信密钥的有效签名", str(error))
    if ledger_of(head.origin) != ledger:
        yield Finding(Cause.FORKED, f"checkpoint {head.size}", "检查点属于另一账目", "the checkpoint is of another log")


def _bound(stored: StoredEvent) -> bytes | None:
    """What is committed to; None where what is stored is not even an event any more."""
    try:
        return commitment(stored.salt, stored.fields)
    except ValueError:
        return None


def _of_the_event(
    receipt: Receipt, event: UUID, found: Located | None, head: Checkpoint, proofs: Proofs
) -> Finding | None:
    """What is wrong with an event, whether it is due or not."""
    if found is None:
        return _missing(event, "已不在数据库中", "is not stored any more")
    if _bound(found.stored) != receipt.commitments[event]:
        told = ("存储内容与凭证不符", "is stored otherwise than the receipt says")
        return Finding(Cause.CHANGED, f"event {event}", *told)
    if found.position is None or found.position > head.size:
        return None
    index = found.position - 1
    try:
        path = proofs.inclusion(index, head.size)
        verify_inclusion(index, head.size, leaf_hash(entry_of(receipt.origin, index, found.stored)), path, head.root)
    except (BadProof, LookupError) as error:
        return _missing(
            event, "签名账目的该位置不是这一事件", f"is not what the signed tree has at its position: {error}"
        )
    return None


def _missing(event: UUID, zh: str, en: str) -> Finding:
    return Finding(Cause.REMOVED, f"event {event}", zh, en)
