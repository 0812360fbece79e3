"""Completing (办结) a task: progress, the report of completion, its rejection or verification, and the circulation of what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.task import law
from domain.cases.task.events import (
    OverdueCirculated,
    TaskClosed,
    TaskCompletionRejected,
    TaskCompletionReported,
    TaskProgressReported,
)
from domain.cases.task.record import ASSIGNED, CLOSED, REPORTED, TaskRecord
from domain.demands import blank, stated
from domain.kernel import Organ, Refused, party, role, step
from domain.law.clock import OVERDUE

if TYPE_CHECKING:
    from domain.desk import Desk

RULE = "TASK-DUE"
LEADS, INVOLVED = party("leads"), party("involved")
SUPERVISES = (role("office"), role("inspector"), party("authority"))


class Completing(TaskRecord):
    """Steps by those who do the task, and by those who see to it that it is done."""

    @step(INVOLVED, states=(ASSIGNED, REPORTED))
    def report_progress(self, desk: Desk, *, progress: str | None) -> None:
        """Say how far the task has come."""
        progress = stated(progress, law.PROGRESS_REQUIRED)
        self.record(TaskProgressReported(matter=self.matter, progress=progress))

    @step(LEADS, states=(ASSIGNED, REPORTED))
    def report_completion(self, desk: Desk, *, evidence: tuple[str, ...] | None) -> None:
        """Report the task done, with the evidence. The day of this report is what counts once it is verified."""
        if self.state == REPORTED:
            raise Refused(law.ALREADY_REPORTED)
        if not evidence or any(map(blank, evidence)):
            raise Refused(law.EVIDENCE_REQUIRED)
        self.record(TaskCompletionReported(matter=self.matter, evidence=evidence))

    @step(*SUPERVISES, states=(ASSIGNED, REPORTED))
    def reject_completion(self, desk: Desk, *, reason: str | None) -> None:
        """Send the report of completion back with the reason: it has stopped nothing."""
        if self.state != REPORTED:
            raise Refused(law.NOTHING_REPORTED)
        reason = stated(reason, law.REASON_REQUIRED)
        self.record(TaskCompletionRejected(matter=self.matter, reason=reason))

    @step(*SUPERVISES, states=(ASSIGNED, REPORTED))
    def verify_completion(self, desk: Desk) -> None:
        """Find the task done, as of the day on which that was reported, and close it."""
        if self.state != REPORTED:
            raise Refused(law.NOTHING_REPORTED)
        self.record(TaskClosed(matter=self.matter))

    @step(*SUPERVISES, states=(ASSIGNED, REPORTED, CLOSED))
    def circulate_overdue(self, desk: Desk, *, to: tuple[Organ, ...] = ()) -> None:
        """Circulate that the task is overdue, or was done late. `to`: who is told (those who lead, if not named)."""
        if desk.verdict(RULE, self.matter) not in OVERDUE:
            raise Refused(law.NOT_OVERDUE)
        self.record(OverdueCirculated(matter=self.matter, to=to or self.leads))
