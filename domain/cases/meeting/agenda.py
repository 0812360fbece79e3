"""The agenda (议程): items that departments submit, compiled by the office, and approved as the chosen profile says."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from domain.cases.meeting import law
from domain.cases.meeting.events import AgendaApproved, AgendaCompiled, AgendaItemSubmitted
from domain.cases.meeting.record import APPROVED, COMPILED, CONVENOR, OFFICE, PREPARED, PROPOSED, MeetingRecord
from domain.demands import blank
from domain.kernel import DEPARTMENT, Organ, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

BEFORE = (PREPARED, PROPOSED, COMPILED, APPROVED)


class Agenda(MeetingRecord):
    """Steps about what a meeting is to deal with."""

    @step(DEPARTMENT, states=BEFORE)
    def submit_agenda_item(
        self, desk: Desk, *, signed_by_main_leader: bool | None, item: str | None = None, title: str | None = None
    ) -> None:
        """Submit what the meeting is to deal with, signed by the main leader of the department. `item`: its id, if it has one."""
        self.check_consent_given()
        if not signed_by_main_leader:
            raise Refused(law.AGENDA_ITEM_UNSIGNED)
        identifier = item if item and not blank(item) else _next_item(desk)
        if identifier in self.items:
            raise Refused(law.AGENDA_ITEM_TWICE, item=identifier)
        self.record(AgendaItemSubmitted(
            matter=self.matter, item=identifier, title=title, department=desk.organ, signed=True
        ))  # fmt: skip

    @step(role(OFFICE), states=BEFORE)
    def compile_agenda(self, desk: Desk, *, items: tuple[str, ...] | None) -> None:
        """Put together what was submitted, and what an earlier meeting deferred."""
        self.check_consent_given()
        if not items:
            raise Refused(law.AGENDA_EMPTY)
        if missing := [each for each in items if each not in self.items]:
            raise Refused(law.AGENDA_ITEM_UNKNOWN, items=missing)
        self.record(AgendaCompiled(matter=self.matter, items=tuple(dict.fromkeys(items))))

    @step(role(CONVENOR), role(OFFICE), states=BEFORE)
    def approve_agenda(
        self,
        desk: Desk,
        *,
        included: tuple[str, ...],
        excluded: tuple[str, ...] = (),
        consulted: tuple[Organ, ...] = (),
    ) -> None:
        """Say of each compiled item whether it is on the agenda. `consulted`: the members with whom the office settled it."""
        self.check_consent_given()
        self._check_approver(desk, consulted)
        if self.state != COMPILED:
            raise Refused(law.AGENDA_NOT_COMPILED)
        if sorted((*included, *excluded)) != sorted(self.compiled):
            raise Refused(law.AGENDA_ITEM_UNDECIDED, compiled=self.compiled)
        self.record(
            AgendaApproved(matter=self.matter, included=included, excluded=excluded, consulted=tuple(consulted))
        )

    def _check_approver(self, desk: Desk, consulted: tuple[str, ...]) -> None:
        if desk.practice("meeting-agenda", self.profiles) == "consultation":
            if not desk.has_role(OFFICE) or not consulted:
                raise Refused(law.AGENDA_BY_CONSULTATION)
        elif not desk.has_role(CONVENOR):
            raise Refused(law.AGENDA_BY_CONVENOR)

    def check_consent_given(self) -> None:
        """Refuse to go on with a meeting that waits for a consent."""
        if self.state == PROPOSED:
            raise Refused(law.CONSENT_PENDING, consent=self.consent)


def _next_item(desk: Desk) -> str:
    """The first id that no meeting of the file has: what an earlier one deferred is known to later ones by its id."""
    taken = {item for case in desk.file.cases.values() if isinstance(case, MeetingRecord) for item in case.items}
    return next(name for n in count(1) if (name := f"I{n}") not in taken)
