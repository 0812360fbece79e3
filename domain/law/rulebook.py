"""The rulebook (规则库): every version of every rule, and which of them an event concerns."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from domain.law.limit import Condition, TimeLimit
from domain.law.practice import Practice, Practices
from domain.law.practice import parse_practices as parse_practices
from domain.law.profile_check import check as check
from domain.law.profile_check import check_quotes as check_quotes
from domain.law.profile_format import BadProfile as BadProfile
from domain.law.profile_format import parse as parse

EVERYWHERE = "any"
"""The profile whose rules hold whatever profiles were chosen."""

ORDER = ("reject", "confirm", "stop", "revive", "void", "resume", "pause", "extend", "pass", "start")
"""In which order one event acts: what it ends comes before what it begins, and what it revives before what it voids."""

UNCONDITIONAL = frozenset({"confirm", "reject", "resume"})


class Trigger(NamedTuple):
    """What an event does to the clocks of a limit: an action of `ORDER`, by a clause of the limit.

    `condition` is the clause's, None where it asks nothing: what settles or ends an earlier act of the pair is not asked again.
    """

    action: str
    limit: TimeLimit
    clause: Any
    condition: Condition | None


class Rulebook:
    """Limits by profile and id, in versions: the one in force on the day from which a clock counts is the one that holds.

    `learned`: the days on which the ledger learned of versions that had been in force before.
    """

    def __init__(self, limits: Iterable[TimeLimit], practices: Iterable[Practice] = ()) -> None:
        versions: defaultdict[tuple[str, str], list[TimeLimit]] = defaultdict(list)
        self._said = tuple(limits)
        self.learned = sorted({each.learned for each in self._said if each.learned is not None})
        self._known: dict[int, Rulebook] = {len(self.learned): self}
        for limit in self._said:
            versions[limit.profile, limit.id].append(limit)
        self._versions = {key: _dated(found) for key, found in versions.items()}
        self.limits = tuple(limit for found in self._versions.values() for limit in found)
        self.profiles = tuple(dict.fromkeys(limit.profile for limit in self.limits))
        self.practices = Practices(practices)
        self._indexes: dict[tuple[str, ...], Mapping[str, tuple[Trigger, ...]]] = {}

    def known_at(self, day: date | None) -> Rulebook:
        """The rules that the ledger went by on a day; `None`: all of them."""
        count = len(self.learned) if day is None else bisect_right(self.learned, day)
        found = self._known.get(count)
        if found is None:
            later = set(self.learned[count:])
            found = Rulebook((each for each in self._said if each.learned not in later), self.practices.all)
            self._known[count] = found
        return found

    def get(self, profile: str, identifier: str, on: date) -> TimeLimit | None:
        """The version of a rule in force on a day, None if there is none."""
        return next((each for each in self._versions.get((profile, identifier), ()) if each.in_force(on)), None)

    def for_profiles(self, profiles: Collection[str]) -> tuple[TimeLimit, ...]:
        """Every version of every rule of these profiles, and of those that hold everywhere."""
        return tuple(limit for limit in self.limits if limit.profile in profiles or limit.profile == EVERYWHERE)

    def on_topic(self, profiles: tuple[str, ...]) -> Mapping[str, tuple[Trigger, ...]]:
        """What each event does to the enforced limits of these profiles, by topic, in the order in which it acts."""
        if profiles not in self._indexes:
            self._indexes[profiles] = _index(self.for_profiles(profiles))
        return self._indexes[profiles]


def _dated(versions: Iterable[TimeLimit]) -> tuple[TimeLimit, ...]:
    """The versions of one rule in order of time, each ending at the latest when the next begins."""
    ordered = sorted(versions, key=lambda each: each.since)
    ends = [*(each.since for each in ordered[1:]), date.max]
    return tuple(
        each if end >= (each.until or date.max) else replace(each, until=end)
        for each, end in zip(ordered, ends, strict=True)
    )


def _index(limits: Iterable[TimeLimit]) -> Mapping[str, tuple[Trigger, ...]]:
    found: defaultdict[str, list[Trigger]] = defaultdict(list)
    for limit in limits:
        if limit.enforced:
            for topic, action, clause in _triggers(limit):
                found[topic].append(Trigger(action, limit, clause, _asked(action, clause.condition)))
    return MappingProxyType(
        {topic: tuple(sorted(acts, key=lambda each: ORDER.index(each.action))) for topic, acts in found.items()}
    )


def _asked(action: str, condition: Condition) -> Condition | None:
    nothing = action in UNCONDITIONAL or not (condition.when or condition.given)
    return None if nothing else condition


def _triggers(limit: TimeLimit) -> Iterator[tuple[str, str, Any]]:
    for stop in limit.stops:
        yield stop.on, "stop", stop
        if stop.confirmed_by:
            yield stop.confirmed_by, "confirm", stop
        if stop.rejected_by:
            yield stop.rejected_by, "reject", stop
    for pause in limit.pauses:
        yield pause.begins, "pause", pause
        yield pause.ends, "resume", pause
    yield from ((start.on, "start", start) for start in limit.starts)
    yield from ((void.on, "void", void) for void in limit.voids)
    yield from ((revival.on, "revive", revival) for revival in limit.revivals)
    yield from ((extension.on, "extend", extension) for extension in limit.extensions)
    yield from ((passing.on, "pass", passing) for passing in limit.passings)
