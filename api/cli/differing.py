"""What differs (差异) between a case at one moment and at another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.cli.picture import event_line, moment_text

APART = frozenset({"events", "as_of", "basis", "final", "custody"})


def differences(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """The events that came, those that went, and every value that is another."""
    before, after = dict(_leaves(_core(one))), dict(_leaves(_core(two)))
    paths = dict.fromkeys((*before, *after))
    changes = [
        {"path": path, "from": before.get(path), "to": after.get(path)}
        for path in paths
        if before.get(path) != after.get(path)
    ]
    return {
        "case": two["id"],
        "number": two["number"],
        "from": _moment(one),
        "to": _moment(two),
        "events": _only_in(two, one),
        "events_gone": _only_in(one, two),
        "changes": changes,
    }


def lines_of(differing: Mapping[str, Any]) -> Iterator[str]:
    """The differences in lines."""
    yield from (f"+ {event_line(event)}" for event in differing["events"])
    yield from (f"- {event_line(event)}" for event in differing["events_gone"])
    for change in differing["changes"]:
        yield f"  {change['path']}: {_text(change['from'])} → {_text(change['to'])}"


def _core(case: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key not in APART}


def _moment(case: Mapping[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("version", "as_of", "basis", "final")}


def _only_in(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Any]:
    known = {event["event_id"] for event in other["events"]}
    return [event for event in one["events"] if event["event_id"] not in known]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value and all(isinstance(each, Mapping) and "id" in each for each in value):
        for each in value:
            yield from _leaves(each, f"{path}[{_name(each)}]")
    else:
        yield path, value


def _name(item: Mapping[str, Any]) -> str:
    if "rule" in item:
        return " ".join(str(item[key]) for key in ("rule", "matter", "party", "leg") if item.get(key) is not None)
    return str(item["id"])


def _text(value: Any) -> str:
    return "-" if value is None else moment_text(value)
