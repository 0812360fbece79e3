"""A clock (时限) is facts: rule, matter, who owes, anchor, pauses, stop; its judgement is a pure function of them, a calendar and an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.kernel import LEDGER
from domain.law.calendar import WorkingCalendar
from domain.law.limit import Span, TimeLimit
from domain.law.spans import DAY as DAY
from domain.law.spans import Skip, last_day, leave_out, roll

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The day in China on which an instant falls."""
    return instant.astimezone(CHINA).date()


def midnight(day: date) -> datetime:
    """00:00 of a day in China."""
    return datetime.combine(day, time(), CHINA)


class State(StrEnum):
    """What can be said of a clock at an instant."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED_OPEN = "breached_open"
    BREACHED_LATE = "breached_late"
    LAPSED = "lapsed"
    VOID = "void"


FINAL = frozenset({State.MET, State.BREACHED_LATE, State.VOID})
OVERDUE = frozenset({State.BREACHED_OPEN, State.BREACHED_LATE})


@dataclass(slots=True)
class Halt:
    """A pause: from the event that began it to the one that ended it, None while it is open."""

    begun: datetime
    ended: datetime | None = None
    key: str | None = None


class Mark(NamedTuple):
    """An event that settled something about a clock: which, when it happened, when the ledger learned it.

    `imported`: it was taken over from older records, so that when the ledger learned it blames nobody.
    """

    event_id: UUID
    topic: str
    at: datetime
    known: datetime
    pending: bool = False
    lapse: bool = False
    imported: bool = False

    def recorded_after(self, due: Due) -> bool:
        """Whether it was recorded after the due day or instant by who should have recorded it before."""
        return not self.imported and due.passed(self.known)


@dataclass(slots=True)
class Clock:
    """The facts of one clock. `anchor` is the instant (hour rules) or falls on the day (other rules) that is not counted.

    `after`: another clock; days are not counted before its last day, which moves with its facts and its calendar.
    `co_parties`: further organs that owe the act; `party`, the first of all, answers for it in statistics.
    """

    file_id: UUID
    limit: TimeLimit
    matter: str
    case_id: UUID
    leg: int
    party: str
    calendar: str
    anchor: datetime
    created: Mark
    span: Span
    given_date: date | None = None
    ceiling_anchor: datetime | None = None
    halts: list[Halt] = field(default_factory=list)
    stop: Mark | None = None
    void: Mark | None = None
    after: Clock | None = None
    co_parties: tuple[str, ...] = ()
    _id: UUID | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> UUID:
        """Says which event created it under which rule: the same in every replay."""
        if self._id is None:
            self._id = uuid5(
                LEDGER, f"clock:{self.file_id}:{self.limit.profile}:{self.limit.id}:{self.created.event_id}"
            )
        return self._id

    @property
    def parties(self) -> tuple[str, ...]:
        """Every organ that owes the act, the one that answers for it first."""
        return (self.party, *self.co_parties)

    @property
    def born_overdue(self) -> bool:
        """Whether the last day that was given lay before the day from which the clock counts."""
        return self.given_date is not None and self.given_date < day_of(self.anchor)

    @property
    def counts(self) -> bool:
        """Whether it can blame somebody: its rule does, and it was possible to be in time."""
        return self.limit.counts and not self.born_overdue

    @property
    def open(self) -> bool:
        """Whether an act can still stop, pause or void it."""
        return self.void is None and (self.stop is None or self.stop.pending)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day (`day`) or instant (`instant`) for the act; neither while paused or where the text sets no limit.

    `start`: the day from which days are counted, where another clock's last day says it.
    """

    day: date | None = None
    instant: datetime | None = None
    provisional: bool = False
    paused_from: date | None = None
    skipped: tuple[tuple[date, date], ...] = ()
    start: date | None = None

    @property
    def breach_at(self) -> datetime | None:
        """When an undone act becomes a breach: 00:00 of the next day, or the due instant."""
        return self.instant if self.day is None else midnight(self.day + DAY)

    def passed(self, instant: datetime) -> bool:
        """Whether an act at this instant is after the due day or instant."""
        if self.day is not None:
            return day_of(instant) > self.day
        return self.instant is not None and instant > self.instant


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is true of a clock at an instant. Late by calendar days, working days (working-day rules) or hours (hour rules)."""

    state: State
    due: Due
    late_calendar_days: int | None = None
    late_working_days: int | None = None
    late_hours: float | None = None
    stopped: datetime | None = None
    remaining_working_days: int | None = None
    pending_verification: bool = False
    lapsed_by_law: bool = False
    late_by_recording: bool = False

    @property
    def final(self) -> bool:
        """Whether nothing but a correction or another calendar edition can change it."""
        return self.state in FINAL and not self.due.provisional and not self.pending_verification


def start_of(clock: Clock, calendar: WorkingCalendar) -> date:
    """The day from which days are counted, itself not counted."""
    start = day_of(clock.anchor)
    if clock.after is None:
        return start
    return max(start, due(clock.after, calendar).day or start)


def due(clock: Clock, calendar: WorkingCalendar, *, until: datetime | None = None) -> Due:
    """When the act is due: the one computation for the start, after a pause, an extension or a correction.

    An open pause counts as ended at `until` (the instant of a stop), and without it leaves no due date.
    A pause that begins after the due day moves nothing, nor does one that ends on the day it began.
    """
    hours = clock.span.unit == "hour"
    start, skipped = start_of(clock, calendar), list[Skip]()
    reached = _reached(clock, calendar, start, skipped)
    for halt in sorted(clock.halts, key=lambda each: each.begun):
        begin: Any = halt.begun if hours else day_of(halt.begun)
        if reached is not None and begin > reached:  # the pauses since it was worked out can only have moved it later
            reached = _reached(clock, calendar, start, skipped)
            if begin > reached:
                break
        ended = halt.ended or until
        if ended is None:
            return Due(paused_from=day_of(halt.begun), skipped=tuple(skipped))
        leave_out(skipped, begin, ended if hours else day_of(ended))
    if skipped:
        reached = _reached(clock, calendar, start, skipped)
    return _due(clock, calendar, start, reached, tuple(skipped))


def _reached(clock: Clock, calendar: WorkingCalendar, start: date, skipped: list[Skip]) -> Any:
    """The last day (the instant, where hours count) of the clock's span; None where the text sets no limit."""
    span = clock.span
    match span.unit:
        case "hour":
            return (
                clock.anchor + timedelta(hours=span.amount) + sum((end - begin for begin, end in skipped), timedelta())
            )
        case "none":
            return None
    last = clock.given_date or last_day(span, start, calendar, skipped)
    if clock.limit.roll == "next":
        last = roll(last, calendar, skipped)
    if clock.ceiling_anchor is not None and clock.limit.not_later_than is not None:
        ceiling = last_day(clock.limit.not_later_than.within, day_of(clock.ceiling_anchor), calendar, skipped)
        last = min(last, ceiling)
    return last


def _due(clock: Clock, calendar: WorkingCalendar, start: date, reached: Any, skipped: tuple[Skip, ...]) -> Due:
    if reached is None or clock.span.unit == "hour":
        return Due(instant=reached, skipped=skipped)
    counted = clock.span.unit == "working day" or clock.limit.roll == "next"
    provisional = counted and calendar.provisional_between(start, reached)
    return Due(day=reached, provisional=provisional, skipped=skipped, start=start if clock.after else None)


def judge(clock: Clock, calendar: WorkingCalendar, at: datetime) -> Judgement:
    """What is true of the clock at an instant, under the facts it holds and the calendar given."""
    if clock.void is not None:
        return Judgement(State.VOID, Due())
    if clock.stop is not None:
        return _judge_stopped(clock, calendar, clock.stop)
    reached = due(clock, calendar)
    if reached.paused_from is not None:
        return Judgement(State.PAUSED, reached, remaining_working_days=_remaining(clock, calendar, reached))
    if not reached.passed(at) or reached.provisional:
        return Judgement(State.RUNNING, reached)
    if clock.limit.at_due == "lapse-met" and reached.day is not None:
        return Judgement(State.MET, reached, stopped=midnight(reached.day), lapsed_by_law=True)
    if clock.limit.conditional:
        return Judgement(State.LAPSED, reached)
    return _late(State.BREACHED_OPEN, clock, calendar, reached, at)


def _judge_stopped(clock: Clock, calendar: WorkingCalendar, stop: Mark) -> Judgement:
    reached = due(clock, calendar, until=stop.at)
    if clock.limit.at_due == "lapse-met" and reached.day is not None and (stop.lapse or reached.passed(stop.at)):
        return Judgement(State.MET, reached, stopped=midnight(reached.day), lapsed_by_law=True)
    late_by_recording = stop.recorded_after(reached)
    if not reached.passed(stop.at):
        if stop.pending:
            return Judgement(State.RUNNING, reached, pending_verification=True, late_by_recording=late_by_recording)
        return Judgement(State.MET, reached, stopped=stop.at, late_by_recording=late_by_recording)
    if reached.provisional:
        return Judgement(State.RUNNING, reached, stopped=stop.at, late_by_recording=late_by_recording)
    return _late(State.BREACHED_LATE, clock, calendar, reached, stop.at, pending=stop.pending)


def _late(
    state: State, clock: Clock, calendar: WorkingCalendar, reached: Due, at: datetime, *, pending: bool = False
) -> Judgement:
    stopped = at if state is State.BREACHED_LATE else None
    by_recording = state is State.BREACHED_LATE
    if reached.instant is not None:
        hours = round((at - reached.instant) / timedelta(hours=1), 4)
        return Judgement(state, reached, late_hours=hours, stopped=stopped, late_by_recording=by_recording)
    assert reached.day is not None
    counted = clock.span.unit == "working day"
    return Judgement(
        state,
        reached,
        late_calendar_days=(day_of(at) - reached.day).days,
        late_working_days=calendar.workdays(reached.day, day_of(at)) if counted else None,
        stopped=stopped,
        pending_verification=pending,
        late_by_recording=by_recording,
    )


def _remaining(clock: Clock, calendar: WorkingCalendar, reached: Due) -> int | None:
    if clock.span.unit != "working day" or reached.paused_from is None:
        return None
    start, stop = start_of(clock, calendar), reached.paused_from - DAY
    used = calendar.workdays(start, stop) if stop > start else 0
    for begin, end in reached.skipped:
        first, last = max(begin, start + DAY), min(end, stop)
        used -= calendar.workdays(first - DAY, last) if last >= first else 0
    return clock.span.amount - used
