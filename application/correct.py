"""Correction (更正): an event said something wrong; what it should have said is recorded beside it, and both stay visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_origin, get_type_hints
from uuid import UUID

from application.decide import Decision
from application.permissions import Forbidden, acting_organ
from application.signatures import NAMING, Hint, hint, protected_names
from domain.file import File
from domain.kernel import Actor, Case, Entry, Event, EventCorrected

CORRECT = "correct"
OFFICE = "office"
LONGEST = 20_000
EARLIEST, LATEST = 1949, 2199


class NotCorrectable(ValueError):
    """The correction asks for what no correction can do; `errors` says what is wrong with each of its fields."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {error}" for name, error in errors.items()))
        self.errors = errors


def may_correct(actor: Actor, entry: Entry, file: File) -> bool:
    """The organ that recorded an event may correct it, and so may the coordinating office."""
    organ = acting_organ(actor, file)
    if organ is None or isinstance(entry.event, EventCorrected):
        return False
    return organ.id in (entry.actor.acting_for, entry.actor.department) or OFFICE in organ.roles


def correct(decision: Decision, case: Case, arguments: Mapping[str, Any]) -> Case:
    """Decide a correction of one event of a case: `event_id`, `occurred_at` or None, `values` by field.

    Dates and plain descriptions can be corrected; what says which case or matter it is, who it is about, who holds or
    what was chosen cannot. Raises NotCorrectable for the rest, Forbidden for an organ without standing.
    """
    wrong = _wrong(decision.file.entries, case, arguments["event_id"])
    if not may_correct(decision.actor, wrong, decision.file):
        raise Forbidden(f"{decision.actor.acting_for} neither recorded the event nor coordinates")
    occurred_at = arguments.get("occurred_at")
    values = _values(wrong, case, arguments.get("values") or {}, decision.file)
    if occurred_at is None and not values:
        raise NotCorrectable({"values": "nothing is corrected"})
    if occurred_at is not None and occurred_at > decision.at:
        raise NotCorrectable({"occurred_at": "in the future"})
    decision.record(case, EventCorrected(corrects=wrong.event_id, occurred_at=occurred_at, values=values))
    return case


def _wrong(entries: Iterable[Entry], case: Case, identifier: UUID) -> Entry:
    found = next((each for each in entries if (each.event_id, each.case_id) == (identifier, case.id)), None)
    if found is None:
        raise NotCorrectable({"event_id": "no event of this case"})
    if isinstance(found.event, EventCorrected):
        raise NotCorrectable({"event_id": "a correction is corrected by correcting the first event again"})
    if not found.event.CORRECTABLE:
        raise NotCorrectable({"event_id": "never corrected"})
    return found


def _values(wrong: Entry, case: Case, asked: Mapping[str, Any], file: File) -> dict[str, Any]:
    allowed = correctable(type(wrong.event), protected_names(type(case)))
    names = {each.name.rstrip("_"): each.name for each in fields(wrong.event)}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key, raw in asked.items():
        name = names.get(key, key)
        known = allowed.get(name)
        if known is None or _names_a_party(getattr(wrong.event, name), file):
            errors[f"values.{key}"] = "not a date or a description of this event"
            continue
        try:
            values[name] = _typed(known, raw)
        except ValueError as wrong_value:
            errors[f"values.{key}"] = str(wrong_value)
    if errors:
        raise NotCorrectable(errors)
    return values


def correctable(event: type[Event], protected: frozenset[str]) -> dict[str, Hint]:
    """The fields of an event type that may be corrected, each with its type; `protected` are kept elsewhere."""
    if not event.CORRECTABLE:
        return {}
    custody = {event.CUSTODY.to, event.CUSTODY.when} if event.CUSTODY else set()
    declared = get_type_hints(event, include_extras=True)
    words = (date, datetime) if event.RESERVES else (date, datetime, str)
    names = [each.name for each in fields(event) if each.name not in {"matter", "to"} | NAMING | protected | custody]
    plain = {name: hint(declared[name]) for name in names if get_origin(declared[name]) is not dict}
    return {name: known for name, known in plain.items() if known.kind in words}


def _names_a_party(value: Any, file: File) -> bool:
    named = value if isinstance(value, tuple) else (value,)
    return any(isinstance(each, str) and file.register.organ(each) is not None for each in named)


def _typed(known: Hint, raw: Any) -> Any:
    if raw is None and known.nullable:
        return None
    if known.several:
        if not isinstance(raw, list):
            raise ValueError("must be a list")
        return tuple(_one(known.kind, each) for each in raw)
    return _one(known.kind, raw)


def _one(kind: Any, raw: Any) -> Any:
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise ValueError("must be a text" if kind is str else "must be a date, or an instant with its offset")
    if kind is str:
        return raw
    try:
        found = kind.fromisoformat(raw)
    except ValueError:
        raise ValueError("must be a date, or an instant with its offset") from None
    if not EARLIEST <= found.year <= LATEST or (isinstance(found, datetime) and found.tzinfo is None):
        raise ValueError("must be a date, or an instant with its offset")
    return found
