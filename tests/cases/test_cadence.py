"""In each half-year a full meeting and an inspection are to take place; each counts for the period of its own date (周期)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.cadence import CASE
from domain.cases.cadence.events import HalfYearOpened, InspectionCounted, MeetingCounted, PeriodEnded, YearOpened
from domain.cases.cadence.period import half_year_of, year_of
from domain.law.clock import State
from tests.given import Given, given, opening

H1, YEAR = {"matter": "ZQ-2025-H1"}, {"matter": "ZQ-2016"}
FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)
HALF_YEAR = HalfYearOpened(**opening("ZQ-2025-H1"), office="zwj", begins=FIRST, ends=LAST)
OPENED = (HALF_YEAR, "2025-01-01T00:00+08:00", "system")
HELD = (MeetingCounted(**H1, meeting="LX-1", held_on=date(2025, 6, 26), full=True), "2025-06-26", "system")


def opened_under(profile: str, event: type[Any], number: str, begins: date, ends: date) -> tuple[Any, str, str]:
    """A period opened in a jurisdiction that goes by this profile."""
    naming = {**opening(number), "profiles": (profile,)}
    return event(**naming, office="zwj", begins=begins, ends=ends), f"{begins}T00:00+08:00", "system"


def meeting(file: Given, day: str, number: str = "LX-1", *, full: bool = True, by: str = "system") -> Given:
    """A meeting is counted."""
    return file.when(CASE, "count_meeting", by=by, at=day, meeting=number, held_on=date.fromisoformat(day), full=full)


def state(file: Given, rule: str, at: str | None = None) -> State:
    judged = file.clock(rule, at)
    assert judged is not None
    return judged.state


@pytest.mark.parametrize(
    ("day", "half_year", "year"),
    [
        ("2024-12-31", "ZQ-2024-H2", "ZQ-2024"),
        ("2025-01-01", "ZQ-2025-H1", "ZQ-2025"),
        ("2025-06-30", "ZQ-2025-H1", "ZQ-2025"),
        ("2025-07-01", "ZQ-2025-H2", "ZQ-2025"),
    ],
)
def test_a_day_lies_in_one_half_year_and_one_year(day: str, half_year: str, year: str) -> None:
    found = date.fromisoformat(day)
    assert (half_year_of(found).number, year_of(found).number) == (half_year, year)
    assert all(period.begins <= found <= period.ends for period in (half_year_of(found), year_of(found)))


def test_the_timer_opens_a_half_year_which_the_office_holds_and_answers_for() -> None:
    found = given().when(CASE, "open_half_year", by="system", at="2025-01-01T00:00+08:00", number="ZQ-2025-H1")
    found.then(HALF_YEAR)
    assert found.holder() == "zwj"
    due = {rule: found.clock(rule).due.day for rule in ("XE-JM6", "XE-JI6")}  # type: ignore[union-attr]
    assert due == {"XE-JM6": LAST, "XE-JI6": LAST}
    assert {clock.party for clock in found.file.clocks} == {"zwj"}


def test_a_period_is_opened_under_its_own_number_once_and_by_nobody_else() -> None:
    given(OPENED).when(CASE, "open_half_year", by="system", at="2025-03-01", number="ZQ-2025-H1").refused(
        "MATTER_TAKEN"
    )
    given().when(CASE, "open_half_year", by="system", at="2025-07-01", number="ZQ-2025-H1").refused("WRONG_PERIOD")
    given().when(CASE, "open_year", by="system", at="2025-07-01", number="ZQ-2025-H2").refused("WRONG_PERIOD")
    given().when(CASE, "open_half_year", by="zwj", at="2025-01-01", number="ZQ-2025-H1").forbidden()
    given().when(CASE, "open_year", by="zwj", at="2025-01-01", number="ZQ-2025").forbidden()


def test_a_period_needs_an_office() -> None:
    nobody = given()
    nobody.file.register.organs = {key: each for key, each in nobody.file.register.organs.items() if key != "zwj"}
    nobody.when(CASE, "open_year", by="system", at="2025-01-01", number="ZQ-2025").refused("NO_OFFICE")


def test_a_full_meeting_meets_the_half_year_on_its_own_day() -> None:
    found = meeting(given(OPENED), "2025-06-26")
    found.then(MeetingCounted(**H1, meeting="LX-1", held_on=date(2025, 6, 26), full=True))
    assert (state(found, "XE-JM6"), state(found, "XE-JI6", "2025-07-01")) == (State.MET, State.BREACHED_OPEN)
    assert found.clocks("XE-JM6")[0].stop.at.date() == date(2025, 6, 26)  # type: ignore[union-attr]


def test_a_meeting_of_some_is_counted_and_does_not_meet_it() -> None:
    found = meeting(given(OPENED), "2025-03-05", full=False)
    found.then_topics("cadence.meeting-counted")
    assert state(found, "XE-JM6", "2025-07-01") is State.BREACHED_OPEN
    meeting(found, "2025-06-30", "LX-2")
    assert state(found, "XE-JM6") is State.MET
    assert found.case is not None
    assert found.case.summary()["full_meetings"] == ["LX-2"] and found.case.summary()["meetings"] == ["LX-1", "LX-2"]


def test_an_inspection_meets_the_other_limit() -> None:
    found = given(OPENED).when(
        CASE, "count_inspection", by="system", at="2025-05-06", inspection="LJ-1", started_on=date(2025, 5, 6)
    )
    found.then(InspectionCounted(**H1, inspection="LJ-1", started_on=date(2025, 5, 6)))
    assert (state(found, "XE-JI6"), state(found, "XE-JM6")) == (State.MET, State.RUNNING)


def test_nothing_counts_twice_or_for_a_period_in_which_it_did_not_happen() -> None:
    meeting(given(OPENED, HELD), "2025-06-26").refused("ALREADY_COUNTED")
    meeting(given(OPENED), "2025-07-01").refused("OUTSIDE_PERIOD")
    found = given(OPENED)
    started = {"inspection": "LJ-1", "started_on": date(2025, 5, 6)}
    found.when(CASE, "count_inspection", by="system", at="2025-05-06", **started)
    found.when(CASE, "count_inspection", by="system", at="2025-05-07", **started).refused("ALREADY_COUNTED")
    found.when(
        CASE, "count_inspection", by="system", at="2025-07-01", inspection="LJ-2", started_on=date(2024, 12, 31)
    ).refused("OUTSIDE_PERIOD")


def test_only_the_timer_counts() -> None:
    meeting(given(OPENED), "2025-06-26", by="zwj").forbidden()
    given(OPENED).when(
        CASE, "count_inspection", by="zwj", at="2025-05-06", inspection="LJ-1", started_on=date(2025, 5, 6)
    ).forbidden()


def test_a_missed_half_year_stays_missed_softly_and_a_meeting_of_the_next_one_does_not_mend_it() -> None:
    found = given(OPENED)
    meeting(found, "2025-07-02").refused("OUTSIDE_PERIOD")
    found.when(CASE, "end", by="system", at="2025-07-01T00:00+08:00").then(PeriodEnded(**H1))
    assert (found.holder(), state(found, "XE-JM6", "2026-01-01")) == (None, State.BREACHED_OPEN)
    assert {clock.limit.severity for clock in found.file.clocks} == {"soft"}


def test_a_period_ends_when_it_is_over_and_once() -> None:
    given(OPENED).when(CASE, "end", by="system", at="2025-06-30T23:59+08:00").refused("PERIOD_NOT_OVER")
    ended = (PeriodEnded(**H1), "2025-07-01T00:00+08:00", "system")
    given(OPENED, ended).when(CASE, "end", by="system", at="2025-07-02").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(OPENED).when(CASE, "end", by="zwj", at="2025-07-01").forbidden()


def test_what_was_held_in_it_and_recorded_after_its_end_counts() -> None:
    ended = (PeriodEnded(**H1), "2025-07-01T00:00+08:00", "system")
    found = meeting(given(OPENED, ended), "2025-06-26")
    assert (state(found, "XE-JM6"), found.holder()) == (State.MET, None)


def test_ningbo_counts_half_years_and_dali_years() -> None:
    ningbo = opened_under("ningbo-2017", HalfYearOpened, "ZQ-2018-H1", date(2018, 1, 1), date(2018, 6, 30))
    found = given(ningbo)
    assert {clock.limit.id for clock in found.file.clocks} == {"NB-JM6"}
    assert state(meeting(found, "2018-06-30"), "NB-JM6") is State.MET
    dali = given(opened_under("dali-2016", YearOpened, "ZQ-2017", date(2017, 1, 1), date(2017, 12, 31)))
    assert {clock.limit.id for clock in dali.file.clocks} == {"DL-JM1"}
    assert dali.clock("DL-JM1").due.day == date(2017, 12, 31)  # type: ignore[union-attr]
    for day, number in (("2017-03-01", "LX-1"), ("2017-06-01", "LX-2"), ("2017-12-31", "LX-3")):
        meeting(dali, day, number).then_topics("cadence.meeting-counted")
    assert dali.clocks("DL-JM1")[0].stop.at.date() == date(2017, 3, 1), "more than two are no breach"  # type: ignore[union-attr]
    other = given(opened_under("dali-2016", YearOpened, "ZQ-2018", date(2018, 1, 1), date(2018, 12, 31)))
    assert state(other, "DL-JM1", "2019-01-01") is State.BREACHED_OPEN


def test_the_timer_opens_a_year() -> None:
    found = given().when(CASE, "open_year", by="system", at="2016-01-01T00:00+08:00", number="ZQ-2016")
    found.then(YearOpened(**opening("ZQ-2016"), office="zwj", begins=date(2016, 1, 1), ends=date(2016, 12, 31)))
