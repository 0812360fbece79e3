"""Rows of joint punishment memos (联合惩戒备忘录): who is under punishment on which day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from application.projections.rows import MemoRow
from domain.cases.joint_punishment.events import (
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    PenaltyRevoked,
)
from domain.kernel import Entry
from domain.law.clock import day_of

JOINT_PUNISHMENT = "joint_punishment"
TOPICS = frozenset(each.TOPIC for each in (JointPunishmentMemoIssued, JointPunishmentLifted, PenaltyRevoked))


def memo_rows(file_id: UUID, facts: Sequence[Entry]) -> Iterator[MemoRow]:
    """One row for each memo that a case of the file issued; `facts` have corrections carried out."""
    concerned = [entry for entry in facts if entry.topic in TOPICS]
    for case in dict.fromkeys(entry.case_id for entry in concerned):
        yield from _of_case(file_id, case, [entry for entry in concerned if entry.case_id == case])


def _of_case(file_id: UUID, case: UUID, facts: Sequence[Entry]) -> Iterator[MemoRow]:
    issued = 0
    for place, entry in enumerate(facts):
        memo = entry.event
        if not isinstance(memo, JointPunishmentMemoIssued):
            continue
        issued += 1
        later = facts[place + 1 :]
        revoked = next((each for each in later if isinstance(each.event, PenaltyRevoked)), None)
        ended = next((each for each in later if not isinstance(each.event, PenaltyRevoked)), None)
        yield MemoRow(
            case,
            issued,
            file_id,
            memo.subject,
            memo.uscc,
            memo.memo,
            [_measure(each) for each in memo.measures],
            day_of(entry.occurred_at),
            memo.effective,
            memo.until,
            None if revoked is None else day_of(revoked.occurred_at),
            None if ended is None else day_of(ended.occurred_at),
        )


def _measure(measure: Any) -> dict[str, Any]:
    return {"measure": measure.measure, "basis": measure.basis}
