"""Credit points (信用记分) of a tenderee, agency, bidder, supplier or expert, where no penalty bears them.

Reading: the plan leaves the numbers to the provincial rules on quantified management (量化管理办法), which are not at hand: whoever
records points states ground and basis. Points count from their first day until the last, if the basis sets one, or until they
are taken back. Nobody holds a matter: there is no next act.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.credit import law
from domain.cases.credit.events import PointsCancelled, PointsRecorded, Sign
from domain.demands import check_new, stated
from domain.kernel import DEPARTMENT, Case, Event, Organ, Refused, Uscc, party, step, unknown
from domain.law.clock import day_of
from domain.names import Fixed, Party, fixed

if TYPE_CHECKING:
    from domain.desk import Desk

RECORDED, CANCELLED = "recorded", "cancelled"


class Credit(Case):
    """Credit points of one subject for one ground."""

    TYPE = "credit"
    CODE = "XY"

    def __init__(self) -> None:
        super().__init__()
        self.record_of: PointsRecorded | None = None
        self.recorded_by: str = ""

    @step(DEPARTMENT, opens=True)
    def record_points(
        self,
        desk: Desk,
        *,
        subject: str | None,
        party: Party,
        sign: Sign,
        points: int,
        ground: str | None,
        basis: str | None,
        uscc: Uscc | None = None,
        expert_no: str | None = None,
        effective: date | None = None,
        until: date | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record points, deducted or added, of a subject, with the ground and its basis; in force from today unless given."""
        check_new(desk, number)
        subject = stated(subject, law.SUBJECT_UNNAMED)
        ground, basis = (stated(each, law.POINTS_WITHOUT_BASIS, stated=ground, basis=basis) for each in (ground, basis))
        if points < 1:
            raise Refused(law.NO_POINTS, points=points)
        if (expert_no if party is not Party.EXPERT else uscc) is not None:
            raise Refused(law.CODE_OF_ANOTHER_KIND, party=party)
        first = effective or day_of(desk.at)
        if until is not None and until < first:
            raise Refused(law.TERM_BACKWARDS, effective=first, until=until)
        self.record(PointsRecorded(
            matter=number, number=number, file_no=file_no, profiles=profiles, subject=Fixed(subject), party=party,
            uscc=uscc, expert_no=fixed(expert_no), sign=sign, points=points,
            ground=ground, basis=basis, effective=first, until=until, recorded_by=Organ(desk.organ),
        ))  # fmt: skip

    @step(party("recorded_by"), states=(RECORDED,))
    def cancel_points(self, desk: Desk, *, ground: str | None) -> None:
        """Take the points back, and say why: they count no more."""
        ground = stated(ground, law.CANCELLING_UNREASONED)
        self.record(PointsCancelled(matter=self.matter, ground=ground))

    def on(self, event: Event) -> None:
        match event:
            case PointsRecorded():
                self.state, self.record_of, self.recorded_by = RECORDED, event, event.recorded_by
            case PointsCancelled():
                self.state = CANCELLED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        known = self.record_of
        assert known is not None
        return {
            "subject": known.subject,
            "party": known.party,
            "uscc": known.uscc,
            "expert_no": known.expert_no,
            "sign": known.sign,
            "points": known.points,
            "ground": known.ground,
            "basis": known.basis,
            "effective": known.effective,
            "until": known.until,
        }
