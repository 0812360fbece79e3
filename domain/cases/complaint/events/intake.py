"""What happens to a complaint (投诉) or report (举报) until it is settled who deals with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.effects import closes, opens, passes
from domain.kernel import MatterEvent, OpeningEvent


class Subject(StrEnum):
    """What a complaint is about: tendering and bidding, or government procurement."""

    BIDDING = "bidding"
    PROCUREMENT = "procurement"


@dataclass(frozen=True, kw_only=True)
class ComplaintReceived(OpeningEvent):
    """投诉已收件. `complainant`, `contact`, `text`, `id_number`, `phone`: references. `knew_on`: when the complainant knew or should have.

    `prior_objection_answered`: when the objection (异议, 质疑) was answered; `answer_period_ended`: when the
    time for the answer had run out; `objection_needed`: False where the law lets one complain without objecting first.
    `objection`: the matter of the file that is the objection or challenge.
    """

    TOPIC = "complaint.received"
    VERSION = 2
    CUSTODY = opens()
    subject: Subject
    complainant: str | None = None
    project: str | None = None
    contact: str | None = None
    text: str | None = None
    matter_title: str | None = None
    knew_on: date | None = None
    prior_objection_answered: date | None = None
    answer_period_ended: date | None = None
    objection_needed: bool = True
    same_matter_as: str | None = None
    objection: str | None = None
    id_number: str | None = None
    phone: str | None = None

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        """The first version kept no number by which a complainant is recognised."""
        return payload


@dataclass(frozen=True, kw_only=True)
class ReportReceived(OpeningEvent):
    """举报已收件. `named`: 实名举报 if true, 匿名举报 if not. `complainant`, `contact`, `text`, `id_number`, `phone`: references."""

    TOPIC = "report.received"
    VERSION = 2
    CUSTODY = opens()
    named: bool
    complainant: str | None = None
    contact: str | None = None
    text: str | None = None
    matter_title: str | None = None
    project: str | None = None
    id_number: str | None = None
    phone: str | None = None

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        """The first version kept no number by which a reporter is recognised."""
        return payload


@dataclass(frozen=True, kw_only=True)
class ComplaintAccepted(MatterEvent):
    """投诉已受理. `new_evidence`: the complainant brought new evidence against an earlier decision."""

    TOPIC = "complaint.accepted"
    new_evidence: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(MatterEvent):
    """举报已受理, being within the receiver's own remit."""

    TOPIC = "report.accepted"


@dataclass(frozen=True, kw_only=True)
class ComplaintRejected(MatterEvent):
    """不予受理."""

    TOPIC = "complaint.rejected"
    CUSTODY = closes()
    reason: str


@dataclass(frozen=True, kw_only=True)
class NotCompetentDetermined(MatterEvent):
    """认定非本部门职责. `complainant_known`: somebody is there who must be told."""

    TOPIC = "complaint.not-competent"
    competent: str
    transfer_required: bool
    complainant_known: bool


@dataclass(frozen=True, kw_only=True)
class ComplainantRedirected(MatterEvent):
    """已书面告知投诉人. `ends_matter`: nothing has to be transferred besides."""

    TOPIC = "complaint.redirected"
    CUSTODY = closes(when="ends_matter")
    ends_matter: bool


@dataclass(frozen=True, kw_only=True)
class ComplaintJoinedToEarlier(MatterEvent):
    """并入最先收到的部门. `earlier`: number of the case that was received first."""

    TOPIC = "complaint.joined"
    CUSTODY = passes("earlier_receiver")
    earlier: str
    earlier_receiver: str
    complainant_told: bool = False


@dataclass(frozen=True, kw_only=True)
class ComplaintTransferred(MatterEvent):
    """已移送: `receiver` has signed for the whole case."""

    TOPIC = "complaint.transferred"
    receiver: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintTakenOver(MatterEvent):
    """受移送部门已受理: `receiver` handles the complaint from here on."""

    TOPIC = "complaint.taken-over"
    receiver: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintEndedElsewhere(MatterEvent):
    """随移送办结 The referral with which the complaint went along was closed where it arrived, and the complaint with it."""

    TOPIC = "complaint.ended-elsewhere"


@dataclass(frozen=True, kw_only=True)
class ComplaintReturned(MatterEvent):
    """已退回: the department that had referred it has the file again."""

    TOPIC = "complaint.returned"
