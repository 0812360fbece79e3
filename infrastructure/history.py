"""Search in history (历史检索), and what is overdue otherwise today than was known: pages over all cases that a reader may look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from application.ledger import OFFICE_FILE
from application.openness import ANY_ORGAN
from application.ports import OCCURRED, RECORDED, Cursor, Page, Reader
from domain.cases import EVENTS
from domain.law.clock import CHINA, day_of
from infrastructure import pages
from infrastructure.list_items import Row
from infrastructure.pages import FIRST, LATEST, NO_ID, instant, page, read_for
from infrastructure.postgres.session import Session

NAMES = ("department", "event", "type", "file", "case")
APART = ("id", "file_id", "case", "number", "file_no", "type")
LAST = 2**63 - 1
SHORTEST = timedelta(days=1)
STATEMENTS = {RECORDED: "history_recorded", OCCURRED: "history_occurred"}


def history(
    session: Session, reader: Reader, filters: Mapping[str, Any], by: str, cursor: Cursor | None, limit: int
) -> Page:
    """As `application.ports.Views` describes it."""
    at, event_no = pages.place(cursor, (instant, int), (LATEST, LAST))
    asked = {
        **pages.filters(filters, *NAMES),
        "recorder": filters.get("officer"),
        "at": at,
        "event_no": event_no,
        "office": OFFICE_FILE,
        "anybody": ANY_ORGAN,
    }
    end = filters["end"] if cursor is None else min(filters["end"], at + timedelta(microseconds=1))
    rows: list[Row] = []
    for begun, ended in _stretches(filters["begin"], end):
        wanted = {**asked, "begin": begun, "end": ended, "limit": limit + 1 - len(rows)}
        rows += read_for(session, reader, STATEMENTS[by], wanted, anew=True)
        if len(rows) > limit:
            break
    return page(session, rows, [_item(row) for row in rows], limit, lambda row: (row[1].isoformat(), row[2]))


def _stretches(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time from the end back, each stretch twice as long as the last: a page that is near is found near."""
    span = SHORTEST
    while end > begin:
        start = max(begin, end - span)
        yield start, end
        end, span = start, 2 * span


def _item(row: Row) -> dict[str, Any]:
    (_, _, _, event, topic, case, number, kind, file_no, version, position, occurred, recorded, department, officer,
     on_behalf_of, reason, imported) = row  # fmt: skip
    return {
        "event_id": event,
        "type": topic,
        "name": EVENTS[topic].__name__,
        "case": case,
        "number": number,
        "case_type": kind,
        "file_no": file_no,
        "version": version,
        "position": position,
        "occurred_at": occurred.astimezone(CHINA),
        "recorded_at": recorded.astimezone(CHINA),
        "recording_lag_calendar_days": (day_of(recorded) - day_of(occurred)).days,
        "department": department,
        "officer": officer,
        "on_behalf_of": on_behalf_of,
        "reason": reason,
        "imported": imported,
    }


def overdue_apart(
    session: Session, reader: Reader, filters: Mapping[str, Any], as_of: datetime, cursor: Cursor | None, limit: int
) -> Page:
    """As `application.ports.Views` describes it."""
    breach_at, clock_id = pages.place(cursor, (instant, UUID), (FIRST, NO_ID))
    asked = {
        **pages.filters(filters, "department", "rule", "severity", "type"),
        "limit": limit + 1,
        "breach_at": breach_at,
        "clock_id": clock_id,
        "at": as_of,
        "month": day_of(as_of).replace(day=1),
    }
    rows = read_for(session, reader, "overdue_apart", asked, anew=True)
    items = [dict(zip(APART, (row[1], *row[3:]), strict=True)) for row in rows]
    return page(session, rows, items, limit, lambda row: (row[2].isoformat(), str(row[1])))
