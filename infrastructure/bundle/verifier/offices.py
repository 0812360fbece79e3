"""The register of organs (机关名录), told again from the events that registered, changed and dissolved them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from infrastructure.bundle.verifier.facts import Fact

OPENED, REGISTERED, AMENDED, DISSOLVED, CALENDAR_CHOSEN, PUBLISHED = (
    f"jurisdiction.{each}"
    for each in (
        "opened",
        "organ-registered",
        "organ-amended",
        "organ-dissolved",
        "calendar-chosen",
        "calendar-published",
    )
)
BEARING = frozenset({OPENED, REGISTERED, AMENDED, DISSOLVED, CALENDAR_CHOSEN, PUBLISHED})
"""The events of the jurisdiction's own case on which a due date can depend."""

BUILT_IN: dict[str, dict[str, Any]] = {
    "system": {"name_zh": "系统定时", "roles": ["system"], "external": False, "calendar": None},
    "respondent": {"name_zh": "被投诉人", "roles": ["respondent"], "external": True, "calendar": None},
}
"""Who acts in every ledger without being an organ of the jurisdiction."""


class Offices:
    """The organs by id, and the calendar of those that have none of their own."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.organs = {name: dict(each) for name, each in BUILT_IN.items()}
        self.calendar = "national"
        self.published: list[Fact] = []
        for fact in facts:
            self._tell(fact)

    def _tell(self, fact: Fact) -> None:
        said = fact.said
        if fact.topic in (OPENED, CALENDAR_CHOSEN):
            self.calendar = said["calendar"]
        elif fact.topic == REGISTERED:
            self.organs[said["organ"]] = {each: said.get(each) for each in ("name_zh", "roles", "external", "calendar")}
        elif fact.topic == AMENDED:
            found = self.organs[said["organ"]]
            found |= {each: said[each] for each in ("name_zh", "roles", "external") if said.get(each) is not None}
            if said.get("calendar") is not None:
                found["calendar"] = said["calendar"] or None
        elif fact.topic == DISSOLVED:
            self.organs[said["organ"]]["roles"] = []
        elif fact.topic == PUBLISHED:
            self.published.append(fact)

    def role(self, name: str) -> str | None:
        """The organ that has a role, the one registered first where several do."""
        return next((organ for organ, each in self.organs.items() if name in (each["roles"] or ())), None)

    def calendar_of(self, organ: str) -> str:
        """The calendar by which an organ works."""
        return str(self.organs.get(organ, {}).get("calendar") or self.calendar)

    def external(self, organ: str) -> bool:
        """Whether an organ is outside the jurisdiction."""
        return bool(self.organs.get(organ, {}).get("external"))

    def name(self, organ: str | None) -> str:
        """What an organ is called."""
        return str(self.organs.get(organ or "", {}).get("name_zh") or organ or "-")
