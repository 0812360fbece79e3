"""A file counted by the ledger, and counted again by the program that goes with a bundle (复算)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.file import File
from domain.kernel import Entry
from infrastructure.bundle.claiming import claimed_clocks, claimed_custody
from infrastructure.bundle.telling import as_json
from infrastructure.bundle.verifier.source import parsed
from tests.bundle.stored import recount
from tests.projections.histories import ledger


def differing(entries: Sequence[Entry], office: Sequence[Entry], at: datetime) -> list[Any]:
    """What the ledger says of a file otherwise than the program, both as of when the last of it was known."""
    at = max([at, *(each.known_at() for each in entries)])
    known = [each for each in office if each.known_at() <= at]
    file: File = ledger(known).file(entries[0].file_id, entries, as_of=at)
    counted = recount(entries, known, file.calendars, at)
    one = [_told(claimed_clocks(file, file.clocks, at)), _told(claimed_custody(file, set(file.matters)))]
    two = [_told(counted.clocks), _told(counted.custody)]
    return [pair for left, right in zip(one, two, strict=True) for pair in _differences(left, right)]


def _told(value: Any) -> Any:
    return parsed(as_json(value).decode(), "told")


def _differences(left: list[Any], right: list[Any]) -> list[Any]:
    if len(left) != len(right):
        return [(len(left), len(right))]
    return [(a, b) for a, b in zip(left, right, strict=True) if a != b]
