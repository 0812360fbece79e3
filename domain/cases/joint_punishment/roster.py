"""The roster (执行名册) of who carries a memo out: a pure reader over the facts of joint punishment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.cases.joint_punishment.events import (
    JointPunishmentMemoIssued,
    MemoAcknowledged,
    MemoDistributed,
    PunishmentMeasureExecuted,
)
from domain.kernel import Entry, Organ
from domain.law.calendar import WorkingCalendar
from domain.law.clock import day_of
from domain.register import Register

SUPERVISORY = frozenset({"finance", "trading_centre"})
"""The roles that a supervisory department may have; the office, the committee and the convenor are none, nor are parties."""


def supervisory(register: Register, day: date) -> tuple[Organ, ...]:
    """The supervisory departments of the register on a day, the trading centre among them: who gets a memo when issued."""
    return tuple(
        Organ(organ.id)
        for organ in register.organs.values()
        if not organ.external
        and SUPERVISORY.issuperset(organ.roles)
        and (organ.valid_from is None or organ.valid_from <= day)
        and (organ.dissolved_on is None or organ.dissolved_on > day)
    )


def recipients_of(register: Register, day: date, named: Iterable[Organ] | None) -> tuple[Organ, ...]:
    """To whom issuing sends the memo: those named, each once; every supervisory department where none was named."""
    return supervisory(register, day) if named is None else tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Execution:
    """A measure that a department has carried out, and when."""

    measure: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """How long an act took, or has been awaited until now (`waiting`): the text says 及时 only, so this is no breach."""

    calendar_days: int
    working_days: int
    waiting: bool


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One department and the memo. `to_execute` runs from the acknowledgement to the first measure carried out."""

    department: str
    distributed: datetime
    acknowledged: datetime | None = None
    executed: tuple[Execution, ...] = ()
    to_acknowledge: Age | None = None
    to_execute: Age | None = None


def roster(
    entries: Iterable[Entry], case: UUID, at: datetime, *, calendar_of: Callable[[str], WorkingCalendar]
) -> tuple[RosterRow, ...]:
    """Who received the memo of a case, acknowledged and executed it by an instant.

    `entries`: the facts of the file, corrections carried out, in recording order. Where a department was sent the memo
    after it was issued, that day counts, not the day of issue.
    """
    rows: dict[str, RosterRow] = {}
    for entry in entries:
        if entry.case_id == case and entry.occurred_at <= at:
            _note(rows, entry)
    return tuple(_aged(row, at, calendar_of(row.department)) for row in rows.values())


def _note(rows: dict[str, RosterRow], entry: Entry) -> None:
    when = entry.occurred_at
    match entry.event:
        case JointPunishmentMemoIssued(recipients=recipients):
            rows.update({each: RosterRow(each, when) for each in recipients})
        case MemoDistributed(to=recipients):
            rows.update(
                {each: replace(rows.get(each) or RosterRow(each, when), distributed=when) for each in recipients}
            )
        case MemoAcknowledged(department=department):
            rows[department] = replace(rows.get(department) or RosterRow(department, when), acknowledged=when)
        case PunishmentMeasureExecuted(department=department, measure=measure):
            row = rows.get(department) or RosterRow(department, when)
            rows[department] = replace(row, executed=(*row.executed, Execution(measure, when)))
        case _:
            return


def _aged(row: RosterRow, at: datetime, calendar: WorkingCalendar) -> RosterRow:
    acknowledging = _age(row.distributed, row.acknowledged, at, calendar)
    if row.acknowledged is None:
        return replace(row, to_acknowledge=acknowledging)
    first = min((each.at for each in row.executed), default=None)
    return replace(row, to_acknowledge=acknowledging, to_execute=_age(row.acknowledged, first, at, calendar))


def _age(since: datetime, done: datetime | None, at: datetime, calendar: WorkingCalendar) -> Age:
    begun, ended = day_of(since), day_of(done or at)
    days = max((ended - begun).days, 0)
    return Age(days, calendar.workdays(begun, ended), waiting=done is None)
