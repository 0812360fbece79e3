"""What inspectors ask across all files (督查清单): cards, letters, pauses, returns, what is stuck, and figures over a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from application.ports import Cursor, Page, Reader


@dataclass(frozen=True, slots=True)
class Listed:
    """Which rows: `filters` (None does not filter), as known at an instant (`at`), after `cursor`, at most `limit`."""

    filters: Mapping[str, Any]
    at: datetime
    cursor: Cursor | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Span:
    """Over which days, both included."""

    first: date
    last: date


class Inspections(Protocol):
    """The lists of inspectors of one jurisdiction. Lists as of an instant show what they showed then; figures are of today.

    Ids are UUIDs, days are dates, instants are aware datetimes. Working days are those of the party that is counted against.
    Nothing is answered that the reader may not look at; figures are those of all, or of the reader's organ.
    """

    def cards(self, reader: Reader, asked: Listed) -> Page:
        """Yellow and red cards, latest first. Filters: department, kind, rule, file_no, state."""

    def letters(self, reader: Reader, asked: Listed) -> Page:
        """Letters, latest first. Filters: department (addressee), issuer, kind, state, file_no, open, overdue."""

    def extensions(self, reader: Reader, asked: Listed) -> Page:
        """Pauses and extensions, latest first, or longest first with `longest`. Filters: department, rule, kind, outlier,
        begun_from, begun_through."""

    def returns(self, reader: Reader, asked: Listed, span: Span) -> Page:
        """Returns by pairs of departments, most first. Filters: department (either of the two), type."""

    def in_transit(self, reader: Reader, asked: Listed, days: int) -> Page:
        """What is on the way for so many working days of the addressee or more, longest first. Filters: department, sender,
        type."""

    def ageing(self, reader: Reader, asked: Listed) -> Page:
        """Duties without a number of days that are awaited, oldest first. Filters: department, rule, type."""

    def league(self, reader: Reader, span: Span) -> Page:
        """Departments by clocks due in the span: hard and soft apart, both on-time rates, what is left out."""

    def heatmap(self, reader: Reader, span: Span, filters: Mapping[str, Any]) -> Page:
        """Late clocks due in the span by department and rule, with the median lateness. Filters: department, rule, severity."""

    def flow(self, reader: Reader, span: Span, filters: Mapping[str, Any]) -> Page:
        """Cases opened and closed, backlog and flow time by week. Filters: department (that opened it), type."""
