"""A signed ledger that begins anew, without what answers requests: the event is put into it as the attestation would record it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid5

import psycopg

from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LogBegunAnew
from domain.kernel import file_id
from domain.names import Fixed
from domain.proof.note import VerifierKey
from domain.proof.volumes import Volumes
from infrastructure.postgres.pool import connect
from infrastructure.proof.anew import Anew, Begun
from infrastructure.proof.beginnings import ATTESTATION
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.losing import Loss
from infrastructure.sequencer import sequence_once
from tests.proof.ledgers import Signed
from tests.store.facts import Paper

WHY = "硬盘损坏，只有前一日的备份"


def record(signed: Signed, loss: Loss) -> None:
    """Record what was lost, once, and give it a position."""
    file, identifier = Paper(file_id(NUMBER), ATTESTATION), uuid5(ATTESTATION, f"begun anew {loss.volume}")
    stored = signed.proofs.stored([identifier])
    if not stored:
        told = loss._asdict() | {"because": WHY}
        event = LogBegunAnew(
            matter=NUMBER, **{name: Fixed(each) if isinstance(each, str) else each for name, each in told.items()}
        )
        version = len(volumes(signed).beginnings) + 1
        signed.log.append(file.batch(file.entry(version, event, event_id=identifier)))
    sequence_once(signed.pool, signed.log.schema)


def anew(
    signed: Signed, url: str, *given: VerifierKey, keys: LogKeys | None = None, connecting: Callable[..., Any] = connect
) -> Anew:
    """What lets it begin anew."""
    return Anew(
        url, signed.log.schema, keys or signed.keys, rehearsal=False, given=given,
        record=partial(record, signed), connecting=connecting,
    )  # fmt: skip


def begin_anew(signed: Signed, url: str, *given: VerifierKey) -> Begun:
    """Begin anew in this process."""
    return anew(signed, url, *given).begin()


def lose(owner: psycopg.Connection[Any], signed: Signed, after: int) -> None:
    """Have the database as it was when the log had so many entries, up to 256: what an older backup holds."""
    gone = f"select event_no from {signed.log.schema}.log where position > {after}"
    lost = {
        "events": f"delete from {{table}} where event_no in ({gone})",
        "log": f"delete from {{table}} where position > {after}",
        "checkpoint": f"delete from {{table}} where size > {after}",
        "cosignature": f"delete from {{table}} where size > {after}",
        "tile": f"update {{table}} set hashes = substring(hashes for {32 * after})",
    }
    with owner.transaction():
        for table, statement in lost.items():
            name = f"{signed.log.schema}.{table}"
            owner.execute(f"alter table {name} disable trigger user".encode())
            owner.execute(statement.format(table=name).encode())
            owner.execute(f"alter table {name} enable always trigger stays".encode())


def volumes(signed: Signed) -> Volumes:
    """The volumes of its log, by its own record."""
    return signed.proofs.volumes()
