"""The law that a bundle shows (所附法据), compared part by part with what the ledger attested of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from infrastructure.bundle.verifier.days import COUNTRY
from infrastructure.bundle.verifier.facts import Fact, corrected, day_in_china
from infrastructure.bundle.verifier.faults import CHANGED, INSERTED, REMOVED
from infrastructure.bundle.verifier.offices import PUBLISHED

RULES, EFFECTS, CALENDARS, TEXTS = "law/rules.json", "law/effects.json", "law/calendars.json", "law/texts/"
EVERYWHERE = "any"
EDITION = re.compile(r"edition/(?P<calendar>.+)-\d{4}@(?P<published>[-\d]{10})(\+(?P<known>[-\d]{10}))?")


class Shown(NamedTuple):
    """The law of a bundle: its rules, calendars and effects as told, the bytes of its texts by name, and what it is used for: the
    profiles and calendars that judge, the facts among which are the editions that the jurisdiction recorded itself, and the day of
    the judgement."""

    rules: list[dict[str, Any]]
    calendars: dict[str, Any]
    effects: dict[str, Any]
    texts: Mapping[str, bytes]
    profiles: Collection[str]
    working: Collection[str]
    facts: list[Fact]
    day: date


class Departure(NamedTuple):
    """A part of the law that is not what was attested: the file that shows it, how it departs, and its name."""

    file: str
    cause: str
    part: str


def departures(shown: Shown, attested: Iterable[str]) -> Iterator[Departure]:
    """Where the law that is shown is not the law that was attested, a line for each of its parts."""
    known = dict(each.rsplit(" ", 1) for each in attested)
    said = {**_rules(shown), **_calendars(shown), (EFFECTS, "effects"): _hash(shown.effects)}
    said |= {(TEXTS + name, f"text/{name}"): hashlib.sha256(each).hexdigest() for name, each in shown.texts.items()}
    for (file, part), found in said.items():
        if known.get(part) != found:
            yield Departure(file, CHANGED if part in known else INSERTED, part)
    given = {part for _, part in said}
    wanted = {f"rules/{each}" for each in (*shown.profiles, EVERYWHERE)} | set(_editions_wanted(shown, known))
    wanted |= {f"base/{each}" for each in shown.working}
    for part in sorted(wanted & known.keys() - given):
        yield Departure(RULES if part.startswith("rules/") else CALENDARS, REMOVED, part)


def _rules(shown: Shown) -> dict[tuple[str, str], str]:
    profiles = dict.fromkeys(each["profile"] for each in shown.rules)
    told = {name: [each for each in shown.rules if each["profile"] == name] for name in profiles}
    return {(RULES, f"rules/{name}"): _hash(each) for name, each in told.items()}


def _calendars(shown: Shown) -> dict[tuple[str, str], str]:
    """Editions but for those that the jurisdiction recorded, which are facts of the log; what each calendar rests on; fixed days."""
    published = (each for each in corrected(shown.facts) if each.topic == PUBLISHED)
    own = [_named(each.said, str(day_in_china(each.recorded))) for each in published]
    editions = [each for each in shown.calendars["editions"] if _named(each, each["known_from"]) not in own]
    told = {f"edition/{each['id']}": each for each in editions}
    told |= {f"base/{name}": base for name, base in shown.calendars["bases"].items()}
    told["statutory"] = shown.calendars["statutory"]
    return {(CALENDARS, part): _hash(each) for part, each in told.items()}


def _named(edition: Mapping[str, Any], known_from: str) -> tuple[Any, ...]:
    return (edition["calendar"], edition["year"], edition["published"], known_from)


def _editions_wanted(shown: Shown, known: Iterable[str]) -> Iterator[str]:
    """The editions that were known on the day, of the calendars that judge and of those on which these rest."""
    calendars = {COUNTRY, *shown.calendars["bases"], *shown.working}
    for part in known:
        found = EDITION.fullmatch(part)
        if found and found["calendar"] in calendars and (found["known"] or found["published"]) <= str(shown.day):
            yield part


def _hash(told: Any) -> str:
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return hashlib.sha256(text.encode()).hexdigest()
