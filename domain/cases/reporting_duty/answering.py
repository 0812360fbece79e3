"""Answering a report (确认与退回): whoever receives it acknowledges it, sends it back, or says that there is nothing to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.reporting_duty import law
from domain.cases.reporting_duty.events import DutyWaived, Report, ReportAcknowledged, ReportRejected
from domain.cases.reporting_duty.record import OFFICE, OPEN, PART_SUBMITTED, SUBMITTED, DutyRecord
from domain.demands import stated
from domain.kernel import Organ, Refused, party, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

RECEIVERS = (role(OFFICE), party("requester"))


class Answering(DutyRecord):
    """The steps of the office, or of whoever asked for information; never of the unit that owes."""

    @step(*RECEIVERS, states=(PART_SUBMITTED, SUBMITTED))
    def acknowledge(self, desk: Desk) -> None:
        """Say that all that was owed has come and is in order."""
        self._check_not_own(desk)
        if self.outstanding:
            raise Refused(law.NOT_SUBMITTED, outstanding=self.outstanding)
        self.record(ReportAcknowledged(matter=self.matter))

    @step(*RECEIVERS, states=(PART_SUBMITTED, SUBMITTED))
    def reject(self, desk: Desk, *, reason: str | None, report: Report | None = None) -> None:
        """Send a report back with the reason: its clock runs on as if it had not been submitted."""
        self._check_not_own(desk)
        reason = stated(reason, law.REASON_REQUIRED)
        if report is None and len(self.submitted) > 1:
            raise Refused(law.WHICH_REPORT, submitted=self.submitted)
        named = report or next(iter(self.submitted), None)
        if named is None or named not in self.submitted:
            raise Refused(law.NOT_SUBMITTED, report=report)
        self.record(ReportRejected(matter=self.matter, unit=Organ(self.unit), report=named, reason=reason))

    @step(*RECEIVERS, role("committee"), states=(OPEN, PART_SUBMITTED))
    def waive(self, desk: Desk, *, reason: str | None, report: Report | None = None) -> None:
        """Say with the reason that there is nothing to report: no bid was opened, no expert sat. `report`: only this one."""
        self._check_not_own(desk)
        reason = stated(reason, law.REASON_REQUIRED)
        if report is not None:
            self.check_owed(report)
        complete = report is None or self.last(report)
        self.record(DutyWaived(matter=self.matter, report=report, reason=reason, complete=complete))

    def _check_not_own(self, desk: Desk) -> None:
        if desk.organ == self.unit:
            raise Refused(law.OWN_REPORT, unit=self.unit)
