"""The facts of joint punishment (联合惩戒): a penalty decision, the memo issued on it, and what each department did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ, Uscc
from domain.names import Fixed, same_words

FINE = "罚款"

BANNING = re.compile(
    "禁入|(禁止|不得|限制)(其)?(进入|参加|参与|从事|投标|竞买|竞价|交易)|(取消|暂停)[^，；]{0,8}(投标|交易|供应商|竞买|评标)[^，；]{0,4}资格"
)
"""Words of a measure that keeps its subject from taking part in trades."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure (惩戒措施) of a memo and the provision on which it rests.

    `bars`: whether it keeps the subject from taking part in trades (市场禁入); unless that is said, its words tell.
    """

    measure: str
    basis: str | None
    bars: bool | None = None

    @property
    def keeps_out(self) -> bool:
        """Whether the subject may not take part while the measure is in force."""
        return bool(BANNING.search(same_words(self.measure))) if self.bars is None else self.bars


def fine_facts(fact: str, text: str, subject: str, uscc: str | None) -> tuple[Fixed, ...]:
    """What a fine takes for itself in all files: the act, once with the name and once with the code of who is fined."""
    act = f"{same_words(fact)}:{same_words(text)}"
    by_code = () if uscc is None else (Fixed(f"fine:{act}:uscc:{same_words(uscc)}"),)
    return (Fixed(f"fine:{act}:name:{same_words(subject)}"), *by_code)


def penalty_fact(penalty: str) -> str:
    """What says that the decision with this number has a case of its own."""
    return f"penalty:{same_words(penalty)}"


def memo_fact(penalty: str) -> str:
    """What says that a memo was issued on the decision with this number."""
    return f"memo:{same_words(penalty)}"


@dataclass(frozen=True, kw_only=True)
class PenaltyDecided(OpeningEvent):
    """处罚决定 `earlier`: penalties for the same act and subject that stood at the time; `amount` in yuan.

    `party_present`: whether the party was there when the decision was announced, where that is on record.
    """

    TOPIC = "joint-punishment.penalty-decided"
    CUSTODY = opens()
    RESERVES = True
    fact: Fixed
    text: Fixed
    subject: Fixed
    uscc: Uscc | None = None
    kind: Fixed
    amount: int | None = None
    decided_by: Organ
    party_present: bool | None = None
    earlier: tuple[Fixed, ...] = ()
    apart_from_crime: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether the decision imposes a fine, alone or beside another penalty."""
        return FINE in self.kind

    @property
    def reserves(self) -> tuple[str, ...]:
        """The number, and for a fine the act with its subject."""
        fined = fine_facts(self.fact, self.text, self.subject, self.uscc) if self.is_fine else ()
        return (penalty_fact(self.number), *fined)

    def warnings(self) -> tuple[str, ...]:
        """Which penalties already stand for the same act: only a second fine is forbidden."""
        return tuple(f"同一行为已受处罚：{each} / the act was punished before: {each}" for each in self.earlier)


@dataclass(frozen=True, kw_only=True)
class OutsidePenaltyNamed(OpeningEvent):
    """账外处罚 The penalty behind a memo was decided outside the ledger: its number, its subject, and by whom if known."""

    TOPIC = "joint-punishment.outside-penalty-named"
    penalty: Fixed
    subject: Fixed
    uscc: Uscc | None = None
    decided_by: str | None = None
    answers: Organ


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(MatterEvent):
    """处理完毕 The decision was served on the last party."""

    TOPIC = "joint-punishment.handling-completed"


@dataclass(frozen=True, kw_only=True)
class CaseReportFiled(MatterEvent):
    """处理情况已报备 The result was reported to the coordinating office."""

    TOPIC = "joint-punishment.report-filed"
    uploaded_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class JointPunishmentProposed(MatterEvent):
    """处理结果已报 Joint punishment is now a matter of its own in the hands of the office `to`."""

    TOPIC = "joint-punishment.proposed"
    CUSTODY = opens("to")
    to: Organ


@dataclass(frozen=True, kw_only=True)
class JointPunishmentMemoIssued(MatterEvent):
    """备忘录已发布 `recipients`: to whom issuing alone sends it; `until`: the last day on which it is in force."""

    TOPIC = "joint-punishment.memo-issued"
    CUSTODY = opens()
    RESERVES = True
    penalty: Fixed
    memo: str | None = None
    subject: Fixed
    uscc: Uscc | None = None
    measures: tuple[Measure, ...]
    effective: date
    until: date | None
    recipients: tuple[Organ, ...] = ()

    @property
    def reserves(self) -> tuple[str, ...]:
        """One memo per penalty, for ever."""
        return (memo_fact(self.penalty),)


@dataclass(frozen=True, kw_only=True)
class MemoDistributed(MatterEvent):
    """备忘录已印发 The memo was sent to these departments."""

    TOPIC = "joint-punishment.memo-distributed"
    to: tuple[Organ, ...]


@dataclass(frozen=True, kw_only=True)
class MemoAcknowledged(MatterEvent):
    """备忘录已签收 A department has the memo."""

    TOPIC = "joint-punishment.memo-acknowledged"
    department: Organ


@dataclass(frozen=True, kw_only=True)
class PunishmentMeasureExecuted(MatterEvent):
    """措施已执行 A department carried out a measure of the memo."""

    TOPIC = "joint-punishment.measure-executed"
    department: Organ
    measure: Fixed


@dataclass(frozen=True, kw_only=True)
class CreditPointsRecorded(MatterEvent):
    """信用记分 Points were recorded against the subject."""

    TOPIC = "joint-punishment.credit-points-recorded"
    points: int
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ViolationPublished(MatterEvent):
    """已上传平台 The violation was published on the platform."""

    TOPIC = "joint-punishment.violation-published"
    platform: str


@dataclass(frozen=True, kw_only=True)
class PenaltyRevoked(MatterEvent):
    """处罚已撤销 The basis of the memo is gone; what the fine had reserved is free again."""

    TOPIC = "joint-punishment.penalty-revoked"
    RESERVES = True
    revoked_by: str
    paper: str | None = None
    releases: tuple[Fixed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JointPunishmentLifted(MatterEvent):
    """已解除 The office lifted the memo, or dropped the proposal; `repair`: the paper on credit repair (信用修复), if that is why."""

    TOPIC = "joint-punishment.lifted"
    CUSTODY = closes()
    repair: str | None = None


@dataclass(frozen=True, kw_only=True)
class JointPunishmentExpired(MatterEvent):
    """期满 The last day of the memo has passed."""

    TOPIC = "joint-punishment.expired"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """已结案 The department has done with the penalty; the matter ends unless another open penalty bears it too."""

    TOPIC = "joint-punishment.closed"
    CUSTODY = closes(when="ends_matter")
    ends_matter: bool
