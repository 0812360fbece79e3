"""How statistics (统计) are put together: whole months from their own buckets, the days at the edges and of this month singly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.law.clock import DAY

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)


class Answer(NamedTuple):
    """How many clocks were met, late, open, and of those open late, under one key."""

    key: str
    met: int
    late: int
    open: int
    open_late: int


def rate(answer: Answer) -> dict[str, Any]:
    """The row with both on-time rates: of what is closed, and of what is closed or late."""
    closed = answer.met + answer.late
    of_due = closed + answer.open_late
    return {
        **answer._asdict(),
        "on_time_of_closed": round(answer.met / closed, 4) if closed else None,
        "on_time_of_due": round(answer.met / of_due, 4) if of_due else None,
    }


def spans(first: date, last: date, today: date) -> dict[str, list[Any]]:
    """Which buckets cover the days from the one to the other: `scales`, `firsts` and `lasts`, alongside each other."""
    parts = list(_spans(max(first, EARLIEST), min(last, LATEST), today))
    return {
        "scales": [scale for scale, _, _ in parts],
        "firsts": [begin for _, begin, _ in parts],
        "lasts": [end for _, _, end in parts],
    }


def _spans(first: date, last: date, today: date) -> Iterator[tuple[str, date, date]]:
    """Runs of whole months, and runs of days where a month is cut or is the present one, in which every day counts otherwise."""
    begin = first
    while begin <= last:
        whole = begin
        while (end := _end_of_month(whole)) <= last and whole.day == 1 and not whole <= today <= end:
            whole = end + DAY
            if whole > last:
                break
        if whole > begin:
            yield "month", begin, whole - DAY
            begin = whole
            continue
        end = min(last, _end_of_month(begin))
        yield "day", begin, end
        begin = end + DAY


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
