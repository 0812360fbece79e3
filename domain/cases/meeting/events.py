"""The facts of a joint meeting (联席会议)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent


class Kind(StrEnum):
    """Who is called: all members, some of them, or those whom a temporary meeting on crime needs."""

    FULL = "full"
    PART = "part"
    CRIME = "crime"


@dataclass(frozen=True)
class AgendaItem:
    """What is to be discussed (议题), and which department asks for it."""

    item: str
    title: str | None
    department: str


@dataclass(frozen=True)
class Opinion:
    """What one department holds of an item."""

    party: str
    opinion: str


@dataclass(frozen=True)
class Resolution:
    """议定事项 One thing decided: who leads, who cooperates, and by when (`due`, or long-term, or undated).

    `resolution`: its id, which becomes the task's. `co_leads`: who leads besides `lead`.
    """

    resolution: str
    lead: str
    due: date | None = None
    text: str = ""
    co_leads: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    long_term: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingPrepared(OpeningEvent):
    """筹备会议. Its `office` holds it until the minutes are issued. `carried`: items that an earlier meeting deferred."""

    TOPIC = "meeting.prepared"
    CUSTODY = opens("office")
    office: str
    kind: Kind
    purpose: str = ""
    planned_for: date | None = None
    carried: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingProposed(MatterEvent):
    """提议召开会议. `consent`: whose consent it needs; None where nobody's."""

    TOPIC = "meeting.proposed"
    proposer: str
    purpose: str
    consent: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingProposalApproved(MatterEvent):
    """同意召开."""

    TOPIC = "meeting.proposal-approved"


@dataclass(frozen=True, kw_only=True)
class MeetingProposalDeclined(MatterEvent):
    """不同意召开."""

    TOPIC = "meeting.proposal-declined"
    CUSTODY = closes()
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgendaItemSubmitted(MatterEvent):
    """议题已报, signed by the main leader of the department."""

    TOPIC = "meeting.agenda-item-submitted"
    item: str
    title: str | None
    department: str
    signed: bool


@dataclass(frozen=True, kw_only=True)
class AgendaCompiled(MatterEvent):
    """议题已汇总."""

    TOPIC = "meeting.agenda-compiled"
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgendaApproved(MatterEvent):
    """议程审定. `consulted`: the members with whom it was settled, where that is the rule."""

    TOPIC = "meeting.agenda-approved"
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    consulted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JointMeetingHeld(MatterEvent):
    """会议已召开: of all members (`full`) or of some. `convenor`: who called it. `heads`: the heads of business who were there."""

    TOPIC = "meeting.held"
    full: bool
    convenor: str
    attended: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResolutionDeferred(MatterEvent):
    """暂未议定: taken up by the next meeting or, if it is urgent, by the committee."""

    TOPIC = "meeting.resolution-deferred"
    item: str
    urgent: bool
    parties: tuple[str, ...]
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, kw_only=True)
class EscalatedToCommittee(MatterEvent):
    """报管委会审定. `opinions`: the departments whose opinion is attached."""

    TOPIC = "meeting.escalated"
    item: str
    opinions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesIssued(MatterEvent):
    """纪要已印发: the meeting is over, and each resolution becomes a task of its lead department."""

    TOPIC = "meeting.minutes-issued"
    CUSTODY = closes()
    resolutions: tuple[Resolution, ...]
    set_by: str
    agreed_by: tuple[str, ...] = ()
    copied_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class WorkProposalsMade(MatterEvent):
    """已提出工作建议: what a temporary meeting on crime comes to."""

    TOPIC = "meeting.work-proposals-made"
    CUSTODY = closes()
    proposals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResolutionStatusCirculated(MatterEvent):
    """落实情况已通报. `overdue`: the resolutions that are late. `to`: the organs that were told."""

    TOPIC = "meeting.status-circulated"
    overdue: tuple[str, ...]
    to: tuple[str, ...] = ()
