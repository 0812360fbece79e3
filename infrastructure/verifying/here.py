"""Verifies a ledger of this installation (本机核验): with the keys and the checkpoint that are kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol
from uuid import UUID

from domain.proof.findings import Cause, Finding
from domain.proof.note import BadNote, VerifierKey
from domain.proof.trust import Trusted
from infrastructure.keys.folder import KeysExposed
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.growing import Diverged, Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.found import ALL, Check
from infrastructure.verifying.heads import KEPT
from infrastructure.verifying.resuming import read_way, write_way
from infrastructure.verifying.subject import DELAY, Anchored, Subject, Told, Verified
from infrastructure.verifying.verifier import verify

LOOK_SECONDS = 0.1


class Logged(Protocol):
    """A ledger whose log is verified."""

    @property
    def schema(self) -> str:
        """Where it lives in the database."""

    @property
    def ledger_id(self) -> UUID:
        """What names it wherever its keys are."""


def subject_here(
    url: str,
    log: Logged,
    keys: LogKeys,
    *,
    rehearsal: bool,
    own: Path | None,
    more: Sequence[VerifierKey] = (),
    receipts: LogKeys | None = None,
) -> tuple[Subject, list[Finding]]:
    """What is verified, and what is wrong with what is kept here. `more`: keys that count besides; `receipts`: the keys of receipts.

    To be asked before the snapshot is taken: what is kept here is written before the database commits it.
    """
    found: list[Finding] = []
    trusted: tuple[Trusted, ...] = tuple(map(Trusted, more))
    kept: str | None = None
    signing: tuple[Trusted, ...] | None = None
    try:
        trusted = (*keys.trusted(), *trusted)
        note = keys.kept()
        kept = None if note is None else str(note)
        signing = receipts.trusted() or None if receipts is not None else None
    except (BadNote, KeysExposed) as error:
        said = "库外留存的内容不可用。", f"What is kept outside the database cannot be used: {error}."
        found.append(Finding(Cause.CHANGED, KEPT, *said))
    return Subject(url, log.schema, keys.name, rehearsal, trusted, kept, own, signing), found


def sign_here(url: str, log: Logged, keys: LogKeys, *, patience: float = DELAY.total_seconds()) -> None:
    """Sign what is not signed yet, where perhaps no server does, if the keys are here; what forbids it is left to the verification.

    Where a server does, it is waited for as long as it may take.
    """
    growing = Growing(log.schema, keys)
    with connect(url, name="anjuan verify") as connection:
        row = connection.execute(statements(log.schema)["lead_signing"]).fetchone()
        if not (row and row[0]):
            _wait(connection, log.schema, patience)
            return
        try:
            while growing.can_sign(connection) and growing.advance(connection).more:
                pass
        except (Diverged, OSError, KeysExposed):
            return


def _wait(connection: Connection, schema: str, patience: float) -> None:
    named, deadline = statements(schema), monotonic() + patience
    _, end, _ = connection.execute(named["tree_and_log"]).fetchone() or (0, 0, 0)
    while monotonic() < deadline:
        _, _, signed = connection.execute(named["tree_and_log"]).fetchone() or (0, 0, 0)
        if signed >= end:
            return
        sleep(LOOK_SECONDS)


def verify_here(
    subject: Subject,
    *,
    before: Iterable[Finding] = (),
    lists: bool = True,
    state: Path | None = None,
    anchored: Anchored = tuple,
    told: Told = lambda what, done, of: None,
) -> Verified:
    """Verify, with what was found `before`. `state`: a file from which to go on and in which to keep how far it came.

    Raises BadState.
    """
    way = None if state is None else read_way(state, subject.ledger)
    keep: Callable[..., None] = (
        (lambda way: None) if state is None else (lambda way: write_way(state, subject.ledger, way))
    )
    checks = ALL if lists else ALL - {Check.LISTS}
    known = list(before)
    found = verify(subject, checks=checks, anchored=lambda: [*known, *anchored()], told=told, way=way, keep=keep)
    if state is not None:
        state.unlink(missing_ok=True)
    return found
