"""Evidence hand-over (证据移交): who receives it refers the matter, or deals with it if it is in its own remit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.evidence_handover import law
from domain.cases.evidence_handover.events import (
    CaseClosed,
    CaseReportFiled,
    EvidenceHandedOver,
    EvidenceTakenUp,
    HandlingCompleted,
    OpinionUploaded,
    WrittenFeedbackGiven,
)
from domain.demands import blank, check_new, stated
from domain.kernel import Case, Event, Organ, Refused, role, step, unknown

if TYPE_CHECKING:
    from domain.desk import Desk

HANDED_OVER, TAKEN_UP, HANDLED, CLOSED = "handed_over", "taken_up", "handled", "closed"


class EvidenceHandover(Case):
    """Evidence of an irregularity that the trading centre met in its business."""

    TYPE = "evidence_handover"
    CODE = "DZ"

    def __init__(self) -> None:
        super().__init__()
        self.to = ""
        self.office: str | None = None
        self.form = ""
        self.evidence: tuple[str, ...] = ()
        self.opinion_uploaded = False
        self.feedback_given = False
        self.reported = False

    @step(role("trading_centre"), opens=True)
    def hand_over(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        to: Organ,
        form: str | None,
        evidence: tuple[str, ...] | None,
        office: str | None = None,
    ) -> None:
        """Hand over in writing what was found, with the evidence. `office`: the section of the addressee."""
        check_new(desk, number)
        if not form or "书面" not in form:
            raise Refused(law.EVIDENCE_UNWRITTEN, form=form)
        if not evidence or any(map(blank, evidence)):
            raise Refused(law.EVIDENCE_MISSING)
        self.record(EvidenceHandedOver(
            matter=number, number=number, file_no=file_no, profiles=profiles, to=to, office=office, form=form,
            evidence=evidence,
        ))  # fmt: skip

    @step(states=(HANDED_OVER,))
    def take_up(self, desk: Desk) -> None:
        """Deal with the matter oneself, being competent: nothing has to be referred."""
        if self._referred(desk):
            raise Refused(law.OPEN_REFERRAL)
        self.record(EvidenceTakenUp(matter=self.matter))

    @step()
    def upload_opinion(self, desk: Desk, *, platform: str | None) -> None:
        """Upload the opinion on the evidence to the supervision platform."""
        platform = stated(platform, law.PLATFORM_UNNAMED)
        self.record(OpinionUploaded(matter=self.matter, platform=platform))

    @step()
    def give_feedback(self, desk: Desk, *, written: bool) -> None:
        """Tell the coordinating office in writing what came of the evidence."""
        if not written:
            raise Refused(law.FEEDBACK_UNWRITTEN)
        self.record(WrittenFeedbackGiven(matter=self.matter))

    @step(states=(HANDED_OVER, TAKEN_UP))
    def complete_handling(self, desk: Desk) -> None:
        """Finish with what was taken up."""
        if self.state != TAKEN_UP:
            raise Refused(law.NOT_TAKEN_UP)
        if self._referred(desk):
            raise Refused(law.OPEN_REFERRAL)
        self.record(HandlingCompleted(matter=self.matter))

    @step(states=(HANDED_OVER, TAKEN_UP, HANDLED))
    def file_report(self, desk: Desk, *, uploaded_to: str | None = None) -> None:
        """Report the handling to the coordinating office."""
        if self.state != HANDLED:
            raise Refused(law.NOT_HANDLED)
        if self.reported:
            raise Refused(law.ALREADY_DONE)
        self.record(CaseReportFiled(matter=self.matter, uploaded_to=uploaded_to))

    @step(states=(HANDED_OVER, TAKEN_UP, HANDLED))
    def close(self, desk: Desk) -> None:
        """Close the case: nobody holds it any more."""
        if self.state != HANDLED:
            raise Refused(law.NOT_HANDLED)
        if desk.file.matters[self.matter].in_transit_to is not None:
            raise Refused(law.IN_TRANSIT)
        if running := desk.file.open_clocks(self.matter, desk.at):
            raise Refused(law.CLOCKS_RUNNING, rules=tuple(clock.limit.id for clock in running))
        self.record(CaseClosed(matter=self.matter))

    def _referred(self, desk: Desk) -> bool:
        """Whether somebody holds the matter because it was referred: signed for last, and not come back since."""
        signed, *undone = (
            max((entry.file_version for entry in desk.file.all(topic, self.matter)), default=0)
            for topic in ("referral.receipt-signed", "referral.return-received", "referral.withdrawn")
        )
        return signed > max(undone)

    def on(self, event: Event) -> None:
        match event:
            case EvidenceHandedOver():
                self.state, self.to, self.office = HANDED_OVER, event.to, event.office
                self.form, self.evidence = event.form, event.evidence
            case EvidenceTakenUp():
                self.state = TAKEN_UP
            case OpinionUploaded():
                self.opinion_uploaded = True
            case WrittenFeedbackGiven():
                self.feedback_given = True
            case HandlingCompleted():
                self.state = HANDLED
            case CaseReportFiled():
                self.reported = True
            case CaseClosed():
                self.state = CLOSED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "to": self.to,
            "office": self.office,
            "form": self.form,
            "evidence": self.evidence,
            "opinion_uploaded": self.opinion_uploaded,
            "feedback_given": self.feedback_given,
        }
