"""What the department (行政执法机关) does in a crime referral: suspect, report, approve, dispatch, supplement, object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.crime_referral import law
from domain.cases.crime_referral.events import (
    CaseClosed,
    CaseItemsHandedOver,
    CrimeReferralApproved,
    CrimeReferralDispatched,
    CrimeReferralNotApproved,
    CrimeReferralReportSubmitted,
    CrimeSuspicionRecorded,
    FilingNoticeReceived,
    NotFilingNoticeReceived,
    ProsecutorSupervisionSuggested,
    ReconsiderationDecisionReceived,
    ReconsiderationRequested,
    SupplementSubmitted,
)
from domain.cases.crime_referral.record import (
    APPROVED,
    FILING_REFUSED,
    NOT_APPROVED,
    NOT_FILED,
    REPORTED,
    SUPERVISION_SUGGESTED,
    SUPPLEMENTING,
    SUSPECTED,
    UPHELD,
    UPHELD_KNOWN,
    WITH_POLICE,
    CrimeRecord,
    at_hand,
    listed,
)
from domain.demands import stated
from domain.kernel import DEPARTMENT, HOLDER, Organ, Refused, party, step

if TYPE_CHECKING:
    from domain.desk import Desk

REFERRER = party("referrer")
POLICE = "police"

KINDS = {
    "涉嫌犯罪案件移送书": ("移送书",),
    "涉嫌犯罪案件情况的调查报告": ("调查报告",),
    "涉案物品清单": ("物品清单",),
    "有关检验报告或者鉴定结论": ("检验报告", "鉴定"),
}
"""Article 6 of the order, kind by kind, each with the words by which a catalogue names it; the fifth kind is open-ended."""


class Sending(CrimeRecord):
    """Steps of the department that suspects a crime."""

    @step(DEPARTMENT, opens=True)
    def record_suspicion(
        self,
        desk: Desk,
        *,
        matter: str,
        description: str,
        task_force: tuple[str, ...] | None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record the suspicion of a crime with the officers appointed. The matter is new, or one that the department holds."""
        if desk.file.latest("complaint.received", matter) is not None:
            raise Refused(law.OWN_MATTER_REQUIRED, matter=matter)
        if matter in desk.file.matters:
            at_hand(desk, matter, desk.organ)
        officers = listed(task_force)
        if len(set(officers)) < 2:
            raise Refused(law.TWO_OFFICERS_REQUIRED, task_force=officers)
        self.record(
            CrimeSuspicionRecorded(
                matter=matter,
                number=number,
                file_no=file_no,
                profiles=profiles,
                department=desk.organ,
                task_force=officers,
                description=description,
            )
        )

    @step(REFERRER, states=(SUSPECTED, NOT_APPROVED))
    def submit_report(self, desk: Desk, *, report: str | None) -> None:
        """Submit the task force's written report to the head, the facts being verified."""
        report = stated(report, law.REPORT_REQUIRED)
        self.record(CrimeReferralReportSubmitted(matter=self.matter, report=report))

    @step(REFERRER, states=(REPORTED,))
    def approve(self, desk: Desk, *, approved_by: str | None) -> None:
        """Record that the head of the department, named, approves the referral."""
        approved_by = stated(approved_by, law.HEAD_REQUIRED)
        self.record(CrimeReferralApproved(matter=self.matter, approved_by=approved_by))

    @step(REFERRER, states=(REPORTED,))
    def not_approve(self, desk: Desk, *, reason: str | None, decided_by: str | None = None) -> None:
        """Record that the head does not approve the referral, and why."""
        reason = stated(reason, law.REFUSAL_REASON_REQUIRED)
        self.record(CrimeReferralNotApproved(matter=self.matter, reason=reason, decided_by=decided_by))

    @step(REFERRER, states=(APPROVED,))
    def dispatch(
        self,
        desk: Desk,
        *,
        materials: tuple[str, ...] | None,
        to: Organ | None = None,
        copied_to: Organ | None = None,
    ) -> None:
        """Send the case to the police (`to`: where there are several). Kinds of material not listed are noted, not refused."""
        at_hand(desk, self.matter, desk.organ)
        papers = listed(materials)
        if not papers:
            raise Refused(law.MATERIALS_REQUIRED)
        police = to or desk.register.role(POLICE)
        organ = None if police is None else desk.known(police)
        if organ is None or POLICE not in organ.roles:
            raise Refused(law.POLICE_REQUIRED, to=police)
        self.record(
            CrimeReferralDispatched(
                matter=self.matter, to=organ.id, materials=papers, missing=_missing(papers), copied_to=copied_to
            )
        )

    @step(REFERRER, states=(SUPPLEMENTING,))
    def submit_supplement(self, desk: Desk, *, materials: tuple[str, ...] | None) -> None:
        """Send the police what they found missing."""
        papers = listed(materials)
        if not papers:
            raise Refused(law.SUPPLEMENT_EMPTY)
        self.record(SupplementSubmitted(matter=self.matter, materials=papers))

    @step(REFERRER, states=(WITH_POLICE,))
    def receive_filing_notice(self, desk: Desk) -> None:
        """Record the notice that the police filed the case."""
        if self.notice_received:
            raise Refused(law.ALREADY_DONE)
        self.record(FilingNoticeReceived(matter=self.matter))

    @step(REFERRER, states=(WITH_POLICE,))
    def hand_over_items(self, desk: Desk) -> None:
        """Hand the items and other material of a filed case to the police."""
        if not self.notice_received:
            raise Refused(law.NOTICE_FIRST)
        if self.items_handed_over:
            raise Refused(law.ALREADY_DONE)
        self.record(CaseItemsHandedOver(matter=self.matter))

    @step(REFERRER, states=(FILING_REFUSED,))
    def receive_not_filing_notice(self, desk: Desk) -> None:
        """Take in the notice that the police do not file, and the material."""
        self.record(NotFilingNoticeReceived(matter=self.matter))

    @step(REFERRER, states=(NOT_FILED,))
    def request_reconsideration(self, desk: Desk) -> None:
        """Ask the police to reconsider."""
        self.record(ReconsiderationRequested(matter=self.matter))

    @step(REFERRER, states=(UPHELD,))
    def receive_reconsideration_decision(self, desk: Desk) -> None:
        """Take in the decision that upholds the refusal."""
        self.record(ReconsiderationDecisionReceived(matter=self.matter))

    @step(REFERRER, states=(NOT_FILED, UPHELD, UPHELD_KNOWN))
    def suggest_prosecutor_supervision(self, desk: Desk) -> None:
        """Ask the procuratorate to supervise the filing, the police having refused it."""
        self.record(ProsecutorSupervisionSuggested(matter=self.matter))

    @step(HOLDER, states=(NOT_APPROVED, NOT_FILED, UPHELD, UPHELD_KNOWN, SUPERVISION_SUGGESTED, WITH_POLICE))
    def close(self, desk: Desk) -> None:
        """Close the matter when no duty in it is outstanding."""
        at_hand(desk, self.matter, desk.organ)
        if self.state == WITH_POLICE and not self.items_handed_over:
            raise Refused(law.ITEMS_OUTSTANDING)
        outstanding = desk.file.open_clocks(self.matter, desk.at)
        if outstanding:
            raise Refused(law.LIMITS_OPEN, limits=[clock.limit.id for clock in outstanding])
        self.record(CaseClosed(matter=self.matter))


def _missing(papers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind for kind, words in KINDS.items() if not any(word in paper for paper in papers for word in words))
