"""What the police (公安机关) do with a crime referral: sign, examine, ask for a supplement, file or refuse, reconsider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.crime_referral import law
from domain.cases.crime_referral.events import (
    Approval,
    CriminalCaseFiled,
    CriminalFilingRefused,
    ExaminationExtended,
    PoliceForwarded,
    PoliceReceiptSigned,
    ReconsiderationDecided,
    ReconsiderationRequestReceived,
    Result,
    SupplementRequested,
)
from domain.cases.crime_referral.record import (
    DISPATCHED,
    EXAMINING,
    NOT_FILED,
    POLICE_FORWARDED,
    RECONSIDERATION_REQUESTED,
    RECONSIDERING,
    SUPERVISION_SUGGESTED,
    SUPPLEMENTING,
    UPHELD,
    UPHELD_KNOWN,
    CrimeRecord,
    at_hand,
    listed,
)
from domain.demands import stated
from domain.kernel import ADDRESSEE, Organ, Refused, party, step
from domain.law.clock import State

if TYPE_CHECKING:
    from domain.desk import Desk

POLICE = party("police")
INCOMPLETE = ("材料不全", "材料不齐", "材料不完整", "缺少材料")
SUPPLEMENT = "NA-SUP3"
EXTENSIONS = (Approval.COUNTY, Approval.SUPERIOR)


class Police(CrimeRecord):
    """Steps of the police organ that has the case."""

    @step(ADDRESSEE, states=(DISPATCHED, POLICE_FORWARDED))
    def sign_receipt(self, desk: Desk) -> None:
        """Sign the receipt and hold the case."""
        if desk.organ != self.addressee:
            raise Refused(law.NOT_IN_HAND, matter=self.matter)
        self.record(PoliceReceiptSigned(matter=self.matter))

    @step(POLICE, states=(EXAMINING,))
    def forward_by_police(self, desk: Desk, *, to: Organ) -> None:
        """Send on a case that another police organ has jurisdiction over."""
        at_hand(desk, self.matter, desk.organ)
        organ = desk.known(to)
        if organ is None or "police" not in organ.roles:
            raise Refused(law.POLICE_REQUIRED, to=to)
        if organ.id == desk.organ:
            raise Refused(law.FORWARD_TO_ITSELF)
        self.record(PoliceForwarded(matter=self.matter, to=organ.id))

    @step(POLICE, states=(EXAMINING,))
    def request_supplement(self, desk: Desk, *, missing: tuple[str, ...] | None) -> None:
        """Tell the department which material is missing. The case itself may not be refused for that."""
        papers = listed(missing)
        if not papers:
            raise Refused(law.MISSING_REQUIRED)
        self.record(SupplementRequested(matter=self.matter, missing=papers))

    @step(POLICE, states=(EXAMINING, SUPPLEMENTING))
    def extend_examination(self, desk: Desk, *, approval: Approval) -> None:
        """Examine for longer: first with the county organ's approval, then with its superior's."""
        if (*self.extensions, approval) != EXTENSIONS[: len(self.extensions) + 1]:
            raise Refused(law.EXTENSION_ORDER, extensions=self.extensions)
        self.record(ExaminationExtended(matter=self.matter, approval=approval))

    @step(POLICE, states=(EXAMINING, SUPPLEMENTING, NOT_FILED, UPHELD, UPHELD_KNOWN, SUPERVISION_SUGGESTED))
    def file_case(self, desk: Desk) -> None:
        """File a criminal case, also after a refusal: on new facts, or because the procuratorate asked."""
        at_hand(desk, self.matter, desk.organ, self.referrer)
        self.record(CriminalCaseFiled(matter=self.matter))

    @step(POLICE, states=(EXAMINING, SUPPLEMENTING))
    def refuse_filing(self, desk: Desk, *, reason: str | None) -> None:
        """Decide not to file, with the reason, and send the material back. Incompleteness is no reason."""
        at_hand(desk, self.matter, desk.organ)
        reason = stated(reason, law.REASON_REQUIRED)
        if any(word in reason for word in INCOMPLETE) or self._awaits_supplement(desk):
            raise Refused(law.NOT_FOR_INCOMPLETENESS)
        self.record(CriminalFilingRefused(matter=self.matter, reason=reason, to=str(self.referrer)))

    @step(POLICE, states=(RECONSIDERATION_REQUESTED,))
    def receive_reconsideration(self, desk: Desk) -> None:
        """Take in the request to reconsider."""
        self.record(ReconsiderationRequestReceived(matter=self.matter))

    @step(POLICE, states=(RECONSIDERING,))
    def decide_reconsideration(self, desk: Desk, *, result: Result) -> None:
        """Decide on the request. A decision to file files the case at once and the police hold it."""
        at_hand(desk, self.matter, desk.organ, self.referrer)
        self.record(ReconsiderationDecided(matter=self.matter, result=result))
        if result is Result.FILED:
            self.record(CriminalCaseFiled(matter=self.matter))

    def _awaits_supplement(self, desk: Desk) -> bool:
        overdue = desk.verdict(SUPPLEMENT, self.matter) is State.BREACHED_OPEN
        return self.state == SUPPLEMENTING and not overdue
