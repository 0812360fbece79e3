"""Compare what the product answers with what a scenario expects: holders, transit, every clock, and facts by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.scenario.files import Scenario, Step
from api.scenario.world import about
from domain.law.clock import FINAL

FIELDS = ("due", "stopped", "paused_from", "remaining_working_days", "late_by")
FLAGS = ("provisional", "lapsed_by_law")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where the product and the scenario differ."""

    step: int | str
    what: str
    expected: Any
    got: Any


@dataclass(slots=True)
class Comparison:
    """What has been bound so far: clock names to clocks, matter names to matters, and the last answer of each clock."""

    scenario: Scenario
    clocks: dict[str, str] = field(default_factory=dict)
    matters: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    answers: dict[int, Any] = field(default_factory=dict)

    def step(self, step: Step, file: Mapping[str, Any] | None) -> Iterator[Mismatch]:
        """Everything that differs after a step."""
        yield from self._holder(step.n, step.expect, file)
        if "in_transit_to" in step.expect:
            yield from self._transit(step, file)
        if "clocks" in step.expect:
            yield from self._clocks(step, file)

    def _open(self, file: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
        return {matter["id"]: matter for matter in about(file)}

    def _holder(self, n: int | str, expect: Mapping[str, Any], file: Mapping[str, Any] | None) -> Iterator[Mismatch]:
        if "holder" not in expect and "holders_by_matter" not in expect:
            return
        expected = expect.get("holders_by_matter", expect.get("holder"))
        matters = self._open(file)
        got = {name: matter["holder"] for name, matter in matters.items() if matter["open"]}
        if not got and _standing(expected, file):
            self.seen = set(matters)
            return
        if isinstance(expected, Mapping):
            yield from self._holders(n, expected, matters)
        elif expected is None:
            if got:
                yield Mismatch(n, "holder", None, got)
        elif list(got.values()) != [expected]:
            yield Mismatch(n, "holder", expected, got or None)
        self.seen = set(matters)

    def _holders(self, n: int | str, expected: Mapping[str, Any], matters: dict[str, Any]) -> Iterator[Mismatch]:
        new = [name for name in matters if name not in self.seen and name not in self.matters.values()]
        for name, holder in expected.items():
            matter = self.matters.get(name) or (name if name in matters else None)
            if matter is None and new:
                matter = self.matters[name] = new.pop(0)
            got = matters[matter]["holder"] if matter is not None and matter in matters else "no such matter"
            if got != holder:
                yield Mismatch(n, f"holder of {name}", holder, got)
        named = {self.matters.get(name, name) for name in expected}
        for name in matters.keys() - named:
            yield Mismatch(n, f"holder of {name}", "not expected", matters[name]["holder"])

    def _transit(self, step: Step, file: Mapping[str, Any] | None) -> Iterator[Mismatch]:
        expected = step.expect["in_transit_to"]
        matters = self._open(file)
        going = {name: matter["in_transit_to"] for name, matter in matters.items() if matter["in_transit_to"]}
        if not isinstance(expected, Mapping):
            if expected not in going.values():
                yield Mismatch(step.n, "in_transit_to", expected, going or None)
            return
        for name, organ in expected.items():
            got = going.get(str(self.matters.get(name, name)))
            if got != organ:
                yield Mismatch(step.n, f"in_transit_to of {name}", organ, got)

    def _clocks(self, step: Step, file: Mapping[str, Any] | None) -> Iterator[Mismatch]:
        rules = self.scenario.named_rules
        clocks = {clock["id"]: clock for clock in (file or {}).get("clocks", ()) if clock["rule"] in rules}
        listed = set()
        for expected in step.expect["clocks"]:
            found = self._bound(expected, clocks)
            if found is None:
                yield Mismatch(step.n, f"clock {expected['clock']}", expected, "no such clock")
                continue
            listed.add(found["id"])
            yield from _differences(step.n, expected, found)
        for clock in clocks.values():
            changed = self.states.get(clock["id"]) != clock["state"]
            if clock["id"] not in listed and (clock["state"] not in FINAL or changed):
                yield Mismatch(step.n, f"clock {clock['rule']} of {clock['party']}", "not listed", _short(clock))
        self.states = {key: clock["state"] for key, clock in clocks.items()}

    def _bound(self, expected: Mapping[str, Any], clocks: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
        name = expected["clock"]
        if name not in self.clocks:
            taken = set(self.clocks.values())
            for key, clock in clocks.items():
                if key not in taken and _alike(expected, clock):
                    self.clocks[name] = key
                    break
        return clocks.get(self.clocks.get(name, ""))

    def final(self, file: Mapping[str, Any] | None) -> Iterator[Mismatch]:
        """Everything that differs at the end, but for the facts that need further questions."""
        final = self.scenario.final
        yield from self._holder("final", final, file)
        clocks = {clock["id"]: clock for clock in (file or {}).get("clocks", ())}
        for name, verdict in (final.get("clock_verdicts") or {}).items():
            clock = clocks.get(self.clocks.get(name, ""))
            got = _verdict(clock) if clock else "no such clock"
            if got != _plain(verdict):
                yield Mismatch("final", f"verdict of {name}", verdict, got)


def _standing(expected: Any, file: Mapping[str, Any] | None) -> bool:
    """Whether who is expected holds a standing matter, or may be: before the first matter nobody need be named."""
    if not about(file) and not (file or {}).get("matters"):
        return True
    holders = {each["holder"] for each in (file or {}).get("matters", ()) if each["open"]}
    return expected is None or (isinstance(expected, str) and expected in holders)


def _alike(expected: Mapping[str, Any], clock: Mapping[str, Any]) -> bool:
    return (expected["rule"], expected["party"], expected["start"]) == (clock["rule"], clock["party"], clock["start"])


def _differences(n: int, expected: Mapping[str, Any], clock: Mapping[str, Any]) -> Iterator[Mismatch]:
    name = expected["clock"]
    for key in ("rule", "party", "start", "state"):
        if expected.get(key) != clock[key]:
            yield Mismatch(n, f"{key} of {name}", expected.get(key), clock[key])
    for key in FIELDS:
        told = key in expected or (clock.get(key) is not None and expected.get("state") != "void")
        if told and expected.get(key) != clock.get(key):
            yield Mismatch(n, f"{key} of {name}", expected.get(key), clock.get(key))
    for key in FLAGS:
        if bool(expected.get(key)) != bool(clock.get(key)):
            yield Mismatch(n, f"{key} of {name}", expected.get(key), clock.get(key))
    if str(clock["state"]).startswith("breached") and expected.get("severity", "hard") != clock["severity"]:
        yield Mismatch(n, f"severity of {name}", expected.get("severity", "hard"), clock["severity"])


def _short(clock: Mapping[str, Any]) -> dict[str, Any]:
    return {key: clock[key] for key in ("rule", "party", "start", "due", "state") if clock.get(key) is not None}


def _verdict(clock: Mapping[str, Any]) -> str:
    late = clock.get("late_by")
    return f"{clock['state']} {late}" if late and clock["state"].startswith("breached") else str(clock["state"])


def _plain(verdict: Any) -> str:
    return str(verdict).strip()
