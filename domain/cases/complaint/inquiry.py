"""Steps of the inquiry (调查): inspection and expert review, suspension of trading, withdrawal, new violations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import (
    ComplaintTerminated,
    ExpertOpinionReceived,
    ExpertReview,
    ExpertReviewCommissioned,
    Inspection,
    InspectionCommissioned,
    InspectionReportReceived,
    Subject,
    TradingResumed,
    TradingSuspended,
    ViolationDiscovered,
    WithdrawalRefused,
    WithdrawalRequested,
)
from domain.cases.complaint.record import (
    ACCEPTED,
    DECIDED,
    HANDLED,
    IN_HAND,
    PAUSED,
    RECEIVED,
    TERMINATED,
    UNDECIDED,
    UNDER_INQUIRY,
    Record,
)
from domain.demands import blank, check_new, require
from domain.kernel import Event, Protected, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk

INSPECTION, EXPERT_REVIEW = "inspection", "expert review"
DISCOVERED = "discovered"


class Inquiry(Record):
    """What the holder does between acceptance and decision."""

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def commission_inspection(self, desk: Desk, *, kind: Inspection, pause_id: str | None = None) -> None:
        """Commission an inspection, test or appraisal. The decision waits from here to its report."""
        self._pausable(INSPECTION, pause_id)
        self.record(InspectionCommissioned(matter=self.matter, kind=kind, pause_id=pause_id))

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def record_inspection_report(self, desk: Desk, *, pause_id: str | None = None) -> None:
        """Record the report that was waited for. `pause_id`: the one meant, else the oldest."""
        self._waiting(INSPECTION, pause_id)
        self.record(InspectionReportReceived(matter=self.matter, pause_id=pause_id))

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def commission_expert_review(
        self, desk: Desk, *, kind: ExpertReview = ExpertReview.EXPERT_REVIEW, pause_id: str | None = None
    ) -> None:
        """Commission an expert review. The decision waits from here to its opinion."""
        self._pausable(EXPERT_REVIEW, pause_id)
        self.record(ExpertReviewCommissioned(matter=self.matter, kind=kind, pause_id=pause_id))

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def record_expert_opinion(self, desk: Desk, *, pause_id: str | None = None) -> None:
        """Record the opinion that was waited for. `pause_id`: the one meant, else the oldest."""
        self._waiting(EXPERT_REVIEW, pause_id)
        self.record(ExpertOpinionReceived(matter=self.matter, pause_id=pause_id))

    def _pausable(self, what: str, pause_id: str | None) -> None:
        self.require_accepted()
        require(pause_id is None or (what, pause_id) not in self.pauses, law.ALREADY_DONE, pause_id=pause_id)

    def _waiting(self, what: str, pause_id: str | None) -> None:
        waiting = [name for kind, name in self.pauses if kind == what]
        require(pause_id in waiting if pause_id else waiting, law.NO_SUCH_PAUSE, pause_id=pause_id)

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def suspend_trading(self, desk: Desk) -> None:
        """Order the bidding to stop, where necessary."""
        require(self.subject is Subject.BIDDING, law.BIDDING_ONLY)
        self.require_accepted()
        require(not self.trading_suspended, law.ALREADY_DONE)
        self.record(TradingSuspended(matter=self.matter))

    @step(states=(*UNDER_INQUIRY, DECIDED, HANDLED))
    def resume_trading(self, desk: Desk) -> None:
        """Let the bidding go on."""
        require(self.trading_suspended, law.NOT_SUSPENDED)
        self.record(TradingResumed(matter=self.matter))

    @step(states=UNDECIDED)
    def request_withdrawal(
        self, desk: Desk, *, written: bool, grounds: str | None, by: Protected[str | None] = None
    ) -> None:
        """Record that the complainant wants to withdraw. `by`: who asks; `grounds`: the reasons given."""
        self.require_complaint()
        require(not self.withdrawal_open, law.ALREADY_DONE)
        require(written, law.WITHDRAWAL_UNWRITTEN)
        require(not blank(grounds) or self.subject is Subject.PROCUREMENT, law.WITHDRAWAL_UNREASONED)
        self.record(WithdrawalRequested(matter=self.matter, by=by, written=written, grounds=grounds))

    @step(states=UNDECIDED)
    def grant_withdrawal(self, desk: Desk, *, violation_established: bool, harms_others: bool = False) -> None:
        """Let the complainant withdraw: the procedure ends."""
        require(self.withdrawal_open, law.NO_WITHDRAWAL_REQUEST)
        if self.subject is Subject.BIDDING:
            require(not violation_established, law.WITHDRAWAL_BARRED_VIOLATION_ESTABLISHED)
            require(not harms_others, law.WITHDRAWAL_BARRED_HARM)
        self.record(ComplaintTerminated(matter=self.matter))

    @step(states=UNDECIDED)
    def refuse_withdrawal(self, desk: Desk, *, violation_established: bool, harms_others: bool = False) -> None:
        """Go on in spite of the request, because a violation is established or others would be harmed."""
        require(self.withdrawal_open, law.NO_WITHDRAWAL_REQUEST)
        require(self.subject is Subject.BIDDING, law.WITHDRAWAL_ENDS_PROCEDURE)
        require(violation_established or harms_others, law.WITHDRAWAL_NOT_BARRED)
        self.record(WithdrawalRefused(matter=self.matter))

    @step(states=IN_HAND)
    def discover_violation(
        self, desk: Desk, *, new_matter: str, description: str, discovered_on: date | None = None
    ) -> None:
        """Record a new fact met on the way: a matter of its own, found on `discovered_on` (else today)."""
        today = day_of(desk.at)
        check_new(desk, new_matter)
        require(discovered_on is None or discovered_on <= today, law.FOUND_AFTER_RECORD)
        self.record(
            ViolationDiscovered(matter=new_matter, description=description, discovered_on=discovered_on or today)
        )

    def on(self, event: Event) -> None:
        match event:
            case InspectionCommissioned():
                self._pause(INSPECTION, event.pause_id)
            case ExpertReviewCommissioned():
                self._pause(EXPERT_REVIEW, event.pause_id)
            case InspectionReportReceived():
                self._resume(INSPECTION, event.pause_id)
            case ExpertOpinionReceived():
                self._resume(EXPERT_REVIEW, event.pause_id)
            case TradingSuspended():
                self.trading_suspended = True
            case TradingResumed():
                self.trading_suspended = False
            case WithdrawalRequested():
                self.withdrawal_open = True
            case WithdrawalRefused():
                self.withdrawal_open = False
            case ComplaintTerminated():
                self.state, self.withdrawal_open = TERMINATED, False
            case ViolationDiscovered():
                self.violations[event.matter] = DISCOVERED
            case _:
                super().on(event)

    def _pause(self, what: str, pause_id: str | None) -> None:
        self.pauses, self.state = (*self.pauses, (what, pause_id)), PAUSED

    def _resume(self, what: str, pause_id: str | None) -> None:
        """The named pause ends; without a name the one of its kind that has been open longest."""
        place = next(
            (n for n, (kind, name) in enumerate(self.pauses) if kind == what and pause_id in (None, name)), None
        )
        self.pauses = tuple(pause for n, pause in enumerate(self.pauses) if n != place)
        self.state = self.state if self.pauses else ACCEPTED
