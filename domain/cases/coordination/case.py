"""Coordination (协调): a member proposes it, the office forms the group of 2+X and calls it, and one of three results ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.coordination import law
from domain.cases.coordination.events import (
    Above,
    Assignment,
    CoordinationEscalated,
    CoordinationGroupFormed,
    CoordinationMeetingHeld,
    CoordinationProposed,
    CoordinationSettled,
    CoordinationTasksAssigned,
    Subject,
)
from domain.cases.coordination.record import ESCALATED, FORMED, MET, PROPOSED, CoordinationRecord
from domain.demands import blank, check_new, stated
from domain.kernel import DEPARTMENT, Organ, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

OFFICE = role("office")
OPEN = (PROPOSED, FORMED, MET, ESCALATED)


class Coordination(CoordinationRecord):
    """A question between departments, which the office holds until it is settled or given out as tasks."""

    TYPE = "coordination"
    CODE = "XT"

    @step(DEPARTMENT, opens=True)
    def propose(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        subject: Subject,
        question: str | None,
        dual: bool = False,
    ) -> None:
        """Propose that a question be settled. `dual`: whether imported products are under dual supervision (双重监管)."""
        check_new(desk, number)
        office = desk.register.role("office")
        if office is None:
            raise Refused(law.NO_OFFICE)
        question = stated(question, law.QUESTION_REQUIRED)
        if dual and subject is not Subject.IMPORTED_EQUIPMENT:
            raise Refused(law.ONLY_IMPORTED_EQUIPMENT, subject=subject)
        self.record(CoordinationProposed(
            matter=number, number=number, file_no=file_no, profiles=profiles, office=office, proposer=desk.organ,
            subject=subject, question=question, dual=dual,
        ))  # fmt: skip

    @step(OFFICE, states=(PROPOSED, FORMED))
    def form_group(
        self, desk: Desk, *, service: Organ | None, departments: tuple[Organ, ...] | None, industry: Organ | None = None
    ) -> None:
        """Form the group: the office, the trading service, the departments of the subject, and under dual supervision the industry's."""
        if service is None or not departments or {service, self.office}.intersection(departments):
            raise Refused(law.GROUP_INCOMPLETE)
        if self.dual and industry is None:
            raise Refused(law.INDUSTRY_REQUIRED)
        self.record(CoordinationGroupFormed(
            matter=self.matter, service=service, departments=tuple(departments), industry=industry
        ))  # fmt: skip

    @step(OFFICE, states=OPEN)
    def hold(self, desk: Desk, *, convenor: str | None, attended: tuple[Organ, ...]) -> None:
        """Record that the group met. `convenor`: the head of the office who called it."""
        if self.state == PROPOSED:
            raise Refused(law.NO_GROUP)
        convenor = stated(convenor, law.CONVENOR_REQUIRED)
        if strangers := [each for each in attended if each not in self.group]:
            raise Refused(law.NOT_OF_THE_GROUP, organs=strangers)
        self.record(CoordinationMeetingHeld(matter=self.matter, convenor=convenor, attended=tuple(attended)))

    @step(OFFICE, states=OPEN)
    def settle(self, desk: Desk, *, outcome: str | None) -> None:
        """Record that the question is settled, by the group or by those to whom it was taken."""
        self._check_met()
        outcome = stated(outcome, law.OUTCOME_REQUIRED)
        self.record(CoordinationSettled(matter=self.matter, outcome=outcome))

    @step(OFFICE, states=OPEN)
    def assign_tasks(self, desk: Desk, *, tasks: tuple[Assignment, ...] | None) -> None:
        """Give out what is to be done: each becomes a task of its lead department in the same file."""
        self._check_met()
        if not tasks:
            raise Refused(law.OUTCOME_REQUIRED)
        names = [each.resolution for each in tasks]
        if taken := [each for each in names if each in desk.file.matters or names.count(each) > 1 or blank(each)]:
            raise Refused(law.TASK_TAKEN, tasks=taken)
        self.record(CoordinationTasksAssigned(matter=self.matter, resolutions=tasks, set_by=desk.organ))

    @step(OFFICE, states=OPEN)
    def escalate(self, desk: Desk, *, to: Above, item: str | None) -> None:
        """Take to the joint meeting or the committee what the group cannot decide. It stays with the office until that is settled."""
        self._check_met()
        item = stated(item, law.OUTCOME_REQUIRED)
        if self.state == ESCALATED and (self.above, self.outcome) == (to, item):
            raise Refused(law.ESCALATED_ALREADY, to=to, item=item)
        self.record(CoordinationEscalated(matter=self.matter, above=to, item=item))

    def _check_met(self) -> None:
        if self.state not in (MET, ESCALATED):
            raise Refused(law.NOT_MET)
