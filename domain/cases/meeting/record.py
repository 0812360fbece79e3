"""What is known of one joint meeting (联席会议), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.cases.meeting.events import (
    AgendaApproved,
    AgendaCompiled,
    AgendaItem,
    AgendaItemSubmitted,
    EscalatedToCommittee,
    JointMeetingHeld,
    Kind,
    MeetingPrepared,
    MeetingProposalApproved,
    MeetingProposalDeclined,
    MeetingProposed,
    MinutesIssued,
    Resolution,
    ResolutionDeferred,
    ResolutionStatusCirculated,
    WorkProposalsMade,
)
from domain.kernel import Case, Event, unknown

PREPARED, PROPOSED, DECLINED = "prepared", "proposed", "declined"
COMPILED, APPROVED, HELD, MINUTED = "agenda_compiled", "agenda_approved", "held", "minuted"
OFFICE, CONVENOR = "office", "convenor"


class MeetingRecord(Case):
    """The state of a meeting, from its preparation to what became of its resolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.kind: Kind | None = None
        self.purpose = ""
        self.proposer: str | None = None
        self.consent: str | None = None
        self.items: dict[str, AgendaItem] = {}
        self.compiled: tuple[str, ...] = ()
        self.agenda: tuple[str, ...] = ()
        self.full: bool | None = None
        self.convenor: str | None = None
        self.attended: tuple[str, ...] = ()
        self.dealt_with: tuple[str, ...] = ()
        self.deferred: dict[str, ResolutionDeferred] = {}
        self.escalated: frozenset[str] = frozenset()
        self.resolutions: dict[str, Resolution] = {}
        self.proposals: tuple[str, ...] = ()
        self.copied_to: str | None = None
        self.overdue: tuple[str, ...] = ()
        self.circulated = 0

    def summary(self) -> Mapping[str, Any]:
        """What was on the agenda, who came, what was decided and what was not."""
        return {
            "kind": self.kind,
            "purpose": self.purpose,
            "proposer": self.proposer,
            "consent": self.consent,
            "items": tuple(self.items.values()),
            "agenda": self.agenda,
            "full": self.full,
            "convenor": self.convenor,
            "attended": self.attended,
            "dealt_with": self.dealt_with,
            "deferred": tuple(self.deferred),
            "escalated": self.escalated,
            "resolutions": tuple(self.resolutions.values()),
            "proposals": self.proposals,
            "copied_to": self.copied_to,
            "overdue": self.overdue,
            "circulated": self.circulated,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case MeetingPrepared():
                self.state, self.kind, self.purpose = PREPARED, event.kind, event.purpose
                self.items = {each.item: each for each in event.carried}
            case MeetingProposed():
                self.proposer, self.consent = event.proposer, event.consent
                self.state = PREPARED if event.consent is None else PROPOSED
            case MeetingProposalApproved():
                self.state = PREPARED
            case MeetingProposalDeclined():
                self.state = DECLINED
            case AgendaItemSubmitted():
                self.items = {**self.items, event.item: AgendaItem(event.item, event.title, event.department)}
            case AgendaCompiled():
                self.state, self.compiled = COMPILED, event.items
            case AgendaApproved():
                self.state, self.agenda = APPROVED, event.included
            case _:
                self._met(event)

    def _met(self, event: Event) -> None:
        match event:
            case JointMeetingHeld():
                self.state, self.full, self.convenor = HELD, event.full, event.convenor
                self.attended, self.dealt_with = event.attended, event.items
            case ResolutionDeferred():
                self.deferred = {**self.deferred, event.item: event}
            case EscalatedToCommittee():
                self.escalated |= {event.item}
            case MinutesIssued():
                self.state, self.copied_to = MINUTED, event.copied_to
                self.resolutions = {each.resolution: each for each in event.resolutions}
            case WorkProposalsMade():
                self.state, self.proposals = MINUTED, event.proposals
            case ResolutionStatusCirculated():
                self.overdue, self.circulated = event.overdue, self.circulated + 1
            case _:
                raise unknown(event)
