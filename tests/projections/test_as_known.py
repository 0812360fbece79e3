"""What inspectors' lists hold as of an instant is what a ledger that ended at that instant would hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings

from application.projections.rows import Rows
from domain.kernel import Entry
from tests.projections.histories import (
    ACCEPTED,
    BEGUN,
    RECEIVED,
    Written,
    files,
    jurisdiction,
    ledger,
    project,
)
from tests.projections.records import supervised

LEDGER = ledger(jurisdiction())
VERSIONED = ("cards", "letters", "adjustments", "dispatches", "ageing")


def valid(rows: Iterable[Any], at: datetime) -> set[Any]:
    """The versions that were known at an instant, without until when."""
    return {row[:1] + row[3:] for row in map(plain, rows) if row[1] <= at and (row[2] is None or row[2] > at)}


def plain(row: Any) -> tuple[Any, ...]:
    """A row as its key, from when, until when, and the rest."""
    place = next(n for n, name in enumerate(row._fields) if name in ("known_from", "from_at"))
    return (row[:place], row[place], row[place + 1], *row[place + 2 :])


def compared(entries: Sequence[Entry]) -> Rows:
    whole = project(LEDGER, entries)
    for at in {entry.known_at() for entry in entries}:
        so_far = project(LEDGER, [entry for entry in entries if entry.known_at() <= at])
        for name in VERSIONED:
            assert valid(getattr(whole, name), at) == valid(getattr(so_far, name), at), (name, at)
    return whole


@settings(max_examples=120)
@for_all(files())
def test_versions_of_rows_are_what_was_known(entries: list[Entry]) -> None:
    compared(entries)


def test_versions_of_cards_and_letters_are_what_was_known() -> None:
    rows = compared(supervised())
    assert [row.state for row in rows.cards] == ["standing", "standing", "turned", "withdrawn"]
    assert {row.state for row in rows.letters} == {"issued", "answered", "accepted"}


def test_control_a_version_that_begins_too_late_is_noticed() -> None:
    written = Written()
    written.act(RECEIVED, BEGUN, timedelta())
    written.act(ACCEPTED, BEGUN + timedelta(hours=1), timedelta())
    written.act(6 - 3, BEGUN + timedelta(days=1), timedelta())
    rows = project(LEDGER, written.entries)
    (row,) = rows.adjustments
    moved = row._replace(known_from=row.known_from + timedelta(hours=1))
    assert valid([row], row.known_from) != valid([moved], row.known_from)


@settings(max_examples=60)
@for_all(files())
def test_a_dispatch_is_one_way_of_the_custody(entries: list[Entry]) -> None:
    """The register of dispatches holds every transit of the file, the open ones as open."""
    rows = project(LEDGER, entries)
    today = [row for row in rows.dispatches if row.known_until is None]
    custody = LEDGER.file(entries[0].file_id, entries).custody
    assert sorted((row.matter, row.addressee, row.ended_at is None) for row in today) == sorted(
        (way.matter, way.addressee, way.until is None) for way in custody.transits
    )
    assert all(row.out_at is not None and row.out_at <= row.sent_at for row in today if row.back) or late(entries)


def late(entries: Sequence[Entry]) -> bool:
    """Whether things happened in another order than they were recorded."""
    times = [entry.occurred_at for entry in entries]
    return times != sorted(times) or any(entry.topic == "case.corrected" for entry in entries)
