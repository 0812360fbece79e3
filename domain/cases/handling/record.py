"""What is known of the handling (承办) of a file: who is in charge of which case in which organ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.handling import law
from domain.cases.handling.events import (
    CaseHandedOver,
    HandlingOpened,
    MatterSucceeded,
    OfficerAssigned,
    OrganSucceeded,
    WayContinued,
)
from domain.demands import check_new
from domain.kernel import Case, Event, Refused, unknown

if TYPE_CHECKING:
    from domain.desk import Desk

OPEN = "open"


class HandlingRecord(Case):
    """`in_charge`: officers by case number and organ."""

    def __init__(self) -> None:
        super().__init__()
        self.in_charge: dict[tuple[str, str], str] = {}
        self.succeeded: dict[str, str] = {}

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case HandlingOpened():
                self.state = OPEN
            case OfficerAssigned():
                self.in_charge[event.of, event.organ] = event.officer
            case CaseHandedOver():
                self.in_charge[event.of, event.organ] = event.to
            case OrganSucceeded():
                self._succeed(event.from_, event.to)
            case MatterSucceeded() | WayContinued():
                pass
            case _:
                raise unknown(event)

    def _succeed(self, old: str, new: str) -> None:
        self.succeeded[old] = new
        for (of, organ), officer in list(self.in_charge.items()):
            if organ == old:
                del self.in_charge[of, organ]
                self.in_charge.setdefault((of, new), officer)

    def open_once(self, desk: Desk, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Open the case of a file, unless it is this one and open; refused where the file has another or is none."""
        if self.state:
            return
        if not desk.file.entries:
            raise Refused(law.NO_FILE)
        for other in desk.file.cases.values():
            if isinstance(other, HandlingRecord) and other is not self:
                raise Refused(law.ONE_HANDLING, case=other.number)
        check_new(desk, number)
        self.record(HandlingOpened(matter=number, number=number, file_no=file_no, profiles=profiles))

    def summary(self) -> Mapping[str, Any]:
        """Who is in charge of what, and which organ took whose place."""
        return {
            "in_charge": [
                {"case": of, "organ": organ, "officer": officer} for (of, organ), officer in self.in_charge.items()
            ],
            "succeeded": [{"from": old, "to": new} for old, new in self.succeeded.items()],
        }
