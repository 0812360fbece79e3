"""Handling (处理), filing (报备) and closing (结案) of a complaint, report or matter found on the way; reopening (重新处理)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import (
    CaseClosed,
    CaseReopened,
    CaseReportFiled,
    ComplaintDecided,
    Finding,
    HandlingCompleted,
)
from domain.cases.complaint.record import (
    ACCEPTED,
    CLOSED,
    DECIDED,
    HANDLED,
    JOINED,
    PAUSED,
    RECEIVED,
    REPORTED,
    TRANSFERRED,
    UNDER_INQUIRY,
    Record,
)
from domain.demands import require, stated
from domain.kernel import Event, Refused, party, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk


class Outcome(Record):
    """Decide, serve, report, close. `matter` names a violation found on the way instead of the case's own matter."""

    @step(states=(RECEIVED, *UNDER_INQUIRY))
    def decide(self, desk: Desk, *, outcome: str | None) -> None:
        """Decide the complaint in writing."""
        self.require_complaint()
        self.require_accepted()
        self.require_finance(desk)
        require(self.state != PAUSED, law.PAUSE_OPEN)
        outcome = stated(outcome, law.DECISION_UNWRITTEN)
        self.record(ComplaintDecided(matter=self.matter, outcome=outcome))
        self.decided_by = desk.organ

    @step(states=(RECEIVED, *UNDER_INQUIRY, DECIDED))
    def serve_decision(self, desk: Desk) -> None:
        """Serve the decision on the last party: the handling is complete."""
        self.require_complaint()
        require(self.state == DECIDED, law.DECISION_NEEDED)
        self.record(HandlingCompleted(matter=self.matter))

    @step()
    def complete_handling(self, desk: Desk, *, matter: str | None = None) -> None:
        """Finish with a report, or with a violation found on the way, that is in the own remit."""
        where = matter or self.matter
        stage = self._stage(where)
        require(stage not in (HANDLED, REPORTED, CLOSED), law.ALREADY_DONE)
        self.require_unreferred(desk, where)
        if where == self.matter:
            require(self.is_report, law.DECISION_NEEDED)
            require(stage != PAUSED, law.PAUSE_OPEN)
            require(stage == ACCEPTED, law.NOT_ACCEPTED)
        self.record(HandlingCompleted(matter=where))

    @step()
    def file_report(self, desk: Desk, *, matter: str | None = None, uploaded_to: str | None = None) -> None:
        """Report the handling to the coordinating office."""
        where = matter or self.matter
        stage = self._stage(where)
        require(stage != REPORTED and not (where == self.matter and self.reported), law.ALREADY_DONE)
        require(stage == HANDLED, law.NOT_HANDLED)
        self.record(CaseReportFiled(matter=where, uploaded_to=uploaded_to))

    @step()
    def close(self, desk: Desk, *, matter: str | None = None) -> None:
        """Close the matter: nobody holds it any more."""
        where = matter or self.matter
        stage = self._stage(where)
        require(stage != TRANSFERRED, law.OPEN_REFERRAL)
        require(stage in (HANDLED, REPORTED, JOINED) or self._nothing_to_do(where), law.NOT_HANDLED)
        require(desk.file.matters[where].in_transit_to is None, law.IN_TRANSIT)
        running = self._running(desk, where)
        require(not running, law.CLOCKS_RUNNING, rules=running)
        self.record(CaseClosed(matter=where))

    def _stage(self, matter: str) -> str:
        stage = self.state if matter == self.matter else self.violations.get(matter)
        if stage is None:
            raise Refused(law.NO_SUCH_MATTER, matter=matter)
        return stage

    def _nothing_to_do(self, matter: str) -> bool:
        """Another department is competent, nothing has to be transferred, and an anonymous reporter cannot be told."""
        alone = matter == self.matter and self.state == RECEIVED
        return alone and self.competent is not None and not self.transfer_required and not self.named

    def _running(self, desk: Desk, matter: str) -> tuple[str, ...]:
        """Rules whose act a public organ still owes; what the respondent owes keeps no case open."""
        owed = desk.file.open_clocks(matter, desk.at)
        organs = {clock.party: desk.known(clock.party) for clock in owed}
        return tuple(
            clock.limit.id for clock in owed if (organ := organs[clock.party]) and "respondent" not in organ.roles
        )

    @step(party("decided_by"), states=(DECIDED, HANDLED, CLOSED))
    def reopen(self, desk: Desk, *, judgment: str | None, judgment_received_on: date | None) -> None:
        """Decide again after a court or a reconsideration organ has annulled the decision."""
        self.require_complaint()
        if judgment is None or not judgment.strip() or judgment_received_on is None:
            raise Refused(law.JUDGMENT_REQUIRED)
        decided = desk.file.latest(ComplaintDecided.TOPIC, self.matter)
        first = day_of(decided.occurred_at) if decided else judgment_received_on
        require(first <= judgment_received_on <= day_of(desk.at), law.NOT_ANNULLED, decided=first)
        settled = self.review is None and self.review_result in (None, Finding.ANNULLED)
        require(settled, law.NOT_ANNULLED, open=self.review, result=self.review_result)
        self.record(CaseReopened(matter=self.matter, judgment=judgment, judgment_received_on=judgment_received_on))

    def on(self, event: Event) -> None:
        match event:
            case HandlingCompleted() | CaseReportFiled() | CaseClosed() if event.matter != self.matter:
                self._on_violation(event)
            case ComplaintDecided():
                self.state, self.outcome = DECIDED, event.outcome
            case HandlingCompleted():
                self.state = HANDLED
            case CaseReportFiled():
                self.reported = True
            case CaseClosed():
                self.state = CLOSED
            case CaseReopened():
                self.state, self.outcome, self.pauses, self.review_result = ACCEPTED, None, (), None
                self.reported = self.decision_published = False
                self.review = None
            case _:
                super().on(event)

    def _on_violation(self, event: HandlingCompleted | CaseReportFiled | CaseClosed) -> None:
        match event:
            case HandlingCompleted():
                self.violations[event.matter] = HANDLED
            case CaseReportFiled():
                self.violations[event.matter] = REPORTED
            case CaseClosed():
                self.violations[event.matter] = CLOSED
