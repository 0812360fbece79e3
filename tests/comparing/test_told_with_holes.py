"""Recomputed, what a case rests on may not have happened yet: no fact is refused for that when the case is told."""

from __future__ import annotations

from datetime import date

from domain.cases.cadence.case import Cadence
from domain.cases.cadence.events import HalfYearOpened, MeetingDiscounted
from domain.cases.inspection.case import JointInspection
from domain.cases.inspection.events import HandlingCompleted
from domain.names import Fixed, FixedDay
from tests.given import opening


def test_a_meeting_can_be_counted_no_more_that_was_not_counted_yet() -> None:
    case = Cadence()
    case.record(
        HalfYearOpened(
            **opening("ZQ-2025-H2"), office="zwj", begins=FixedDay(date(2025, 7, 1)), ends=FixedDay(date(2025, 12, 31))
        )
    )
    case.record(MeetingDiscounted(matter="ZQ-2025-H2", meeting=Fixed("LX-1"), full_left=False))
    assert case.summary()["meetings"] == []


def test_a_finding_can_be_disposed_of_that_was_not_made_yet() -> None:
    case = JointInspection()
    case.record(HandlingCompleted(matter="JC-1-F1", outcome="已处理"))
    assert case.findings == {}
