"""The register of organs and officers (机关和人员名录): who exists, in which role, under whom, and by which calendar it works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

HANDLES_NOTHING = frozenset({"auditor", "inspector", "administrator", "system", "respondent"})
"""Roles of organs that never handle a matter."""


class Duty(StrEnum):
    """What an officer is there for: 经办 takes steps, 受理登记 registers complaints, 只读 looks only, 账户管理 keeps accounts."""

    HANDLER = "handler"
    INTAKE = "intake"
    READER = "reader"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class OrganRecord:
    """One department, committee, police organ or trading centre, as of now."""

    id: str
    name_zh: str
    name_en: str | None = None
    roles: tuple[str, ...] = ()
    superior: str | None = None
    calendar: str | None = None
    external: bool = False
    offices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    dissolved_on: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """One officer, as of now. `office`: 科室; `post`: 职务; `duties`: what the officer may do, as the words of `Duty`.

    `since`: when the officer came to this organ. `successor`: who took the cases of a leaver over.
    """

    id: str
    name: str
    organ: str
    office: str | None = None
    post: str | None = None
    duties: tuple[str, ...] = ()
    since: date | None = None
    left_on: date | None = None
    suspended: bool = False
    successor: str | None = None

    @property
    def serving(self) -> bool:
        """Whether the officer may do anything at all."""
        return self.left_on is None and not self.suspended


@dataclass(slots=True)
class Register:
    """The organs and officers of one jurisdiction, its calendar and the rule profiles it has chosen."""

    organs: Mapping[str, OrganRecord] = field(default_factory=dict)
    calendar: str = "national"
    profiles: tuple[str, ...] = ()
    officers: Mapping[str, OfficerRecord] = field(default_factory=dict)

    def officer(self, identifier: str) -> OfficerRecord | None:
        """The officer with this id, whether serving or not; None if there is none."""
        return self.officers.get(identifier)

    def organ(self, identifier: str) -> OrganRecord | None:
        """The organ with this id or alias, None if there is none."""
        found = self.organs.get(identifier)
        return found or next((each for each in self.organs.values() if identifier in each.aliases), None)

    def standing(self, identifier: str) -> str:
        """The organ that stands where this one did: itself, or the last of its successors if it was dissolved."""
        seen = {identifier}
        while (found := self.organs.get(identifier)) is not None and found.dissolved_on and found.successor:
            if found.successor in seen:
                break
            identifier = found.successor
            seen.add(identifier)
        return identifier

    def named(self, name: str) -> OrganRecord | None:
        """The organ with this id, alias or Chinese name, None if there is none."""
        return self.organ(name) or next((each for each in self.organs.values() if each.name_zh == name), None)

    def role(self, name: str) -> str | None:
        """The organ that has this role; the one registered first where several do."""
        return next((each.id for each in self.organs.values() if name in each.roles), None)

    def having(self, name: str) -> Iterable[str]:
        """Every organ that has this role."""
        return (each.id for each in self.organs.values() if name in each.roles)

    def external(self, identifier: str) -> bool:
        """Whether an organ is outside this jurisdiction: on record, but not bound by its plan."""
        found = self.organs.get(identifier)
        return found is not None and found.external

    def calendar_of(self, identifier: str) -> str:
        """The calendar by which an organ works: its own, else the jurisdiction's."""
        found = self.organs.get(identifier)
        return (found.calendar if found else None) or self.calendar
