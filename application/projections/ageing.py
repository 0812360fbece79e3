"""Rows of duties without a number of days (及时): awaited from when until when, as it was known. They age and are never late."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.projections.history import Story
from application.projections.inspection_rows import AgeingRow
from domain.kernel import Case

UNLIMITED = "none"


def ageing_rows(file_id: UUID, file_no: str, case: Case, story: Story) -> Iterator[AgeingRow]:
    """The stretches of time in which the act was awaited; none for a duty that has a limit."""
    clock = story.clock
    limit = clock.limit
    if limit.within.unit != UNLIMITED or limit.right:
        return
    ends = [*(each.since for each in story.standings[1:]), None]
    for standing, until in zip(story.standings, ends, strict=True):
        if standing.open:
            yield AgeingRow(
                clock.id, standing.since, until, file_id, clock.case_id, case.number, file_no, case.TYPE, clock.matter,
                limit.profile, limit.id, clock.leg, standing.party, clock.calendar, standing.reckoned.start,
                clock.created.event_id,
            )  # fmt: skip
