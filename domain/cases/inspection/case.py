"""Joint inspection (联合检查): planned together, drawn by lot, and at its end published once and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.inspection import law
from domain.cases.inspection.drawing import Drawing
from domain.cases.inspection.events import InspectionResultsPublished, JointInspectionClosed
from domain.cases.inspection.findings import Findings
from domain.cases.inspection.planning import Planning
from domain.cases.inspection.record import INITIATOR, PUBLISHED, STARTED
from domain.demands import blank, stated
from domain.kernel import Refused, step

if TYPE_CHECKING:
    from domain.desk import Desk


class JointInspection(Findings, Drawing, Planning):
    """An inspection has an initiator and no holder: what it finds are matters, each held by the participant that found it."""

    TYPE = "inspection"
    CODE = "LJ"

    @step(INITIATOR, states=(STARTED, PUBLISHED))
    def publish_results(self, desk: Desk, *, text: str | None, medium: str | None = None) -> None:
        """Publish the results once, for all: this wording is also the one in which each participant reports upwards.

        The plan names no hearing of the participants and no moment: the initiator, who drafts the plan, publishes.
        """
        if self.published:
            raise Refused(law.PUBLISHED_ALREADY)
        text = stated(text, law.TEXT_REQUIRED)
        self.record(InspectionResultsPublished(matter=self.matter, text=text, medium=medium))

    @step(INITIATOR, states=(STARTED, PUBLISHED))
    def close(self, desk: Desk, *, unpublished_because: str | None = None) -> None:
        """Close the inspection: every finding is disposed of, or referred and signed for.

        `unpublished_because`: why there was nothing to publish. What comes back later is still disposed of by its finder.
        """
        if waiting := self._open(desk):
            raise Refused(law.FINDINGS_OPEN, findings=waiting)
        if not self.published and blank(unpublished_because):
            raise Refused(law.NOT_PUBLISHED)
        self.record(JointInspectionClosed(matter=self.matter, unpublished_because=unpublished_because))
