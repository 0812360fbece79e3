"""Who is under punishment on a day, told naively from the facts: what the lists are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.cases.joint_punishment.events import JointPunishmentLifted, JointPunishmentMemoIssued, PenaltyRevoked
from domain.kernel import Entry
from domain.law.clock import day_of


@dataclass(frozen=True, slots=True)
class UnderPunishment:
    """A subject under a memo that is in force; `must_be_lifted`: its penalty was revoked."""

    subject: str
    case: UUID
    effective: date
    until: date | None
    must_be_lifted: bool = False


def under_punishment(entries: Iterable[Entry], day: date) -> tuple[UnderPunishment, ...]:
    """Who is under a memo in force on a day, in the order of names.

    In force: issued by then, the day within its dates, and not lifted by then. A memo whose penalty was revoked is in force
    until the office lifts it. `entries`: the facts of any number of files, corrections carried out.
    """
    found: dict[UUID, UnderPunishment] = {}
    for entry in entries:
        if day_of(entry.occurred_at) > day:
            continue
        match entry.event:
            case JointPunishmentMemoIssued() as memo if _covers(memo, day):
                found[entry.case_id] = _under(entry.case_id, memo)
            case PenaltyRevoked() if entry.case_id in found:
                found[entry.case_id] = replace(found[entry.case_id], must_be_lifted=True)
            case JointPunishmentLifted():
                found.pop(entry.case_id, None)
            case _:
                continue
    return tuple(sorted(found.values(), key=lambda each: (each.subject, each.effective, str(each.case))))


def _covers(memo: JointPunishmentMemoIssued, day: date) -> bool:
    return memo.effective <= day and (memo.until is None or day <= memo.until)


def _under(case: UUID, memo: JointPunishmentMemoIssued) -> UnderPunishment:
    return UnderPunishment(memo.subject, case, memo.effective, memo.until)
