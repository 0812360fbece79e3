"""What the receiver (接受移送的部门) of a referral does: sign, decide, handle, reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.referral import law
from domain.cases.referral.events import (
    AcceptanceResultReplied,
    CaseClosed,
    CaseReportFiled,
    ForwardedToCompetentLevel,
    HandlingCompleted,
    HandlingResultReplied,
    ReferralAccepted,
    ReferralNotAccepted,
    ReferralOpened,
    ReferralReceiptSigned,
    ReferralReturned,
    ReferrerNotifiedOfForward,
    Scope,
)
from domain.cases.referral.record import (
    ACCEPTED,
    DESIGNATED,
    DISPATCHED,
    FORWARDED,
    HANDLED,
    NOT_ACCEPTED,
    RECEIVED,
    ReferralRecord,
    in_hand,
)
from domain.demands import stated
from domain.kernel import ADDRESSEE, DEPARTMENT, HOLDER, Organ, Refused, party, step

if TYPE_CHECKING:
    from domain.desk import Desk

RECEIVER = party("receiver")


class Receiving(ReferralRecord):
    """Steps of the department that gets the matter."""

    @step(DEPARTMENT, opens=True)
    def receive_from_outside(
        self,
        desk: Desk,
        *,
        matter: str,
        from_: Organ,
        scope: Scope | None = None,
        catalogue: tuple[str, ...] = (),
        received: tuple[str, ...] | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Sign for a referral whose dispatch lies outside this ledger: the receipt opens the matter here."""
        if matter in desk.file.matters:
            raise Refused(law.ALREADY_HERE, matter=matter)
        if from_ == desk.organ:
            raise Refused(law.TO_ITSELF)
        differences = _differences(catalogue, received)
        self.record(
            ReferralOpened(
                matter=matter,
                number=number,
                file_no=file_no,
                profiles=profiles,
                receiver=desk.organ,
                scope=scope,
                catalogue=catalogue,
            )
        )
        self.record(
            ReferralReceiptSigned(matter=matter, catalogue_agrees=not differences, differences=differences, from_=from_)
        )

    @step(ADDRESSEE, states=(DISPATCHED, FORWARDED, DESIGNATED))
    def sign_receipt(self, desk: Desk, *, received: tuple[str, ...] | None = None) -> None:
        """Sign the receipt and hold the matter. `received`: what arrived, if it is not just what the catalogue lists."""
        if desk.organ != self.addressee:
            raise Refused(law.NOT_IN_HAND, matter=self.matter, addressee=self.addressee)
        differences = _differences(self.catalogue, received)
        self.record(
            ReferralReceiptSigned(
                matter=self.matter,
                catalogue_agrees=not differences,
                differences=differences,
                designated=self.state == DESIGNATED,
            )
        )

    @step(RECEIVER, states=(RECEIVED,))
    def accept(self, desk: Desk) -> None:
        """Accept a matter of one's own remit."""
        in_hand(desk, self.matter)
        self.record(ReferralAccepted(matter=self.matter))

    @step(RECEIVER, states=(RECEIVED,))
    def decline(self, desk: Desk, *, reason: str | None) -> None:
        """Not accept a matter that is of one's own remit but does not meet the conditions of acceptance."""
        in_hand(desk, self.matter)
        reason = stated(reason, law.DECLINE_REASON_REQUIRED)
        self.record(ReferralNotAccepted(matter=self.matter, reason=reason))

    @step(RECEIVER, states=(RECEIVED, ACCEPTED, NOT_ACCEPTED, HANDLED))
    def return_to_sender(self, desk: Desk, *, reason: str | None) -> None:
        """Send back a matter that is not of one's own remit, with the reason in writing."""
        if self.designated:
            raise Refused(law.DESIGNATED_CANNOT_RETURN)
        if self.state != RECEIVED:
            raise Refused(law.RETURN_AFTER_DECISION, state=self.state)
        reason = stated(reason, law.RETURN_REASON_REQUIRED)
        in_hand(desk, self.matter)
        self.record(ReferralReturned(matter=self.matter, reason=reason, to=str(self.referrer)))

    @step(RECEIVER, states=(RECEIVED,))
    def forward_to_competent_level(self, desk: Desk, *, to: Organ, why: str | None) -> None:
        """Send on a matter of one's own function that is under another level's jurisdiction."""
        in_hand(desk, self.matter)
        why = stated(why, law.FORWARD_REASON_REQUIRED)
        if to == desk.organ:
            raise Refused(law.TO_ITSELF)
        if to == self.referrer:
            raise Refused(law.FORWARD_TO_REFERRER)
        self.record(ForwardedToCompetentLevel(matter=self.matter, to=to, why=why))

    @step(RECEIVER, party("forwarders"))
    def notify_referrer_of_forward(self, desk: Desk, *, to: Organ | None = None) -> None:
        """Tell the referrer in writing that the matter went to another level."""
        referrer = self.forwards.get(desk.organ)
        if referrer is None:
            raise Refused(law.NOT_FORWARDED)
        if to not in (None, referrer):
            raise Refused(law.NOT_THE_REFERRER, referrer=referrer)
        if desk.organ in self.notified:
            raise Refused(law.ALREADY_REPLIED)
        self.record(ReferrerNotifiedOfForward(matter=self.matter, to=referrer))

    @step(RECEIVER, states=(RECEIVED, ACCEPTED, NOT_ACCEPTED, HANDLED))
    def reply_acceptance_result(self, desk: Desk, *, to: Organ | None = None) -> None:
        """Tell the referrer whether the matter was accepted."""
        if self.state == RECEIVED:
            raise Refused(law.ACCEPTANCE_NOT_DECIDED)
        referrer = self._referrer(to)
        if self.acceptance_replied:
            raise Refused(law.ALREADY_REPLIED)
        self.record(AcceptanceResultReplied(matter=self.matter, to=referrer))

    @step(RECEIVER, states=(ACCEPTED,))
    def complete_handling(self, desk: Desk) -> None:
        """End the handling of a matter of report or discovery origin."""
        if self.from_complaint(desk):
            raise Refused(law.COMPLAINT_DECIDES)
        in_hand(desk, self.matter)
        self.record(HandlingCompleted(matter=self.matter))

    @step(RECEIVER, states=(ACCEPTED, HANDLED))
    def reply_handling_result(self, desk: Desk, *, to: Organ | None = None) -> None:
        """Tell the referrer the result, once the matter is handled."""
        served = desk.file.latest("complaint.handling-completed", self.matter)
        decided = served is not None and served.actor.acting_for == desk.organ
        if self.state != HANDLED and not decided:
            raise Refused(law.HANDLING_NOT_COMPLETED)
        referrer = self._referrer(to)
        if self.result_replied:
            raise Refused(law.ALREADY_REPLIED)
        self.record(HandlingResultReplied(matter=self.matter, to=referrer))

    @step(RECEIVER, states=(ACCEPTED, HANDLED))
    def file_report(self, desk: Desk, *, uploaded_to: str | None = None) -> None:
        """Report the handling to the coordinating office."""
        if self.from_complaint(desk):
            raise Refused(law.COMPLAINT_DECIDES)
        if self.state != HANDLED:
            raise Refused(law.HANDLING_NOT_COMPLETED)
        if self.reported:
            raise Refused(law.ALREADY_REPORTED)
        self.record(CaseReportFiled(matter=self.matter, uploaded_to=uploaded_to))

    @step(HOLDER, states=(HANDLED, NOT_ACCEPTED))
    def close(self, desk: Desk) -> None:
        """Close the matter when no duty in it is outstanding."""
        in_hand(desk, self.matter)
        outstanding = desk.file.open_clocks(self.matter, desk.at)
        if outstanding:
            raise Refused(law.LIMITS_OPEN, limits=[clock.limit.id for clock in outstanding])
        self.record(CaseClosed(matter=self.matter))

    def _referrer(self, named: str | None) -> str:
        if named not in (None, self.referrer):
            raise Refused(law.NOT_THE_REFERRER, referrer=self.referrer)
        return str(self.referrer)


def _differences(catalogue: tuple[str, ...], received: tuple[str, ...] | None) -> tuple[str, ...]:
    if received is None:
        return ()
    missing = (f"缺少：{item}" for item in catalogue if item not in received)
    surplus = (f"多出：{item}" for item in received if item not in catalogue)
    return (*missing, *surplus)
