"""Steps that only complaints about government procurement (政府采购投诉) know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import (
    CorrectionReceived,
    CorrectionRequested,
    DecisionPublished,
    ProcurementResumed,
    ProcurementSuspended,
    ProcurementSuspensionLapsed,
    RespondentsNotified,
    RespondentStatementReceived,
)
from domain.cases.complaint.record import (
    CORRECTING,
    DECIDED,
    HANDLED,
    IN_HAND,
    RECEIVED,
    UNDER_INQUIRY,
    UNDER_REVIEW,
    Record,
)
from domain.demands import blank, require
from domain.kernel import Event, Refused, role, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk


class Procurement(Record):
    """What the finance department does, and the respondent."""

    @step(states=UNDER_REVIEW)
    def request_correction(self, desk: Desk, *, items: tuple[str, ...] | None, deadline: date | None) -> None:
        """Tell the complainant, once, what to correct and until when."""
        self.require_procurement(desk)
        require(not self.correction_requested, law.CORRECTION_ONCE)
        if not items or any(map(blank, items)) or deadline is None:
            raise Refused(law.CORRECTION_UNSPECIFIED)
        self.record(CorrectionRequested(matter=self.matter, items=items, deadline=deadline))

    @step(states=(CORRECTING,))
    def record_correction(self, desk: Desk) -> None:
        """Record that the complainant has corrected the complaint."""
        self.require_procurement(desk)
        self.record(CorrectionReceived(matter=self.matter))

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def suspend_procurement(self, desk: Desk, *, served_on: date | None = None) -> None:
        """Order the procurement to stop. `served_on`: when the notice arrived, else today."""
        self.require_procurement(desk)
        self.require_accepted()
        require(not self.procurement_suspended, law.ALREADY_DONE)
        require(not self.suspension_lapsed, law.SUSPENSION_EXHAUSTED)
        self.record(ProcurementSuspended(matter=self.matter, served_on=served_on or day_of(desk.at)))

    @step(states=(*UNDER_INQUIRY, DECIDED, HANDLED))
    def resume_procurement(self, desk: Desk) -> None:
        """Let the procurement go on."""
        self.require_procurement(desk)
        require(self.procurement_suspended, law.NOT_SUSPENDED)
        self.record(ProcurementResumed(matter=self.matter))

    @step(role("system"))
    def lapse_suspension(self, desk: Desk) -> None:
        """The longest time for a suspension has run out."""
        require(self.procurement_suspended, law.NOT_SUSPENDED)
        require(self._time_is_up(desk), law.SUSPENSION_RUNS)
        self.record(ProcurementSuspensionLapsed(matter=self.matter))

    def _time_is_up(self, desk: Desk) -> bool:
        clock = desk.clock("NA-GP-SUS30", self.matter)
        last = None if clock is None else desk.file.judge(clock, desk.at).due.day
        return last is None or day_of(desk.at) >= last

    @step(states=IN_HAND)
    def notify_respondents(self, desk: Desk, *, received_on: date | None = None) -> None:
        """Send the notice to answer with the copies. `received_on`: when they arrived, else today."""
        self.require_procurement(desk)
        require(not self.respondents_notified, law.ALREADY_DONE)
        self.record(RespondentsNotified(matter=self.matter, received_on=received_on or day_of(desk.at)))

    @step(role("respondent"))
    def submit_statement(self, desk: Desk) -> None:
        """Explain in writing, as the respondent."""
        require(self.respondents_notified, law.NOT_NOTIFIED)
        self.record(RespondentStatementReceived(matter=self.matter))

    @step(states=(DECIDED, HANDLED))
    def publish_decision(self, desk: Desk) -> None:
        """Publish the decision."""
        self.require_procurement(desk)
        require(not self.decision_published, law.ALREADY_DONE)
        self.record(DecisionPublished(matter=self.matter))

    def on(self, event: Event) -> None:
        match event:
            case CorrectionRequested():
                self.state, self.correction_requested = CORRECTING, True
            case CorrectionReceived():
                self.state = RECEIVED
            case ProcurementSuspended():
                self.procurement_suspended = True
            case ProcurementResumed():
                self.procurement_suspended = False
            case ProcurementSuspensionLapsed():
                self.procurement_suspended, self.suspension_lapsed = False, True
            case RespondentsNotified():
                self.respondents_notified = True
            case RespondentStatementReceived():
                pass
            case DecisionPublished():
                self.decision_published = True
            case _:
                super().on(event)
