"""Review (行政诉讼, 行政复议) of a decision on a complaint: what the department that decided records of it.

Reading: a suit or reconsideration does not stay the decision (行政诉讼法 56, 行政复议法 42) and moves no limit of the case; only
when the decision is annulled is the case taken up again (`reopen`), counted from the receipt of the judgment.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.complaint import law
from domain.cases.complaint.events import Finding, Review, ReviewDecided, ReviewHeard, ReviewSought
from domain.cases.complaint.record import CLOSED, DECIDED, HANDLED, Record
from domain.demands import require, stated
from domain.kernel import Event, party, step

if TYPE_CHECKING:
    from domain.desk import Desk

DECIDER = party("decided_by")
CONTESTABLE = (DECIDED, HANDLED, CLOSED)


class Contested(Record):
    """Steps of the department whose decision is contested."""

    @step(DECIDER, states=CONTESTABLE)
    def record_review(
        self,
        desk: Desk,
        *,
        review: Review,
        organ: str,
        reference: str | None = None,
        copy_received_on: date | None = None,
    ) -> None:
        """Record that a party sued over the decision, or asked for its reconsideration, and before whom (`organ`)."""
        self.require_complaint()
        require(self.review is None, law.ALREADY_DONE, review=self.review)
        self.record(
            ReviewSought(
                matter=self.matter, review=review, organ=organ, reference=reference, copy_received_on=copy_received_on
            )
        )

    @step(DECIDER, states=CONTESTABLE)
    def record_review_hearing(self, desk: Desk) -> None:
        """Record that the court or the organ of reconsideration heard the parties."""
        require(self.review is not None, law.NO_REVIEW_OPEN)
        self.record(ReviewHeard(matter=self.matter))

    @step(DECIDER, states=CONTESTABLE)
    def record_review_result(self, desk: Desk, *, finding: Finding, judgment: str | None) -> None:
        """Record what the court or the organ of reconsideration decided, and by which document."""
        require(self.review is not None, law.NO_REVIEW_OPEN)
        judgment = stated(judgment, law.JUDGMENT_REQUIRED)
        self.record(ReviewDecided(matter=self.matter, finding=finding, judgment=judgment))

    def on(self, event: Event) -> None:
        match event:
            case ReviewSought():
                self.review, self.review_result = event.organ, None
            case ReviewHeard():
                pass
            case ReviewDecided():
                self.review, self.review_result = None, Finding(event.finding)
            case _:
                super().on(event)
