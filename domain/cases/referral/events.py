"""The facts of a referral (移送)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, passes, recalls, sends
from domain.kernel import MatterEvent, OpeningEvent


class Scope(StrEnum):
    """Which of the cases for a referral applies: S1 other remit, S2 stop of funds, S3 market ban."""

    OTHER_REMIT = "S1"
    FUNDS = "S2"
    MARKET_BAN = "S3"


class Delivery(StrEnum):
    """How the material travels: by hand, by post, by e-mail."""

    DIRECT = "直接送达"
    POST = "邮寄送达"
    EMAIL = "电子邮件送达"


class Trigger(StrEnum):
    """From when the duty to refer counts: the department's own discovery, or the receipt of a complaint or report."""

    DISCOVERY = "discovery"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class View:
    """What one party to a dispute holds about who is competent."""

    party: str
    view: str


@dataclass(frozen=True, kw_only=True)
class ReferralRequired(OpeningEvent):
    """需移送 The matter must be referred; to whom may still be open."""

    TOPIC = "referral.required"
    referrer: str
    scope: Scope
    basis: str
    ground: Trigger
    discovered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralOpened(OpeningEvent):
    """移送立卷 The case of one matter and one addressee. `receiver` and `scope`: where the dispatch lies outside this ledger."""

    TOPIC = "referral.opened"
    receiver: str | None = None
    scope: Scope | None = None
    catalogue: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReferralDispatched(MatterEvent):
    """已发出移送 The material left for the addressee. `leg`: which attempt to refer the matter this is."""

    TOPIC = "referral.dispatched"
    CUSTODY = sends("to")
    referrer: str
    to: str
    scope: Scope
    delivery: Delivery
    catalogue: tuple[str, ...]
    leg: int = 1
    new_facts: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralReceiptSigned(MatterEvent):
    """回执已签 The addressee holds the matter. `from_`: the referrer, where the dispatch lies outside this ledger."""

    TOPIC = "referral.receipt-signed"
    CUSTODY = passes()
    catalogue_agrees: bool
    differences: tuple[str, ...] = ()
    from_: str | None = None
    designated: bool = False


@dataclass(frozen=True, kw_only=True)
class ReferralAccepted(MatterEvent):
    """受理移送 The receiver found the matter its own and takes it up."""

    TOPIC = "referral.accepted"


@dataclass(frozen=True, kw_only=True)
class ReferralNotAccepted(MatterEvent):
    """不予受理 The matter is the receiver's own but does not meet the conditions of acceptance."""

    TOPIC = "referral.not-accepted"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReferralReturned(MatterEvent):
    """已退回 The material is on its way back to the referrer."""

    TOPIC = "referral.returned"
    CUSTODY = sends("to")
    reason: str
    to: str


@dataclass(frozen=True, kw_only=True)
class ReferralReturnReceived(MatterEvent):
    """退件已收 The referrer has the material again."""

    TOPIC = "referral.return-received"
    CUSTODY = passes()


@dataclass(frozen=True, kw_only=True)
class ForwardedToCompetentLevel(MatterEvent):
    """转有管辖权机关 The receiver's function, another level's jurisdiction: on its way to that level."""

    TOPIC = "referral.forwarded"
    CUSTODY = sends("to")
    to: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ReferrerNotifiedOfForward(MatterEvent):
    """已告知移送部门 The forwarder told the referrer in writing."""

    TOPIC = "referral.forward-notified"
    to: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceResultReplied(MatterEvent):
    """受理结果已回告 The referrer was told whether the matter was accepted."""

    TOPIC = "referral.acceptance-replied"
    to: str


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(MatterEvent):
    """处理完毕 The receiver has dealt with a matter of report or discovery origin."""

    TOPIC = "referral.handling-completed"


@dataclass(frozen=True, kw_only=True)
class HandlingResultReplied(MatterEvent):
    """办理结果已回告 The referrer was told the result."""

    TOPIC = "referral.result-replied"
    to: str


@dataclass(frozen=True, kw_only=True)
class CaseReportFiled(MatterEvent):
    """已报备 The handling was reported to the coordinating office."""

    TOPIC = "referral.report-filed"
    uploaded_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """已结案 Nobody owes anything in the matter any more."""

    TOPIC = "referral.closed"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class ReferralWithdrawn(MatterEvent):
    """撤回移送 The referrer took the matter back. `ends_duty`: the reason also ends the duty to refer."""

    TOPIC = "referral.withdrawn"
    CUSTODY = recalls()
    reason: str
    ends_duty: bool = False


@dataclass(frozen=True, kw_only=True)
class JurisdictionDisputeRaised(MatterEvent):
    """提请协调管辖 After a return: the coordinator is asked who is competent."""

    TOPIC = "referral.dispute-raised"
    coordinator: str
    parties: tuple[str, ...]
    views: tuple[View, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResolutionDeferred(MatterEvent):
    """暂未议定 The meeting did not agree. `item`: the agenda item."""

    TOPIC = "referral.resolution-deferred"
    item: str
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class EscalatedToCommittee(MatterEvent):
    """报管委会审定 The committee is asked. `opinions`: the departments whose opinion is attached."""

    TOPIC = "referral.escalated"
    opinions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(MatterEvent):
    """协商一致 The parties agreed who is competent."""

    TOPIC = "referral.dispute-settled"
    competent: str


@dataclass(frozen=True, kw_only=True)
class JurisdictionDesignated(MatterEvent):
    """指定管辖 The committee or the common superior said who is competent; on its way there."""

    TOPIC = "referral.designated"
    CUSTODY = sends("to")
    to: str
