"""The nightly verification (夜间核验) of one ledger: in a process of its own, so that whoever is asked meanwhile answers as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from application.attesting import Manifest, Result, attest
from application.ledger import Ledger
from domain.proof.findings import Finding
from domain.proof.manifest import NO_ROWS
from infrastructure.postgres.pool import connect
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.here import Logged, subject_here, verify_here
from infrastructure.verifying.manifests import Accesses, accesses, lasts, recorded, settled_accesses
from infrastructure.verifying.subject import Subject, Verified
from infrastructure.verifying.verifier import snapshot

LOOK_SECONDS = 0.5

Night = tuple[Verified, Manifest | None]
"""What a verification came to, and the manifest of what was verified; None where something was wrong."""

Spend = Callable[[Subject, Sequence[Finding], Callable[[], bool]], Night | None]
"""Verifies a ledger, with what was found before; None if it was stopped."""


def apart(subject: Subject, before: Sequence[Finding], stopped: Callable[[], bool]) -> Night | None:
    """Verify in another process, which ends with this one. Raises ChildProcessError where it does not come to a result."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_spend, args=(theirs, subject, before), daemon=True)
    process.start()
    theirs.close()
    try:
        while not mine.poll(LOOK_SECONDS):
            if stopped():
                return None
        night: Night = mine.recv()
        return night
    except EOFError as error:
        raise ChildProcessError("the nightly verification ended without a result") from error
    finally:
        process.terminate()
        process.join()
        mine.close()


def _spend(pipe: Pipe, subject: Subject, before: Sequence[Finding]) -> None:
    pipe.send(spend(subject, before))


class Nightly:
    """Verifies a ledger and records what came of it.

    `url`: the database as who answers requests; `own`: the folder with the law of the deployment; `on_record`: which events are
    recorded already; `receipts`: the keys that sign receipts; `anchored`: what is wrong by what anchors attested; `spend`: where the work is done.
    """

    def __init__(
        self,
        url: str,
        log: Logged,
        ledger: Ledger,
        keys: LogKeys,
        *,
        own: Path | None,
        on_record: Callable[[Sequence[UUID]], frozenset[UUID]],
        receipts: LogKeys | None = None,
        now: Callable[[], datetime],
        anchored: Callable[[], Iterable[Finding]] = tuple,
        spend: Spend = apart,
    ) -> None:
        self._url, self._log, self._ledger, self._keys, self._own = url, log, ledger, keys, own
        self._on_record, self._now, self._anchored, self._spend = on_record, now, anchored, spend
        self._receipts = receipts

    def run(self, slot: datetime, stopped: Callable[[], bool] = lambda: False) -> Mapping[str, Any] | None:
        """The verification of a night, in short; None if it was `stopped`. Repeated for a slot it records nothing twice.

        Raises ChildProcessError where the process did not come to an end.
        """
        rehearsal = self._ledger.rehearsal
        subject, before = subject_here(
            self._url, self._log, self._keys, rehearsal=rehearsal, own=self._own, receipts=self._receipts
        )
        night = self._spend(subject, [*before, *self._anchored()], stopped)
        if night is None:
            return None
        found, manifest = night
        result = Result(found.size, found.root, found.checkpoints, found.causes, found.count, found.findings)
        attest(self._ledger, result, manifest, slot=slot, at=self._now(), recorded=self._on_record)
        return {"size": found.size, "position": found.position, "count": found.count, "causes": found.causes}


def spend(subject: Subject, before: Sequence[Finding]) -> Night:
    """Verify, and make the manifest of what was verified; of a ledger with which something is wrong there is none."""
    found = verify_here(subject, before=before)
    if not found.ok or not found.size:
        return found, None
    with connect(subject.url, name="anjuan manifest", idle_ms=0) as connection, snapshot(connection):
        return found, manifest_of(connection, subject.schema, found.size)


def manifest_of(connection: psycopg.Connection[Any], schema: str, position: int) -> Manifest:
    """The manifest as of a position, its access log going on from that of the last one."""
    known = recorded(connection, schema)
    said = known[-1].said if known else None
    before = Accesses(0, 0, NO_ROWS)
    if said is not None:
        before = Accesses(said["access_to"], said["access_rows"], bytes.fromhex(said["access_digest"]))
    cases = lasts(connection, schema, position)
    looked = accesses(connection, schema, before, max(before.to, settled_accesses(connection, schema)))
    return Manifest(position, cases.cases, cases.root.hex(), looked.to, looked.rows, looked.digest.hex())
