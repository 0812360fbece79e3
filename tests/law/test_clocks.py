"""One function computes every due date: each unit and flag, over holidays, pauses, extensions and unpublished years."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.law.clock import CHINA, Clock, Halt, Mark, State, day_of, due, judge, midnight
from domain.law.limit import Ceiling, Citation, Span, TimeLimit
from infrastructure.calendar_files import shipped_calendars

ENSHI = shipped_calendars()["enshi"]
NOBODY = UUID(int=0)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def mark(text: str, *, known: str | None = None, pending: bool = False) -> Mark:
    return Mark(NOBODY, "test.stopped", at(text), at(known or text), pending)


def clock(unit: str, amount: int = 0, *, anchor: str, roll: str = "none", conditional: bool = False, at_due: str = "breach",
          ceiling: tuple[Span, str] | None = None, given: date | None = None) -> Clock:  # fmt: skip
    span = Span(unit, amount)
    limit = TimeLimit(
        "T", "test", "", "", Citation("", ""), "seed", date(2000, 1, 1), span, (), (), roll=roll, conditional=conditional,
        at_due=at_due, not_later_than=Ceiling(ceiling[0], ()) if ceiling else None,
    )  # fmt: skip
    return Clock(NOBODY, limit, "M", NOBODY, 1, "zjj", "enshi", at(anchor), mark(anchor), span, given_date=given,
                 ceiling_anchor=at(ceiling[1]) if ceiling else None)  # fmt: skip


def halted(one: Clock, *halts: tuple[str, str | None]) -> Clock:
    one.halts = [Halt(at(begun), at(ended) if ended else None) for begun, ended in halts]
    return one


@pytest.mark.parametrize(
    ("unit", "amount", "anchor", "roll", "expected"),
    [
        ("working day", 3, "2025-01-22", "none", "2025-01-26"),
        ("working day", 5, "2024-04-25", "none", "2024-05-06"),
        ("working day", 30, "2025-08-08", "none", "2025-09-23"),
        ("working day", 30, "2024-08-08", "none", "2024-09-20"),
        ("calendar day", 7, "2025-03-26", "next", "2025-04-02"),
        ("calendar day", 3, "2025-09-29", "next", "2025-10-09"),
        ("calendar day", 3, "2025-10-09", "next", "2025-10-13"),
        ("calendar day", 1, "2025-09-26", "next", "2025-09-28"),
        ("calendar day", 30, "2024-01-03", "none", "2024-02-02"),
        ("quarter day", 30, "2025-01-01", "none", "2025-03-30"),
        ("quarter day", 30, "2025-07-01", "none", "2025-09-30"),
        ("half-year end", 0, "2025-01-01", "none", "2025-06-30"),
        ("half-year end", 0, "2025-07-01", "none", "2025-12-31"),
        ("year end", 0, "2016-05-10", "none", "2016-12-31"),
        ("year", 2, "2024-02-29", "none", "2026-02-28"),
        ("month", 1, "2025-01-31", "none", "2025-02-28"),
    ],
)
def test_the_last_day_of_each_unit(unit: str, amount: int, anchor: str, roll: str, expected: str) -> None:
    assert due(clock(unit, amount, anchor=anchor, roll=roll), ENSHI).day == date.fromisoformat(expected)


def test_hours_are_counted_to_the_instant_and_never_rolled() -> None:
    one = clock("hour", 24, anchor="2025-09-30T16:30")
    assert due(one, ENSHI).instant == at("2025-10-01T16:30")
    assert judge(one, ENSHI, at("2025-10-01T16:30")).state is State.RUNNING
    late = judge(one, ENSHI, at("2025-10-02T09:00"))
    assert (late.state, late.late_hours) == (State.BREACHED_OPEN, 16.5)


def test_a_pause_of_an_hour_rule_adds_just_its_hours() -> None:
    one = halted(clock("hour", 24, anchor="2025-09-30T16:30"), ("2025-09-30T18:00", "2025-09-30T20:30"))
    assert due(one, ENSHI).instant == at("2025-10-01T19:00")


def test_both_end_days_of_a_pause_are_not_counted() -> None:
    one = clock("working day", 30, anchor="2025-01-22")
    paused = judge(halted(one, ("2025-02-10", None)), ENSHI, at("2025-02-14"))
    assert (paused.state, paused.remaining_working_days, paused.due.paused_from) == (
        State.PAUSED,
        22,
        date(2025, 2, 10),
    )
    assert paused.due.day is None
    assert due(halted(one, ("2025-02-10", "2025-02-21")), ENSHI).day == date(2025, 3, 25)


def test_overlapping_pauses_are_counted_once() -> None:
    one = clock("working day", 30, anchor="2025-01-22")
    apart = due(halted(one, ("2025-02-10", "2025-02-14"), ("2025-02-12", "2025-02-21")), ENSHI)
    assert apart.day == due(halted(one, ("2025-02-10", "2025-02-21")), ENSHI).day


def test_a_pause_that_ends_on_the_day_it_began_moves_nothing() -> None:
    one = clock("working day", 30, anchor="2025-01-22")
    assert due(halted(one, ("2025-02-10T09:00", "2025-02-10T17:00")), ENSHI).day == due(halted(one), ENSHI).day


def test_a_pause_that_begins_after_the_due_day_cures_nothing() -> None:
    one = halted(clock("working day", 3, anchor="2025-01-22"), ("2025-01-27", None))
    assert judge(one, ENSHI, at("2025-02-05")).state is State.BREACHED_OPEN


def test_a_pause_that_begins_on_the_due_day_keeps_the_breach_away() -> None:
    one = halted(clock("working day", 3, anchor="2025-01-22"), ("2025-01-26", "2025-02-05"))
    assert due(one, ENSHI).day == date(2025, 2, 6)


def test_an_act_on_the_due_day_is_in_time_and_a_breach_begins_at_midnight() -> None:
    one = clock("working day", 3, anchor="2025-01-22")
    assert due(one, ENSHI).breach_at == midnight(date(2025, 1, 27))
    assert judge(one, ENSHI, at("2025-01-26T23:59")).state is State.RUNNING
    assert judge(one, ENSHI, at("2025-01-27T00:00")).state is State.BREACHED_OPEN
    one.stop = mark("2025-01-26T23:59")
    assert judge(one, ENSHI, at("2025-03-01")).state is State.MET
    one.stop = mark("2025-01-27T00:00")
    late = judge(one, ENSHI, at("2025-03-01"))
    assert (late.state, late.late_calendar_days, late.late_working_days) == (State.BREACHED_LATE, 1, 1)


def test_an_act_in_time_that_was_recorded_late_is_shown_as_such() -> None:
    one = clock("working day", 3, anchor="2025-01-22")
    one.stop = mark("2025-01-26", known="2025-02-10")
    judged = judge(one, ENSHI, at("2025-03-01"))
    assert judged.state is State.MET and judged.late_by_recording


def test_a_conditional_window_lapses_and_a_later_use_is_late() -> None:
    one = clock("working day", 5, anchor="2025-08-25", conditional=True)
    assert judge(one, ENSHI, at("2025-09-03")).state is State.LAPSED
    one.stop = mark("2025-09-04")
    assert judge(one, ENSHI, at("2025-09-04")).late_working_days == 3


def test_a_maximum_that_runs_out_is_met_by_law() -> None:
    one = clock("calendar day", 30, anchor="2024-01-03", at_due="lapse-met")
    judged = judge(one, ENSHI, at("2024-02-03"))
    assert judged.state is State.MET and judged.lapsed_by_law and judged.stopped == midnight(date(2024, 2, 2))


def test_no_verdict_is_given_on_a_provisional_date() -> None:
    one = clock("working day", 30, anchor="2027-12-20")
    judged = judge(one, ENSHI, at("2028-06-01"))
    assert judged.state is State.RUNNING and judged.due.provisional and not judged.final
    one.stop = mark("2027-12-22")
    assert judge(one, ENSHI, at("2028-06-01")).state is State.MET
    assert not judge(one, ENSHI, at("2028-06-01")).final
    one.stop = mark("2028-05-01")
    assert judge(one, ENSHI, at("2028-06-01")).state is State.RUNNING


def test_a_ceiling_ends_a_limit_that_would_run_longer() -> None:
    one = clock("working day", 3, anchor="2025-03-20", ceiling=(Span("working day", 8), "2025-03-11"))
    assert due(one, ENSHI).day == date(2025, 3, 21)


def test_a_report_of_completion_waits_for_its_verification() -> None:
    one = clock("date", anchor="2025-06-27", given=date(2025, 9, 30))
    one.stop = mark("2025-09-30", pending=True)
    waiting = judge(one, ENSHI, at("2025-10-05"))
    assert waiting.state is State.RUNNING and waiting.pending_verification
    one.stop = mark("2025-10-17", pending=True)
    assert judge(one, ENSHI, at("2025-10-18")).late_calendar_days == 17


DAYS = st.dates(date(2020, 1, 1), date(2025, 10, 1))
PAUSES = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=4)


def naive_due(start: date, amount: int, halts: list[tuple[date, date]]) -> date:
    """Day by day: a workday counts unless a pause that was effective covers it."""

    def reach(effective: list[tuple[date, date]]) -> date:
        day, counted = start, 0
        while counted < amount:
            day += timedelta(days=1)
            counted += ENSHI.is_workday(day) and not any(begin <= day <= end for begin, end in effective)
        return day

    effective: list[tuple[date, date]] = []
    for begin, end in sorted(halts):
        if begin > reach(effective):
            break
        if begin < end:
            effective.append((begin, end))
    return reach(effective)


@for_all(DAYS, st.integers(1, 30), PAUSES)
def test_working_days_under_any_pauses_equal_counting_day_by_day(
    start: date, amount: int, pauses: list[tuple[int, int]]
) -> None:
    halts = [(start + timedelta(days=after), start + timedelta(days=after + length)) for after, length in pauses]
    one = halted(
        clock("working day", amount, anchor=start.isoformat()), *((a.isoformat(), b.isoformat()) for a, b in halts)
    )
    assert due(one, ENSHI).day == naive_due(start, amount, halts)


@for_all(DAYS, st.integers(1, 30), PAUSES, st.integers(0, 200))
def test_a_verdict_is_a_function_of_the_day_and_never_turns_back(
    start: date, amount: int, pauses: list[tuple[int, int]], later: int
) -> None:
    halts = [(start + timedelta(days=after), start + timedelta(days=after + length)) for after, length in pauses]
    one = halted(
        clock("working day", amount, anchor=start.isoformat()), *((a.isoformat(), b.isoformat()) for a, b in halts)
    )
    breach = due(one, ENSHI).breach_at
    assert breach is not None
    assert judge(one, ENSHI, breach - timedelta(seconds=1)).state is State.RUNNING
    assert judge(one, ENSHI, breach + timedelta(days=later)).state is State.BREACHED_OPEN
    assert day_of(breach) > start
