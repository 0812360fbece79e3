"""A version of a rule that the ledger learned after it was in force: what was known then stays what it was, in files and in lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings

from application.ledger import Ledger
from domain.file import KNOWN, RECOMPUTED
from domain.kernel import Entry
from domain.law.clock import midnight
from tests.comparing.histories_of_one_complaint import AT, LEARNED, complaint
from tests.projections.histories import files, jurisdiction, ledger, project
from tests.projections.test_lists_agree_with_files import overdue_in_file, overdue_in_rows

AFTER = midnight(date(2026, 1, 5))


def learned() -> Ledger:
    known = ledger(jurisdiction())
    return Ledger(known.log, known.types, LEARNED, known.shipped, rehearsal=True)


def test_the_rulebook_of_a_day_has_no_version_that_was_learned_later() -> None:
    before, after = LEARNED.known_at(date(2026, 1, 4)), LEARNED.known_at(date(2026, 1, 5))
    assert after is LEARNED is LEARNED.known_at(None)
    assert LEARNED.known_at(date(2025, 12, 2)) is before
    versions = [limit for limit in before.limits if limit.id == "NA-ACC3"]
    assert [(each.since, each.until) for each in versions] == [(date(2012, 2, 1), None)]


def test_a_ledger_learns_a_version_from_its_day_on() -> None:
    known, entries = learned(), complaint().entries
    for basis, at, late in (
        (KNOWN, AT, True),
        (RECOMPUTED, AT, False),
        (KNOWN, AFTER, True),
        (KNOWN, datetime(2025, 12, 24, tzinfo=UTC), True),
    ):
        found = overdue_in_file(known, entries, at, basis)
        assert ("NA-ACC3" in [each[0] for each in found.values()]) is late, (basis, at)
        assert overdue_in_rows(project(known, entries), at, basis) == found


@settings(max_examples=30)
@for_all(files())
def test_lists_agree_with_files_where_a_version_was_learned_later(entries: list[Entry]) -> None:
    known = learned()
    rows: Any = project(known, entries)
    for at in {AT, AFTER, *(each.known_at() for each in entries)}:
        for basis in (KNOWN, RECOMPUTED):
            assert overdue_in_rows(rows, at, basis) == overdue_in_file(known, entries, at, basis), (at, basis)
