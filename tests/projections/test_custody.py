"""A matter has one holder at a time, without gap while it is open: folded so, and proved by the table."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from hypothesis import given as for_all
from hypothesis import settings

from application.projections.rows import CustodyRow
from domain.kernel import Entry
from tests.projections.conftest import Place
from tests.projections.histories import files, jurisdictions, ledger, project, some_files


@settings(max_examples=100)
@for_all(files(), jurisdictions())
def test_spans_follow_each_other_without_overlap_and_end_when_nobody_holds(
    entries: list[Entry], office: list[Entry]
) -> None:
    known = ledger(office)
    rows = project(known, entries)
    open_matters = {matter.id for matter in known.file(entries[0].file_id, entries).matters.values() if matter.open}
    for basis in ("known", "recomputed"):
        for matter in {row.matter for row in rows.custody}:
            spans = sorted(
                (row for row in rows.custody if (row.basis, row.matter) == (basis, matter)), key=lambda each: each.since
            )
            for one, two in pairwise(spans):
                assert one.until is not None
                assert one.until <= two.since
                assert one.until == two.since or closed_between(one, two, entries)
            held = bool(spans) and spans[-1].until is None
            assert basis == "recomputed" or held == (matter in open_matters)


def closed_between(one: CustodyRow, two: CustodyRow, entries: list[Entry]) -> bool:
    """A gap is there only where an event took the matter from everybody."""
    ends = {
        time
        for each in entries
        if takes_away(each)
        for time in (each.known_at(), each.occurred_at, *amended(each, entries))
    }
    return one.until in ends


def takes_away(entry: Entry) -> bool:
    custody = entry.event.CUSTODY
    return custody is not None and custody.effect == "closes"


def amended(entry: Entry, entries: list[Entry]) -> list[datetime]:
    return [
        each.event.occurred_at  # type: ignore[attr-defined]
        for each in entries
        if getattr(each.event, "corrects", None) == entry.event_id
    ]


def test_two_holders_at_once_cannot_be_written(place: Place, owner: psycopg.Connection[Any]) -> None:
    for entries in some_files(5):
        place.record(entries)
    place.catch_up()
    custody, columns = f'"{place.schema}".custody', "basis, file_id, n, matter, holder, since, until"
    overlapping = f"INSERT INTO {custody} ({columns}) SELECT {columns} FROM {custody} LIMIT 1"
    with pytest.raises(psycopg.errors.ExclusionViolation, match="custody_one_holder"):
        owner.execute(overlapping.encode())
    others = "basis, file_id, n + 90, matter, holder, until, since"
    backwards = f"INSERT INTO {custody} ({columns}) SELECT {others} FROM {custody} WHERE until IS NOT NULL LIMIT 1"
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(backwards.encode())
