"""Rows of the lists as their readers get them (清单行): the columns that SQL answers, under the names that the API uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.law.calendar import Calendars
from domain.law.clock import CHINA, DAY, day_of, midnight

Row = tuple[Any, ...]

HOUR = timedelta(hours=1)
CASE = (
    "id",
    "number",
    "type",
    "file_no",
    "state",
    "version",
    "matter",
    "holder",
    "in_transit_to",
    "open",
    "opened_on",
    "changed_at",
)
HOLDING = ("matter", "case", "number", "file_no", "type", "holder", "since", "in_transit_to", "sent_at")
STANDING = (
    "case",
    "number",
    "kind",
    "subject",
    "code",
    "party",
    "bars",
    "details",
    "points",
    "effective",
    "until",
    "revoked_on",
    "ended_on",
)
UNNAMED = {"case": None, "number": None}
"""What is not told of a standing to who may not look at its case."""

UNDER = ("subject", "uscc", "case", "number", "memo", "measures", "effective", "until", "must_be_lifted")


def overdue_items(rows: Sequence[Row], at: datetime, calendars: Calendars) -> list[dict[str, Any]]:
    """Rows of the overdue list; how late is reckoned once for all that were due on the same day."""
    today = day_of(at)
    items: list[dict[str, Any]] = []
    late: dict[tuple[Any, ...], dict[str, float]] = {}
    for row in rows:
        item = _clock_item(row, "breached_open", False)
        hour = row[14]
        if hour is not None:
            item["start"], item["due"] = row[12].astimezone(CHINA), hour.astimezone(CHINA)
            item["late_by"] = {"hours": round((at - hour) / HOUR, 4)}
        else:
            of = (row[13], row[19], row[21])
            if of not in late:
                late[of] = _late_by_days(*of, today, calendars)
            item["late_by"] = late[of]
        items.append(item)
    return items


def breach_of(row: Row) -> datetime:
    """When the breach of a row of the overdue list began, by which the list is ordered."""
    instant: datetime | None = row[14]
    return midnight(row[13] + DAY) if instant is None else instant


def _clock_item(row: Row, state: str, provisional: bool) -> dict[str, Any]:
    """A row of clocks as its item, its days those of a rule by the day."""
    (_, clock, rule, profile, matter, case, number, file_no, kind, leg, party, start, _, due, _, severity, status,
     conditional, advisory, calendar, created_by, _, co_parties, born_overdue) = row  # fmt: skip
    item = {
        "id": clock, "rule": rule, "profile": profile, "matter": matter, "case": case, "number": number,
        "file_no": file_no, "type": kind, "leg": leg, "party": party, "start": start, "due": due, "state": state,
        "severity": severity, "status": status, "conditional": conditional, "advisory": advisory,
        "provisional": provisional, "calendar": calendar, "created_by": created_by,
    }  # fmt: skip
    if co_parties:
        item["co_parties"] = co_parties
    if born_overdue:
        item["born_overdue"] = True
    return item


def _late_by_days(due: date, calendar: str, by_workdays: bool, today: date, calendars: Calendars) -> dict[str, float]:
    late: dict[str, float] = {"calendar_days": (today - due).days}
    if by_workdays:
        late["working_days"] = calendars[calendar].workdays(due, today)
    return late


def running_item(row: Row) -> dict[str, Any]:
    """A row of the list of what is due before long."""
    item = _clock_item(row, "running", row[21])
    started, hour = row[12], row[14]
    if started is not None:
        item["start"] = started.astimezone(CHINA)
    if hour is not None:
        item["due"] = hour.astimezone(CHINA)
    return item


def due_date_item(row: Row) -> dict[str, Any]:
    """A row of the due dates of a department."""
    is_right, changes, created_at, changed_at, overdue = row[24:]
    item = running_item(row[:24])
    item |= {"right": is_right, "changes": changes, "created_at": created_at, "changed_at": changed_at}
    return {**item, "overdue": overdue, "state": "breached_open" if overdue else "running"}
