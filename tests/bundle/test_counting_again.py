"""The program in a bundle counts again, in its own way, and finds of any file what the ledger finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.file import File
from domain.kernel import Entry
from infrastructure.bundle.claiming import claimed_clocks, claimed_custody
from infrastructure.bundle.telling import as_json
from infrastructure.bundle.verifier.source import parsed
from tests.bundle.stored import recount
from tests.projections.histories import BEGUN, files, jurisdictions, ledger, mixed_files

instants = st.integers(0, 24 * 300).map(lambda hours: BEGUN + timedelta(hours=hours, minutes=11))


def told(value: Any) -> Any:
    return parsed(as_json(value).decode(), "told")


def differing(entries: Sequence[Entry], office: Sequence[Entry], at: datetime) -> list[Any]:
    """What the ledger says otherwise than the program."""
    at = max([at, *(each.known_at() for each in entries)])
    known = [each for each in office if each.known_at() <= at]
    file: File = ledger(known).file(entries[0].file_id, entries, as_of=at)
    counted = recount(entries, known, file.calendars, at)
    one = [told(claimed_clocks(file, file.clocks, at)), told(claimed_custody(file, set(file.matters)))]
    two = [told(counted.clocks), told(counted.custody)]
    return [pair for left, right in zip(one, two, strict=True) for pair in zip_differences(left, right)]


def zip_differences(left: list[Any], right: list[Any]) -> list[Any]:
    if len(left) != len(right):
        return [(len(left), len(right))]
    return [(a, b) for a, b in zip(left, right, strict=True) if a != b]


@settings(max_examples=20)
@for_all(files(), jurisdictions(), instants)
def test_of_any_history_the_program_finds_what_the_ledger_finds(
    entries: list[Entry], office: list[Entry], at: datetime
) -> None:
    assert differing(entries, office, at) == []


@settings(max_examples=8)
@for_all(mixed_files(), jurisdictions(), instants)
def test_of_cases_of_every_type_it_does_too(entries: list[Entry], office: list[Entry], at: datetime) -> None:
    assert differing(entries, office, at) == []
