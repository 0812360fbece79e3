"""What lies on the desk when a step is decided: when and by whom, the whole file, the register, what is known elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.file import File
from domain.kernel import Actor
from domain.law.clock import Clock, State, day_of
from domain.register import OrganRecord, Register

NO_ORGANS = frozenset({"system", "respondent"})
"""Roles of what stands in the register and is no organ that anybody works for."""


def _nothing_reserved(fact: str) -> UUID | None:
    return None


def no_other_file(number: str) -> File | None:
    """For a desk from which no other file can be looked into."""
    return None


@dataclass(frozen=True, slots=True)
class Desk:
    """The view of a step. `at`: when the act occurred. `reserved`: which case holds a fact that only one may hold.

    `elsewhere`: another file by its number, as it is now, to be quoted from; nothing guards it against moving meanwhile.
    """

    at: datetime
    actor: Actor
    file: File
    reserved: Callable[[str], UUID | None] = _nothing_reserved
    elsewhere: Callable[[str], File | None] = no_other_file

    @property
    def organ(self) -> str:
        """The organ whose act this is."""
        return self.actor.acting_for

    @property
    def register(self) -> Register:
        """The organs of the jurisdiction."""
        return self.file.register

    def known(self, identifier: str) -> OrganRecord | None:
        """The register's record of an organ."""
        return self.register.organ(identifier)

    def taking_part(self, identifier: str) -> OrganRecord | None:
        """The same of an organ that still stands and can be written to or take part: neither timer nor respondent."""
        found = self.known(identifier)
        stands = found is not None and found.dissolved_on is None and NO_ORGANS.isdisjoint(found.roles)
        return found if stands else None

    def has_role(self, name: str, organ: str | None = None) -> bool:
        """Whether an organ (whose act this is, if none is named) has a role."""
        found = self.known(organ or self.organ)
        return found is not None and name in found.roles

    def clock(self, rule: str, matter: str) -> Clock | None:
        """The latest clock of a rule in a matter."""
        return next(
            (each for each in reversed(self.file.clocks) if (each.limit.id, each.matter) == (rule, matter)), None
        )

    def practice(self, about: str, profiles: tuple[str, ...]) -> str:
        """What the profiles of a case choose where the documents differ."""
        return self.file.rulebook.practices.choice(about, profiles, day_of(self.at))

    def verdict(self, rule: str, matter: str) -> State | None:
        """What is true now of the latest clock of a rule in a matter; None if the rule never ran."""
        clock = self.clock(rule, matter)
        return None if clock is None else self.file.judge(clock, self.at).state
