"""The facts of a coordination group (协调小组)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent


class Subject(StrEnum):
    """The five kinds of groups."""

    CONSTRUCTION = "建设工程"
    PROCUREMENT = "政府采购"
    LAND = "土地交易"
    IMPORTED_EQUIPMENT = "进口机电产品"
    PROPERTY_RIGHTS = "产权交易"


class Above(StrEnum):
    """Where a group takes what it cannot settle."""

    MEETING = "联席会议"
    COMMITTEE = "交管委"


@dataclass(frozen=True)
class Assignment:
    """交办事项 One thing given out: who leads, who cooperates, and by when. `resolution`: its id, which becomes the task's."""

    resolution: str
    lead: str
    due: date | None = None
    text: str = ""
    co_leads: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    long_term: bool = False


@dataclass(frozen=True, kw_only=True)
class CoordinationProposed(OpeningEvent):
    """提议协调. The `office` holds it until it is settled. `dual`: whether two departments supervise (双重监管)."""

    TOPIC = "coordination.proposed"
    CUSTODY = opens("office")
    office: str
    proposer: str
    subject: Subject
    question: str
    dual: bool = False


@dataclass(frozen=True, kw_only=True)
class CoordinationGroupFormed(MatterEvent):
    """协调小组已组成: the office, the trading service, and X by subject. `industry`: whose industry is supervised doubly."""

    TOPIC = "coordination.group-formed"
    service: str
    departments: tuple[str, ...]
    industry: str | None = None


@dataclass(frozen=True, kw_only=True)
class CoordinationMeetingHeld(MatterEvent):
    """协调会议已召开. `convenor`: the head of the office who called it."""

    TOPIC = "coordination.meeting-held"
    convenor: str
    attended: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CoordinationSettled(MatterEvent):
    """已协调解决."""

    TOPIC = "coordination.settled"
    CUSTODY = closes()
    outcome: str


@dataclass(frozen=True, kw_only=True)
class CoordinationTasksAssigned(MatterEvent):
    """已交办: each assignment becomes a task of its lead department."""

    TOPIC = "coordination.task-assigned-out"
    CUSTODY = closes()
    resolutions: tuple[Assignment, ...]
    set_by: str


@dataclass(frozen=True, kw_only=True)
class CoordinationEscalated(MatterEvent):
    """已提交联席会议或交管委研究. `item`: subject and content of what is to be decided there."""

    TOPIC = "coordination.escalated"
    above: Above
    item: str
