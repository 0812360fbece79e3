"""The parts of the law (法据) by which a ledger is judged, each with the hash of what it says: what is attested, and found again in bundles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from domain.cases import EVENTS
from infrastructure.bundle.telling import as_json, plain_values, told_calendars, told_effects, told_rules
from infrastructure.own_law import Law, law

PROGRAM = version("anjuan")
"""The version of the program that has the law."""


@cache
def law_parts(own: Path | None = None) -> tuple[str, ...]:
    """A line for each part of the law of a deployment, in their order: its name and the SHA-256 of what it says, as a bundle tells
    it. `own`: the folder with what is added to what ships. Raises BadProfile or BadEdition."""
    found = law(own)
    told = {name: as_json(value) for name, value in _told(found)}
    texts = {f"text/{name}": text.encode() for name, text in found.texts.items()}
    return tuple(sorted(f"{name} {sha256(content).hexdigest()}" for name, content in {**told, **texts}.items()))


def _told(law: Law) -> Iterator[tuple[str, Any]]:
    for profile in law.rulebook.profiles:
        limits = [each for each in law.rulebook.limits if each.profile == profile]
        yield f"rules/{profile}", told_rules(limits)
    practices = law.rulebook.practices.all
    for profile in dict.fromkeys(each.profile for each in practices):
        said = [plain_values(each) for each in practices if each.profile == profile]
        yield f"practices/{profile}", [{**each, "line": 0} for each in said]
    calendars = told_calendars(law.calendars, law.calendars.names)
    for edition in calendars["editions"]:
        yield f"edition/{edition['id']}", edition
    for name, base in calendars["bases"].items():
        yield f"base/{name}", base
    yield "statutory", calendars["statutory"]
    yield "effects", told_effects(EVENTS, EVENTS)
