"""What is known of one coordination (协调), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.cases.coordination.events import (
    Above,
    CoordinationEscalated,
    CoordinationGroupFormed,
    CoordinationMeetingHeld,
    CoordinationProposed,
    CoordinationSettled,
    CoordinationTasksAssigned,
    Subject,
)
from domain.kernel import Case, Event, unknown

PROPOSED, FORMED, MET = "proposed", "formed", "met"
ESCALATED, SETTLED, ASSIGNED = "escalated", "settled", "assigned_out"


class CoordinationRecord(Case):
    """The state of a coordination: its group, whether it met, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self.question = ""
        self.proposer: str | None = None
        self.dual = False
        self.group: tuple[str, ...] = ()
        self.office = ""
        self.convenor: str | None = None
        self.attended: tuple[str, ...] = ()
        self.outcome: str | None = None
        self.above: Above | None = None
        self.tasks: tuple[str, ...] = ()

    def summary(self) -> Mapping[str, Any]:
        """What is to be settled, by whom, and what came of it."""
        return {
            "subject": self.subject,
            "question": self.question,
            "proposer": self.proposer,
            "dual": self.dual,
            "group": self.group,
            "convenor": self.convenor,
            "attended": self.attended,
            "outcome": self.outcome,
            "above": self.above,
            "tasks": self.tasks,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case CoordinationProposed():
                self.state, self.office, self.subject, self.dual = PROPOSED, event.office, event.subject, event.dual
                self.question, self.proposer = event.question, event.proposer
            case CoordinationGroupFormed():
                self.state = FORMED
                industry = () if event.industry is None else (event.industry,)
                self.group = (self.office, event.service, *event.departments, *industry)
            case CoordinationMeetingHeld():
                self.state, self.convenor, self.attended = MET, event.convenor, event.attended
            case CoordinationSettled():
                self.state, self.outcome = SETTLED, event.outcome
            case CoordinationTasksAssigned():
                self.state, self.tasks = ASSIGNED, tuple(each.resolution for each in event.resolutions)
            case CoordinationEscalated():
                self.state, self.above, self.outcome = ESCALATED, event.above, event.item
            case _:
                raise unknown(event)
