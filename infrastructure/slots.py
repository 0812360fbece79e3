"""When daily jobs begin (每日时点), in the office's zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from infrastructure.settings import TIMEZONE

NIGHT, MORNING = time(2, 30), time(8)
"""When the ledger is verified, and when the page of the day is written."""


def last_slot(present: datetime, at: time) -> datetime:
    """The last instant at which a daily job began, or should have."""
    zone = ZoneInfo(TIMEZONE)
    local = present.astimezone(zone)
    slot = datetime.combine(local.date(), at, zone)
    return slot if slot <= local else slot - timedelta(days=1)
