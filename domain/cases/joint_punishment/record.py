"""What is known of one joint punishment (联合惩戒) case, folded from its facts: the penalty, and the memo on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.cases.joint_punishment.events import (
    CaseClosed,
    CaseReportFiled,
    CreditPointsRecorded,
    HandlingCompleted,
    JointPunishmentExpired,
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    JointPunishmentProposed,
    MemoAcknowledged,
    MemoDistributed,
    OutsidePenaltyNamed,
    PenaltyDecided,
    PenaltyRevoked,
    PunishmentMeasureExecuted,
    ViolationPublished,
)
from domain.cases.joint_punishment.law import EARLIER_PENALTY, PENALTY_DECIDED_ELSEWHERE, PENALTY_NOT_IN_FORCE
from domain.kernel import Case, Event, Organ, Refused, unknown

DECIDED, SERVED, PROPOSED, ISSUED, EXECUTING = "decided", "served", "proposed", "issued", "executing"
LIFTED, EXPIRED, REVOKED, CLOSED = "lifted", "expired", "revoked", "closed"
MUST_BE_LIFTED = "must_be_lifted"


def memo_matter(number: str) -> str:
    """The matter of the memo of the case with this number."""
    return f"{number}-memo"


class PunishmentRecord(Case):
    """The penalty is known either by its decision or, when it was decided outside the ledger, by its number."""

    def __init__(self) -> None:
        super().__init__()
        self.decision: PenaltyDecided | None = None
        self.outside: OutsidePenaltyNamed | None = None
        self.memo: JointPunishmentMemoIssued | None = None
        self.answers = ""
        """The organ that answers for the penalty's facts: who decided it, or the office where that was outside."""
        self.served = self.reported = self.proposed = self.revoked = self.closed = False
        self.sent: tuple[Organ, ...] = ()
        self.acknowledged: tuple[Organ, ...] = ()
        self.executed: tuple[tuple[str, str], ...] = ()
        self.scored: tuple[tuple[int, str | None], ...] = ()
        self.published: tuple[str, ...] = ()
        self.ended: str | None = None

    @property
    def memo_matter(self) -> str:
        """The matter of the memo, beside that of the penalty."""
        return memo_matter(self.number)

    @property
    def recipients(self) -> tuple[Organ, ...]:
        """To whom the memo was sent: by being issued, or by being distributed later."""
        issued = self.memo.recipients if self.memo else ()
        return tuple(dict.fromkeys((*issued, *self.sent)))

    @property
    def memo_state(self) -> str | None:
        """Where the memo stands; whether its dates cover a day is for the reader of that day."""
        if self.ended or self.memo is None:
            return self.ended or (PROPOSED if self.proposed else None)
        return MUST_BE_LIFTED if self.revoked else ISSUED

    def on(self, event: Event) -> None:
        match event:
            case PenaltyDecided():
                self.decision, self.answers = event, event.decided_by
            case OutsidePenaltyNamed():
                self.outside, self.answers = event, event.answers
            case HandlingCompleted():
                self.served, self.reported = True, False
            case CaseReportFiled():
                self.reported = True
            case JointPunishmentProposed():
                self.proposed = True
            case JointPunishmentMemoIssued():
                self.memo = event
            case MemoDistributed():
                self.sent += event.to
            case MemoAcknowledged():
                self.acknowledged += (event.department,)
            case PunishmentMeasureExecuted():
                self.executed += ((event.department, event.measure),)
            case CreditPointsRecorded():
                self.scored += ((event.points, event.basis),)
            case ViolationPublished():
                self.published += (event.platform,)
            case PenaltyRevoked():
                self.revoked = True
            case JointPunishmentLifted():
                self.ended = LIFTED
            case JointPunishmentExpired():
                self.ended = EXPIRED
            case CaseClosed():
                self.closed = True
            case _:
                raise unknown(event)
        self.state = self._stage()

    def _stage(self) -> str:
        if self.closed and (self.ended or not (self.memo or self.proposed)):
            return CLOSED
        if self.ended:
            return self.ended
        if self.memo:
            return EXECUTING if self.executed else ISSUED
        if self.revoked:
            return REVOKED
        if self.proposed:
            return PROPOSED
        return SERVED if self.served else DECIDED

    def summary(self) -> Mapping[str, Any]:
        return {
            **self._penalty(),
            "served": self.served,
            "reported": self.reported,
            "revoked": self.revoked,
            "points": sum(points for points, _ in self.scored),
            "published": list(self.published),
            "warnings": self._warnings(),
            "memo_state": self.memo_state,
            "memo": self._memo(),
        }

    def _penalty(self) -> dict[str, Any]:
        known = self.decision or self.outside
        if known is None:
            return {}
        named = {"penalty": self.number, "subject": known.subject, "uscc": known.uscc, "decided_by": known.decided_by}
        if self.outside is not None:
            return {**named, "penalty": self.outside.penalty}
        assert self.decision is not None
        decision = self.decision
        return {**named, "fact": decision.fact, "text": decision.text, "kind": decision.kind, "amount": decision.amount}

    def _warnings(self) -> list[dict[str, Any]]:
        if self.decision is None or not self.decision.earlier:
            return []
        ground = EARLIER_PENALTY
        return [{"code": ground.code, "zh": ground.zh, "en": ground.en, "earlier": list(self.decision.earlier)}]

    def _memo(self) -> dict[str, Any] | None:
        if self.memo is None:
            return None
        return {
            "number": self.memo.memo,
            "measures": [{"measure": each.measure, "basis": each.basis} for each in self.memo.measures],
            "effective": self.memo.effective,
            "until": self.memo.until,
            "recipients": list(self.recipients),
            "acknowledged": list(self.acknowledged),
            "executed": [{"department": department, "measure": measure} for department, measure in self.executed],
        }

    def decided_here(self) -> PenaltyDecided:
        """The decision; refused where the penalty was decided outside the ledger."""
        if self.decision is None:
            raise Refused(PENALTY_DECIDED_ELSEWHERE)
        return self.decision

    def penalty_in_force(self) -> PenaltyDecided:
        """The decision; refused where it was revoked. One that is not yet served counts as in force."""
        self.check_not_revoked()
        return self.decided_here()

    def check_not_revoked(self) -> None:
        """Refuse what needs a penalty that stands."""
        if self.revoked:
            raise Refused(PENALTY_NOT_IN_FORCE)
