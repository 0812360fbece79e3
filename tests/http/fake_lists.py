"""Lists made by hand: what the routes over projections are given in tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.ports import BadCursor, Cursor, Page, Progress, Reader, UnknownToken


class FakeLists:
    """Answers rows that the test puts in, remembers what it was asked."""

    def __init__(self) -> None:
        self.rows: list[Mapping[str, Any]] = []
        self.asked: tuple[Any, ...] = ()
        self.visible: dict[UUID, bool] = {}
        self.state = Progress(3, 3)

    def search_cases(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        return self._page(("cases", filters), cursor, limit)

    def overdue(
        self, reader: Reader, filters: Mapping[str, Any], as_of: datetime, basis: str, cursor: Cursor | None, limit: int
    ) -> Page:
        return self._page(("overdue", filters, as_of, basis), cursor, limit)

    def overdue_apart(
        self, reader: Reader, filters: Mapping[str, Any], as_of: datetime, cursor: Cursor | None, limit: int
    ) -> Page:
        return self._page(("overdue_apart", filters, as_of), cursor, limit)

    def history(self, reader: Reader, filters: Mapping[str, Any], by: str, cursor: Cursor | None, limit: int) -> Page:
        return self._page(("history", filters, by), cursor, limit)

    def due(
        self, reader: Reader, filters: Mapping[str, Any], first: date, last: date, cursor: Cursor | None, limit: int
    ) -> Page:
        return self._page(("due", filters, first, last), cursor, limit)

    def due_dates(
        self, reader: Reader, department: str, first: date, last: date, at: datetime, limit: int
    ) -> list[Mapping[str, Any]]:
        self.asked = ("due_dates", department, first, last, at, limit)
        return self.rows[:limit]

    def holdings(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        return self._page(("holdings", filters), cursor, limit)

    def statistics(self, reader: Reader, first: date, last: date, by: str) -> Page:
        return self._page(("statistics", first, last, by), None, 1000)

    def under_punishment(self, reader: Reader, day: date) -> list[Mapping[str, Any]]:
        self.asked = ("under_punishment", day)
        return self.rows

    def standings(
        self, reader: Reader, code: str | None, name: str | None, as_of: datetime | None
    ) -> list[Mapping[str, Any]]:
        self.asked = ("standings", code, name, as_of)
        return self.rows

    def judgements(self, clock_id: UUID) -> list[Mapping[str, Any]]:
        self.asked = ("judgements", clock_id)
        return self.rows

    def wait_for(self, event_id: UUID, timeout: float) -> bool:
        if event_id not in self.visible:
            raise UnknownToken(str(event_id))
        return self.visible[event_id]

    def progress(self) -> Progress:
        return self.state

    def _page(self, asked: tuple[Any, ...], cursor: Cursor | None, limit: int) -> Page:
        self.asked = asked
        first = 0 if cursor is None else cursor[0]
        if not isinstance(first, int) or not 0 <= first <= len(self.rows):
            raise BadCursor(str(cursor))
        more = first + limit < len(self.rows)
        return Page(self.rows[first : first + limit], 3, (first + limit,) if more else None)
