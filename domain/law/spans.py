"""Where a span (期间) ends: counted from a day by a calendar, leaving out the days of pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from domain.law.calendar import WorkingCalendar
from domain.law.limit import Span

DAY = timedelta(days=1)
Skip = tuple[Any, Any]
"""A pause from its first to its last day, both left out; where hours count, from its beginning to its end."""
Skipped = Sequence[Skip]


def last_day(span: Span, start: date, calendar: WorkingCalendar, skipped: Skipped) -> date:
    """The last day of a span that begins the day after `start`."""
    match span.unit:
        case "working day":
            return calendar.nth_workday(start, span.amount, skipped)
        case "calendar day":
            last = start + timedelta(days=span.amount)
            for begin, end in skipped:
                if begin <= last:
                    last += end - max(begin, start + DAY) + DAY
            return last
        case "month":
            return _months_later(start, span.amount)
        case "year":
            return _months_later(start, 12 * span.amount)
        case "half-year end":
            return date(start.year, 6, 30) if start.month <= 6 else date(start.year, 12, 31)
        case "year end":
            return date(start.year, 12, 31)
        case "quarter day":
            return date(start.year, (start.month + 2) // 3 * 3, span.amount)
    raise ValueError(f"no unit {span.unit!r}")


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), following - DAY)


def roll(last: date, calendar: WorkingCalendar, skipped: Skipped) -> date:
    """The day itself, or the next workday that no pause leaves out."""
    day = calendar.next_workday(last)
    for begin, end in skipped:
        if begin <= day <= end:
            day = calendar.next_workday(end + DAY)
    return day


def leave_out(skipped: list[Skip], begin: Any, end: Any) -> None:
    """Add a pause that begins no earlier than those before it; two that meet are one, and one without length is none."""
    if begin >= end:
        return
    if skipped and begin <= skipped[-1][1]:
        skipped[-1] = (skipped[-1][0], max(end, skipped[-1][1]))
    else:
        skipped.append((begin, end))
