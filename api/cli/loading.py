"""Loading the example cases (装载示例): every step over HTTP, as the department that took it, at its true date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import quote

from api.cli.county import County
from api.cli.failing import UNAVAILABLE, Failed
from api.cli.words import Words
from api.scenario.commands import COMMANDS
from api.scenario.files import Scenario, Step
from api.scenario.http import Answer, Client
from api.scenario.surroundings import Surroundings
from api.scenario.world import Call

HOST = "127.0.0.1"
READER = "jwjc"


def _later(step: Step, number: int) -> Step:
    """The step, so many thousandths of a second later: what one step asks is told apart by its time."""
    moment = timedelta(milliseconds=number)
    return replace(step, at=step.at + moment, recorded_at=step.recorded_at + moment)


@dataclass(frozen=True, slots=True)
class Loader:
    """Sends the steps of scenarios to the server at a port. What was loaded before is answered as it was then."""

    county: County
    port: int
    surroundings: Surroundings

    def load(self, scenario: Scenario, told: Callable[[int], None]) -> str:
        """Take every step; `told` is called after each with 1. Answers the number of the file."""
        file: Mapping[str, Any] | None = None
        for step in scenario.steps:
            moments = map(partial(_later, step), count())
            for call in self.surroundings.preparing(step, file):
                file = self._after(scenario, next(moments), call, file)
            for call in COMMANDS[step.command](self.surroundings.world(step, file)):
                file = self._after(scenario, next(moments), call, file)
            told(1)
        assert file is not None
        return str(file["file_no"])

    def _after(self, scenario: Scenario, step: Step, call: Call, file: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """The file once a call is answered."""
        answer = self._act(scenario, step, call)
        return self._file(step, file["file_no"] if file else answer.body["file_no"])

    def _act(self, scenario: Scenario, step: Step, call: Call) -> Answer:
        client = self._client(call.by or step.by, step).keyed(f"demo-{scenario.id}-{step.n}-{step.at:%S.%f}")
        answer = client.act(call.path, call.body)
        if answer.status >= 400:
            told = f"{scenario.id}, {step.n}: {answer.told}"
            raise Failed(UNAVAILABLE, Words(f"示例未能装载：{told}", f"The example could not be loaded: {told}"))
        return answer

    def _file(self, step: Step, file_no: str) -> Mapping[str, Any]:
        """The file as it was known after the step, whatever came later."""
        as_of = quote(step.known_at.isoformat(), safe="")
        found = self._client(READER, step).get(f"/api/v1/files/{quote(file_no, safe='')}?as_of={as_of}&basis=known")
        if found.status != 200:
            raise Failed(UNAVAILABLE, Words(f"读取失败：{found.told}", f"Cannot be read: {found.told}"))
        body: Mapping[str, Any] = found.body
        return body

    def _client(self, organ: str, step: Step) -> Client:
        return Client(HOST, self.port, self.county.tokens[organ]).at(step)
