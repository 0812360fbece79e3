"""An event as it leaves the ledger (导出): all that was recorded, and nothing that was protected."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from application.shown import in_china, plain
from domain.kernel import Entry


def exported(entry: Entry) -> dict[str, Any]:
    """One entry of the log with its position."""
    return {
        "position": entry.position,
        "event_id": entry.event_id,
        "type": entry.topic,
        "payload_version": type(entry.event).VERSION,
        "case": entry.case_id,
        "case_type": entry.case_type,
        "version": entry.version,
        "file": entry.file_id,
        "file_version": entry.file_version,
        "occurred_at": in_china(entry.occurred_at),
        "recorded_at": in_china(entry.known_at()),
        "department": entry.actor.department,
        "officer": entry.actor.officer,
        "on_behalf_of": entry.actor.on_behalf_of,
        "reason": entry.reason,
        "correlation": entry.correlation,
        "causation": entry.causation,
        "imported": entry.imported,
        "data": {each.name.rstrip("_"): plain(getattr(entry.event, each.name)) for each in fields(entry.event)},
    }
