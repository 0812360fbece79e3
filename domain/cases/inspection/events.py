"""The facts of a joint inspection (联合检查). The inspection is held by nobody; each violation it finds is a matter of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed


class Occasion(StrEnum):
    """Which of the six scopes (范围) of joint enforcement and joint inspection applies."""

    SHARED_JURISDICTION = "共同管辖"
    ACROSS = "跨区域跨行业"
    OVERLAP = "职责交叉"
    GRAVE = "复杂严重"
    CAMPAIGN = "专项治理"
    OTHER = "其他"


class Scope(StrEnum):
    """Where a finding goes that its finder does not dispose of: other remit, stop of funds, market ban, suspected crime."""

    OTHER_REMIT = "S1"
    FUNDS = "S2"
    MARKET_BAN = "S3"
    CRIME = "S4"


@dataclass(frozen=True)
class Plan:
    """The plan (方案) with its eight parts, of which `method_and_steps` counts as two."""

    duties: str | None
    purpose: str | None
    targets: str | None
    scope: str | None
    content: str | None
    time: str | None
    method_and_steps: str | None


@dataclass(frozen=True)
class Pool:
    """A named list (名录库) from which is drawn."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class JointInspectionProposed(OpeningEvent):
    """联合检查方案已拟. `initiator` drafts the plan; `participants` are the others."""

    TOPIC = "inspection.proposed"
    initiator: Organ
    occasion: Occasion
    plan: Plan
    participants: tuple[Organ, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InspectionPlanRevised(MatterEvent):
    """方案已修改. Who had agreed is asked again."""

    TOPIC = "inspection.plan-revised"
    plan: Plan
    participants: tuple[Organ, ...]


@dataclass(frozen=True, kw_only=True)
class ParticipantAgreed(MatterEvent):
    """参与部门已同意方案."""

    TOPIC = "inspection.participant-agreed"
    participant: Organ


@dataclass(frozen=True, kw_only=True)
class InspectionPlanAgreed(MatterEvent):
    """方案已协商确定. `agreed_by`: all participants. `seed_commitment`: SHA-256 of the seed with which will be drawn."""

    TOPIC = "inspection.plan-agreed"
    agreed_by: tuple[Organ, ...]
    seed_commitment: Fixed | None = None


@dataclass(frozen=True, kw_only=True)
class RandomDrawRecorded(MatterEvent):
    """已随机抽取. With pools and seed anyone can repeat the draw by its `method`; a draw made elsewhere is kept as it was told."""

    TOPIC = "inspection.draw-recorded"
    method: Fixed
    targets: tuple[Fixed, ...]
    inspectors: tuple[Fixed, ...]
    target_pool: Pool | None = None
    inspector_pool: Pool | None = None
    seed: Fixed | None = None
    seed_published: bool = False

    def warnings(self) -> tuple[str, ...]:
        """Where nobody can check the draw, or whether the seed came first."""
        if self.seed is None:
            return ("该抽取在系统外进行，无法复核 / the draw was made elsewhere: nobody can repeat it",)
        if not self.seed_published:
            return ("种子未事先公布 / the seed was not committed to before the draw",)
        return ()


@dataclass(frozen=True, kw_only=True)
class JointInspectionStarted(MatterEvent):
    """联合检查已开展."""

    TOPIC = "inspection.started"


@dataclass(frozen=True, kw_only=True)
class ViolationDiscovered(MatterEvent):
    """检查中发现违法行为, a matter of its own, held by the participant that found it. `refer`: under which `scope` it goes on."""

    TOPIC = "inspection.violation-discovered"
    CUSTODY = opens("found_by")
    inspection: Fixed
    found_by: Organ
    description: str
    discovered_on: date
    refer: bool
    scope: Scope | None = None


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(MatterEvent):
    """发现的问题已依法处理, by its finder. `instead_of_referral`: why what was to be referred is not."""

    TOPIC = "inspection.finding-disposed"
    outcome: str
    instead_of_referral: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseReportFiled(MatterEvent):
    """处理情况已报备."""

    TOPIC = "inspection.report-filed"
    uploaded_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """发现的问题已办结: nobody holds it any more."""

    TOPIC = "inspection.finding-closed"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class InspectionResultsPublished(MatterEvent):
    """检查结果已统一公布. `text`: the one wording for all."""

    TOPIC = "inspection.results-published"
    text: str
    medium: str | None = None


@dataclass(frozen=True, kw_only=True)
class JointInspectionClosed(MatterEvent):
    """联合检查已结束. `unpublished_because`: why nothing had to be published."""

    TOPIC = "inspection.closed"
    unpublished_because: str | None = None


@dataclass(frozen=True, kw_only=True)
class InspectionWithdrawn(MatterEvent):
    """联合检查已取消, before it began."""

    TOPIC = "inspection.withdrawn"
    reason: str
