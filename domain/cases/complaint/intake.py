"""Steps from receipt (收件) to the decision who deals with a complaint or report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import (
    ComplainantRedirected,
    ComplaintAccepted,
    ComplaintReceived,
    ComplaintRejected,
    NotCompetentDetermined,
    ReportAccepted,
    ReportReceived,
    Subject,
)
from domain.cases.complaint.objections import awaits_answer, standing_objection, withdrawn
from domain.cases.complaint.record import (
    ACCEPTED,
    CORRECTING,
    RECEIVED,
    REDIRECTED,
    REJECTED,
    TRANSFERRED,
    UNDECIDED,
    UNDER_REVIEW,
    Record,
)
from domain.demands import check_new, require, stated
from domain.kernel import DEPARTMENT, HOLDER, Event, Organ, Protected, Refused, party, step
from domain.law.clock import OVERDUE

if TYPE_CHECKING:
    from domain.desk import Desk


class ReportKind(StrEnum):
    """Whether somebody stands behind a report."""

    NAMED = "实名举报"
    ANONYMOUS = "匿名举报"


class Intake(Record):
    """Register, accept, reject, or find that another department is competent."""

    @step(DEPARTMENT, opens=True)
    def register(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        subject: Subject,
        complainant: Protected[str | None],
        project: str | None = None,
        contact: Protected[str | None] = None,
        text: Protected[str | None] = None,
        matter_title: str | None = None,
        knew_on: date | None = None,
        prior_objection_answered: date | None = None,
        answer_period_ended: date | None = None,
        objection_needed: bool = True,
        same_matter_as: str | None = None,
        objection: str | None = None,
        id_number: Protected[str | None] = None,
        phone: Protected[str | None] = None,
    ) -> None:
        """Receive a complaint. What comes anonymously is a report. `objection`: its number, if not the latest of the file.

        `id_number`: the complainant's, or the code of their organisation; it and `phone` are what they are recognised by.
        """
        check_new(desk, number)
        require(complainant, law.COMPLAINANT_UNNAMED)
        raised = standing_objection(desk, subject, objection)
        require(objection is None or raised, law.NO_SUCH_OBJECTION, objection=objection)
        self.record(ComplaintReceived(
            matter=number, number=number, file_no=file_no, profiles=profiles, subject=subject,
            complainant=complainant, project=project, contact=contact, text=text, matter_title=matter_title,
            knew_on=knew_on, prior_objection_answered=prior_objection_answered,
            answer_period_ended=answer_period_ended, objection_needed=objection_needed,
            same_matter_as=same_matter_as, objection=raised, id_number=id_number, phone=phone,
        ))  # fmt: skip

    @step(DEPARTMENT, opens=True)
    def register_report(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        kind: ReportKind,
        matter: str | None = None,
        matter_title: str | None = None,
        project: str | None = None,
        complainant: Protected[str | None] = None,
        contact: Protected[str | None] = None,
        text: Protected[str | None] = None,
        id_number: Protected[str | None] = None,
        phone: Protected[str | None] = None,
    ) -> None:
        """Receive a report (举报), named or anonymous. `matter`: its id, if it is not the case number."""
        check_new(desk, matter or number)
        self.record(ReportReceived(
            matter=matter or number, number=number, file_no=file_no, profiles=profiles,
            named=kind == ReportKind.NAMED, complainant=complainant, contact=contact, text=text,
            matter_title=matter_title, project=project, id_number=id_number, phone=phone,
        ))  # fmt: skip

    @step(states=UNDER_REVIEW)
    def accept(self, desk: Desk, *, new_evidence: bool = False) -> None:
        """Take the complaint or report in hand. `new_evidence`: against an earlier decision in the same matter."""
        require(self.state != CORRECTING, law.CORRECTION_OUTSTANDING)
        require(self.competent is None or self.returned, law.NOT_IN_REMIT, competent=self.competent)
        if self.is_report:
            self.record(ReportAccepted(matter=self.matter))
            return
        self.require_finance(desk)
        self._in_time(desk)
        self._objected_first(desk)
        self._undecided(desk, new_evidence=new_evidence)
        self.record(ComplaintAccepted(matter=self.matter, new_evidence=new_evidence))

    def _in_time(self, desk: Desk) -> None:
        procurement = self.subject is Subject.PROCUREMENT
        rule = "NA-GP-FILE15" if procurement else "NA-FILE10"
        ground = law.FILED_LATE_PROCUREMENT if procurement else law.FILED_LATE
        require(desk.verdict(rule, self.matter) not in OVERDUE, ground, rule=rule)

    def _objected_first(self, desk: Desk) -> None:
        on_file = self.objection is not None and not withdrawn(desk, self.objection)
        made = self.objection_made or on_file
        if self.subject is not Subject.PROCUREMENT:
            require(made or not self.objection_needed, law.OBJECTION_FIRST)
            return
        require(made, law.CHALLENGE_FIRST)
        waiting = on_file and not self.objection_made and awaits_answer(desk, self.objection or "")
        require(not waiting, law.CHALLENGE_UNANSWERED, challenge=self.objection)

    def _undecided(self, desk: Desk, *, new_evidence: bool) -> None:
        """A matter that was decided, or that another department received first, is not accepted again."""
        earlier = next((case for case in desk.file.cases.values() if case.number == self.same_matter_as), None)
        if not isinstance(earlier, Record) or earlier is self:
            return
        if self.subject is Subject.PROCUREMENT:
            require(earlier.outcome is None, law.DECIDED_BEFORE_PROCUREMENT, earlier=earlier.number)
        else:
            require(earlier.outcome is None or new_evidence, law.DECIDED_BEFORE, earlier=earlier.number)
        holder = desk.file.matters[earlier.matter].holder
        require(holder in (None, desk.organ), law.EARLIER_RECEIVER_HANDLES, earlier=earlier.number, holder=holder)

    @step(states=UNDER_REVIEW)
    def reject(self, desk: Desk, *, reason: str | None) -> None:
        """Reject a complaint that does not meet the conditions of acceptance, with the reason in writing."""
        require(self.competent is None or self.returned, law.NOT_IN_REMIT, competent=self.competent)
        self.require_finance(desk)
        reason = stated(reason, law.REJECTION_REASON_REQUIRED)
        self.record(ComplaintRejected(matter=self.matter, reason=reason))

    @step(states=UNDECIDED)
    def determine_not_competent(self, desk: Desk, *, competent: Organ | None, transfer_required: bool) -> None:
        """Find that another department must deal with it, and whether the file must go there."""
        require(self.competent is None, law.ALREADY_DONE, competent=self.competent)
        if not competent:
            raise Refused(law.COMPETENT_UNNAMED)
        require(competent != desk.organ, law.OWN_REMIT)
        self.record(
            NotCompetentDetermined(
                matter=self.matter,
                competent=competent,
                transfer_required=transfer_required,
                complainant_known=self.named,
            )
        )
        self.determined_by = desk.organ

    @step(HOLDER, party("determined_by"), states=(*UNDECIDED, TRANSFERRED))
    def notify_complainant(self, desk: Desk, *, written: bool) -> None:
        """Tell the complainant in writing where to complain. Ends the matter if nothing has to be transferred."""
        require(self.competent, law.NOT_FOUND_INCOMPETENT)
        require(not self.told, law.ALREADY_DONE)
        require(self.named, law.NOBODY_TO_TELL)
        require(written, law.NOTICE_UNWRITTEN)
        self.record(ComplainantRedirected(matter=self.matter, ends_matter=self._ends_with_notice(desk)))

    def _ends_with_notice(self, desk: Desk) -> bool:
        """Nothing remains to be done when nothing has to be transferred and nobody else has the file."""
        matter, referring = desk.file.matters[self.matter], desk.clock("XE-REF5", self.matter)
        here = matter.holder == desk.organ and matter.in_transit_to is None
        return here and not self.transfer_required and not (referring and referring.open)

    def on(self, event: Event) -> None:
        match event:
            case ComplaintReceived():
                self.state, self.subject, self.project = RECEIVED, Subject(event.subject), event.project
                self.matter_title, self.same_matter_as = event.matter_title, event.same_matter_as
                self.objection_made = bool(event.prior_objection_answered or event.answer_period_ended)
                self.objection_needed, self.objection = event.objection_needed, event.objection
            case ReportReceived():
                self.state, self.named, self.project = RECEIVED, event.named, event.project
                self.matter_title = event.matter_title
            case ComplaintAccepted() | ReportAccepted():
                self.state = ACCEPTED
            case ComplaintRejected():
                self.state = REJECTED
            case NotCompetentDetermined():
                self.competent, self.transfer_required = event.competent, event.transfer_required
            case ComplainantRedirected():
                self.told, self.state = True, REDIRECTED if event.ends_matter else self.state
            case _:
                super().on(event)
