"""What differs (差异) between a case at one moment and at another, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.cli.picture import clock_line, event_line, moment_text


def lines_of(differing: Mapping[str, Any]) -> Iterator[str]:
    """The differences in lines."""
    yield from (f"+ {event_line(event)}" for event in differing["events"])
    yield from (f"- {event_line(event)}" for event in differing["events_gone"])
    for change in differing["changes"]:
        yield f"  {change['path']}: {_text(change['from'])} → {_text(change['to'])}"


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return clock_line(value) if "rule" in value else str(dict(value))
    return "-" if value is None else moment_text(value)
