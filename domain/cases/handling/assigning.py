"""Officers in charge (主办人) of the cases of a file: named by their organ, and handed over when one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.handling import law
from domain.cases.handling.events import CaseHandedOver, OfficerAssigned
from domain.cases.handling.record import OPEN, HandlingRecord
from domain.kernel import DEPARTMENT, Organ, Refused, role, step
from domain.names import Fixed
from domain.register import Duty

if TYPE_CHECKING:
    from domain.desk import Desk


class Assigning(HandlingRecord):
    """What an organ says of its own officers. Who is in charge of a case has no other right in it than a colleague."""

    @step(DEPARTMENT, role("inspector"), opens=True, acts=True, states=(OPEN,))
    def assign(
        self,
        desk: Desk,
        *,
        of: str,
        officer: str,
        number: str = "",
        file_no: str = "",
        profiles: tuple[str, ...] = (),
    ) -> None:
        """Put an officer of the own organ in charge of a case of the file, instead of whoever was."""
        self.open_once(desk, number, file_no, profiles)
        if not any(case.number == of for case in desk.file.cases.values()):
            raise Refused(law.NO_CASE, case=of)
        if not _involved(desk):
            raise Refused(law.NOT_INVOLVED, organ=desk.organ)
        _check_handler(desk, officer, desk.organ)
        if self.in_charge.get((of, desk.organ)) == officer:
            raise Refused(law.IN_CHARGE, officer=officer)
        organ = Organ(desk.organ)
        self.record(OfficerAssigned(matter=self.matter, of=Fixed(of), organ=organ, officer=Fixed(officer)))

    @step(DEPARTMENT, role("inspector"), role("system"), states=(OPEN,))
    def hand_over(self, desk: Desk, *, officer: str, successor: str) -> None:
        """Hand every case of the file that an officer is in charge of, closed or not, to a successor in the same organ."""
        timer = "system" in getattr(desk.known(desk.organ), "roles", ())
        found = [key for key, each in self.in_charge.items() if each == officer and (timer or key[1] == desk.organ)]
        if not found or officer == successor:
            raise Refused(law.NOTHING_HELD, officer=officer)
        for of, organ in found:
            _check_handler(desk, successor, organ)
            self.record(
                CaseHandedOver(
                    matter=self.matter, of=Fixed(of), organ=Organ(organ), from_=Fixed(officer), to=Fixed(successor)
                )
            )


def _involved(desk: Desk) -> bool:
    """Whether the organ acted in the file, or holds or held something of it."""
    acted = any(desk.organ in (each.actor.department, each.actor.acting_for) for each in desk.file.entries)
    return acted or any(each.holder == desk.organ for each in desk.file.custody.held)


def _check_handler(desk: Desk, officer: str, organ: str) -> None:
    found = desk.register.officer(officer)
    if found is None or not found.serving or found.organ != organ or Duty.HANDLER not in found.duties:
        raise Refused(law.NOT_ITS_HANDLER, officer=officer, organ=organ)
    if officer in desk.file.barred:
        raise Refused(law.OFFICER_BARRED, officer=officer)
