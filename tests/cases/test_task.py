"""A task is given to departments by a date, reported done, verified or sent back, extended and circulated (督办任务)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases.task.case import Task
from domain.cases.task.events import (
    OverdueCirculated,
    TaskClosed,
    TaskCompletionRejected,
    TaskCompletionReported,
    TaskDueChanged,
    TaskHandedOver,
    TaskProgressReported,
)
from domain.law.clock import State
from domain.register import Register
from tests.cases.task_facts import ASSIGNING, GIVEN, LATE, REJECTED, REPORTED, assigned, task
from tests.given import Given, given

EVIDENCE: dict[str, Any] = {"evidence": ("验收单",)}
ASSIGN: dict[str, Any] = {**ASSIGNING, "authority": "zhb", "cooperating": ("slj", "县编办")}


def assign(by: str = "zwj", at: str = "2025-06-27", **changed: Any) -> Given:
    return given().when(Task, "assign", by=by, at=at, number="RW-1", **{**ASSIGN, **changed})


def dissolved(file: Given, *organs: str) -> Given:
    """The same file after these organs were dissolved."""
    known = file.file.register
    gone = {organ: replace(known.organs[organ], dissolved_on=date(2025, 8, 1)) for organ in organs}
    file.file.register = Register({**known.organs, **gone}, known.calendar, known.profiles)
    return file


def test_the_first_named_lead_holds_the_task_and_the_day_of_the_document_starts_the_clock() -> None:
    taken = assign()
    taken.then(assigned())
    assert taken.holder("RW-1") == "zjj"
    (clock,) = taken.clocks("TASK-DUE")
    assert (clock.party, clock.co_parties, clock.born_overdue) == ("zjj", ("czj",), False)
    judged = taken.clock("TASK-DUE", "2025-09-30T23:59+08:00")
    assert judged is not None
    assert (judged.due.day, judged.state) == (date(2025, 9, 30), State.RUNNING)
    assert taken.clock("TASK-DUE", "2025-10-01T00:00+08:00").state == State.BREACHED_OPEN  # type: ignore[union-attr]


@pytest.mark.parametrize("by", ["zwj", "gwh", "zhb", "admin", "system"])
def test_office_committee_convenor_and_whoever_imports_a_plan_assign(by: str) -> None:
    assign(by).then_topics("task.assigned")


@pytest.mark.parametrize("by", ["zjj", "jwjc", "respondent"])
def test_a_department_does_not_assign(by: str) -> None:
    assign(by).forbidden()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"leads": None}, "TASK_LEAD_REQUIRED"),
        ({"leads": ()}, "TASK_LEAD_REQUIRED"),
        ({"leads": ("zjj", "zjj")}, "TASK_LEAD_TWICE"),
        ({"cooperating": ("czj",)}, "TASK_LEAD_TWICE"),
        ({"leads": ("nobody",)}, "TASK_LEAD_UNKNOWN"),
        ({"source": None}, "TASK_SOURCE_REQUIRED"),
        ({"title": " "}, "TASK_SOURCE_REQUIRED"),
        ({"long_term": True}, "TASK_DATE_OR_LONG_TERM"),
        ({"issued": date(2025, 6, 28)}, "TASK_NOT_ISSUED_YET"),
    ],
)
def test_a_task_names_its_leads_its_document_and_one_date_at_most(changed: dict[str, Any], code: str) -> None:
    assign(**changed).refused(code)


def test_a_dissolved_department_is_given_no_task() -> None:
    dissolved(given(), "czj").when(Task, "assign", by="zwj", at="2025-08-02", **ASSIGN).refused("TASK_LEAD_UNKNOWN")


def test_a_matter_stands_once_in_its_file() -> None:
    task().when(Task, "assign", by="zwj", at="2025-07-01", number="RW-2", matter="RW-1", **ASSIGN).refused(
        "MATTER_TAKEN"
    )


@pytest.mark.parametrize("changed", [{"due": None}, {"due": None, "long_term": True}])
def test_an_undated_or_long_term_task_has_no_clock(changed: dict[str, Any]) -> None:
    taken = assign(**changed)
    taken.then(assigned(**changed))
    assert taken.clocks("TASK-DUE") == []
    taken.when(Task, "extend", by="zhb", at="2025-07-01", due=date(2026, 1, 1), why="x").refused("TASK_HAS_NO_DATE")
    taken.when(Task, "circulate_overdue", by="zwj", at="2026-07-01").refused("TASK_NOT_OVERDUE")
    taken.when(Task, "report_completion", by="zjj", at="2026-07-01", **EVIDENCE)
    taken.when(Task, "verify_completion", by="zwj", at="2026-07-02").then(TaskClosed(matter="RW-1"))


@pytest.mark.parametrize("by", ["zjj", "czj", "slj"])
def test_leads_and_cooperating_departments_report_progress(by: str) -> None:
    taken = task().when(Task, "report_progress", by=by, at="2025-07-10", progress="已招标")
    taken.then(TaskProgressReported(matter="RW-1", progress="已招标"))
    task().when(Task, "report_progress", by=by, at="2025-07-10", progress=None).refused("TASK_PROGRESS_REQUIRED")


def test_others_report_no_progress_and_who_only_cooperates_no_completion() -> None:
    task().when(Task, "report_progress", by="fgj", at="2025-07-10", progress="x").forbidden()
    task().when(Task, "report_completion", by="slj", at="2025-07-10", **EVIDENCE).forbidden()


@pytest.mark.parametrize("by", ["zjj", "czj"])
def test_any_lead_reports_completion_and_in_time_it_waits_for_verification(by: str) -> None:
    taken = task().when(Task, "report_completion", by=by, at="2025-09-30T23:00+08:00", **EVIDENCE)
    taken.then(TaskCompletionReported(matter="RW-1", evidence=("验收单",)))
    judged = taken.clock("TASK-DUE", "2025-12-01")
    assert judged is not None
    assert (judged.state, judged.pending_verification) == (State.RUNNING, True)
    taken.when(Task, "verify_completion", by="zwj", at="2025-12-02").then(TaskClosed(matter="RW-1"))
    judged = taken.clock("TASK-DUE")
    assert judged is not None and judged.stopped is not None
    assert (judged.state, judged.stopped.date(), taken.holder()) == (State.MET, date(2025, 9, 30), None)


@pytest.mark.parametrize("evidence", [None, (), ("",)])
def test_completion_is_reported_with_evidence(evidence: Any) -> None:
    task().when(Task, "report_completion", by="zjj", at="2025-09-01", evidence=evidence).refused(
        "TASK_EVIDENCE_REQUIRED"
    )


def test_what_is_reported_is_not_reported_again_before_the_answer() -> None:
    task(REPORTED).when(Task, "report_completion", by="czj", at="2025-09-30", **EVIDENCE).refused(
        "TASK_ALREADY_REPORTED"
    )


def test_after_a_rejection_the_task_is_overdue_from_its_date_on() -> None:
    taken = task(REPORTED).when(Task, "reject_completion", by="zwj", at="2025-10-10", reason="未附佐证")
    taken.then(TaskCompletionRejected(matter="RW-1", reason="未附佐证"))
    judged = taken.clock("TASK-DUE")
    assert judged is not None
    assert (judged.state, judged.late_calendar_days) == (State.BREACHED_OPEN, 10)


def test_a_report_after_the_date_is_shown_as_late_at_once_and_stays_so_once_verified() -> None:
    taken = task(REPORTED, REJECTED, LATE)
    judged = taken.clock("TASK-DUE")
    assert judged is not None
    assert (judged.state, judged.late_calendar_days, judged.pending_verification) == (State.BREACHED_LATE, 17, True)
    taken.when(Task, "verify_completion", by="zwj", at="2025-10-20")
    judged = taken.clock("TASK-DUE")
    assert judged is not None
    assert (judged.state, judged.late_calendar_days, judged.pending_verification) == (State.BREACHED_LATE, 17, False)


def test_a_rejection_gives_its_reason() -> None:
    task(REPORTED).when(Task, "reject_completion", by="zwj", at="2025-10-10", reason=None).refused(
        "TASK_REASON_REQUIRED"
    )


@pytest.mark.parametrize(("step", "arguments"), [("reject_completion", {"reason": "x"}), ("verify_completion", {})])
def test_only_what_was_reported_is_verified_or_rejected_and_not_by_its_lead(
    step: str, arguments: dict[str, Any]
) -> None:
    for by in ("zwj", "jwjc", "zhb"):
        task().when(Task, step, by=by, at="2025-09-29", **arguments).refused("TASK_NOTHING_REPORTED")
        task(REPORTED).when(Task, step, by=by, at="2025-09-30", **arguments).then_topics(
            {"reject_completion": "task.completion-rejected", "verify_completion": "task.closed"}[step]
        )
    task(REPORTED).when(Task, step, by="zjj", at="2025-09-30", **arguments).forbidden()


@pytest.mark.parametrize(
    "step,by,arguments",
    [
        ("report_progress", "zjj", {"progress": "x"}),
        ("report_completion", "zjj", EVIDENCE),
        ("reject_completion", "zwj", {"reason": "x"}),
        ("verify_completion", "zwj", {}),
        ("extend", "zhb", {"due": date(2026, 1, 1), "why": "x"}),
        ("hand_over", "zwj", {"to": "czj", "why": "x"}),
    ],
)
def test_a_closed_task_is_closed(step: str, by: str, arguments: dict[str, Any]) -> None:
    closed = task(REPORTED, (TaskClosed(matter="RW-1"), "2025-09-30", "zwj"))
    closed.when(Task, step, by=by, at="2025-10-08", **arguments).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_who_set_the_date_moves_it_before_it_has_come() -> None:
    taken = task().when(Task, "extend", by="zhb", at="2025-09-29", due=date(2025, 12, 31), why="汛期停工")
    taken.then(TaskDueChanged(matter="RW-1", due=date(2025, 12, 31), why="汛期停工"))
    judged = taken.clock("TASK-DUE", "2025-10-08")
    assert judged is not None
    assert (judged.due.day, judged.state) == (date(2025, 12, 31), State.RUNNING)
    assert taken.case is not None and taken.case.summary()["first_due"] == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("at", "due", "why", "code"),
    [
        ("2025-09-30", date(2025, 12, 31), "x", "TASK_EXTENSION_TOO_LATE"),
        ("2025-10-08", date(2025, 12, 31), "x", "TASK_EXTENSION_TOO_LATE"),
        ("2025-09-01", date(2025, 9, 30), "x", "TASK_DATE_NOT_LATER"),
        ("2025-09-01", date(2025, 12, 31), None, "TASK_REASON_REQUIRED"),
    ],
)
def test_a_date_is_moved_to_a_later_one_with_a_reason_before_it_comes(at: str, due: date, why: Any, code: str) -> None:
    task().when(Task, "extend", by="zhb", at=at, due=due, why=why).refused(code)


def test_neither_office_nor_lead_moves_a_date_that_the_convenor_set() -> None:
    for by in ("zwj", "zjj"):
        task().when(Task, "extend", by=by, at="2025-09-01", due=date(2025, 12, 31), why="x").forbidden()


@pytest.mark.parametrize("by", ["zwj", "jwjc"])
def test_what_is_overdue_is_circulated(by: str) -> None:
    taken = task().when(Task, "circulate_overdue", by=by, at="2025-10-01")
    taken.then(OverdueCirculated(matter="RW-1", to=("zjj", "czj")))
    task(REPORTED, REJECTED, LATE).when(Task, "circulate_overdue", by=by, at="2025-10-18").then_topics(
        "task.overdue-circulated"
    )


def test_what_is_not_overdue_is_not_circulated_and_not_by_a_department() -> None:
    task().when(Task, "circulate_overdue", by="zwj", at="2025-09-30").refused("TASK_NOT_OVERDUE")
    task(REPORTED).when(Task, "circulate_overdue", by="zwj", at="2025-10-08").refused("TASK_NOT_OVERDUE")
    task().when(Task, "circulate_overdue", by="zjj", at="2025-10-08").forbidden()


def test_when_the_first_lead_is_dissolved_the_next_one_holds_and_owes() -> None:
    taken = dissolved(task(), "zjj").when(Task, "hand_over", by="zwj", at="2025-08-02", to="czj", why="机构改革")
    taken.then(TaskHandedOver(matter="RW-1", to="czj", leads=("czj",), why="机构改革"))
    (clock,) = taken.clocks("TASK-DUE")
    assert (taken.holder(), clock.party, clock.co_parties) == ("czj", "czj", ())
    taken.when(Task, "report_completion", by="czj", at="2025-09-01", **EVIDENCE).then_topics("task.completion-reported")


def test_a_lead_that_was_alone_is_followed_by_its_successor() -> None:
    alone = dissolved(task(leads=("zjj",)), "zjj")
    alone.when(Task, "hand_over", by="zwj", at="2025-08-02", to="fgj", why="机构改革").then_topics("task.handed-over")


def test_a_lead_that_stands_is_not_replaced_nor_one_by_a_stranger_or_without_reason() -> None:
    handing: dict[str, Any] = {"by": "zwj", "at": "2025-08-02"}
    task().when(Task, "hand_over", to="czj", why="x", **handing).refused("TASK_LEAD_STANDS")
    dissolved(task(), "zjj").when(Task, "hand_over", to="fgj", why="x", **handing).refused("TASK_NOT_A_SUCCESSOR")
    dissolved(task(), "zjj").when(Task, "hand_over", to="czj", why=None, **handing).refused("TASK_REASON_REQUIRED")
    both = dissolved(task(), "zjj", "czj")
    both.when(Task, "hand_over", to="czj", why="x", **handing).refused("TASK_NOT_A_SUCCESSOR")
    dissolved(task(), "zjj").when(Task, "hand_over", by="slj", at="2025-08-02", to="czj", why="x").forbidden()


def test_a_date_before_its_own_document_makes_a_task_overdue_when_it_is_born() -> None:
    taken = assign(due=date(2025, 3, 31))
    (clock,) = taken.clocks("TASK-DUE")
    assert (clock.born_overdue, clock.counts, clock.limit.counts) == (True, False, True)
    assert taken.clock("TASK-DUE").state == State.BREACHED_OPEN  # type: ignore[union-attr]
    assert taken.case is not None and taken.case.summary()["born_overdue"]
    assert not assign(due=date(2025, 6, 27)).clocks("TASK-DUE")[0].born_overdue


def test_the_given_fact_is_the_one_that_the_step_leaves() -> None:
    assert assign().new[0].event == GIVEN[0]
