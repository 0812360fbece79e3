"""What the timer attests of a ledger (存证); none of it is ever corrected."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel import MatterEvent, OpeningEvent
from domain.names import Fixed


@dataclass(frozen=True, kw_only=True)
class AttestationOpened(OpeningEvent):
    """存证已开始. From here on the ledger attests itself."""

    TOPIC = "attestation.opened"
    CORRECTABLE = False


@dataclass(frozen=True, kw_only=True)
class ManifestRecorded(MatterEvent):
    """清单已记录. As of `position` there were so many `cases`, each as far as the lines under `root` (hexadecimal) say.

    `access_to`: the number of the last row of the access log that `access_digest` (hexadecimal) covers, of `access_rows` in all.
    """

    TOPIC = "attestation.manifest-recorded"
    CORRECTABLE = False
    position: int
    cases: int
    root: Fixed
    access_to: int
    access_rows: int
    access_digest: Fixed


@dataclass(frozen=True, kw_only=True)
class LawAttested(MatterEvent):
    """法据已存证. The law by which the ledger is judged from here on: rules, calendars, texts, and what events do to custody.

    `parts`: a line for each, its name and the SHA-256 of what it says (hexadecimal), by name. `program`: the version that has it.
    """

    TOPIC = "attestation.law-attested"
    CORRECTABLE = False
    parts: tuple[str, ...]
    program: str


@dataclass(frozen=True, kw_only=True)
class LogBegunAnew(MatterEvent):
    """账册已另起 Signed entries were lost, and the log goes on as another `volume`, with this event as its first entry.

    `lost`: the text of the checkpoint that was signed last before (empty: it was missing). `remains`: through which size what was
    signed before is still what the log has. `cause`: why nothing could be signed any more; `because`: what the operator says of it;
    `keys`: the public keys by which what remains was judged to be signed.
    """

    TOPIC = "attestation.begun-anew"
    CORRECTABLE = False
    volume: int
    cause: Fixed
    because: Fixed
    lost: Fixed
    remains: int
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LedgerVerified(MatterEvent):
    """账本核验无误. The first `size` entries of the log, with the `root` (hexadecimal) that was signed, and all that rests on them."""

    TOPIC = "attestation.verified"
    CORRECTABLE = False
    size: int
    root: Fixed
    checkpoints: int


@dataclass(frozen=True, kw_only=True)
class VerificationFailed(MatterEvent):
    """账本核验发现问题. `size`: entries that were checked; `count`: what was found wrong in all, `findings` the first of it."""

    TOPIC = "attestation.failed"
    CORRECTABLE = False
    size: int
    causes: tuple[str, ...]
    count: int
    findings: tuple[str, ...]
