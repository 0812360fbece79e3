"""How a whole complaint goes to another department: joined (并案) to the earlier receipt, referred (移送), returned (退回)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import (
    ComplaintEndedElsewhere,
    ComplaintJoinedToEarlier,
    ComplaintReturned,
    ComplaintTakenOver,
    ComplaintTransferred,
)
from domain.cases.complaint.record import ACCEPTED, CLOSED, JOINED, TRANSFERRED, UNDER_REVIEW, Record
from domain.demands import require
from domain.kernel import FLOW, Event, OpeningEvent, Organ, Refused, step

if TYPE_CHECKING:
    from datetime import datetime

    from domain.desk import Desk
    from domain.kernel import Entry


def _receipt(desk: Desk, case: Record) -> Entry:
    return next(
        entry for entry in desk.file.entries if entry.case_id == case.id and isinstance(entry.event, OpeningEvent)
    )


def _order(desk: Desk, case: Record) -> tuple[datetime, int]:
    """When the case was received; of two received at once, the one whose department the register names first."""
    receipt = _receipt(desk, case)
    return receipt.occurred_at, list(desk.register.organs).index(receipt.actor.acting_for)


class Transfer(Record):
    """Join an earlier receipt; go along when the referral of the whole case is signed for, accepted or returned."""

    @step(states=UNDER_REVIEW)
    def link_duplicate(
        self, desk: Desk, *, earlier: str, complainant_told: bool, earlier_receiver: Organ | None = None
    ) -> None:
        """Join the complaint to the same one received earlier; its receiver holds this matter too from then on.

        `earlier`: case number. `earlier_receiver`: where the file does not know that case.
        """
        self.require_complaint()
        self.record(
            ComplaintJoinedToEarlier(
                matter=self.matter,
                earlier=earlier,
                earlier_receiver=self._earlier_receiver(desk, earlier) or self._named(earlier_receiver, earlier),
                complainant_told=complainant_told,
            )
        )

    def _earlier_receiver(self, desk: Desk, earlier: str) -> str | None:
        """Who holds the earlier case now, or held it last; None if the file does not know the case."""
        case = next((case for case in desk.file.cases.values() if case.number == earlier), None)
        if not isinstance(case, Record) or case is self:
            return None
        require(_order(desk, case) < _order(desk, self), law.NOT_EARLIER, earlier=earlier)
        return desk.file.matters[case.matter].holder or _receipt(desk, case).actor.acting_for

    def _named(self, earlier_receiver: Organ | None, earlier: str) -> str:
        if not earlier_receiver or earlier == self.number:
            raise Refused(law.EARLIER_RECEIPT_UNKNOWN, earlier=earlier)
        return earlier_receiver

    @step(FLOW)
    def hand_over(self, desk: Desk, *, receiver: Organ) -> None:
        """The receiver of the referral has signed for the whole case."""
        self.record(ComplaintTransferred(matter=self.matter, receiver=receiver))

    @step(FLOW)
    def take_over(self, desk: Desk, *, receiver: Organ) -> None:
        """The receiver has accepted the referral: the complaint goes on under it. A report goes on in the referral."""
        if self.state == TRANSFERRED and not self.is_report:
            self.record(ComplaintTakenOver(matter=self.matter, receiver=receiver))

    @step(FLOW)
    def take_back(self, desk: Desk) -> None:
        """The referral has come back: the complaint is where it was before."""
        if self.state == TRANSFERRED and self.transfers[-1][0] != desk.file.matters[self.matter].holder:
            self.record(ComplaintReturned(matter=self.matter))

    @step(FLOW)
    def end_elsewhere(self, desk: Desk) -> None:
        """The referral was closed where it arrived: what was not taken over from it ends with it."""
        if self.state == TRANSFERRED:
            self.record(ComplaintEndedElsewhere(matter=self.matter))

    def on(self, event: Event) -> None:
        match event:
            case ComplaintJoinedToEarlier():
                self.state, self.joined_to = JOINED, event.earlier
            case ComplaintTransferred():
                self.transfers, self.state = (*self.transfers, (event.receiver, self.state)), TRANSFERRED
            case ComplaintTakenOver():
                self.state, self.pauses = ACCEPTED, ()
            case ComplaintReturned():
                *earlier, (_, self.state) = self.transfers
                self.transfers, self.returned = tuple(earlier), True
            case ComplaintEndedElsewhere():
                self.state = CLOSED
            case _:
                super().on(event)
