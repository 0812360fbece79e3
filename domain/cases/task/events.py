"""The facts of a supervised task (督办任务)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.effects import closes, opens, passes
from domain.kernel import MatterEvent, OpeningEvent


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(OpeningEvent):
    """已交办. `leads` in the order of the document: the first holds. `issued`: the day of the document, which starts the clock.

    `due`: the last day, if there is one; `long_term` where the document says 长期. `cooperating`: ids of the register, or names of
    what it does not know. `authority`: the organ that set the date. `plan`, `item`: from which plan and under which number.
    """

    TOPIC = "task.assigned"
    CUSTODY = opens("lead")
    title: str
    leads: tuple[str, ...]
    issued: date
    authority: str
    due: date | None = None
    long_term: bool = False
    cooperating: tuple[str, ...] = ()
    source: str = ""
    clause: str = ""
    quote: str = ""
    plan: str | None = None
    item: str | None = None

    @property
    def lead(self) -> str:
        """The first-named department: who holds the task."""
        return self.leads[0]


@dataclass(frozen=True, kw_only=True)
class TaskProgressReported(MatterEvent):
    """已报进展."""

    TOPIC = "task.progress-reported"
    progress: str


@dataclass(frozen=True, kw_only=True)
class TaskCompletionReported(MatterEvent):
    """已报办结, with the evidence; it counts once it is verified."""

    TOPIC = "task.completion-reported"
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaskCompletionRejected(MatterEvent):
    """退回办结报告: the report has stopped nothing."""

    TOPIC = "task.completion-rejected"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskClosed(MatterEvent):
    """已核销: the completion is verified, as of the day on which it was reported."""

    TOPIC = "task.closed"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class TaskDueChanged(MatterEvent):
    """已延期, by the authority that set the date."""

    TOPIC = "task.due-changed"
    due: date
    why: str


@dataclass(frozen=True, kw_only=True)
class TaskHandedOver(MatterEvent):
    """牵头单位已变更, the first one being dissolved. `leads`: who leads from now on, in order."""

    TOPIC = "task.handed-over"
    CUSTODY = passes("to")
    to: str
    leads: tuple[str, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class OverdueCirculated(MatterEvent):
    """逾期已通报. `to`: the organs that were told."""

    TOPIC = "task.overdue-circulated"
    to: tuple[str, ...]
