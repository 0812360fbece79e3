"""The draw (双随机) of who is inspected and who inspects: computed here so that anyone can repeat it, or kept as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.inspection import law
from domain.cases.inspection.events import JointInspectionStarted, Pool, RandomDrawRecorded
from domain.cases.inspection.record import AGREED, DRAWN, INITIATOR, InspectionRecord
from domain.demands import blank, stated
from domain.draw import METHOD, commitment, drawn, plain
from domain.kernel import Refused, step
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

OUTSIDE = "outside"


class Drawing(InspectionRecord):
    """Draw once, then begin."""

    @step(INITIATOR, states=(AGREED, DRAWN))
    def draw(
        self,
        desk: Desk,
        *,
        seed: str | None,
        target_pool: Pool | None,
        targets: int,
        inspector_pool: Pool | None,
        inspectors: int,
    ) -> None:
        """Draw so many `targets` and `inspectors` from the two pools by the seed, which is opened here if it was committed to."""
        self._undrawn()
        seed = stated(seed, law.SEED_REQUIRED)
        self._as_committed(seed)
        if target_pool is None or inspector_pool is None:
            raise Refused(law.DRAW_INCOMPLETE)
        _check_pool(target_pool, targets)
        _check_pool(inspector_pool, inspectors)
        self.record(
            RandomDrawRecorded(
                matter=self.matter,
                method=Fixed(METHOD),
                targets=tuple(map(Fixed, drawn(seed, target_pool.members, targets))),
                inspectors=tuple(map(Fixed, drawn(seed, inspector_pool.members, inspectors))),
                target_pool=target_pool,
                inspector_pool=inspector_pool,
                seed=Fixed(seed),
                seed_published=self.seed_commitment is not None,
            )
        )

    @step(INITIATOR, states=(AGREED, DRAWN))
    def record_outside_draw(
        self,
        desk: Desk,
        *,
        targets: tuple[str, ...] | None,
        inspectors: tuple[str, ...] | None,
        seed_published: bool = False,
    ) -> None:
        """Record a draw that was made elsewhere, which nobody can repeat. `seed_published`: whether its seed was."""
        self._undrawn()
        self._as_committed(None)
        if not (targets and inspectors) or any(blank(each) for each in (*targets, *inspectors)):
            raise Refused(law.DRAW_INCOMPLETE)
        self.record(
            RandomDrawRecorded(
                matter=self.matter,
                method=Fixed(OUTSIDE),
                targets=tuple(map(Fixed, targets)),
                inspectors=tuple(map(Fixed, inspectors)),
                seed_published=seed_published,
            )
        )

    @step(INITIATOR, states=(AGREED, DRAWN))
    def start(self, desk: Desk) -> None:
        """Begin the inspection: it counts for the half-year of this day."""
        if self.lot is None:
            raise Refused(law.DRAW_FIRST)
        self.record(JointInspectionStarted(matter=self.matter))

    def _undrawn(self) -> None:
        if self.lot is not None:
            raise Refused(law.DRAWN_ALREADY)

    def _as_committed(self, seed: str | None) -> None:
        """Refuse any seed but the one committed to, and none where one was."""
        if self.seed_commitment is not None and (seed is None or commitment(seed) != self.seed_commitment):
            raise Refused(law.SEED_NOT_AS_COMMITTED)


def _check_pool(pool: Pool, count: int) -> None:
    members = [plain(each) for each in pool.members]
    listed_once = len(set(members)) == len(members) and all(members)
    if blank(pool.name) or not listed_once or not 1 <= count <= len(members):
        raise Refused(law.POOL_UNFIT, pool=pool.name, members=len(members), asked=count)
