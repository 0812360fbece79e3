"""The register of pauses and extensions says what stands out, and of what was imported nothing that the import made so."""

from __future__ import annotations

from datetime import timedelta

from application.projections.inspection_rows import AdjustmentRow
from tests.projections.histories import ACCEPTED, BEGUN, RECEIVED, Written, jurisdiction, ledger, project

COMMISSIONED, REPORTED = 3, 4
"""The places of an inspection commissioned, which pauses the time for the decision, and of its report."""


def paused(*, lag: int, imported: bool) -> list[AdjustmentRow]:
    """The pauses of a complaint that was inspected from the fifth to the ninth day, recorded so many days later."""
    written = Written()
    for place, day in ((RECEIVED, 0), (ACCEPTED, 1), (COMMISSIONED, 5), (REPORTED, 9)):
        written.act(place, BEGUN + timedelta(days=day), timedelta(days=lag))
    entries = [each._replace(imported=imported) for each in written.entries]
    return project(ledger(jurisdiction()), entries).adjustments


def test_a_pause_that_is_on_record_days_later_is_retroactive() -> None:
    assert {row.retroactive for row in paused(lag=20, imported=False)} == {True}
    assert {row.retroactive for row in paused(lag=0, imported=False)} == {False}


def test_a_pause_that_was_imported_is_not() -> None:
    assert {row.retroactive for row in paused(lag=2000, imported=True)} == {False}
