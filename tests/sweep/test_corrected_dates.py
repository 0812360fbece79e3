"""A meeting or inspection whose date is corrected counts for the period of its right date, and no more for the wrong one (更正后计入)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.handle import Command, Receipt, handle
from application.ports import FileMoved
from application.sweep import Swept, sweep
from domain.kernel import Actor, case_id
from domain.law.clock import State
from infrastructure.agenda import PostgresAgenda
from infrastructure.postgres.pool import Pool
from tests.projections.conftest import Place
from tests.projections.histories import jurisdiction
from tests.sweep.meetings import china, hold, place_of, start
from tests.sweep.test_reactions import Cut

H1, H2 = "ZQ-2025-H1", "ZQ-2025-H2"


@pytest.fixture
def place(new_ledger: Callable[..., Any], pool: Pool) -> Place:
    """A ledger in which both halves of 2025 are open."""
    made = place_of(pool, new_ledger().schema, Cut)
    made.record(jurisdiction(profiles=("xuanen-2020", "national", "dali-2016")))
    for day in ("2025-01-01T00:10", "2025-07-01T00:10"):
        swept(made, day)
    return made


def swept(place: Place, at: str) -> Swept:
    agenda = PostgresAgenda(place.pool, place.log, rehearsal=True, patience=5.0, bring=place.catch_up)
    return sweep(place.ledger, agenda, at=china(at), warn_before=None)


def correct(place: Place, event: UUID, day: str, *, at: str, number: str = "LX-1") -> Receipt:
    command = Command(
        case_type="meeting" if number.startswith("LX") else "inspection", step="correct", actor=Actor("zwj"),
        occurred_at=china(at), case=case_id(number), recorded_at=china(at), reason="日期有误",
        arguments={"event_id": event, "occurred_at": china(day), "values": {}},
    )  # fmt: skip
    return handle(command, place.ledger, now=china(at), new_id=uuid4)


def state(place: Place, number: str, rule: str = "XE-JM6", at: str = "2026-02-01") -> State:
    entries, office = place.ledger.load(case_id(number))
    file = place.ledger.file(entries[0].file_id, entries, office=office)
    (clock,) = [each for each in file.clocks if each.limit.id == rule]
    return file.judge(clock, china(at)).state


def topics(place: Place, number: str) -> list[str]:
    return [each.topic.removeprefix("cadence.") for each in place.log.load_stream(case_id(number))][1:]


def test_a_corrected_meeting_counts_for_the_half_year_of_its_right_date_alone(place: Place) -> None:
    held = hold(place, "2025-07-01").entries[0].event_id
    assert (state(place, H1), state(place, H2)) == (State.BREACHED_OPEN, State.MET)
    correct(place, held, "2025-06-30", at="2025-07-03")
    assert (state(place, H1), state(place, H2)) == (State.MET, State.BREACHED_OPEN)
    assert (topics(place, H1)[-1], topics(place, H2)) == ("meeting-counted", ["meeting-counted", "meeting-discounted"])
    assert "meeting-discounted" not in topics(place, "ZQ-2025"), "it is the same year"
    assert swept(place, "2025-07-04").counted == 0


def test_a_date_that_is_corrected_back_counts_as_it_did(place: Place) -> None:
    held = hold(place, "2025-07-01").entries[0].event_id
    correct(place, held, "2025-06-30", at="2025-07-03")
    correct(place, held, "2025-07-01", at="2025-07-04")
    assert (state(place, H1), state(place, H2)) == (State.BREACHED_OPEN, State.MET)
    assert swept(place, "2025-07-05").counted == 0


def test_another_date_in_the_same_half_year_changes_nothing(place: Place) -> None:
    held = hold(place, "2025-07-01").entries[0].event_id
    correct(place, held, "2025-07-02", at="2025-07-03")
    assert (topics(place, H2), state(place, H2)) == (["meeting-counted"], State.MET)


def test_a_half_year_with_another_full_meeting_stays_met_until_the_last_one_goes(place: Place) -> None:
    one, two = (hold(place, f"2025-07-0{n}", f"LX-{n}").entries[0].event_id for n in (1, 2))
    hold(place, "2025-07-02", "LX-3", full=False)
    correct(place, one, "2025-06-30", at="2025-07-03")
    assert state(place, H2) is State.MET
    correct(place, two, "2025-06-30", at="2025-07-04", number="LX-2")
    assert state(place, H2) is State.BREACHED_OPEN


def test_the_last_one_goes_in_whichever_order(place: Place) -> None:
    one, two = (hold(place, f"2025-07-0{n}", f"LX-{n}").entries[0].event_id for n in (1, 2))
    correct(place, two, "2025-06-30", at="2025-07-03", number="LX-2")
    correct(place, one, "2025-06-30", at="2025-07-04")
    assert state(place, H2) is State.BREACHED_OPEN


def test_an_inspection_counts_for_the_half_year_of_its_right_date_too(place: Place) -> None:
    started = start(place, "2025-07-01").entries[0].event_id
    correct(place, started, "2025-06-30", at="2025-07-03", number="LJ-1")
    assert (state(place, H1, "XE-JI6"), state(place, H2, "XE-JI6")) == (State.MET, State.BREACHED_OPEN)


def test_what_a_correction_changes_is_made_good_by_the_sweep(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    held = hold(place, "2025-07-01").entries[0].event_id
    with monkeypatch.context() as patch:
        append, calls = Cut.append, count()
        patch.setattr(Cut, "append", lambda log, batch: append(log, batch) if next(calls) == 0 else busy())
        correct(place, held, "2025-06-30", at="2025-07-03")
    assert (state(place, H1), state(place, H2)) == (State.BREACHED_OPEN, State.MET)
    assert swept(place, "2025-07-02T12:00").counted == 0, "not known yet"
    assert swept(place, "2025-07-04").counted == 2
    assert (state(place, H1), state(place, H2)) == (State.MET, State.BREACHED_OPEN)
    assert swept(place, "2025-07-05").counted == 0


def test_a_period_that_is_opened_late_counts_by_the_right_date(place: Place) -> None:
    held = hold(place, "2025-12-31", "LX-1").entries[0].event_id
    correct(place, held, "2026-01-02", at="2026-01-03")
    swept(place, "2026-01-04")
    assert (state(place, H2), state(place, "ZQ-2026-H1", at="2026-08-01")) == (State.BREACHED_OPEN, State.MET)


def busy() -> Any:
    raise FileMoved("busy")
