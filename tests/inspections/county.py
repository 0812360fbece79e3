"""The demonstration county as inspectors see it: cases of 2024 and 2025 told in order of time, swept every day, with letters between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from api.cli.county import County as Tokens
from api.cli.loading import Loader
from api.scenario.commands import COMMANDS
from api.scenario.files import Scenario
from api.scenario.http import Client
from api.wiring import Place, Wiring
from domain.law.clock import CHINA

Act = tuple[datetime, Callable[[], object]]
DAY = timedelta(days=1)
LISTS = ("cards", "letters", "extensions", "in-transit?days=0", "ageing", "returns?from=2024-01-01&to=2025-12-31")
"""Those that can be asked as of an instant."""


def china(text: str) -> datetime:
    """An instant in China, `2024-05-07T08:30`, or 09:00 of a day."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


class Playing(Loader):
    """The steps of a scenario one by one, each to be taken when its time has come."""

    def acts(self, scenario: Scenario) -> Iterator[Act]:
        """Each step with its time."""
        known: dict[str, Any] = {}

        def take(step: Any) -> None:
            for call in COMMANDS[step.command](self.surroundings.world(step, known.get("file"))):
                answer = self._act(scenario, step, call)
                known["no"] = known.get("no") or answer.body["file_no"]
                known["file"] = self._file(step, known["no"])

        for step in scenario.steps:
            yield step.at, lambda step=step: take(step)  # type: ignore[misc]


@dataclass
class Inspected:
    """One rehearsal ledger behind a server, and what its lists showed on some days while it grew."""

    wiring: Wiring
    place: Place
    port: int
    tokens: Mapping[str, str]
    shown: dict[tuple[datetime, str], Any] = field(default_factory=dict)

    def client(self, organ: str) -> Client:
        """A caller."""
        return Client("127.0.0.1", self.port, self.tokens[organ])

    def act(self, organ: str, at: str, path: str, body: Mapping[str, Any], recorded: str | None = None) -> Any:
        """Take a step; a refusal fails the test."""
        answer = self.refused(organ, at, path, body, recorded)
        assert answer.status in (200, 201), (at, path, answer.told)
        return answer.body

    def refused(self, organ: str, at: str, path: str, body: Mapping[str, Any], recorded: str | None = None) -> Any:
        """Ask for a step; the answer, whatever it is."""
        happened = china(at).isoformat()
        asking = Client(
            "127.0.0.1", self.port, self.tokens[organ], happened, china(recorded).isoformat() if recorded else happened
        )
        return asking.act(f"/api/v1/{path}", body)

    def get(self, path: str, organ: str = "jwjc", **query: Any) -> Any:
        """Read something; a problem fails the test."""
        asked = {key.rstrip("_"): value for key, value in query.items()}
        if asked:
            path = f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}"
        answer = self.client(organ).get(f"/api/v1/{path}")
        assert answer.status == 200, (path, answer.told)
        return answer.body

    def items(self, path: str, **query: Any) -> list[Any]:
        """All rows of a list, page by page."""
        found: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self.get(path, **query, **cursor)
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}

    def clock(self, number: str, rule: str, at: str) -> str:
        """The id of the latest clock of a rule in a case, as it was known then."""
        clocks = self.get(f"cases/{quote(number)}/clocks", as_of=china(at).isoformat())["items"]
        return str([each["id"] for each in clocks if each["rule"] == rule][-1])

    def sweep(self, at: datetime) -> None:
        """What the timer does on a day."""
        self.wiring.sweep(self.place, at)

    def look(self, at: datetime) -> None:
        """Note what every list shows as of now, nothing later being recorded yet."""
        self.wiring.catch_up(self.place)
        for name in LISTS:
            self.shown[at, name] = self.items(name, as_of=at.isoformat())

    def play(self, acts: list[Act], looks: list[datetime], sweeps: Iterator[datetime]) -> None:
        """Everything in order of time."""
        timers: list[Act] = [(at, lambda at=at: self.sweep(at)) for at in sweeps]  # type: ignore[misc]
        looking: list[Act] = [(at, lambda at=at: self.look(at)) for at in looks]  # type: ignore[misc]
        for _, take in sorted([*timers, *acts, *looking], key=lambda each: each[0]):
            take()
        self.wiring.catch_up(self.place)


def mornings(first: date, last: date) -> Iterator[datetime]:
    """08:00 of every day."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield datetime.combine(date.fromordinal(ordinal), datetime.min.time(), CHINA) + timedelta(hours=8)


def tokens_of(jurisdiction: str, tokens: Mapping[str, str]) -> Tokens:
    """The tokens as the loader of the demonstration wants them."""
    return Tokens(jurisdiction, tokens)
