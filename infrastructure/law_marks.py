"""Under which law lists were built (规则印记): a mark for each profile and calendar, so that only a change that matters is one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from application.ledger import Ledger, Office
from domain.cases.jurisdiction.events import (
    CalendarChosen,
    LedgerOpened,
    OrganAmended,
    OrganRegistered,
    ProfilesChosen,
)
from domain.law.calendar import Calendars
from domain.law.edition import NATIONAL
from domain.law.rulebook import EVERYWHERE, Rulebook


def marks(ledger: Ledger, tables: int) -> str:
    """The law of a ledger as text. `tables`: what the rows of lists are worked out by, beside the law."""
    return json.dumps({**_marks(ledger.rulebook, ledger.shipped), "tables": str(tables)}, sort_keys=True)


def together(stored: str | None, present: str) -> str:
    """What is to be stored where the stored law holds still: marks of what is not there any more are kept."""
    return json.dumps({**_read(stored or ""), **_read(present)}, sort_keys=True)


def holds(stored: str | None, ledger: Ledger, tables: int) -> bool:
    """Whether lists built under the stored law are right under that of the ledger: of what the jurisdiction ever chose, nothing changed.

    What it chose since they were built concerns later cases only, so a mark that is not stored is none that differs.
    """
    if stored is None:
        return True
    before, now = _read(stored), _read(marks(ledger, tables))
    if not before:
        return False
    used = {"tables", "statutory", *_used(ledger.at_hand(), ledger.shipped)}
    return all(now.get(name) == before[name] for name in used if name in before)


def _read(text: str) -> Mapping[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _used(office: Office, calendars: Calendars) -> Iterator[str]:
    yield f"profile {EVERYWHERE}"
    names: set[str] = {NATIONAL}
    for entry in office.entries:
        match entry.event:
            case LedgerOpened(profiles=profiles, calendar=fixed):
                yield from (f"profile {each}" for each in profiles)
                names.add(fixed)
            case ProfilesChosen(profiles=profiles):
                yield from (f"profile {each}" for each in profiles)
            case CalendarChosen(calendar=fixed):
                names.add(fixed)
            case OrganRegistered(calendar=named) | OrganAmended(calendar=named) if named:
                names.add(named)
    for name in names:
        while name != NATIONAL:
            yield f"calendar {name}"
            name = calendars.bases.get(name, NATIONAL)
    yield f"calendar {NATIONAL}"


@lru_cache(8)
def _marks(rulebook: Rulebook, calendars: Calendars) -> Mapping[str, str]:
    found = {"statutory": _mark(sorted(calendars.statutory.items()))}
    for profile in rulebook.profiles:
        limits = [replace(each, line=0) for each in rulebook.limits if each.profile == profile]
        learned = [(each.id, each.since, each.learned) for each in limits if each.learned is not None]
        found[f"profile {profile}"] = _mark((limits, learned) if learned else limits)
    for name in calendars.names:
        editions = [each for each in calendars.editions if each.calendar == name]
        found[f"calendar {name}"] = _mark((calendars.bases.get(name), editions))
    return found


def _mark(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:32]
