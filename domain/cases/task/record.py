"""What is known of one supervised task (督办任务), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.cases.task.events import (
    OverdueCirculated,
    TaskAssigned,
    TaskClosed,
    TaskCompletionRejected,
    TaskCompletionReported,
    TaskDueChanged,
    TaskHandedOver,
    TaskProgressReported,
)
from domain.kernel import Case, Event, unknown

ASSIGNED, REPORTED, CLOSED = "assigned", "reported", "closed"


class TaskRecord(Case):
    """The state of a task: who leads, until when, and what was reported of it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.leads: tuple[str, ...] = ()
        self.cooperating: tuple[str, ...] = ()
        self.authority = ""
        self.issued: date | None = None
        self.due: date | None = None
        self.first_due: date | None = None
        self.long_term = False
        self.source = self.clause = self.quote = ""
        self.plan: str | None = None
        self.item: str | None = None
        self.progress: tuple[str, ...] = ()
        self.evidence: tuple[str, ...] = ()
        self.rejections = 0
        self.circulated = 0

    @property
    def involved(self) -> tuple[str, ...]:
        """Who may report progress: who leads and who cooperates."""
        return (*self.leads, *self.cooperating)

    @property
    def born_overdue(self) -> bool:
        """Whether the date lay before the document that gave it."""
        return self.first_due is not None and self.issued is not None and self.first_due < self.issued

    def summary(self) -> Mapping[str, Any]:
        """What is to be done, by whom, until when, and how far it has come."""
        return {
            "title": self.title,
            "leads": self.leads,
            "cooperating": self.cooperating,
            "authority": self.authority,
            "issued": self.issued,
            "due": self.due,
            "first_due": self.first_due,
            "long_term": self.long_term,
            "born_overdue": self.born_overdue,
            "source": self.source,
            "clause": self.clause,
            "quote": self.quote,
            "plan": self.plan,
            "item": self.item,
            "progress": self.progress,
            "evidence": self.evidence,
            "rejections": self.rejections,
            "circulated": self.circulated,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case TaskAssigned():
                self._assigned(event)
            case TaskProgressReported():
                self.progress = (*self.progress, event.progress)
            case TaskCompletionReported():
                self.state, self.evidence = REPORTED, event.evidence
            case TaskCompletionRejected():
                self.state, self.rejections = ASSIGNED, self.rejections + 1
            case TaskClosed():
                self.state = CLOSED
            case TaskDueChanged():
                self.due = event.due
            case TaskHandedOver():
                self.leads = event.leads
            case OverdueCirculated():
                self.circulated += 1
            case _:
                raise unknown(event)

    def _assigned(self, event: TaskAssigned) -> None:
        self.state, self.title, self.leads, self.cooperating = ASSIGNED, event.title, event.leads, event.cooperating
        self.authority, self.issued, self.long_term = event.authority, event.issued, event.long_term
        self.due = self.first_due = event.due
        self.source, self.clause, self.quote = event.source, event.clause, event.quote
        self.plan, self.item = event.plan, event.item
