"""Disputed jurisdiction (管辖争议): after a return, who is competent is negotiated, escalated, settled or designated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.referral import law
from domain.cases.referral.events import (
    DisputeSettled,
    EscalatedToCommittee,
    JurisdictionDesignated,
    JurisdictionDisputeRaised,
    ResolutionDeferred,
    View,
)
from domain.cases.referral.record import (
    DISPUTED,
    ESCALATED,
    RETURN_RECEIVED,
    RETURNED,
    ReferralRecord,
    in_hand,
)
from domain.demands import blank
from domain.kernel import DEPARTMENT, Organ, Refused, party, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

COORDINATOR = party("coordinator")
COMMITTEE = "committee"


class Dispute(ReferralRecord):
    """Steps after a return when the departments do not agree. The matter stays with its last holder meanwhile."""

    @step(party("referrer"), party("returner"), states=(RETURNED, RETURN_RECEIVED))
    def raise_dispute(
        self, desk: Desk, *, coordinator: Organ, parties: tuple[Organ, ...], views: tuple[View, ...] | None
    ) -> None:
        """Ask a coordinator who is competent, with the views of all parties."""
        if self.state == RETURN_RECEIVED:
            in_hand(desk, self.matter, self.referrer)
        else:
            self._still_here(desk)
        if len(set(parties)) < 2:
            raise Refused(law.DISPUTE_NEEDS_PARTIES, parties=parties)
        heard = {view.party for view in views or () if not blank(view.view)}
        if missing := [each for each in parties if each not in heard]:
            raise Refused(law.VIEWS_REQUIRED, missing=missing)
        self.record(
            JurisdictionDisputeRaised(
                matter=self.matter, coordinator=coordinator, parties=tuple(parties), views=tuple(views or ())
            )
        )

    @step(role("convenor"), states=(DISPUTED,))
    def record_disagreement(self, desk: Desk, *, item: str, urgent: bool = False) -> None:
        """Record that the meeting did not agree; the next one, or if it is urgent the committee, takes it up."""
        self.record(ResolutionDeferred(matter=self.matter, item=item, urgent=urgent))

    @step(COORDINATOR, states=(DISPUTED,))
    def escalate(self, desk: Desk, *, opinions: tuple[Organ, ...] | None) -> None:
        """Put the dispute to the committee. `opinions`: the departments whose opinion is attached."""
        if missing := [each for each in self.parties if each not in (opinions or ())]:
            raise Refused(law.ALL_OPINIONS_REQUIRED, missing=missing)
        self.record(EscalatedToCommittee(matter=self.matter, opinions=tuple(opinions or ())))

    @step(COORDINATOR, states=(DISPUTED, ESCALATED))
    def settle_dispute(self, desk: Desk, *, competent: Organ) -> None:
        """Record which department the parties agree is competent; the holder then refers the matter there, if need be."""
        self._still_here(desk)
        self.record(DisputeSettled(matter=self.matter, competent=competent))

    @step(role(COMMITTEE), DEPARTMENT, states=(DISPUTED, ESCALATED))
    def designate(self, desk: Desk, *, to: Organ) -> None:
        """Say which department is competent: the matter is on its way there, and it cannot return it."""
        self._still_here(desk)
        if not self._above_all_parties(desk):
            raise Refused(law.NOT_A_SUPERIOR, parties=self.parties)
        self.record(JurisdictionDesignated(matter=self.matter, to=to))

    def _above_all_parties(self, desk: Desk) -> bool:
        organ = desk.known(desk.organ)
        if organ is not None and COMMITTEE in organ.roles:
            return True
        known = [desk.known(each) for each in self.parties]
        return all(each is not None and each.superior == desk.organ for each in known)

    def _still_here(self, desk: Desk) -> None:
        matter = desk.file.matters[self.matter]
        if matter.holder not in (self.referrer, self.returner):
            raise Refused(law.NOT_IN_HAND, matter=self.matter, holder=matter.holder)
        if matter.in_transit_to not in (None, self.referrer):
            raise Refused(law.IN_TRANSIT, matter=self.matter, addressee=matter.in_transit_to)
