"""Which half-year (半年度) or year a day lies in: its first and last day, and the number of the case that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar. `number`: of its case, so that it can never be opened twice."""

    number: str
    begins: date
    ends: date


def half_year_of(day: date) -> Period:
    """January to June, or July to December."""
    if day.month <= 6:
        return Period(f"ZQ-{day.year}-H1", date(day.year, 1, 1), date(day.year, 6, 30))
    return Period(f"ZQ-{day.year}-H2", date(day.year, 7, 1), date(day.year, 12, 31))


def year_of(day: date) -> Period:
    """The calendar year."""
    return Period(f"ZQ-{day.year}", date(day.year, 1, 1), date(day.year, 12, 31))
