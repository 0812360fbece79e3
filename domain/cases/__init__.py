"""The case types: every folder here is one, found by name; adding one changes nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from domain.kernel import Case, Event, EventCorrected, PlaceTaken, Released, Reserved


def _found() -> Iterator[type[Case]]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            yield importlib.import_module(f"{__name__}.{module.name}").CASE


def _events_of(case_type: type[Case]) -> Iterator[type[Event]]:
    events = importlib.import_module(f"{__name__}.{case_type.TYPE}.events")
    for value in vars(events).values():
        if isinstance(value, type) and issubclass(value, Event) and "TOPIC" in vars(value):
            yield value


CASES: Mapping[str, type[Case]] = MappingProxyType({case_type.TYPE: case_type for case_type in _found()})
"""Case types by name."""

_COMMON: tuple[type[Event], ...] = (EventCorrected, PlaceTaken, Reserved, Released)

EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {event.TOPIC: event for event in (*(each for known in CASES.values() for each in _events_of(known)), *_COMMON)}
)
"""Event types by stored name."""
