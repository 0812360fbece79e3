"""What the runner knows of the file before a step, and how it finds the matter and the case that a command acts on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from api.scenario.files import Step, identifier
from api.v1.steps import hyphens
from domain.cases import CASES

NAMING = ("case", "matter", "fact", "task", "letter", "item")
PAPER = "（案卷所载）"
STANDING = frozenset(name for name, case_type in CASES.items() if case_type.STANDING)
"""Case types whose matters come with the calendar or the office: a file has them, and is not about them."""


def about(file: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The matters of a file but for the standing ones."""
    standing = {each["id"] for each in (file or {}).get("cases", ()) if each["type"] in STANDING}
    return [each for each in (file or {}).get("matters", ()) if each["case"] not in standing]


class NoWay(LookupError):
    """The product has no such command, or nothing in the file on which it could act."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the product; `case`: the number of the case it acts on. `by`: who asks, if not who takes the step."""

    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    case: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """The file as it is before the step (None: there is none yet), and the step.

    `roles`: the organ that has a role, by role. `practice`: what the profiles of the scenario choose about a subject.
    """

    step: Step
    file: Mapping[str, Any] | None
    roles: Mapping[str, str] = field(default_factory=dict)
    practice: Callable[[str], str] = str

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the scenario says beyond the command."""
        return self.step.payload

    def said(self, key: str, otherwise: Any) -> Any:
        """The value of a key; an absent one is taken as in order."""
        return self.payload.get(key, otherwise)

    def in_order(self, papers: Mapping[str, Any]) -> dict[str, Any]:
        """The values of several keys, each taken as in order where the scenario is silent."""
        return {key: self.said(key, otherwise) for key, otherwise in papers.items()}

    def given(self, *keys: str, **renamed: str) -> dict[str, Any]:
        """The values of those of these keys that are present, some under the product's own name."""
        pairs = [*((key, key) for key in keys), *((theirs, ours) for ours, theirs in renamed.items())]
        return {ours: self.payload[theirs] for theirs, ours in pairs if theirs in self.payload}

    def events(self, topic: str, number: str | None = None) -> list[Mapping[str, Any]]:
        """The events with a topic so far, of the whole file or of one case."""
        events = (self.file or {}).get("events", ())
        return [each for each in events if each["type"] == topic and number in (None, each["number"])]

    def matters(self, relation: str) -> list[Mapping[str, Any]]:
        """The open matters that `by` holds, that are on the way to it, or any; no standing ones."""
        found = [each for each in about(self.file) if each["open"]]
        match relation:
            case "held":
                return [each for each in found if each["holder"] == self.step.by]
            case "transit":
                return [each for each in found if each["in_transit_to"] == self.step.by]
        return found

    def matter(self, relation: str = "held") -> str:
        """The matter that the command is about: the one it names, else the last opened on which `by` can act."""
        known = {each["id"] for each in (self.file or {}).get("matters", ())}
        by_case = {each["number"]: each["matter"] for each in (self.file or {}).get("cases", ())}
        for key in NAMING:
            if isinstance(name := self.payload.get(key), str):
                for candidate in (identifier(name), by_case.get(name)):
                    if candidate in known:
                        return str(candidate)
        found = self.matters(relation) or self.matters("any")
        if not found:
            raise NoWay(f"no open matter for {self.step.command}")
        return str(found[-1]["id"])

    def cases(self, case_type: str, matter: str | None = None) -> list[Mapping[str, Any]]:
        """The cases of a type, of one matter, in the order in which they were opened."""
        cases = (self.file or {}).get("cases", ())
        return [each for each in cases if each["type"] == case_type and matter in (None, each["matter"])]

    def act(self, case_type: str, step: str, matter: str | None = None, /, **body: Any) -> Call:
        """A call of a step on the latest case of a type in the matter."""
        about = self.matter() if matter is None else matter
        found = self.cases(case_type, about)
        if not found:
            raise NoWay(f"no {case_type} case in matter {about}")
        return self.on(found[-1], step, **body)

    def on(self, case: Mapping[str, Any], step: str, **body: Any) -> Call:
        """A call of a step on a case."""
        path = f"/api/v1/{hyphens(case['type'])}/{quote(case['number'], safe='')}/{hyphens(step)}"
        return Call(path, body, case["number"])

    def open(self, case_type: str, step: str | None = None, *, number: str | None = None, **body: Any) -> Call:
        """A call that opens a case, in the scenario's one file if there is one."""
        path = f"/api/v1/{hyphens(case_type)}" + (f"/{hyphens(step)}" if step else "")
        naming = {"number": number} if number else {}
        joined = {"file_no": self.file["file_no"]} if self.file else {} if number else {"number": f"F-{self.step.n}"}
        return Call(path, {**naming, **joined, **body})


Translation = Callable[[World], list[Call]]


def acting(case_type: str, step: str, **fixed: Any) -> Translation:
    """A command that acts on the case of a type in its matter, with these words besides."""
    return lambda world: [world.act(case_type, step, **fixed)]
