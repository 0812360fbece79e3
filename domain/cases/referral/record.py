"""What is known of one referral (移送), folded from its facts, and where its matter is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.referral import law
from domain.cases.referral.events import (
    AcceptanceResultReplied,
    CaseClosed,
    CaseReportFiled,
    Delivery,
    DisputeSettled,
    EscalatedToCommittee,
    ForwardedToCompetentLevel,
    HandlingCompleted,
    HandlingResultReplied,
    JurisdictionDesignated,
    JurisdictionDisputeRaised,
    ReferralAccepted,
    ReferralDispatched,
    ReferralNotAccepted,
    ReferralOpened,
    ReferralReceiptSigned,
    ReferralRequired,
    ReferralReturned,
    ReferralReturnReceived,
    ReferralWithdrawn,
    ReferrerNotifiedOfForward,
    ResolutionDeferred,
    Scope,
)
from domain.kernel import Case, Event, Refused, unknown

if TYPE_CHECKING:
    from domain.custody import Matter
    from domain.desk import Desk

REQUIRED, DISPATCHED, RECEIVED = "required", "dispatched", "received"
ACCEPTED, NOT_ACCEPTED, HANDLED, CLOSED = "accepted", "not_accepted", "handled", "closed"
RETURNED, RETURN_RECEIVED, FORWARDED, WITHDRAWN = "returned", "return_received", "forwarded", "withdrawn"
DISPUTED, ESCALATED, SETTLED, DESIGNATED = "disputed", "escalated", "settled", "designated"


class ReferralRecord(Case):
    """The state of a referral. Its matter may move on by other cases: where it is now, the file says, not the state."""

    def __init__(self) -> None:
        super().__init__()
        self.scope: Scope | None = None
        self.delivery: Delivery | None = None
        self.catalogue: tuple[str, ...] = ()
        self.differences: tuple[str, ...] = ()
        self.leg = 1
        self.referrer: str | None = None
        self.addressee: str | None = None
        self.receiver: str | None = None
        self.returner: str | None = None
        self.designated = False
        self.forwards: dict[str, str] = {}
        self.notified: frozenset[str] = frozenset()
        self.acceptance_replied = self.result_replied = self.reported = False
        self.coordinator: str | None = None
        self.parties: tuple[str, ...] = ()
        self.competent: str | None = None

    @property
    def forwarders(self) -> tuple[str, ...]:
        """Who forwarded the matter to another level, in order."""
        return tuple(self.forwards)

    def summary(self) -> Mapping[str, Any]:
        """Who referred what to whom, how it was answered, and what is disputed."""
        return {
            "scope": self.scope,
            "leg": self.leg,
            "referrer": self.referrer,
            "addressee": self.addressee,
            "receiver": self.receiver,
            "delivery": self.delivery,
            "catalogue": self.catalogue,
            "differences": self.differences,
            "designated": self.designated,
            "forwarders": self.forwarders,
            "acceptance_replied": self.acceptance_replied,
            "result_replied": self.result_replied,
            "reported": self.reported,
            "coordinator": self.coordinator,
            "parties": self.parties,
            "competent": self.competent,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case ReferralRequired():
                self.state, self.referrer, self.scope = REQUIRED, event.referrer, event.scope
            case ReferralOpened():
                self.receiver, self.scope, self.catalogue = event.receiver, event.scope, event.catalogue
            case ReferralDispatched():
                self.state, self.referrer, self.addressee = DISPATCHED, event.referrer, event.to
                self.scope, self.delivery = event.scope, event.delivery
                self.catalogue, self.leg = event.catalogue, event.leg
            case ReferralReceiptSigned():
                self._received(event)
            case ReferralAccepted():
                self.state = ACCEPTED
            case ReferralNotAccepted():
                self.state = NOT_ACCEPTED
            case ReferralReturned():
                self.state, self.returner, self.addressee = RETURNED, self.receiver, event.to
            case ReferralReturnReceived():
                self.state = RETURN_RECEIVED if self.state == RETURNED else self.state
            case ForwardedToCompetentLevel():
                self.state, self.addressee = FORWARDED, event.to
                self.forwards[str(self.receiver)] = str(self.referrer)
            case ReferralWithdrawn():
                self.state = WITHDRAWN
            case _:
                self._answered(event)

    def _received(self, event: ReferralReceiptSigned) -> None:
        if event.from_ is not None:
            self.referrer = event.from_
        else:
            self.referrer = self.forwarders[-1] if self.state == FORWARDED else self.referrer
            self.receiver = self.addressee
        self.state, self.designated, self.differences = RECEIVED, event.designated, event.differences

    def _answered(self, event: Event) -> None:
        match event:
            case ReferrerNotifiedOfForward():
                told = [forwarder for forwarder, referrer in self.forwards.items() if referrer == event.to]
                self.notified |= set(told)
            case AcceptanceResultReplied():
                self.acceptance_replied = True
            case HandlingCompleted():
                self.state = HANDLED
            case HandlingResultReplied():
                self.result_replied = True
            case CaseReportFiled():
                self.reported = True
            case CaseClosed():
                self.state = CLOSED
            case _:
                self._disputed(event)

    def _disputed(self, event: Event) -> None:
        match event:
            case JurisdictionDisputeRaised():
                self.state, self.coordinator, self.parties = DISPUTED, event.coordinator, event.parties
            case ResolutionDeferred():
                pass
            case EscalatedToCommittee():
                self.state = ESCALATED
            case DisputeSettled():
                self.state, self.competent = SETTLED, event.competent
            case JurisdictionDesignated():
                self.state, self.competent, self.addressee = DESIGNATED, event.to, event.to
            case _:
                raise unknown(event)

    def from_complaint(self, desk: Desk) -> bool:
        """Whether the matter began as a complaint: then the complaint's own case lives on under the receiver."""
        return desk.file.latest("complaint.received", self.matter) is not None


def in_hand(desk: Desk, matter: str, organ: str | None = None) -> Matter:
    """The matter, refused unless the organ (who acts, if not named) holds it and it is not on its way elsewhere."""
    found = desk.file.matters.get(matter)
    if found is None or not found.open or found.holder != (organ or desk.organ):
        raise Refused(law.NOT_IN_HAND, matter=matter, holder=None if found is None else found.holder)
    if found.in_transit_to is not None:
        raise Refused(law.IN_TRANSIT, matter=matter, addressee=found.in_transit_to)
    return found
