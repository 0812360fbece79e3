"""The lists across cases (清单) of one jurisdiction, read from its projections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from application.ledger import Ledger
from application.ports import Cursor, Page, Progress, Reader, UnknownToken
from application.projections.knowledge import Knowledge
from application.projections.register import grams, searchable
from application.projections.rows import KNOWN, RECOMPUTED
from domain.law.calendar import Calendars
from domain.law.clock import day_of, midnight
from infrastructure import pages
from infrastructure.history import history, overdue_apart
from infrastructure.list_items import (
    CASE,
    HOLDING,
    STANDING,
    UNDER,
    UNNAMED,
    Row,
    breach_of,
    due_date_item,
    overdue_items,
    running_item,
)
from infrastructure.pages import FIRST, LAST_ID, LATEST, NO_ID, Whereabouts, instant, page, read_for
from infrastructure.postgres import binary
from infrastructure.postgres.projection_tables import microseconds
from infrastructure.postgres.session import Connections, Session
from infrastructure.projecting import built_alike
from infrastructure.projector import NAME
from infrastructure.statistics import Answer, rate, spans

SHORTEST_WAIT, LONGEST_WAIT = 0.001, 0.02

OTHER = {KNOWN: RECOMPUTED, RECOMPUTED: KNOWN}


class PostgresViews:
    """Lists of one schema, as `application.ports.Views` describes them. Safe to share between threads."""

    def __init__(
        self, pool: Connections, schema: str, ledger: Ledger, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._ledger, self._now = ledger, now
        self._session = Session(pool, schema)
        self._known: tuple[int, Knowledge] | None = None
        self._latest_end = 0

    def search_cases(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        """Cases, latest change first."""
        changed_at, case_id = pages.place(cursor, (instant, UUID), (LATEST, LAST_ID))
        words = searchable(filters.get("text") or "") or None
        asked = {
            **pages.filters(filters, "department", "state", "type", "file_no", "open", "opened_from", "opened_through"),
            "words": words and f"%{_literal(words)}%",
            "grams": (words and list(grams(words))) or None,
            "limit": limit + 1,
            "changed_at": changed_at,
            "case_id": case_id,
        }
        rows = read_for(self._session, reader, "search_cases", asked, anew=True)
        items = [dict(zip(CASE, row[1:], strict=True)) for row in rows]
        return page(self._session, rows, items, limit, lambda row: (row[12].isoformat(), str(row[1])))

    def overdue(
        self,
        reader: Reader,
        filters: Mapping[str, Any],
        as_of: datetime,
        basis: str,
        cursor: Cursor | None,
        limit: int,
    ) -> Page:
        """Clocks that are overdue at an instant, earliest due first."""
        breach_at, clock_id = pages.place(cursor, (instant, UUID), (FIRST, NO_ID))
        asked = {
            **pages.filters(filters, "department", "rule", "severity", "type"),
            "limit": limit + 1,
            "breach_at": breach_at,
            "clock_id": clock_id,
            "at": as_of,
            "month": day_of(as_of).replace(day=1),
            "other": OTHER[basis],
        }
        rows = self._overdue_rows(reader, asked, as_of)
        items = overdue_items(rows, as_of, self._calendars(rows, as_of, basis)) if rows else []
        return page(self._session, rows, items, limit, lambda row: (breach_of(row).isoformat(), str(row[1])))

    def overdue_apart(
        self, reader: Reader, filters: Mapping[str, Any], as_of: datetime, cursor: Cursor | None, limit: int
    ) -> Page:
        """What is overdue at an instant otherwise than was known then, earliest due first."""
        return overdue_apart(self._session, reader, filters, as_of, cursor, limit)

    def history(self, reader: Reader, filters: Mapping[str, Any], by: str, cursor: Cursor | None, limit: int) -> Page:
        """Events of a stretch of time, latest first."""
        return history(self._session, reader, filters, by, cursor, limit)

    def _overdue_rows(self, reader: Reader, asked: Mapping[str, Any], as_of: datetime) -> list[Row]:
        """The short way where nothing that is over can have been overdue at the instant, which the rows themselves tell."""
        live, page = ("overdue_live_of", "overdue_page_of") if asked["department"] else ("overdue_live", "overdue_page")
        at = microseconds(as_of)
        plain = reader.reads_all and not (asked["rule"] or asked["severity"] or asked["type"])
        if at >= self._latest_end and plain:
            rows = self._session.fetch(live, _live(reader, asked))
            if rows:
                self._latest_end = Whereabouts.read(rows[0][0]).latest_end
                if at >= self._latest_end:
                    return rows
        return read_for(self._session, reader, page, asked)

    def due(
        self, reader: Reader, filters: Mapping[str, Any], first: date, last: date, cursor: Cursor | None, limit: int
    ) -> Page:
        """Clocks that run and are due from the one day to the other, earliest first."""
        due_on, clock_id = pages.place(cursor, (date.fromisoformat, UUID), (first, NO_ID))
        asked = {
            **pages.filters(filters, "department", "rule", "type"),
            "limit": limit + 1,
            "due_on": due_on,
            "clock_id": clock_id,
            "first": first,
            "last": last,
            "at": self._now(),
        }
        rows = read_for(self._session, reader, "due_page_of" if asked["department"] else "due_page", asked)
        items = [running_item(row) for row in rows]
        return page(self._session, rows, items, limit, lambda row: (row[13].isoformat(), str(row[1])))

    def due_dates(
        self, reader: Reader, department: str, first: date, last: date, at: datetime, limit: int
    ) -> list[dict[str, Any]]:
        """The running clocks of a department, due from the one day to the other, overdue or not, earliest first."""
        asked = {"department": department, "first": first, "last": last, "at": at, "limit": limit}
        return [due_date_item(row) for row in read_for(self._session, reader, "due_dates_of", asked)]

    def holdings(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        """Open matters, longest held first."""
        since, file_id, n = pages.place(cursor, (instant, UUID, int), (FIRST, NO_ID, 0))
        asked = {
            **pages.filters(filters, "department", "type"),
            "limit": limit + 1,
            "since": since,
            "file_id": file_id,
            "n": n,
        }
        rows = read_for(self._session, reader, "holdings_page_of" if asked["department"] else "holdings_page", asked)
        items = [dict(zip(HOLDING, row[1:10], strict=True)) for row in rows]
        return page(self._session, rows, items, limit, lambda row: (row[7].isoformat(), str(row[10]), row[11]))

    def statistics(self, reader: Reader, first: date, last: date, by: str) -> Page:
        """Counts of the clocks due from the one day to the other; soft rules (原则上) in their own rows of `rule` alone.

        For who does not read everything: of the clocks that his organ answers for.
        """
        at = self._now()
        today = day_of(at)
        asked = {"first": first, "last": last, "today": today, "midnight": midnight(today), "at": at}
        if reader.reads_all:
            counted = {"by": "rule" if by == "rule" else "department", "monthly": by == "month", "soft": by == "rule"}
            rows = self._session.read("statistics", {**asked, **counted, **spans(first, last, today)})
        else:
            rows = read_for(self._session, reader, "own_statistics", {**asked, "by": by})
        answers = [Answer(*row) for row in rows]
        return Page([rate(each) for each in answers], pages.position(self._session))

    def under_punishment(self, reader: Reader, day: date) -> list[dict[str, Any]]:
        """Who is under a memo in force on a day, by name: subject, uscc, case, number, memo, measures, effective, until,
        and must_be_lifted where the penalty was revoked."""
        return [
            dict(zip(UNDER, row, strict=True))
            for row in read_for(self._session, reader, "under_punishment", {"day": day})
        ]

    def standings(
        self, reader: Reader, code: str | None, name: str | None, as_of: datetime | None
    ) -> list[dict[str, Any]]:
        """What is held against or for whoever has a code or a name, as known at an instant; who may not see the case, not which."""
        asked = {"code": code, "name": name, "as_of": as_of}
        found = read_for(self._session, reader, "standings", asked)
        return [{**dict(zip(STANDING, row[:-1], strict=True)), **({} if row[-1] else UNNAMED)} for row in found]

    def judgements(self, clock_id: UUID) -> list[dict[str, Any]]:
        """What was known of a clock that was judged again, from when on; empty for one that never was."""
        names = ("n", "known_from", "due_on", "due_at", "provisional", "state", "stopped_at", "cause", "edition")
        return [dict(zip(names, row, strict=True)) for row in self._session.read("judgements", (clock_id,))]

    def wait_for(self, event_id: UUID, timeout: float) -> bool:
        """Wait until an event is in the lists; False if that took longer than `timeout` seconds. Raises UnknownToken."""
        deadline, pause = monotonic() + timeout, SHORTEST_WAIT
        while not self._session.read("seen", (event_id, NAME))[0][0]:
            if pause == SHORTEST_WAIT and not self._session.read("is_recorded", (event_id,))[0][0]:
                raise UnknownToken(str(event_id))
            if monotonic() + pause > deadline:
                return False
            sleep(pause)
            pause = min(2 * pause, LONGEST_WAIT)
        return True

    def progress(self) -> Progress:
        """How far the lists have come, and why they go no further or are not to be relied on."""
        position, head, error, law = self._session.read("progress", {"follower": NAME})[0]
        if error is None and not built_alike(law, self._ledger):
            error = "the lists were built under other rules or calendars than this program has: anjuan rebuild"
        return Progress(position, head, error)

    def _knowledge(self, version: int | None) -> Knowledge:
        """What is known of calendars, read again when the jurisdiction has recorded more than at the last time."""
        if self._known is None or self._known[0] != version:
            office = self._ledger.office()
            self._known = (office.case.version, Knowledge(office, self._ledger.shipped))
        return self._known[1]

    def _calendars(self, rows: Sequence[Row], as_of: datetime, basis: str) -> Calendars:
        knowledge = self._knowledge(Whereabouts.read(rows[0][0]).jurisdiction)
        return knowledge.calendars_at(as_of) if basis == KNOWN else knowledge.calendars


def _live(reader: Reader, asked: Mapping[str, Any]) -> list[bytes | None]:
    """What the short way asks, in the order of its parameters."""
    begun, department = asked["breach_at"], asked["department"]
    values = [
        binary.instant(asked["at"]),
        binary.text(asked["other"]),
        binary.MINUS_INFINITY if begun == FIRST else binary.instant(begun),
        asked["clock_id"].bytes,
        binary.int8(asked["limit"]),
    ]
    return [*values, *([binary.text(department)] if department else []), binary.texts(reader.persons)]


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
