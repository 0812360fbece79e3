"""A real case, Pinghu 2024: its dates fit the national calendar exactly, and no calendar that knows less."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.cases.complaint import CASE as COMPLAINT
from domain.law.edition import Kind
from infrastructure.calendar_files import shipped_calendars
from tests.given import Given, given

DATA = Path(__file__).parent / "data"
RECEIVED, DECIDED = date(2024, 8, 8), date(2024, 9, 20)
NATIONAL = shipped_calendars()["national"]


def steps() -> list[dict[str, Any]]:
    """The steps of the scenario."""
    told = yaml.safe_load((DATA / "pinghu.yaml").read_text(encoding="utf-8"))
    return list(told["scenario"]["steps"])


def test_the_thirtieth_working_day_is_the_day_of_the_decision() -> None:
    assert NATIONAL.nth_workday(RECEIVED, 30) == DECIDED


@pytest.mark.parametrize(
    ("counted", "last"),
    [
        (frozenset({Kind.WORKDAY, Kind.HOLIDAY}), date(2024, 9, 19)),
        (frozenset({Kind.WORKDAY}), date(2024, 9, 23)),
        (frozenset({Kind.WORKDAY, Kind.MAKE_UP}), DECIDED),
    ],
    ids=["weekdays only", "holidays without make-up days", "the whole arrangement"],
)
def test_a_calendar_that_knows_less_finds_another_day(counted: frozenset[Kind], last: date) -> None:
    later = (RECEIVED + timedelta(days=n) for n in range(1, 90))
    days = [day for day in later if NATIONAL.kind(day) in counted and (day.weekday() < 5 or Kind.MAKE_UP in counted)]
    assert days[29] == last


def test_the_file_gives_every_day_its_true_weekday() -> None:
    for step in steps():
        day = date.fromisoformat(str(step["at"])[:10])
        assert step["weekday"] == f"{day:%a}"
        assert bool(step.get("makeup_workday")) == (NATIONAL.kind(day) is Kind.MAKE_UP)


def replayed() -> Given:
    """The case up to the day before its decision."""
    return (
        given()
        .when(COMPLAINT, "register", by="czj", at="2024-08-08T10:00+08:00", number="P-9", subject="procurement",
              complainant="x", answer_period_ended=date(2024, 8, 1))
        .when(COMPLAINT, "accept", by="czj", at="2024-08-09T10:00+08:00")
        .when(COMPLAINT, "notify_respondents", by="czj", at="2024-08-09T15:00+08:00", received_on=date(2024, 8, 9))
        .when(COMPLAINT, "submit_statement", by="respondent", at="2024-08-16T11:00+08:00")
    )  # fmt: skip


def test_the_rulebook_starts_the_clocks_that_the_file_names_and_no_other() -> None:
    told = replayed().when(COMPLAINT, "decide", by="czj", at="2024-09-20T17:00+08:00", outcome="x")
    told.then_topics("complaint.decided")
    expected = {clock["rule"]: clock for step in steps() for clock in step["expect"]["clocks"]}
    found = {clock.limit.id: clock for clock in told.file.clocks if not clock.limit.right}
    assert found.keys() == expected.keys()
    for rule, clock in found.items():
        judged = told.clock(rule)
        assert judged is not None
        assert (clock.party, str(judged.due.day), judged.state) == tuple(
            expected[rule][key] for key in ("party", "due", "state")
        )


def test_a_decision_one_day_later_would_have_been_late_by_one_working_day() -> None:
    told = replayed().when(COMPLAINT, "decide", by="czj", at="2024-09-23T09:00+08:00", outcome="x")
    judged = told.clock("NA-GP-DEC30")
    assert judged is not None
    assert (judged.state, judged.late_working_days, judged.late_calendar_days) == ("breached_late", 1, 3)
