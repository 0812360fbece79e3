"""Verdicts (认定) on a clock, in the order in which they are due for the supervision record: breaches, and re-judgements of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from application.projections.clocks import LATE, state_of
from application.projections.history import Standing, Story
from application.projections.rows import VerdictRow

BREACH, REJUDGED = "breach", "rejudged"
BREACHED = "breached_open"


@dataclass(slots=True)
class _Said:
    """What the record said last: overdue against which due day or instant; None: that nothing is overdue."""

    n: int = 0
    breach_at: datetime | None = None


def verdict_id(clock: UUID, n: int) -> UUID:
    """The id of the event that records the n-th verdict on a clock, whoever records it, however often."""
    return uuid5(clock, str(n))


def verdict_rows(file_id: UUID, story: Story) -> Iterator[VerdictRow]:
    """The verdicts on a clock, as they followed from what was known.

    A breach is due at 00:00 of the day after the due day (or from the due instant on), or when it became known, if that was
    later. A late act changes no verdict; one that turns out to have been in time, another due date or a voiding does.
    What had been done before it was imported, however late, is no breach of today: it is in the statistics of its own days.
    """
    said = _Said()
    for place, standing in enumerate(story.standings, 1):
        until = story.standings[place].since if place < len(story.standings) else None
        begun = standing.since if _late_when_known(story, standing) else _begun(standing)
        breached = begun is not None and (until is None or begun < until)
        if said.breach_at is not None and not (
            breached and begun == standing.since and _against(standing) == said.breach_at
        ):
            yield _row(file_id, story, standing, said, REJUDGED, standing.since, begun)
        if breached and begun is not None and said.breach_at is None:
            yield _row(file_id, story, standing, said, BREACH, begun, begun)


def _late_when_known(story: Story, standing: Standing) -> bool:
    imported = standing.stop is not None and standing.stop.imported
    return not imported and state_of(story.clock, standing) == LATE


def _begun(standing: Standing) -> datetime | None:
    return None if standing.threat is None else max(standing.since, standing.threat)


def _against(standing: Standing) -> datetime | None:
    return standing.reckoned.due.breach_at


def _row(
    file_id: UUID, story: Story, standing: Standing, said: _Said, kind: str, at: datetime, begun: datetime | None
) -> VerdictRow:
    overdue = begun is not None and begun <= at
    said.n += 1
    said.breach_at = _against(standing) if overdue else None
    state = BREACHED if overdue and standing.open else state_of(story.clock, standing)
    return VerdictRow(
        story.clock.id,
        said.n,
        file_id,
        kind,
        at,
        _against(standing),
        standing.reckoned.day,
        standing.due.instant,
        state,
        standing.cause,
        standing.edition,
        verdict_id(story.clock.id, said.n),
        standing.party,
    )
