"""The program in a bundle counts again, in its own way, and finds of any file what the ledger finds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.kernel import Entry
from tests.bundle import counting
from tests.bundle.counting import differing
from tests.bundle.stored import recount
from tests.projections.histories import BEGUN, files, jurisdiction, jurisdictions, mixed_files, some_files

instants = st.integers(0, 24 * 300).map(lambda hours: BEGUN + timedelta(hours=hours, minutes=11))


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


def test_control_a_program_that_reads_the_first_fact_only_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    (entries,) = some_files(1)
    at = entries[-1].known_at()
    assert differing(entries, jurisdiction(), at) == []
    monkeypatch.setattr(
        counting, "recount", lambda facts, office, calendars, at: recount(facts[:1], office, calendars, at)
    )
    assert differing(entries, jurisdiction(), at) != []
