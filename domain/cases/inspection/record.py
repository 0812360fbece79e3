"""What is known of one joint inspection (联合检查), folded from its facts, and the questions its steps ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.cases.inspection.events import (
    CaseClosed,
    CaseReportFiled,
    HandlingCompleted,
    InspectionPlanAgreed,
    InspectionPlanRevised,
    InspectionResultsPublished,
    InspectionWithdrawn,
    JointInspectionClosed,
    JointInspectionProposed,
    JointInspectionStarted,
    Occasion,
    ParticipantAgreed,
    Plan,
    RandomDrawRecorded,
    Scope,
    ViolationDiscovered,
)
from domain.draw import METHOD, drawn
from domain.kernel import Case, Event, party, unknown

PROPOSED, AGREED, DRAWN, STARTED = "proposed", "agreed", "drawn", "started"
PUBLISHED, CLOSED, WITHDRAWN = "published", "closed", "withdrawn"
FOUND, DISPOSED, REPORTED, ENDED = "found", "disposed", "reported", "closed"

INITIATOR, PARTICIPANTS = party("initiator"), party("participants")


@dataclass(frozen=True)
class Finding:
    """One violation that was found: by whom, whether it goes on to others and in which scope, how far its finder has come."""

    matter: str
    found_by: str
    refer: bool
    scope: Scope | None
    state: str = FOUND


class InspectionRecord(Case):
    """The state of a joint inspection. Where a finding is now, the file says: it moves by referral like any other matter."""

    def __init__(self) -> None:
        super().__init__()
        self.initiator = ""
        self.occasion: Occasion | None = None
        self.plan: Plan | None = None
        self.participants: tuple[str, ...] = ()
        self.agreed: tuple[str, ...] = ()
        self.seed_commitment: str | None = None
        self.lot: RandomDrawRecorded | None = None
        self.findings: dict[str, Finding] = {}
        self.published = False

    @property
    def repeats(self) -> bool | None:
        """Whether the draw repeated from its pools and seed gives what was recorded; None where it cannot be repeated."""
        lot = self.lot
        if lot is None or lot.method != METHOD or not (lot.seed and lot.target_pool and lot.inspector_pool):
            return None
        pairs = ((lot.target_pool, lot.targets), (lot.inspector_pool, lot.inspectors))
        return all(drawn(str(lot.seed), pool.members, len(names)) == names for pool, names in pairs)

    def summary(self) -> Mapping[str, Any]:
        """Who inspects with whom by which plan, what was drawn, what was found."""
        return {
            "initiator": self.initiator,
            "occasion": self.occasion,
            "plan": self.plan,
            "participants": self.participants,
            "agreed": self.agreed,
            "seed_commitment": self.seed_commitment,
            "draw": self.lot,
            "draw_repeats": self.repeats,
            "findings": tuple(self.findings.values()),
            "published": self.published,
        }

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case JointInspectionProposed():
                self.state, self.initiator, self.occasion = PROPOSED, event.initiator, event.occasion
                self.plan, self.participants = event.plan, event.participants
            case InspectionPlanRevised():
                self.plan, self.participants, self.agreed = event.plan, event.participants, ()
            case ParticipantAgreed():
                self.agreed = (*self.agreed, event.participant)
            case InspectionPlanAgreed():
                self.state, self.seed_commitment = AGREED, event.seed_commitment
                self.participants = self.agreed = event.agreed_by
            case RandomDrawRecorded():
                self.state, self.lot = DRAWN, event
            case JointInspectionStarted():
                self.state = STARTED
            case InspectionWithdrawn():
                self.state = WITHDRAWN
            case _:
                self._found(event)

    def _found(self, event: Event) -> None:
        match event:
            case ViolationDiscovered():
                found = Finding(event.matter, event.found_by, event.refer, event.scope)
                self.findings = {**self.findings, event.matter: found}
            case HandlingCompleted():
                self._go_on(event.matter, DISPOSED)
            case CaseReportFiled():
                self._go_on(event.matter, REPORTED)
            case CaseClosed():
                self._go_on(event.matter, ENDED)
            case InspectionResultsPublished():
                self.state, self.published = PUBLISHED, True
            case JointInspectionClosed():
                self.state = CLOSED
            case _:
                raise unknown(event)

    def _go_on(self, matter: str, state: str) -> None:
        if matter in self.findings:  # recomputed, a finding may not have been made yet that was disposed of already
            self.findings = {**self.findings, matter: replace(self.findings[matter], state=state)}
