"""What a scenario's commands find around them (环境): who has which role, and what the chosen profiles do where documents differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from api.scenario.commands import PREPARATIONS
from api.scenario.files import Step
from api.scenario.world import Call, World
from api.wiring import shipped_law


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The organ of each role, and the rule profiles of the ledger."""

    roles: Mapping[str, str]
    profiles: tuple[str, ...]

    @classmethod
    def of(cls, organs: Iterable[Mapping[str, Any]], profiles: Iterable[str]) -> Surroundings:
        """From the organs as the register takes them; of several with a role the first."""
        pairs = [(str(name), str(organ["organ"])) for organ in organs for name in organ.get("roles", ())]
        return cls(dict(reversed(pairs)), tuple(profiles))

    def world(self, step: Step, file: Mapping[str, Any] | None) -> World:
        """The world before a step."""
        practices = shipped_law().rulebook.practices
        choice = partial(practices.choice, profiles=self.profiles, on=step.at.date())
        return World(step, file, self.roles, choice)

    def preparing(self, step: Step, file: Mapping[str, Any] | None) -> list[Call]:
        """What is to be asked before the step, each as the organ that the call names."""
        prepare = PREPARATIONS.get(step.command)
        return [] if prepare is None else prepare(self.world(step, file))
