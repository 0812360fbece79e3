"""Rows of clocks (时限行): as they are now, when each was overdue, and what was known of it when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from application.projections.history import Standing, Story, Stretch
from application.projections.rows import BOTH, KNOWN, RECOMPUTED, ClockRow, JudgementRow, OverdueRow
from domain.kernel import Case
from domain.law.clock import Clock, day_of

RUNNING, PAUSED, MET, LATE, PENDING = "running", "paused", "met", "late", "pending"
UNDECIDED, VOID, GONE = "undecided", "void", "gone"

DUTY, MAXIMUM, OPTION, UNSETTLED = "duty", "maximum", "option", "unsettled"
"""How statistics count what runs: a duty is late once due has passed, a maximum is then met, an option lapses; what a
calendar edition or a verification has yet to settle is never late."""


def state_of(clock: Clock, standing: Standing) -> str:
    """What holds of a clock in a standing, whatever the time."""
    if standing.gone:
        return GONE
    if standing.void is not None:
        return VOID
    stop, reached = standing.stop, standing.reckoned.due
    if stop is None:
        return RUNNING if reached.paused_from is None else PAUSED
    passed = reached.passed(stop.at)
    if clock.limit.at_due == "lapse-met" and reached.day is not None and (passed or stop.lapse):
        return MET
    if passed:
        return UNDECIDED if reached.provisional else LATE
    return PENDING if stop.pending else MET


def tally_of(clock: Clock, standing: Standing, state: str) -> str | None:
    """How statistics count a clock; None for what blames nobody, is void, or is not due on any day."""
    limit, reached = clock.limit, standing.reckoned.due
    if not clock.counts or state in (VOID, GONE) or (reached.day is None and reached.instant is None):
        return None
    if reached.provisional or state in (PENDING, UNDECIDED):
        return UNSETTLED
    if state in (MET, LATE):
        return state
    if limit.at_due == "lapse-met" and reached.day is not None:
        return MAXIMUM
    return OPTION if limit.conditional else DUTY


def clock_row(file_id: UUID, file_no: str, case: Case, story: Story, recomputed: Story | None) -> ClockRow:
    """A clock as it is now. `recomputed`: its story as it happened, which may rest on other years."""
    clock, standing = story.clock, story.standings[-1]
    limit, reached, stop = clock.limit, standing.reckoned.due, standing.stop
    state = state_of(clock, standing)
    first, last = _years(story, recomputed)
    hours = limit.by_the_hour
    return ClockRow(
        clock.id, file_id, clock.case_id, case.number, file_no, case.TYPE, clock.matter, limit.profile, limit.id, clock.leg,
        clock.party, clock.calendar, standing.reckoned.start, clock.anchor if hours else None, clock.created.event_id,
        limit.severity, limit.status, limit.conditional, limit.advisory, limit.right, hours,
        standing.reckoned.day, reached.instant, reached.provisional, reached.paused_from, state,
        None if stop is None else stop.at, None if stop is None else stop.known, stop is not None and stop.recorded_after(reached),
        len(story.standings), tally_of(clock, standing, state),
        first, last,
        None if standing.void is None else standing.void.known, clock.co_parties, clock.born_overdue,
    )  # fmt: skip


def _years(known: Story, recomputed: Story | None) -> tuple[int | None, int | None]:
    stories = (known,) if recomputed is None or recomputed is known else (known, recomputed)
    spans = [span for each in stories if (span := each.span_of_days()) is not None]
    if not spans:
        return None, None
    return min(first.year for first, _ in spans), max(last.year for _, last in spans)


def judgement_rows(file_id: UUID, story: Story) -> Iterator[JudgementRow]:
    """What was known of a clock that was judged again, in order."""
    for n, standing in enumerate(story.standings, 1):
        yield JudgementRow(
            story.clock.id,
            n,
            file_id,
            standing.since,
            standing.reckoned.day,
            standing.due.instant,
            standing.due.provisional,
            state_of(story.clock, standing),
            None if standing.stop is None else standing.stop.at,
            standing.cause,
            standing.edition,
        )


def overdue_rows(
    file_id: UUID, file_no: str, case: Case, known: Story | None, recomputed: Story | None
) -> Iterator[OverdueRow]:
    """When a clock was overdue on either basis, and from when on it will be if nothing happens.

    One story given twice is told in both times.
    """
    one = [] if known is None else list(known.overdue())
    two = [] if recomputed is None else list(recomputed.overdue(happened=recomputed is known))
    if not (one or two):
        return
    both = one and two and one[-1][2] is None and two[-1][2] is None and _alike(one[-1], two[-1])
    for place, stretch in enumerate(one, 1):
        story_of = known or recomputed
        assert story_of is not None
        yield from _rows(BOTH if both and place == len(one) else KNOWN, file_id, file_no, case, story_of.clock, stretch)
    for stretch in two[:-1] if both else two:
        assert recomputed is not None
        yield from _rows(RECOMPUTED, file_id, file_no, case, recomputed.clock, stretch)


def _alike(one: Stretch, two: Stretch) -> bool:
    return one[1] == two[1] and (one[0] is two[0] or one[0].same(two[0]))


def _rows(basis: str, file_id: UUID, file_no: str, case: Case, clock: Clock, stretch: Stretch) -> Iterator[OverdueRow]:
    standing, begun, until = stretch
    limit, reached = standing.limit or clock.limit, standing.reckoned.due
    by_workdays = (clock.span if limit is clock.limit else limit.within).unit == "working day"
    day = standing.reckoned.day
    assert reached.breach_at is not None and day is not None
    for month in _months(begun, until):
        yield OverdueRow(
            basis,
            clock.id,
            begun,
            until,
            month,
            reached.breach_at,
            file_id,
            clock.case_id,
            case.number,
            file_no,
            case.TYPE,
            clock.matter,
            limit.profile,
            limit.id,
            clock.leg,
            standing.party,
            clock.calendar,
            standing.reckoned.start,
            standing.start if limit.by_the_hour else None,
            day,
            reached.instant,
            by_workdays,
            limit.severity,
            limit.status,
            limit.conditional,
            limit.advisory,
            clock.created.event_id,
            standing.co_parties,
            clock.born_overdue,
        )


def _months(begun: datetime, until: datetime | None) -> Iterator[date | None]:
    if until is None:
        yield None
        return
    first, last = day_of(begun), day_of(until)
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
