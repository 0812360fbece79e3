"""What anchors show (锚定查验): whether a checkpoint is the one that others attested, and whether a log is still the one they know."""

from __future__ import annotations

from collections.abc import Callable

from domain.proof.checkpoint import Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import BadNote, BadSignature, Note, Signature, VerifierKey, Verify
from domain.proof.volumes import Volumes, volume_of


def of_cosignature(size: int, line: str, text: str | None, key: VerifierKey, verify: Verify) -> Finding | None:
    """What is wrong with a cosignature that is kept, given the text of the checkpoint of that size (None: it is not kept)."""
    where = f"cosignature {size} {key.name}"
    if text is None:
        return _lost(where, key.name, size)
    try:
        Note(text).with_signature(Signature.parse(line.removesuffix("\n"))).signed_by([key], verify)
    except BadSignature:
        return another(where, key.name, size)
    except BadNote:
        zh, en = f"{key.name} 的见证签名不是它的签名", f"the line that is kept is no cosignature by {key.name}"
        return Finding(Cause.CHANGED, where, zh, en)
    return None


def of_stamp(size: int, authority: str, text: str | None, fits: Callable[[str], bool]) -> Finding | None:
    """The same of a timestamp; `fits`: whether it is one over a text."""
    where = f"timestamp {size} {authority}"
    if text is None:
        return _lost(where, authority, size)
    return None if fits(text) else another(where, authority, size)


def of_head(theirs: Checkpoint, size: int, root: Callable[[int], bytes], witness: str) -> Finding | None:
    """What is wrong by the checkpoint that a witness signed last, for a log of `size` whose `root` at any smaller size is known.

    `root` raises LookupError where the tree is not whole.
    """
    where = f"witness {witness}"
    if theirs.size > size:
        zh = f"{witness} 见证过 {theirs.size} 条，账本只签到 {size} 条"
        return Finding(Cause.ROLLED_BACK, where, zh, f"{witness} signed {theirs.size} entries, the log has {size}")
    try:
        ours = root(theirs.size)
    except LookupError as error:
        zh = f"{witness} 见证过的 {theirs.size} 条已不完整"
        return Finding(
            Cause.REMOVED, where, zh, f"the tree of {theirs.size} that {witness} signed is not whole: {error}"
        )
    return None if ours == theirs.root else another(where, witness, theirs.size)


def of_past(theirs: Checkpoint, volumes: Volumes, root: Callable[[int], bytes], witness: str) -> Finding | None:
    """What is wrong by what a witness signed last of a volume before the present one: it must still be there, or be part of what
    the ledger said was lost when it began anew."""
    volume = volume_of(theirs.origin)
    remains, known = volumes.remains(volume), volume in volumes.numbers
    lost = [each for each in (beginning.lost_head for beginning in volumes.beginnings) if each is not None]
    said = any(each.origin == theirs.origin and theirs.size <= each.size for each in lost)
    forgotten = not known and any(volume_of(each.origin) > volume for each in lost)
    return None if theirs.size > remains and (said or forgotten) else of_head(theirs, remains, root, witness)


def another(where: str, who: str, size: int) -> Finding:
    """Somebody attested another tree of this size."""
    zh, en = f"{who} 所见证的 {size} 条与账本不同", f"what {who} attested of {size} entries is not what the log shows"
    return Finding(Cause.FORKED, where, zh, en)


def _lost(where: str, who: str, size: int) -> Finding:
    zh, en = f"{who} 见证过的 {size} 条的检查点已不存在", f"{who} attested a checkpoint of {size} that is not kept"
    return Finding(Cause.REMOVED, where, zh, en)
