"""Run a scenario over the real HTTP routes on a fresh rehearsal ledger, and say where the product answers otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from api.scenario.commands import COMMANDS
from api.scenario.compare import Comparison, Mismatch
from api.scenario.facts import day_facts, extra_facts, final_facts
from api.scenario.files import Scenario, Step
from api.scenario.http import Answer, Client
from api.scenario.office import Calendars, opened_at, organs, register
from api.scenario.surroundings import Surroundings
from api.scenario.world import Call, NoWay
from domain.cases import EVENTS

TOPICS: Mapping[str, frozenset[str]] = {
    name: frozenset(event.TOPIC for event in EVENTS.values() if event.__name__ == name)
    for name in {event.__name__ for event in EVENTS.values()}
}

NOT_FOUND = 404
JOINED = ("cases", "matters", "clocks", "events", "custody")
"""The parts of a file that are those of several files put together."""


@dataclass(slots=True)
class Run:
    """One run of one scenario: the client of each department, its files so far, what has been bound and what differed.

    A scenario is one file, but for the cases of organs that may not read it then: each of these is in a file of its own.
    """

    scenario: Scenario
    client: Callable[[str], Client]
    files: list[str] = field(default_factory=list)
    calendars: Calendars = field(init=False)
    surroundings: Surroundings = field(init=False)
    mismatches: list[Mismatch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calendars = Calendars(self.scenario, self.client)
        self.surroundings = Surroundings.of(organs(self.scenario), self.scenario.profiles)

    def run(self, told: Callable[[Step], None] = lambda step: None) -> list[Mismatch]:
        """Take every step, compare after each, ask again as of every step, and compare the end; answers the mismatches."""
        compare = Comparison(self.scenario)
        before_all = replace(self.scenario.steps[0], at=opened_at(self.scenario), recorded_at=opened_at(self.scenario))
        self._opening(register(self.scenario, before_all, self.client))
        self._opening(self.calendars.open(before_all))
        before: Mapping[str, Any] | None = None
        answers: list[tuple[Step, Mapping[str, Any] | None]] = []
        for step in self.scenario.steps:
            told(step)
            self._opening(self.calendars.up_to(step))
            before = self._prepared(step, before)
            answer = self._take(step, before)
            after = self._file(step)
            self.mismatches += self._outcome(step, answer, before, after)
            self.mismatches += day_facts(step, self._reader(step))
            self.mismatches += compare.step(step, after)
            self.mismatches += extra_facts(step, after, answer, self._reader(step))
            answers.append((step, after))
            before = after
        self.mismatches += self._asked_again(answers)
        self.mismatches += compare.final(before)
        last = self.scenario.steps[-1]
        self.mismatches += final_facts(self.scenario, before, compare.clocks, self._reader(last), last)
        return self.mismatches

    def _opening(self, answers: Iterable[Answer]) -> None:
        refused = [answer for answer in answers if answer.status >= 400]
        self.mismatches += [
            Mismatch("opening", "register, calendars and what a command needs", "accepted", each.told)
            for each in refused
        ]

    def _reader(self, step: Step) -> Client:
        return self.client("jwjc").at(step)

    def _prepared(self, step: Step, before: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The file once what the command needs and the scenario is silent about is there."""
        try:
            calls = self.surroundings.preparing(step, before)
        except (NoWay, KeyError):
            return before
        for call in calls:
            answer = self._call(step, call)
            if answer.status >= 400:
                if step.expect["result"] == "accepted":
                    self._opening([answer])
                break
        return self._file(step) if calls else before

    def _take(self, step: Step, before: Mapping[str, Any] | None) -> Answer | None:
        """Send the command; None for a query or where the product has no way to be asked."""
        if step.command == "Query":
            return None
        if step.command == "PublishCalendar":
            return self.calendars.publish(step)
        translate = COMMANDS.get(step.command)
        if translate is None:
            self.mismatches.append(Mismatch(step.n, "command", step.command, "the product has no such command"))
            return None
        try:
            calls = translate(self.surroundings.world(step, before))
        except (NoWay, KeyError) as error:
            if step.expect["result"] == "accepted":
                self.mismatches.append(Mismatch(step.n, "command", step.command, f"{type(error).__name__}: {error}"))
            return None
        answer = None
        for call in calls:
            answer = self._call(step, call)
            if answer.status >= 400:
                break
        return answer

    def _call(self, step: Step, call: Call) -> Answer:
        """Send one request; what cannot be opened in a file that its organ may not read is opened in one of its own."""
        client = self.client(call.by or step.by).at(step)
        answer = client.act(call.path, call.body)
        if answer.status == NOT_FOUND and call.body.get("file_no") in self.files:
            apart = {name: value for name, value in call.body.items() if name != "file_no"}
            answer = client.act(call.path, {"number": f"F-{step.n}", **apart})
        if answer.status < 400 and (opened := answer.body["file_no"]) not in self.files:
            self.files.append(opened)
        return answer

    def _file(self, step: Step) -> Mapping[str, Any] | None:
        """What the files say as of a step, as if they were one; None before there is any."""
        answers = [self._reader(step).get(_path(number, step)) for number in self.files]
        found = [answer.body for answer in answers if answer.status == 200]
        if not found:
            return None
        joined = {name: [each for file in found for each in file[name]] for name in JOINED}
        return {**found[0], **joined, "events": sorted(joined["events"], key=lambda event: event["recorded_at"])}

    def _outcome(
        self, step: Step, answer: Answer | None, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[Mismatch]:
        expected = step.expect["result"]
        if expected == "rejected":
            if answer is not None and answer.status < 400:
                yield Mismatch(step.n, "result", "rejected", "accepted")
            elif answer is not None and answer.status not in (403, 404, 409):
                yield Mismatch(step.n, "result", "rejected by law or standing", answer.told)
            if _events(before) != _events(after):
                yield Mismatch(step.n, "events after a refusal", _events(before), _events(after))
        elif expected == "accepted" and answer is not None:
            if answer.status >= 400:
                yield Mismatch(step.n, "result", "accepted", answer.told)
            elif step.event is not None:
                left = [event["type"] for event in answer.body["events"]]
                if TOPICS.get(step.event, frozenset()).isdisjoint(left):
                    yield Mismatch(step.n, "event", step.event, left)

    def _asked_again(self, answers: list[tuple[Step, Mapping[str, Any] | None]]) -> Iterator[Mismatch]:
        """The answer as of every earlier step is the one given then, now that more is recorded."""
        for place, (step, then) in enumerate(answers):
            later = [other for other, _ in answers[place + 1 :] if other.recorded_at <= step.known_at]
            if then is None or later:
                continue
            now = self._file(step)
            for key in ("matters", "clocks", "events"):
                if now is None or _lasting(now[key]) != _lasting(then[key]):
                    yield Mismatch(step.n, f"{key} asked again later", then[key], now and now[key])


def _path(number: str, step: Step) -> str:
    as_of = quote(step.known_at.isoformat(), safe="")
    return f"/api/v1/files/{quote(number, safe='')}?as_of={as_of}&basis=known"


def _events(file: Mapping[str, Any] | None) -> list[str]:
    return [event["event_id"] for event in (file or {}).get("events", ())]


def _lasting(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows without what is only known once the order of the log has settled."""
    return [{key: value for key, value in row.items() if key != "position"} for row in rows]
