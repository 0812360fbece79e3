"""What a ledger attests of itself (存证): the result of a verification, and the manifest of what was verified, each recorded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from application.handle import TIMER, Command, carry_out
from application.ledger import Ledger
from application.ports import NewId
from domain.cases.attestation.case import NUMBER
from domain.kernel import Refused, case_id
from domain.proof.findings import Finding

ATTESTATION = case_id(NUMBER)

Recorded = Callable[[Sequence[UUID]], frozenset[UUID]]
"""Which of these events are on record."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a verification of `size` entries with this `root`. `count`: how many findings there were, of which some are told."""

    size: int
    root: str
    checkpoints: int
    causes: tuple[str, ...]
    count: int
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Manifest:
    """How far every case had come as of a position, and the access log up to a row; hashes in hexadecimal."""

    position: int
    cases: int
    root: str
    access_to: int
    access_rows: int
    access_digest: str


def attest_law(ledger: Ledger, parts: Sequence[str], program: str, *, at: datetime, new_id: NewId) -> bool:
    """Record by which law the ledger is judged, unless that is what it attested last; whether it was recorded."""
    _take(ledger, "open_attestation", uuid5(ATTESTATION, "opened"), {}, at=at)
    return _take(ledger, "attest_law", new_id(), {"parts": tuple(parts), "program": program}, at=at)


def attest(
    ledger: Ledger, result: Result, manifest: Manifest | None, *, slot: datetime, at: datetime, recorded: Recorded
) -> int:
    """Record the result of the verification for a slot, and a manifest, unless they are on record; how many facts were recorded."""
    opened = uuid5(ATTESTATION, "opened")
    said: list[tuple[str, UUID, Mapping[str, Any]]] = [("open_attestation", opened, {}), _said(result, slot)]
    if manifest is not None:
        arguments = {name: getattr(manifest, name) for name in Manifest.__slots__}
        said.append(("record_manifest", uuid5(ATTESTATION, f"manifest {manifest.position}"), arguments))
    known = recorded([identifier for _, identifier, _ in said])
    missing = [each for each in said if each[1] not in known]
    return sum(_take(ledger, *each, at=at) for each in missing)


def attest_beginning(ledger: Ledger, volume: int, said: Mapping[str, Any], *, at: datetime, recorded: Recorded) -> None:
    """Record that the log begins anew as a volume, and what is `said` of it, unless that is on record.

    Raises Refused, and what else `carry_out` raises.
    """
    opened, begun = uuid5(ATTESTATION, "opened"), uuid5(ATTESTATION, f"begun anew {volume}")
    known = recorded([opened, begun])
    if opened not in known:
        _carried_out(ledger, "open_attestation", opened, {}, at=at)
    if begun not in known:
        _carried_out(ledger, "begin_anew", begun, {"volume": volume, **said}, at=at)


def _said(result: Result, slot: datetime) -> tuple[str, UUID, dict[str, Any]]:
    identifier = uuid5(ATTESTATION, f"verified {slot.isoformat()}")
    if not result.count:
        arguments = {"size": result.size, "root": result.root, "checkpoints": result.checkpoints}
        return "record_verified", identifier, arguments
    told = tuple(f"{each.cause} {each.where}" for each in result.findings)
    failed = {"size": result.size, "causes": result.causes, "count": result.count, "findings": told}
    return "record_failed", identifier, failed


def _take(ledger: Ledger, step: str, identifier: UUID, arguments: Mapping[str, Any], *, at: datetime) -> bool:
    try:
        _carried_out(ledger, step, identifier, arguments, at=at)
    except Refused:
        return False
    return True


def _carried_out(ledger: Ledger, step: str, identifier: UUID, arguments: Mapping[str, Any], *, at: datetime) -> None:
    opens = step == "open_attestation"
    command = Command(
        case_type=NUMBER,
        step=step,
        actor=TIMER,
        occurred_at=at,
        case=None if opens else ATTESTATION,
        number=NUMBER if opens else None,
        arguments=arguments,
        recorded_at=at if ledger.rehearsal else None,
    )
    carry_out(command, ledger, now=at, new_id=lambda: identifier)
