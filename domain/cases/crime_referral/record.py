"""What is known of one crime referral (涉嫌犯罪案件移送), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.crime_referral import law
from domain.cases.crime_referral.events import (
    CaseClosed,
    CaseItemsHandedOver,
    CrimeReferralApproved,
    CrimeReferralDispatched,
    CrimeReferralNotApproved,
    CrimeReferralReportSubmitted,
    CrimeSuspicionRecorded,
    CriminalCaseFiled,
    CriminalFilingRefused,
    ExaminationExtended,
    FilingNoticeReceived,
    NotFilingNoticeReceived,
    PoliceForwarded,
    PoliceReceiptSigned,
    ProsecutorSupervisionSuggested,
    ReconsiderationDecided,
    ReconsiderationDecisionReceived,
    ReconsiderationRequested,
    ReconsiderationRequestReceived,
    Result,
    SupplementRequested,
    SupplementSubmitted,
)
from domain.demands import blank
from domain.kernel import Case, Event, Refused, unknown

if TYPE_CHECKING:
    from domain.desk import Desk

SUSPECTED, REPORTED, APPROVED, NOT_APPROVED = "suspected", "reported", "approved", "not_approved"
DISPATCHED, POLICE_FORWARDED = "dispatched", "police_forwarded"
EXAMINING, SUPPLEMENTING, WITH_POLICE = "examining", "supplementing", "with_police"
FILING_REFUSED, NOT_FILED = "filing_refused", "not_filed"
RECONSIDERATION_REQUESTED, RECONSIDERING = "reconsideration_requested", "reconsidering"
UPHELD, UPHELD_KNOWN, SUPERVISION_SUGGESTED = "refusal_upheld", "refusal_upheld_known", "supervision_suggested"
CLOSED = "closed"


class CrimeRecord(Case):
    """The state of a crime referral."""

    def __init__(self) -> None:
        super().__init__()
        self.referrer: str | None = None
        self.police: str | None = None
        self.addressee: str | None = None
        self.task_force: tuple[str, ...] = ()
        self.approved_by: str | None = None
        self.copied_to: str | None = None
        self.materials: tuple[str, ...] = ()
        self.missing: tuple[str, ...] = ()
        self.extensions: tuple[str, ...] = ()
        self.notice_received = self.items_handed_over = False

    def summary(self) -> Mapping[str, Any]:
        """Who referred the case to which police organ, with what, and what is still missing."""
        return {
            "referrer": self.referrer,
            "police": self.police,
            "task_force": self.task_force,
            "approved_by": self.approved_by,
            "copied_to": self.copied_to,
            "materials": self.materials,
            "missing": self.missing,
            "extensions": self.extensions,
            "notice_received": self.notice_received,
            "items_handed_over": self.items_handed_over,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case CrimeSuspicionRecorded():
                self.state, self.referrer, self.task_force = SUSPECTED, event.department, event.task_force
            case CrimeReferralReportSubmitted():
                self.state = REPORTED
            case CrimeReferralApproved():
                self.state, self.approved_by = APPROVED, event.approved_by
            case CrimeReferralNotApproved():
                self.state = NOT_APPROVED
            case CrimeReferralDispatched():
                self.state, self.addressee, self.copied_to = DISPATCHED, event.to, event.copied_to
                self.materials, self.missing = event.materials, event.missing
            case FilingNoticeReceived():
                self.notice_received = True
            case CaseItemsHandedOver():
                self.items_handed_over = True
            case NotFilingNoticeReceived():
                self.state = NOT_FILED
            case CaseClosed():
                self.state = CLOSED
            case _:
                self._examined(event)

    def _examined(self, event: Event) -> None:
        match event:
            case PoliceReceiptSigned():
                self.state, self.police = EXAMINING, self.addressee
            case PoliceForwarded():
                self.state, self.addressee = POLICE_FORWARDED, event.to
            case SupplementRequested():
                self.state, self.missing = SUPPLEMENTING, event.missing
            case SupplementSubmitted():
                self.state, self.materials = EXAMINING, (*self.materials, *event.materials)
                self.missing = tuple(each for each in self.missing if each not in event.materials)
            case ExaminationExtended():
                self.extensions = (*self.extensions, event.approval)
            case CriminalCaseFiled():
                self.state = WITH_POLICE
            case CriminalFilingRefused():
                self.state = FILING_REFUSED
            case _:
                self._reconsidered(event)

    def _reconsidered(self, event: Event) -> None:
        match event:
            case ReconsiderationRequested():
                self.state = RECONSIDERATION_REQUESTED
            case ReconsiderationRequestReceived():
                self.state = RECONSIDERING
            case ReconsiderationDecided():
                self.state = UPHELD if event.result == Result.UPHELD else self.state
            case ReconsiderationDecisionReceived():
                self.state = UPHELD_KNOWN
            case ProsecutorSupervisionSuggested():
                self.state = SUPERVISION_SUGGESTED
            case _:
                raise unknown(event)


def at_hand(desk: Desk, matter: str, *organs: str | None) -> None:
    """Refuse unless one of the organs holds the matter and it is not on its way elsewhere."""
    found = desk.file.matters.get(matter)
    if found is None or found.holder is None or found.holder not in organs or found.in_transit_to is not None:
        raise Refused(law.NOT_IN_HAND, matter=matter)


def listed(papers: tuple[str, ...] | None) -> tuple[str, ...]:
    """The papers that are named, without empty entries."""
    return tuple(paper for paper in papers or () if not blank(paper))
