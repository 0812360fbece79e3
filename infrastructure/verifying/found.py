"""What a verification has found so far (核验发现): the first of it in full, and how much there was in all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from domain.proof.findings import Cause, Finding

MOST_TOLD = 200


class Check(StrEnum):
    """What a verification looks at: each of these finds something that no other does."""

    LEAVES = "leaves"
    ROOTS = "roots"
    SIGNATURES = "signatures"
    KEPT = "kept checkpoint"
    TILES = "tiles"
    ORDER = "order"
    DATES = "dates"
    STRAYS = "strays"
    DELAY = "delay"
    VERSIONS = "versions"
    SEALS = "seals"
    MANIFESTS = "manifests"
    LAW = "law"
    TIMES = "signing times"
    KEYS = "published keys"
    ANCHORS = "anchors"
    LISTS = "lists"


ALL = frozenset(Check)


class Found:
    """Findings, of which at most `most` are kept; the causes of the others are."""

    def __init__(self, most: int = MOST_TOLD) -> None:
        self.told: list[Finding] = []
        self.count = 0
        self._causes: set[Cause] = set()
        self._most = most

    def add(self, findings: Iterable[Finding]) -> None:
        """Take these too."""
        for each in findings:
            self.count += 1
            self._causes.add(each.cause)
            if len(self.told) < self._most:
                self.told.append(each)

    def take(self, other: Found) -> None:
        """Take all that another has found."""
        self.told += other.told[: self._most - len(self.told)]
        self.count += other.count
        self._causes |= other._causes

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes of all of it, each once."""
        return tuple(each for each in Cause if each in self._causes)
