"""What is true (认定) of a clock at an instant: its last day counted one by one, and what the acts make of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from infrastructure.bundle.verifier.days import DAY, Almanac, between, following, months_later
from infrastructure.bundle.verifier.facts import CHINA, day_in_china
from infrastructure.bundle.verifier.limits import Clock

Span = dict[str, Any]
LONGEST = 366 * 100


@dataclass
class Due:
    """The last day, or where hours count the last instant; `left_out`: the pauses that moved it, both ends left out."""

    day: date | None = None
    instant: datetime | None = None
    provisional: bool = False
    paused_from: date | None = None
    left_out: list[tuple[Any, Any]] = field(default_factory=list)
    start: date | None = None

    def passed(self, instant: datetime) -> bool:
        """Whether an act at this instant comes too late."""
        if self.day is not None:
            return day_in_china(instant) > self.day
        return self.instant is not None and instant > self.instant


class Counting:
    """Counts the days of clocks by an almanac."""

    def __init__(self, almanac: Almanac) -> None:
        self.almanac = almanac

    def start(self, clock: Clock) -> date:
        """The day from which days are counted, itself not counted."""
        start = day_in_china(clock.anchor)
        return start if clock.after is None else max(start, self.due(clock.after).day or start)

    def due(self, clock: Clock, until: datetime | None = None) -> Due:
        """The last day for the act; a pause that is open ends at `until`, and leaves no last day without it."""
        hours, left_out = clock.span["unit"] == "hour", list[tuple[Any, Any]]()
        for halt in sorted(clock.halts, key=lambda each: each.begun):
            reached, begin = self._reached(clock, left_out), halt.begun if hours else day_in_china(halt.begun)
            if reached is not None and begin > reached:
                break
            ended = halt.ended or until
            if ended is None:
                return Due(paused_from=day_in_china(halt.begun), left_out=left_out)
            _leave_out(left_out, begin, ended if hours else day_in_china(ended))
        reached = self._reached(clock, left_out)
        if reached is None or hours:
            return Due(instant=reached, left_out=left_out)
        first = self.start(clock)
        years = range(first.year, reached.year + 1) if uses_calendar(clock) else range(0)
        provisional = any(not self.almanac.published(clock.calendar, year) for year in years)
        return Due(reached, None, provisional, None, left_out, first if clock.after else None)

    def _reached(self, clock: Clock, left_out: list[tuple[Any, Any]]) -> Any:
        if clock.span["unit"] == "none":
            return None
        if clock.span["unit"] == "hour":
            paused = sum((end - begin for begin, end in left_out), timedelta())
            return clock.anchor + timedelta(hours=clock.span["amount"]) + paused
        last = self.nominal(clock, left_out)
        if clock.rule["roll"] == "next":
            last = self._rolled(clock, last, left_out)
        if clock.ceiling is not None and clock.rule["not_later_than"]:
            within = clock.rule["not_later_than"]["within"]
            last = min(last, self._counted(within, day_in_china(clock.ceiling), clock.calendar, left_out))
        return last

    def nominal(self, clock: Clock, left_out: list[tuple[Any, Any]]) -> date:
        """Where the span itself ends: without the roll to a workday and without the outer limit."""
        return clock.given or self._counted(clock.span, self.start(clock), clock.calendar, left_out)

    def _rolled(self, clock: Clock, last: date, left_out: list[tuple[Any, Any]]) -> date:
        days = following(last - DAY)
        return next(day for day in days if self.almanac.works(clock.calendar, day) and not within_any(day, left_out))

    def _counted(self, span: Span, start: date, calendar: str, left_out: list[tuple[Any, Any]]) -> date:
        unit, amount = span["unit"], span["amount"]
        if unit in ("working day", "calendar day"):
            for day in between(start, start + timedelta(days=LONGEST)):
                amount -= not within_any(day, left_out) and (
                    unit == "calendar day" or self.almanac.works(calendar, day)
                )
                if amount <= 0:
                    return day
        match unit:
            case "month" | "year":
                return months_later(start, amount * (12 if unit == "year" else 1))
            case "half-year end":
                return date(start.year, 6, 30) if start.month <= 6 else date(start.year, 12, 31)
            case "year end":
                return date(start.year, 12, 31)
            case "quarter day":
                return date(start.year, (start.month + 2) // 3 * 3, amount)
        raise ValueError(f"nothing is counted in {unit!r}")

    def judge(self, clock: Clock, at: datetime) -> dict[str, Any]:
        """What is true of a clock at an instant, in the words of the bundle."""
        if clock.void is not None:
            return _said(clock, Due(), "void")
        due = self.due(clock, clock.stop.at if clock.stop else None)
        lapses = clock.rule["at_due"] == "lapse-met" and due.day is not None
        if clock.stop is not None:
            return self._stopped(clock, due, lapses=lapses)
        if due.paused_from is not None:
            return _said(clock, due, "paused", remaining_working_days=self._remaining(clock, due))
        if not due.passed(at) or due.provisional:
            return _said(clock, due, "running")
        if lapses:
            return _said(clock, due, "met", stopped=due.day, lapsed_by_law=True)
        if clock.rule["conditional"]:
            return _said(clock, due, "lapsed")
        return _said(clock, due, "breached_open", late_by=self._late_by(clock, due, at))

    def _stopped(self, clock: Clock, due: Due, *, lapses: bool) -> dict[str, Any]:
        stop = clock.stop
        assert stop is not None
        if lapses and (stop.lapse or due.passed(stop.at)):
            return _said(clock, due, "met", stopped=due.day, lapsed_by_law=True)
        in_time = bool(stop.fact.stored["imported"]) or not due.passed(stop.fact.recorded)
        done = {"stopped": told_time(clock, stop.at), "in_time_by_recording": in_time}
        if not due.passed(stop.at):
            return (
                _said(clock, due, "running", pending_verification=True)
                if stop.pending
                else _said(clock, due, "met", **done)
            )
        if due.provisional:
            return _said(clock, due, "running", **done)
        done["in_time_by_recording"] = False
        late = self._late_by(clock, due, stop.at)
        return _said(
            clock,
            due,
            "breached_late",
            **done,
            late_by=late,
            **({"pending_verification": True} if stop.pending else {}),
        )

    def _late_by(self, clock: Clock, due: Due, at: datetime) -> dict[str, float]:
        if due.instant is not None:
            return {"hours": round((at - due.instant) / timedelta(hours=1), 4)}
        assert due.day is not None
        late: dict[str, float] = {"calendar_days": (day_in_china(at) - due.day).days}
        if clock.span["unit"] == "working day":
            late["working_days"] = self.almanac.workdays(clock.calendar, due.day, day_in_china(at))
        return late

    def _remaining(self, clock: Clock, due: Due) -> int | None:
        if clock.span["unit"] != "working day" or due.paused_from is None:
            return None
        passed = between(self.start(clock), due.paused_from - DAY)
        used = (self.almanac.works(clock.calendar, day) and not within_any(day, due.left_out) for day in passed)
        return int(clock.span["amount"]) - sum(used)


def uses_calendar(clock: Clock) -> bool:
    """Whether working days decide when a clock ends."""
    return clock.span["unit"] == "working day" or clock.rule["roll"] == "next"


def within_any(day: date, left_out: list[tuple[Any, Any]]) -> bool:
    """Whether a pause leaves a day out."""
    return any(begin <= day <= end for begin, end in left_out)


def _leave_out(left_out: list[tuple[Any, Any]], begin: Any, end: Any) -> None:
    if begin >= end:
        return
    if left_out and begin <= left_out[-1][1]:
        begin, end = left_out[-1][0], max(end, left_out.pop()[1])
    left_out.append((begin, end))


def told_time(clock: Clock, instant: datetime) -> str:
    """An instant where hours count, else its day."""
    if clock.rule["within"]["unit"] == "hour":
        return instant.astimezone(CHINA).isoformat()
    return str(day_in_china(instant))


def _said(clock: Clock, due: Due, state: str, *, stopped: Any = None, **more: Any) -> dict[str, Any]:
    """A clock with its verdict; what would say nothing is left out."""
    rule, born_late = clock.rule, clock.given is not None and clock.given < day_in_china(clock.anchor)
    if isinstance(stopped, date):
        stopped = told_time(clock, datetime(stopped.year, stopped.month, stopped.day, tzinfo=CHINA))
    rest = {
        "co_parties": clock.besides or None,
        "born_overdue": born_late or None,
        "stopped": stopped,
        "paused_from": due.paused_from and str(due.paused_from),
        **more,
    }
    due_at = due.instant.astimezone(CHINA).isoformat() if due.instant else due.day and str(due.day)
    return {
        "id": clock.id,
        "rule": rule["id"],
        "profile": rule["profile"],
        "title": {"zh": rule["title_zh"], "en": rule["title_en"]},
        "matter": clock.matter,
        "case": clock.created.case,
        "leg": clock.leg,
        "party": clock.party,
        "start": str(due.start) if due.start else told_time(clock, clock.anchor),
        "due": due_at,
        "state": state,
        **{each: rule[each] for each in ("severity", "status", "conditional", "right", "advisory")},
        "provisional": due.provisional,
        "calendar": clock.calendar,
        "created_by": clock.created.id,
        "citation": {each: rule["citation"][each] for each in ("instrument", "clause", "quote")},
        "final": state in ("met", "breached_late", "void")
        and not due.provisional
        and "pending_verification" not in rest,
        **{name: value for name, value in rest.items() if value is not None},
    }
