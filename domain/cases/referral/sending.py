"""What the referrer (移送部门) of a matter does: record the need, dispatch, take back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.referral import law
from domain.cases.referral.events import (
    Delivery,
    DisputeSettled,
    ReferralDispatched,
    ReferralOpened,
    ReferralRequired,
    ReferralReturnReceived,
    ReferralWithdrawn,
    Scope,
    Trigger,
)
from domain.cases.referral.record import (
    DISPATCHED,
    DISPUTED,
    ESCALATED,
    RECEIVED,
    REQUIRED,
    RETURNED,
    ReferralRecord,
    in_hand,
)
from domain.demands import blank, stated
from domain.kernel import HOLDER, Organ, Refused, party, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk

ORIGINS = ("complaint.received", "report.received", "referral.receipt-signed", "evidence.handed-over")


class Sending(ReferralRecord):
    """Steps of the department that refers the matter."""

    @step(HOLDER, opens=True, acts=True, states=(REQUIRED,))
    def dispatch(
        self,
        desk: Desk,
        *,
        to: Organ,
        scope: Scope | None,
        delivery: Delivery | None,
        catalogue: tuple[str, ...] | None,
        new_facts: str | None = None,
        matter: str | None = None,
        number: str = "",
        file_no: str = "",
        profiles: tuple[str, ...] = (),
    ) -> None:
        """Send the matter to the competent department, with a catalogue. Opens a case, or goes on from a recorded need."""
        about = self.matter or matter or ""
        in_hand(desk, about)
        self._may_go(desk, about, to, new_facts)
        scope = scope or self.scope
        if scope is None:
            raise Refused(law.SCOPE_REQUIRED)
        if delivery is None:
            raise Refused(law.DELIVERY_REQUIRED)
        if not catalogue or all(blank(item) for item in catalogue):
            raise Refused(law.CATALOGUE_REQUIRED)
        if not self.state:
            self.record(ReferralOpened(matter=about, number=number, file_no=file_no, profiles=profiles))
        self.record(
            ReferralDispatched(
                matter=about,
                referrer=desk.organ,
                to=to,
                scope=scope,
                delivery=delivery,
                catalogue=catalogue,
                leg=1 + len(desk.file.all("referral.return-received", about)),
                new_facts=new_facts,
            )
        )

    @step(HOLDER, opens=True)
    def require(
        self,
        desk: Desk,
        *,
        matter: str,
        scope: Scope | None,
        basis: str | None,
        ground: Trigger,
        discovered_on: date | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record that the matter must be referred: from then on the time to refer it is counted."""
        in_hand(desk, matter)
        if scope is None:
            raise Refused(law.SCOPE_REQUIRED)
        basis = stated(basis, law.BASIS_REQUIRED)
        if ground is Trigger.DISCOVERY and (discovered_on is None or discovered_on > day_of(desk.at)):
            raise Refused(law.DISCOVERY_DATE_REQUIRED, discovered_on=discovered_on)
        if ground is Trigger.RECEIPT and not any(desk.file.latest(topic, matter) for topic in ORIGINS):
            raise Refused(law.NOTHING_RECEIVED, matter=matter)
        for other in self._others(desk, matter):
            if other.state == REQUIRED:
                raise Refused(law.ALREADY_REQUIRED, case=other.number)
        self.record(
            ReferralRequired(
                matter=matter,
                number=number,
                file_no=file_no,
                profiles=profiles,
                referrer=desk.organ,
                scope=scope,
                basis=basis,
                ground=ground,
                discovered_on=discovered_on if ground is Trigger.DISCOVERY else None,
            )
        )

    @step(party("referrer"), states=(RETURNED, DISPUTED, ESCALATED))
    def receive_returned(self, desk: Desk) -> None:
        """Take the returned material in."""
        matter = desk.file.matters[self.matter]
        if matter.in_transit_to != desk.organ:
            raise Refused(law.NOT_IN_HAND, matter=self.matter, holder=matter.holder)
        self.record(ReferralReturnReceived(matter=self.matter))

    @step(party("referrer"))
    def withdraw(self, desk: Desk, *, reason: str | None, ends_duty: bool = False) -> None:
        """Take the referral back before its acceptance. `ends_duty`: the reason also ends the duty to refer."""
        if self.state not in (REQUIRED, DISPATCHED, RECEIVED) or self.designated or self.forwards:
            raise Refused(law.WITHDRAWAL_TOO_LATE, state=self.state)
        reason = stated(reason, law.WITHDRAWAL_REASON_REQUIRED)
        if self.state == REQUIRED and not ends_duty:
            raise Refused(law.NOTHING_DISPATCHED)
        if self.state != DISPATCHED:
            in_hand(desk, self.matter, self.receiver)
        elif desk.file.matters[self.matter].in_transit_to != self.addressee:
            raise Refused(law.NOT_IN_HAND, matter=self.matter)
        self.record(ReferralWithdrawn(matter=self.matter, reason=reason, ends_duty=ends_duty))

    def _may_go(self, desk: Desk, matter: str, to: str, new_facts: str | None) -> None:
        if to == desk.organ:
            raise Refused(law.TO_ITSELF)
        for other in self._others(desk, matter):
            if other.state in (DISPUTED, ESCALATED):
                raise Refused(law.DISPUTE_PENDING, case=other.number)
            if other.state == REQUIRED and not self.state:
                raise Refused(law.ALREADY_REQUIRED, case=other.number)
        if blank(new_facts) and _had_it(desk, matter, to) and not _agreed_on(desk, matter, to):
            raise Refused(law.REPEAT_REQUIRES_DISPUTE, to=to)

    def _others(self, desk: Desk, matter: str) -> list[ReferralRecord]:
        cases = desk.file.cases.values()
        return [
            case for case in cases if isinstance(case, ReferralRecord) and case is not self and case.matter == matter
        ]


def _had_it(desk: Desk, matter: str, organ: str) -> bool:
    withdrawn = {entry.case_id for entry in desk.file.all("referral.withdrawn", matter)}
    sent = (entry for entry in desk.file.all("referral.dispatched", matter) if entry.case_id not in withdrawn)
    returned = desk.file.all("referral.returned", matter)
    return any(isinstance(entry.event, ReferralDispatched) and entry.event.to == organ for entry in sent) or any(
        entry.actor.acting_for == organ for entry in returned
    )


def _agreed_on(desk: Desk, matter: str, organ: str) -> bool:
    settled = desk.file.latest("referral.dispute-settled", matter)
    return settled is not None and isinstance(settled.event, DisputeSettled) and settled.event.competent == organ
