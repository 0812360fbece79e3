"""Expert blacklist (专家“黑名单”): an expert is proposed, told and heard, entered for a term, and leaves it again.

Reading: the plans order a blacklist and an exit from it and say nothing of the procedure. So it follows the law of penalties by
analogy: no entry before the expert was told and could state the case; ground, basis and term in every entry. The department
that manages the experts of its trade proposes, decides and keeps the entry.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.expert_blacklist import law
from domain.cases.expert_blacklist.entry import Entry
from domain.cases.expert_blacklist.events import BlacklistProposed, ExpertHeard, ExpertNotified
from domain.cases.expert_blacklist.record import HEARD, NOTIFIED, PROPOSED
from domain.demands import check_new, stated
from domain.kernel import DEPARTMENT, HOLDER, Organ, Refused, step
from domain.law.clock import day_of
from domain.names import Fixed, fixed

if TYPE_CHECKING:
    from domain.desk import Desk


class ExpertBlacklist(Entry):
    """The case of one expert."""

    TYPE = "expert_blacklist"
    CODE = "HM"

    @step(DEPARTMENT, opens=True)
    def propose(
        self,
        desk: Desk,
        *,
        expert: str | None,
        ground: str | None,
        basis: str | None,
        expert_no: str | None = None,
        assessment: str | None = None,
        project: str | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Propose to enter an expert, for what (`ground`) and by which rule (`basis`). `assessment`: the form it rests on."""
        check_new(desk, number)
        expert = stated(expert, law.EXPERT_UNNAMED)
        ground, basis = (stated(each, law.GROUND_UNSTATED, stated=ground, basis=basis) for each in (ground, basis))
        self.record(BlacklistProposed(
            matter=number, number=number, file_no=file_no, profiles=profiles, subject=Fixed(expert),
            expert_no=fixed(expert_no), ground=ground, basis=basis,
            assessment=assessment, project=project, proposed_by=Organ(desk.organ),
        ))  # fmt: skip

    @step(HOLDER, states=(PROPOSED,))
    def notify_expert(self, desk: Desk, *, answer_by: date, received_on: date | None = None) -> None:
        """Tell the expert, who may state the case until a day."""
        reached, today = received_on or day_of(desk.at), day_of(desk.at)
        if answer_by <= reached or not min(self._proposed_on(desk), today) <= reached <= today:
            raise Refused(law.ANSWER_TIME, received_on=reached, answer_by=answer_by)
        self.record(ExpertNotified(matter=self.matter, received_on=reached, answer_by=answer_by))

    @step(HOLDER, states=(NOTIFIED, HEARD))
    def hear_expert(self, desk: Desk, *, statement: str | None, review: str | None) -> None:
        """Record what the expert stated, and what the department made of it."""
        statement, review = (stated(each, law.STATEMENT_MISSING) for each in (statement, review))
        self.record(ExpertHeard(matter=self.matter, statement=statement, review=review))

    def _proposed_on(self, desk: Desk) -> date:
        (proposed,) = (each for each in desk.file.all(BlacklistProposed.TOPIC) if each.case_id == self.id)
        return day_of(proposed.occurred_at)
