"""What differs (差异) between a case at one moment and at another: which events came, and which values are others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from application.queries import Reading
from application.shown import shown_case, shown_custody, shown_event, shown_moment
from domain.kernel import Case

APART = frozenset({"events", "as_of", "basis", "final", "custody", "rehearsal"})


def whole(reading: Reading, case: Case) -> dict[str, Any]:
    """Everything about a case at a moment."""
    matters = {each.id for each in reading.matters_of(case)}
    return {
        **shown_case(reading, case),
        "events": [shown_event(reading, each) for each in reading.recorded if each.case_id == case.id],
        "custody": shown_custody(reading, matters),
        **shown_moment(reading),
    }


def differences(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """The events that came, those that went, and every value that is another; both as `whole` answers them."""
    return {
        "case": two["id"],
        "number": two["number"],
        "from": _moment(one),
        "to": _moment(two),
        "events": _only_in(two, one),
        "events_gone": _only_in(one, two),
        "changes": list(_changes(_core(one), _core(two), "")),
    }


def differ(found: Mapping[str, Any]) -> bool:
    """Whether anything differs."""
    return bool(found["changes"] or found["events"] or found["events_gone"])


def _core(case: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key not in APART}


def _moment(case: Mapping[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("version", "as_of", "basis", "final")}


def _only_in(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Any]:
    known = {event["event_id"] for event in other["events"]}
    return [event for event in one["events"] if event["event_id"] not in known]


def _changes(one: Any, two: Any, path: str) -> Iterator[dict[str, Any]]:
    """Where two values differ; what only one of them has is told whole."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        for key in dict.fromkeys((*one, *two)):
            yield from _changes(one.get(key), two.get(key), f"{path}.{key}" if path else str(key))
    elif _listed(one) and _listed(two):
        before, after = _by_name(one), _by_name(two)
        for name in dict.fromkeys((*before, *after)):
            yield from _changes(before.get(name), after.get(name), f"{path}[{name}]")
    elif one != two:
        yield {"path": path, "from": one, "to": two}


def _listed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) and "id" in each for each in value)


def _by_name(items: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {_name(each): each for each in items}


def _name(item: Mapping[str, Any]) -> str:
    if "rule" in item:
        return " ".join(str(item[key]) for key in ("rule", "matter", "party", "leg") if item.get(key) is not None)
    return str(item["id"])
