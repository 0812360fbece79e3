"""What happens to an assistance letter (协助办理函): facts about the letter, never about who holds the main matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed


class Commission(StrEnum):
    """What a letter may ask for that keeps a decision waiting, once the complaint's own step says that it waits."""

    INSPECTION = "检验"
    TEST = "检测"
    APPRAISAL = "鉴定"
    EXPERT_REVIEW = "专家评审"


@dataclass(frozen=True, kw_only=True)
class AssistanceRequested(OpeningEvent):
    """协助办理函已发出. The letter is a matter that nobody holds; `about` is the matter it asks for, which stays where it is.

    `again_because`: why the same question was put to the same organ while an earlier letter is unanswered.
    """

    TOPIC = "assistance.requested"
    about: Fixed
    issued_by: Organ
    to: Organ
    case_summary: str
    matters_and_reasons: str
    evidence: tuple[str, ...]
    commissions: Commission | None = None
    again_because: str | None = None

    def warnings(self) -> tuple[str, ...]:
        """A letter pauses nothing by itself."""
        if self.commissions is None:
            return ()
        chinese = (
            f"函件委托{self.commissions}，其本身不暂停期限：如需扣除期间，另办委托步骤（pause_id 填 {self.number}）"
        )
        english = (
            f"the letter commissions {self.commissions} and pauses nothing: if the decision waits for it, take the"
        )
        return (f"{chinese} / {english} complaint's own step, with pause_id {self.number}",)


@dataclass(frozen=True, kw_only=True)
class AssistanceLetterReceived(MatterEvent):
    """协助办理函已收到."""

    TOPIC = "assistance.letter-received"


@dataclass(frozen=True, kw_only=True)
class AssistanceLetterReturned(MatterEvent):
    """函件已退回, being beyond the function of the addressee."""

    TOPIC = "assistance.letter-returned"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AssistanceStarted(MatterEvent):
    """已着手协助办理."""

    TOPIC = "assistance.started"


@dataclass(frozen=True, kw_only=True)
class AssistanceFeedbackGiven(MatterEvent):
    """协查结果已书面反馈."""

    TOPIC = "assistance.feedback-given"
    result: str


@dataclass(frozen=True, kw_only=True)
class AssistanceCancelled(MatterEvent):
    """协助办理函已撤销."""

    TOPIC = "assistance.cancelled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class MainMatterEnded(MatterEvent):
    """主案已结而函件未复. The letter may still be answered; who issued it cancels it if the answer is not needed any more."""

    TOPIC = "assistance.main-matter-ended"

    def warnings(self) -> tuple[str, ...]:
        """Whoever ends the main matter should know that an answer is outstanding."""
        chinese = f"协助办理函 {self.matter} 尚未反馈，如不再需要请予撤销"
        return (f"{chinese} / assistance letter {self.matter} is unanswered: cancel it if it is not needed any more",)
