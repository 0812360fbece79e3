"""Facts that tests of referrals start from: a report at the water bureau, sent to the transport bureau, and what may follow."""

from __future__ import annotations

from typing import Any

from domain.cases.complaint.events import ComplaintReceived, ComplaintTransferred, ReportReceived, Subject
from domain.cases.referral.events import (
    Delivery,
    HandlingCompleted,
    JurisdictionDisputeRaised,
    ReferralAccepted,
    ReferralDispatched,
    ReferralNotAccepted,
    ReferralOpened,
    ReferralReceiptSigned,
    ReferralReturned,
    ReferralReturnReceived,
    Scope,
    View,
)
from domain.kernel import Event
from tests.given import opening

Fact = tuple[Event, str, str, str]

CATALOGUE = ("举报信", "现场照片")
SENDING: dict[str, Any] = {"to": "jtj", "scope": Scope.OTHER_REMIT, "delivery": Delivery.DIRECT, "catalogue": CATALOGUE}
REPORT: Fact = (ReportReceived(**opening("JB-1", "M1"), named=True), "2024-04-25T09:20+08:00", "slj", "JB-1")


def opened(number: str = "YS-1") -> ReferralOpened:
    """The opening of a referral in the report's file."""
    return ReferralOpened(**opening(number, "M1", "JB-1"))


def dispatched(
    to: str = "jtj", *, referrer: str = "slj", leg: int = 1, new_facts: str | None = None
) -> ReferralDispatched:
    """A dispatch of the report's matter."""
    return ReferralDispatched(
        matter="M1", referrer=referrer, **{**SENDING, "to": to}, leg=leg, new_facts=new_facts
    )  # fmt: skip


def fact(event: Event, at: str, by: str, number: str = "YS-1") -> Fact:
    """A fact of a referral."""
    return event, at, by, number


SENT = (REPORT, fact(opened(), "2024-05-06", "slj"), fact(dispatched(), "2024-05-06T09:01+08:00", "slj"))
SIGNED = (
    *SENT,
    fact(ReferralReceiptSigned(matter="M1", catalogue_agrees=True), "2024-05-08", "jtj"),
    fact(ComplaintTransferred(matter="M1", receiver="jtj"), "2024-05-08", "jtj", "JB-1"),
)
ACCEPTED = (*SIGNED, fact(ReferralAccepted(matter="M1"), "2024-05-09", "jtj"))
DECLINED = (*SIGNED, fact(ReferralNotAccepted(matter="M1", reason="已过时效"), "2024-05-09", "jtj"))
HANDLED = (*ACCEPTED, fact(HandlingCompleted(matter="M1"), "2024-05-20", "jtj"))
RETURNED = (*SIGNED, fact(ReferralReturned(matter="M1", reason="属住建部门管辖", to="slj"), "2024-05-14", "jtj"))
BACK = (*RETURNED, fact(ReferralReturnReceived(matter="M1"), "2024-05-15", "slj"))

VIEWS = (View(party="slj", view="属交通"), View(party="jtj", view="属住建"))
RAISING: dict[str, Any] = {"coordinator": "zwj", "parties": ("slj", "jtj"), "views": VIEWS}
DISPUTE = JurisdictionDisputeRaised(matter="M1", **RAISING)
DISPUTED = (*BACK, fact(DISPUTE, "2024-05-16", "slj"))

COMPLAINT = fact(ComplaintReceived(**opening("JB-1", "M1"), subject=Subject.BIDDING), "2024-04-25", "slj", "JB-1")
FROM_COMPLAINT = (COMPLAINT, *ACCEPTED[1:])
