"""Which quarter (季度) a day lies in: its first and last day, and the number of the case that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.law.clock import DAY


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months. `number`: of its case, so that it can never be opened twice."""

    number: str
    begins: date
    ends: date


def quarter_of(day: date) -> Quarter:
    """The quarter of a day."""
    n = (day.month + 2) // 3
    following = date(day.year + n // 4, n % 4 * 3 + 1, 1)
    return Quarter(f"BS-{day.year}-Q{n}", date(day.year, n * 3 - 2, 1), following - DAY)
