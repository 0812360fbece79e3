"""The plan (方案) of a joint inspection: drafted by the initiating department, settled together, called off before it begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.cases.inspection import law
from domain.cases.inspection.events import (
    InspectionPlanAgreed,
    InspectionPlanRevised,
    InspectionWithdrawn,
    JointInspectionProposed,
    Occasion,
    ParticipantAgreed,
    Plan,
)
from domain.cases.inspection.record import (
    AGREED,
    DRAWN,
    INITIATOR,
    PARTICIPANTS,
    PROPOSED,
    PUBLISHED,
    STARTED,
    InspectionRecord,
)
from domain.demands import blank, check_new, stated
from domain.kernel import DEPARTMENT, Organ, Refused, step
from domain.names import fixed

if TYPE_CHECKING:
    from domain.desk import Desk

CENTRE = "trading_centre"
DIGEST = re.compile(r"[0-9a-f]{64}")
PARTS = {
    "duties": ("职责分工",),
    "purpose": ("目的",),
    "targets": ("对象",),
    "scope": ("范围",),
    "content": ("内容",),
    "time": ("时间",),
    "method_and_steps": ("方式", "步骤"),
}
"""The eight parts of a plan by the words in which they are handed in."""


class Planning(InspectionRecord):
    """Propose, revise, agree, settle, call off."""

    @step(DEPARTMENT, opens=True)
    def propose(
        self,
        desk: Desk,
        *,
        occasion: Occasion | None,
        plan: Plan | None,
        participants: tuple[Organ, ...] = (),
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Propose a joint inspection with its drafted plan. Participants not named yet can join when the plan is settled."""
        check_new(desk, number)
        if desk.has_role(CENTRE):
            raise Refused(law.SUPERVISORS_INITIATE)
        if occasion is None:
            raise Refused(law.OCCASION_REQUIRED)
        self.record(
            JointInspectionProposed(
                matter=number,
                number=number,
                file_no=file_no,
                profiles=profiles,
                initiator=Organ(desk.organ),
                occasion=occasion,
                plan=_complete(plan),
                participants=_others(desk, participants, desk.organ),
            )
        )

    @step(INITIATOR, states=(PROPOSED,))
    def revise_plan(self, desk: Desk, *, plan: Plan | None, participants: tuple[Organ, ...]) -> None:
        """Change the plan or who takes part, as the discussion goes; everybody is asked to agree anew."""
        others = _others(desk, participants, self.initiator)
        self.record(InspectionPlanRevised(matter=self.matter, plan=_complete(plan), participants=others))

    @step(PARTICIPANTS, states=(PROPOSED,))
    def agree(self, desk: Desk) -> None:
        """Agree to the plan, as one of those who take part."""
        if desk.organ in self.agreed:
            raise Refused(law.AGREED_ALREADY)
        self.record(ParticipantAgreed(matter=self.matter, participant=Organ(desk.organ)))

    @step(INITIATOR, states=(PROPOSED,))
    def confirm_plan(
        self, desk: Desk, *, agreed_by: tuple[Organ, ...] | None, seed_commitment: str | None = None
    ) -> None:
        """Settle the plan. `agreed_by`: who agreed, besides those who said so themselves; others than the named ones join.

        `seed_commitment`: SHA-256 of the seed of the draw, to show later that the seed was not chosen afterwards.
        """
        agreed = _others(desk, (*map(Organ, self.agreed), *(agreed_by or ())), self.initiator)
        if missing := [each for each in self.participants if each not in agreed]:
            raise Refused(law.NOT_ALL_AGREED, missing=missing)
        if all(desk.has_role(CENTRE, each) for each in agreed):
            raise Refused(law.TOGETHER)
        if seed_commitment is not None and not DIGEST.fullmatch(seed_commitment):
            raise Refused(law.COMMITMENT_MALFORMED)
        self.record(InspectionPlanAgreed(matter=self.matter, agreed_by=agreed, seed_commitment=fixed(seed_commitment)))

    @step(INITIATOR, states=(PROPOSED, AGREED, DRAWN, STARTED, PUBLISHED))
    def withdraw(self, desk: Desk, *, reason: str | None) -> None:
        """Call the inspection off before it begins, with the reason."""
        if self.state in (STARTED, PUBLISHED):
            raise Refused(law.BEGUN)
        reason = stated(reason, law.WITHDRAWAL_REASON_REQUIRED)
        self.record(InspectionWithdrawn(matter=self.matter, reason=reason))


def _complete(plan: Plan | None) -> Plan:
    missing = [word for part, words in PARTS.items() if plan is None or blank(getattr(plan, part)) for word in words]
    if plan is None or missing:
        raise Refused(law.PLAN_INCOMPLETE, missing=missing)
    return plan


def _others(desk: Desk, organs: tuple[Organ, ...], initiator: str) -> tuple[Organ, ...]:
    """Who takes part besides the initiator, each once."""
    for each in organs:
        if desk.taking_part(each) is None:
            raise Refused(law.PARTICIPANT_UNKNOWN, participant=each)
    return tuple(dict.fromkeys(each for each in organs if each != initiator))
