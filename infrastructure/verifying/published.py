"""What is published beside the log (公布内容核验): when checkpoints were signed, and the public keys, against what nobody inside can change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from application.proofs import CHECKPOINT, RECEIPT
from domain.proof.findings import Cause, Finding
from domain.proof.trust import Trusted
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.verifying.walk import SLACK

MOST_TIMES = 200


def signing_times(connection: Connection, schema: str, *, dated: bool) -> Iterator[Finding]:
    """Checkpoints that say they were signed before what is under them was recorded, before the one in front of them, or later than now.

    `dated`: whether recording times are the database's own. Clocks may differ by as much as recording times may step back.
    """
    arguments = {"slack": SLACK / 1_000_000, "dated": dated, "most": MOST_TIMES}
    for size, front, early, back in connection.execute(statements(schema)["signing_times"], arguments):
        if early:
            zh = "签署时间早于其所含事件的登记时间。"
            en = "It says that it was signed before what is under it was recorded."
            yield Finding(Cause.BACK_DATED, f"checkpoint {size}", zh, en)
        elif back:
            zh = f"签署时间早于其前的检查点 {front}：两者之一的时间不实。"
            en = f"It says that it was signed before checkpoint {front}, in front of it: the time of one of them is wrong."
            yield Finding(Cause.BACK_DATED, f"checkpoint {size}", zh, en)
        else:
            said = "签署时间在将来。", "It says that it was signed later than now."
            yield Finding(Cause.CHANGED, f"checkpoint {size}", *said)


def published_keys(
    connection: Connection, schema: str, trusted: Sequence[Trusted], receipts: Sequence[Trusted] | None
) -> Iterator[Finding]:
    """Keys that are published and not trusted, or the other way round. `receipts`: those of receipts, None where they are not known.

    One that was retired need not be published any more. Where no key is trusted nothing is said: then nothing counts anyway.
    """
    known = {CHECKPOINT: trusted, RECEIPT: receipts}
    vouched = {(str(each.key), purpose) for purpose, keys in known.items() for each in keys or ()}
    signing = {
        (str(each.key), purpose) for purpose, keys in known.items() for each in keys or () if each.through is None
    }
    rows = connection.execute(statements(schema)["log_keys"]).fetchall()
    found = {(vkey, purpose) for vkey, purpose, *_ in rows if known.get(purpose)}
    strange, missing = sorted(found - vouched), sorted(signing - found)
    yield from chain(map(_strange, (key for key, _ in strange)), map(_missing, (key for key, _ in missing)))


def _strange(vkey: str) -> Finding:
    zh = "公布了不受信任的公钥：须有人从库外为其作证，方可列为受信；否则即为他人所加。"
    en = "It is published and not trusted: either somebody vouches for it from outside the database, or it was put there."
    return Finding(Cause.INSERTED, _named(vkey), zh, en)


def _missing(vkey: str) -> Finding:
    said = "受信任的公钥未公布。", "It is trusted, and not among those that are published."
    return Finding(Cause.REMOVED, _named(vkey), *said)


def _named(vkey: str) -> str:
    """A key without what it is made of: its name and id."""
    return f"key {'+'.join(vkey.split('+', 2)[:2])}"
