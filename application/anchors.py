"""Anchors (外部锚定) of one ledger as the rest sees them: how they stand, what they attested, and what is wrong by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.proof.findings import Cause, Finding

PRINTED = "printed"
"""How the folder with the printed page of each day is called among the anchors."""


class Outcome(StrEnum):
    """What came of the last request to an anchor."""

    ANCHORED = "anchored"
    AWAY = "away"
    ROLLED_BACK = Cause.ROLLED_BACK.value
    FORKED = Cause.FORKED.value
    UNSIGNED = Cause.UNSIGNED.value

    @property
    def refused(self) -> bool:
        """Whether the anchor says that something was done to the log."""
        return self not in (Outcome.ANCHORED, Outcome.AWAY)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one anchor stands: what came of the last request (None: none was made) `tried` seconds ago and why, the largest `size`
    that it anchored (0: none), and how many seconds ago that was (its `age`)."""

    anchor: str
    outcome: Outcome | None
    detail: str
    tried: float | None
    size: int
    age: float | None

    @property
    def refused(self) -> bool:
        """Whether it says that something was done to the log."""
        return self.outcome is not None and self.outcome.refused


class Stamp(NamedTuple):
    """A timestamp over the text of a checkpoint: the DER form of an RFC 3161 response."""

    authority: str
    token: bytes


class Anchors(Protocol):
    """The anchors of one ledger."""

    def standings(self) -> Sequence[Standing]:
        """How each of them stands."""

    def newest(self) -> int | None:
        """The largest size that one of them anchored."""

    def stamps(self, size: int) -> Sequence[Stamp]:
        """The timestamps over the checkpoint of a size; its cosignatures stand under its note."""

    def untold(self) -> Iterator[str]:
        """The witnesses that answer and signed nothing yet of a log that began anew: perhaps nobody has told them of its new key."""

    def findings(self, *, outside: bool) -> Iterator[Finding]:
        """What is wrong by what they attested before, and (`outside`) by what the witnesses say when they are asked now.

        A witness that does not answer is no finding: `standings` tells of it.
        """
