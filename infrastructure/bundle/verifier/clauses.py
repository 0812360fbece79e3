"""What the clauses (条款要件) of a rule ask of an event, and what they do with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from infrastructure.bundle.verifier.facts import Fact, instant_of

ORDER = ("reject", "confirm", "stop", "revive", "void", "resume", "pause", "extend", "pass", "start")
"""In which order one event acts."""

CLAUSES = (
    ("starts", "start"),
    ("voids", "void"),
    ("revivals", "revive"),
    ("extensions", "extend"),
    ("passings", "pass"),
)
Rule = dict[str, Any]
Seen = dict[tuple[str, str], Fact]


class Settled(NamedTuple):
    """An event that settled something about a clock, and the instant that counts for it."""

    fact: Fact
    at: datetime
    pending: bool = False
    lapse: bool = False


def clauses_of(rule: Rule) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What each event does under a rule: (topic, action, clause)."""
    for stop in rule["stops"]:
        yield stop["on"], "stop", stop
        for name, action in (("confirmed_by", "confirm"), ("rejected_by", "reject")):
            if stop[name]:
                yield stop[name], action, stop
    for pause in rule["pauses"]:
        yield pause["begins"], "pause", pause
        yield pause["ends"], "resume", pause
    for kind, action in CLAUSES:
        yield from ((clause["on"], action, clause) for clause in rule[kind])


def meets(condition: dict[str, Any], fact: Fact, matter: str, seen: Seen) -> bool:
    """Whether a fact, with the earlier facts of its matter, is what a clause asks for."""
    if not all(_among(fact.said.get(name), allowed) for name, allowed in condition["when"].items()):
        return False
    for path, allowed in condition["given"].items():
        if path.count(".") == 1:
            if ((matter, path) in seen) not in allowed:
                return False
            continue
        topic, _, name = path.rpartition(".")
        found = seen.get((matter, topic))
        if not _among(None if found is None else found.said.get(name), allowed):
            return False
    return True


def _among(value: Any, allowed: list[Any]) -> bool:
    return ("@none" if value is None else "@some") in allowed or (value in allowed and value not in ("@none", "@some"))


def settled(fact: Fact, name: str | None = None, *, pending: bool = False, lapse: bool = False) -> Settled:
    """The mark that a fact leaves, its day being in a field if one is named."""
    value = fact.said.get(name) if name else None
    return Settled(fact, fact.occurred if value is None else instant_of(value), pending, lapse)


def pair_of(pause: dict[str, Any], fact: Fact) -> str | None:
    """What pairs the two ends of a pause."""
    value = fact.said.get(pause["match"]) if pause["match"] else None
    return None if value is None else f"{pause['begins']}:{value}"


def instants_in(fact: Fact, names: list[str]) -> list[datetime]:
    """The instants in the fields of a fact, empty ones left out."""
    return [instant_of(fact.said[name]) for name in names if fact.said.get(name) is not None]


def day_in(value: str | None) -> date | None:
    """The day in a field."""
    return None if value is None else date.fromisoformat(value)


def besides(party: str, rule: Rule, fact: Fact) -> list[str]:
    """Who else owes the act."""
    return [each for each in fact.said.get(rule["shared_by"]) or () if each != party] if rule["shared_by"] else []


def in_force(rule: Rule, day: date) -> bool:
    """Whether this version of a rule is the law on a day."""
    return bool(rule["since"] <= str(day) and (rule["until"] is None or str(day) < rule["until"]))
