"""Rows of inspectors' lists as their readers get them (督查清单行), with days counted by the calendar of the party."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.law.calendar import WorkingCalendar
from domain.law.clock import CHINA, day_of
from infrastructure.list_items import Row

CARD = ("id", "kind", "clock", "rule", "profile", "department", "case_number", "file_no", "record", "severity", "due", "due_at",
        "given_at", "state", "ended_at", "verdict", "cause", "edition", "done_at", "explained_by")  # fmt: skip
LETTER = ("letter", "kind", "record", "file_no", "to", "issuer", "issued_at", "answer_by", "state", "about_case", "follows",
          "clocks", "rules", "acknowledged_at", "answered_at", "caused_by", "decided_at", "escalated_to", "escalated_at",
          "circulated_at")  # fmt: skip
EXTENSION = ("id", "clock", "number", "file_no", "type", "matter", "rule", "profile", "department", "calendar", "kind", "event_type",
             "by", "detail", "begun_at", "begun_recorded_at", "ended_at", "ended_recorded_at", "due_before", "due_after", "last_day",
             "last_tenth", "after_due", "retroactive")  # fmt: skip
TRANSIT = ("id", "case", "number", "file_no", "type", "matter", "sender", "department", "sent_at", "returning")
AGEING = ("id", "rule", "profile", "matter", "case", "number", "file_no", "type", "leg", "department", "start", "calendar",
          "created_by")  # fmt: skip
RETURN = ("number", "file_no", "type", "matter", "sent_at", "arrived_at", "returned_at", "received_at", "grounds")


def item(names: tuple[str, ...], row: Row) -> dict[str, Any]:
    """Columns under their names, instants with the offset of the offices."""
    return {name: _local(value) for name, value in zip(names, row, strict=True)}


def _local(value: Any) -> Any:
    return value.astimezone(CHINA) if isinstance(value, datetime) else value


def card_item(row: Row) -> dict[str, Any]:
    """A card: its due instant, where it has one, stands in the place of the day."""
    found = item(CARD, row[1:])
    hour = found.pop("due_at")
    return found if hour is None else {**found, "due": hour}


def letter_item(row: Row, today: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """A letter, with how late its answer is or was."""
    found = item(LETTER, row[1:-1])
    answered = found["answered_at"]
    awaiting = found["state"] in ("issued", "acknowledged")
    seen = today if awaiting else None if answered is None else day_of(answered)
    late = None if seen is None or seen <= found["answer_by"] else days_between(found["answer_by"], seen, calendar)
    return {**found, "overdue": awaiting and late is not None, "late_by": late}


def extension_item(row: Row, today: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """A pause with its length so far, or an extension; and by how much the due day moved."""
    found = item(EXTENSION, row[1:-1])
    before, after = found["due_before"], found["due_after"]
    gained = None if before is None or after is None else days_between(before, after, calendar)
    paused = None
    if found["kind"] == "pause":
        ended = found["ended_at"]
        paused = days_between(day_of(found["begun_at"]), today if ended is None else day_of(ended), calendar)
    outliers = [
        name.replace("_", "-") for name in ("last_day", "last_tenth", "after_due", "retroactive") if found.pop(name)
    ]
    return {**found, "paused_for": paused, "gained": gained, "outliers": outliers}


def days_between(first: date, last: date, calendar: WorkingCalendar) -> dict[str, int]:
    """Days after the one up to the other, in both counts."""
    return {"calendar_days": (last - first).days, "working_days": calendar.workdays(first, last) if last > first else 0}
