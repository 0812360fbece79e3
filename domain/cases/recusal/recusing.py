"""Recusing officers (回避): by themselves, by decision, or at the request of a party; and lifting what was declared.

Reading: the head of the organ decides (行政处罚法第四十三条), and until then the officer goes on; the organ records who decided as
the officer that records. The coordinating office and the inspectors may decide too, being asked where the head is concerned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.recusal import law
from domain.cases.recusal.events import (
    OfficersRecused,
    RecusalDecided,
    RecusalLifted,
    RecusalRequested,
    Relation,
)
from domain.cases.recusal.naming import check_place, known_officers
from domain.cases.recusal.record import IN_FORCE, REQUESTED, RecusalRecord
from domain.demands import stated
from domain.kernel import DEPARTMENT, Organ, Refused, role, step
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

DECIDES = (DEPARTMENT, role("inspector"))
OVERSEES = {"office", "inspector"}


class Recusing(RecusalRecord):
    """Steps about officers, and the end of every recusal."""

    @step(*DECIDES, opens=True)
    def recuse(
        self,
        desk: Desk,
        *,
        officers: tuple[str, ...],
        relation: Relation,
        reason: str | None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record that officers take no part in the file, by their own declaration or by decision."""
        check_place(desk, number)
        people = _somebody(known_officers(desk, officers))
        _check_authority(desk, people)
        if desk.file.barred.issuperset(people):
            raise Refused(law.ALREADY_BARRED)
        self.record(
            OfficersRecused(
                matter=number,
                number=number,
                file_no=file_no,
                profiles=profiles,
                officers=people,
                relation=relation,
                declared_by=Organ(desk.organ),
                reason=stated(reason, law.REASON_MISSING),
            )
        )

    @step(DEPARTMENT, opens=True)
    def request_recusal(
        self,
        desk: Desk,
        *,
        officers: tuple[str, ...],
        relation: Relation,
        reason: str | None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record that a party asked for the recusal of officers. Until it is decided they go on."""
        check_place(desk, number)
        people = _somebody(known_officers(desk, officers))
        if desk.file.barred.issuperset(people):
            raise Refused(law.ALREADY_BARRED)
        self.record(
            RecusalRequested(
                matter=number,
                number=number,
                file_no=file_no,
                profiles=profiles,
                officers=people,
                relation=relation,
                reason=stated(reason, law.REASON_MISSING),
            )
        )

    @step(*DECIDES, states=(REQUESTED,))
    def decide_request(self, desk: Desk, *, granted: bool, reason: str | None) -> None:
        """Record what the head of the organ decided on the request of a party."""
        _check_authority(desk, self.officers)
        self.record(RecusalDecided(matter=self.matter, granted=granted, reason=stated(reason, law.REASON_MISSING)))

    @step(*DECIDES, states=(IN_FORCE,))
    def lift(self, desk: Desk, *, reason: str | None) -> None:
        """End it: by whoever declared it, the officers' organ, or the inspectors. What was taken over stays where it is."""
        roles = set(getattr(desk.known(desk.organ), "roles", ()))
        if desk.organ != self.declared_by and "inspector" not in roles:
            if self.relation is None:
                raise Refused(law.DECLARER_LIFTS, declared_by=self.declared_by)
            _check_authority(desk, self.officers)
        self.record(RecusalLifted(matter=self.matter, reason=stated(reason, law.REASON_MISSING)))


def _somebody(officers: tuple[Fixed, ...]) -> tuple[Fixed, ...]:
    if not officers:
        raise Refused(law.NOBODY)
    return officers


def _check_authority(desk: Desk, officers: tuple[str, ...]) -> None:
    """Refuse who is neither the officers' own organ nor the coordinating office nor the inspectors."""
    roles = set(getattr(desk.known(desk.organ), "roles", ()))
    if roles & OVERSEES:
        return
    for each in officers:
        found = desk.register.officer(each)
        if found is None or found.organ != desk.organ:
            raise Refused(law.NOT_ITS_OFFICER, officer=each)
