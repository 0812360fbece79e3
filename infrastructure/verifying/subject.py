"""What is verified (核验对象), how it is asked for, and what it came to (核验结果)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypedDict

from domain.proof.findings import Cause, Finding
from domain.proof.trust import Trusted
from domain.proof.volumes import Beginning
from infrastructure.verifying.found import Check
from infrastructure.verifying.lists import Compared
from infrastructure.verifying.walk import Way

DELAY = timedelta(seconds=10)
"""Within which whatever is recorded is in the signed tree."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is verified: a schema of the database at `url`, with the name of its `ledger`; `trusted`, the keys that count; `kept`, the
    checkpoint that was kept outside the database; `own`, the folder with the law of the deployment; `receipts`, the keys that sign
    receipts, None where they are not known."""

    url: str
    schema: str
    ledger: str
    rehearsal: bool
    trusted: tuple[Trusted, ...]
    kept: str | None = None
    own: Path | None = None
    receipts: tuple[Trusted, ...] | None = None


@dataclass(slots=True)
class Verified:
    """What a verification came to. `size`: how many entries are as they were signed; `position`: where the log ends; `beginnings`: by
    which the ledger says that its log began anew, which is no fault and stays to be seen."""

    at: datetime
    position: int
    size: int = 0
    root: str = ""
    checkpoints: int = 0
    count: int = 0
    causes: tuple[Cause, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    lists: Compared = field(default_factory=Compared)
    beginnings: Sequence[Beginning] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return self.count == 0


Told = Callable[[str, int, int], None]
"""Told what is being checked, and how many of how many are done."""

Anchored = Callable[[], Iterable[Finding]]
"""What is wrong by what anchors attested."""


class Options(TypedDict, total=False):
    """How a ledger is verified: which `checks` (all), what is wrong by anchors, who is told how far it is; `way`: from where to go
    on; `keep`: given how far it has come, as long as nothing was found."""

    checks: frozenset[Check]
    anchored: Anchored
    told: Told
    way: Way | None
    keep: Callable[[Way], None]
