"""The attestation (存证) of a ledger: manifests that only grow, and what came of each verification. Nobody holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.attestation import law
from domain.cases.attestation.events import (
    AttestationOpened,
    LawAttested,
    LedgerVerified,
    LogBegunAnew,
    ManifestRecorded,
    VerificationFailed,
)
from domain.cases.attestation.parts import PART
from domain.demands import require
from domain.kernel import Case, Event, role, step, unknown
from domain.names import Fixed
from domain.proof.findings import Cause
from domain.proof.manifest import NO_ROWS
from domain.proof.volumes import FIRST

if TYPE_CHECKING:
    from domain.desk import Desk

NUMBER = "attestation"
ATTESTING, DOUBTED = "attesting", "doubted"
TIMER = role("system")
KNOWN_CAUSES = frozenset(cause.value for cause in Cause)
MOST_TOLD = 20
"""How many findings one fact names; how many there were in all it says too."""


class Attestation(Case):
    """`doubted` from a failed verification until one that finds nothing."""

    TYPE = "attestation"
    CODE = "CZ"
    STANDING = True

    def __init__(self) -> None:
        super().__init__()
        self.position = self.access_to = self.access_rows = 0
        self.access_digest = NO_ROWS.hex()
        self.verified_size = 0
        self.causes: tuple[str, ...] = ()
        self.law: tuple[str, ...] = ()
        self.volume = FIRST

    @step(TIMER, opens=True, routed=False)
    def open_attestation(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Open the attestation of the ledger, before the first thing is attested."""
        require(number == file_no == NUMBER and not self.version, law.ONE_ATTESTATION, number=number)
        self.record(AttestationOpened(matter=number, number=number, file_no=file_no, profiles=profiles))

    @step(TIMER, states=(ATTESTING, DOUBTED), routed=False)
    def attest_law(self, desk: Desk, *, parts: tuple[str, ...], program: str) -> None:
        """Say by which law the ledger is judged from here on, where it is another than before."""
        require(parts and list(parts) == sorted(set(parts)) and all(map(PART.fullmatch, parts)), law.NO_LAW)
        require(parts != self.law, law.LAW_UNCHANGED)
        self.record(LawAttested(matter=self.matter, parts=parts, program=program))

    @step(TIMER, states=(ATTESTING, DOUBTED), routed=False)
    def record_manifest(
        self,
        desk: Desk,
        *,
        position: int,
        cases: int,
        root: str,
        access_to: int,
        access_rows: int,
        access_digest: str,
    ) -> None:
        """Say how far every case has come as of a position of the log, and how far the access log has."""
        grows = position > self.position and access_to >= self.access_to and access_rows >= self.access_rows
        require(grows, law.NOT_LATER, position=self.position)
        self.record(
            ManifestRecorded(
                matter=self.matter, position=position, cases=cases, root=Fixed(root), access_to=access_to,
                access_rows=access_rows, access_digest=Fixed(access_digest),
            )
        )  # fmt: skip

    @step(TIMER, states=(ATTESTING, DOUBTED), routed=False)
    def record_verified(self, desk: Desk, *, size: int, root: str, checkpoints: int) -> None:
        """Say that a verification found nothing wrong."""
        self.record(LedgerVerified(matter=self.matter, size=size, root=Fixed(root), checkpoints=checkpoints))

    @step(TIMER, states=(ATTESTING, DOUBTED), routed=False)
    def record_failed(
        self, desk: Desk, *, size: int, causes: tuple[str, ...], count: int, findings: tuple[str, ...]
    ) -> None:
        """Say what a verification found wrong."""
        require(causes and KNOWN_CAUSES.issuperset(causes), law.NO_CAUSE)
        told = findings[:MOST_TOLD]
        self.record(VerificationFailed(matter=self.matter, size=size, causes=causes, count=count, findings=told))

    @step(TIMER, states=(ATTESTING, DOUBTED), routed=False)
    def begin_anew(
        self, desk: Desk, *, volume: int, cause: str, because: str, lost: str, remains: int, keys: tuple[str, ...]
    ) -> None:
        """Say that signed entries were lost and that the log goes on as another volume."""
        require(volume > self.volume, law.NOT_ANOTHER_VOLUME, volume=self.volume)
        require(cause and because.strip(), law.NO_CAUSE)
        told = {"cause": Fixed(cause), "because": Fixed(because), "lost": Fixed(lost)}
        self.record(LogBegunAnew(matter=self.matter, volume=volume, remains=remains, keys=keys, **told))

    def on(self, event: Event) -> None:
        match event:
            case AttestationOpened():
                self.state = ATTESTING
            case ManifestRecorded():
                self.position, self.access_to, self.access_rows = event.position, event.access_to, event.access_rows
                self.access_digest = event.access_digest
            case LawAttested():
                self.law = event.parts
            case LedgerVerified():
                self.state, self.verified_size, self.causes = ATTESTING, event.size, ()
            case LogBegunAnew():
                self.volume = event.volume
            case VerificationFailed():
                self.state, self.causes = DOUBTED, event.causes
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "position": self.position,
            "verified_size": self.verified_size,
            "causes": self.causes,
            "volume": self.volume,
        }
