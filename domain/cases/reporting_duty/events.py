"""The facts of a reporting duty (报送), published for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens, passes
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed, FixedDay


class Report(StrEnum):
    """What is owed: the log of a bid opening, the assessment of its experts, the list of a quarter, information, or a duty."""

    OPENING_LOG = "opening_log"
    EXPERT_ASSESSMENT = "expert_assessment"
    QUARTER_LIST = "quarter_list"
    INFORMATION = "information"
    DUTY = "duty"


class Channel(StrEnum):
    """How a report was sent."""

    WECHAT = "微信"
    QQ = "QQ"
    EMAIL = "电子邮件"
    DIRECT = "直接送达"
    POST = "邮寄送达"
    PLATFORM = "平台上传"


class Subject(StrEnum):
    """What information is about: trading (交易信息), or the experts of the pool (评标专家信息)."""

    TRADING = "trading"
    EXPERTS = "experts"


@dataclass(frozen=True, kw_only=True)
class BidOpeningClosed(OpeningEvent):
    """开标结束. The `unit` at which bids were opened owes the log and the assessment of the experts."""

    TOPIC = "reporting-duty.bid-opening-closed"
    CUSTODY = opens("unit")
    unit: Organ
    project: str


@dataclass(frozen=True, kw_only=True)
class OpeningLogSubmitted(MatterEvent):
    """开标项目工作日志已报送. `copy_hash`: SHA-256 of the copy kept; `complete`: nothing else is owed in the matter."""

    TOPIC = "reporting-duty.opening-log-submitted"
    CUSTODY = closes(when="complete")
    channel: Channel | None = None
    copy_hash: Fixed | None = None
    complete: bool


@dataclass(frozen=True, kw_only=True)
class ExpertAssessmentSubmitted(MatterEvent):
    """专家考核情况表已报送. `copy_hash`: SHA-256 of the copy kept; `complete`: nothing else is owed in the matter."""

    TOPIC = "reporting-duty.expert-assessment-submitted"
    CUSTODY = closes(when="complete")
    channel: Channel | None = None
    copy_hash: Fixed | None = None
    complete: bool


@dataclass(frozen=True, kw_only=True)
class QuarterOpened(OpeningEvent):
    """季度已开始. The `unit` owes the list of the quarter's projects."""

    TOPIC = "reporting-duty.quarter-opened"
    CUSTODY = opens("unit")
    unit: Organ
    begins: FixedDay
    ends: FixedDay


@dataclass(frozen=True, kw_only=True)
class QuarterListSubmitted(MatterEvent):
    """招投标项目一览表已报送. The forms of this sending; with those of earlier ones both are there."""

    TOPIC = "reporting-duty.quarter-list-submitted"
    CUSTODY = closes()
    electronic: bool
    sealed_paper: bool


@dataclass(frozen=True, kw_only=True)
class QuarterListPartSubmitted(MatterEvent):
    """招投标项目一览表部分报送. One form is still missing."""

    TOPIC = "reporting-duty.quarter-list-part-submitted"
    electronic: bool
    sealed_paper: bool


@dataclass(frozen=True, kw_only=True)
class InformationRequested(OpeningEvent):
    """要求提供信息. `answer_by` is what the requester asks for and no limit of the law; `letter`: number of the request."""

    TOPIC = "reporting-duty.information-requested"
    CUSTODY = opens("unit")
    unit: Organ
    requester: Organ
    subject: Subject
    items: tuple[str, ...]
    letter: str | None = None
    answer_by: date | None = None

    def warnings(self) -> tuple[str, ...]:
        """That the day agreed is not one of the law."""
        agreed = "答复日期系约定，不是法定时限 / the answer-by date is agreed, not a limit of the law"
        return () if self.answer_by is None else (agreed,)


@dataclass(frozen=True, kw_only=True)
class InformationProvided(MatterEvent):
    """信息已提供."""

    TOPIC = "reporting-duty.information-provided"
    CUSTODY = closes()
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DutyOpened(OpeningEvent):
    """报送事项已产生. A duty that the rule states without a number; `about`: what gave rise to it."""

    TOPIC = "reporting-duty.duty-opened"
    CUSTODY = opens("unit")
    rule: Fixed
    unit: Organ
    about: str


@dataclass(frozen=True, kw_only=True)
class DutySubmitted(MatterEvent):
    """已报送. `document`: the letter, bulletin or batch by which it was done."""

    TOPIC = "reporting-duty.submitted"
    CUSTODY = closes()
    document: str


@dataclass(frozen=True, kw_only=True)
class PartSubmitted(MatterEvent):
    """部分报送. `missing`: what is still owed; the clock runs on."""

    TOPIC = "reporting-duty.part-submitted"
    report: Report
    document: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportAcknowledged(MatterEvent):
    """报送已确认. It was looked through and is in order."""

    TOPIC = "reporting-duty.acknowledged"


@dataclass(frozen=True, kw_only=True)
class ReportRejected(MatterEvent):
    """报送已退回. As if it had not been submitted: the `unit` owes it again, from the same day on."""

    TOPIC = "reporting-duty.rejected"
    CUSTODY = passes("unit")
    unit: Organ
    report: Report
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyWaived(MatterEvent):
    """报送已免除. There is nothing to report, for this reason; `report` None: nothing at all in the matter."""

    TOPIC = "reporting-duty.waived"
    CUSTODY = closes(when="complete")
    report: Report | None = None
    reason: str
    complete: bool
