"""Rows of pauses and extensions (中止与延长登记): what was done to whose limit, by whom, how late in it, and how late on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from application.projections.inspection_rows import AdjustmentRow
from application.projections.knowledge import Knowledge
from application.projections.register import Docket
from application.projections.telling import Reel, Telling
from application.projections.versions import versions
from domain.custody import by_knowledge
from domain.kernel import Entry, EventCorrected, OpeningEvent
from domain.law.calendar import WorkingCalendar
from domain.law.clock import Clock, day_of, due
from domain.law.limit import Span
from domain.law.rulebook import Rulebook

PAUSE, EXTENSION = "pause", "extension"
DETAILS = ("approval", "kind", "basis")
"""The fields of an event that say on what an adjustment rests, the first that it has."""

Key = tuple[UUID, UUID]
"""The event that began it, and the clock."""

PROMPT = 1
"""How many working days after it happened something is on record in time."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One pause or extension of one clock."""

    case_id: UUID
    matter: str
    profile: str
    rule: str
    party: str
    calendar: str
    kind: str
    topic: str
    department: str
    detail: str | None
    begun_at: datetime
    begun_known: datetime
    due_before: date | None
    due_after: date | None
    last_day: bool
    last_tenth: bool
    after_due: bool
    retroactive: bool
    ended_at: datetime | None = None
    ended_known: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    halts: int
    ended: int
    span: Span
    given: date | None


@lru_cache(8)
def adjusting(rulebook: Rulebook) -> Mapping[str, bool]:
    """The topics of events that pause, resume or extend a clock, and whether they do more than resume it."""
    limits = [limit for limit in rulebook.limits if limit.enforced]
    ends = {each.ends: False for limit in limits for each in limit.pauses}
    begins = {each.begins: True for limit in limits for each in limit.pauses}
    return {**ends, **begins, **{each.on: True for limit in limits for each in limit.extensions}}


def adjustment_rows(
    telling: Telling, file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], entries: Sequence[Entry]
) -> Iterator[AdjustmentRow]:
    """The pauses and extensions of one file; `entries` as they were recorded."""
    topics = adjusting(telling.rulebook)
    concerned = {entry.matter for entry in entries if entry.topic in topics}
    if not concerned:
        return
    entries = [
        entry
        for entry in entries
        if entry.matter in concerned or isinstance(entry.event, EventCorrected | OpeningEvent)
    ]
    register = telling.knowledge.register_at(entries[0].known_at())

    def tell(facts: Sequence[Entry]) -> Iterator[dict[Key, Adjustment] | None]:
        return adjustments(telling.reel(file_id, register, by_knowledge), telling.knowledge, facts, topics)

    for (cause, clock), found, since, until in versions(entries, tell, concerns=lambda each: each.topic in topics):
        case = cases[found.case_id].case
        yield AdjustmentRow(
            cause, clock, since, until, file_id, case.number, file_no, case.TYPE, found.matter, found.profile, found.rule,
            found.party, found.calendar, found.kind, found.topic, found.department, found.detail, found.begun_at,
            found.begun_known, found.ended_at, found.ended_known, found.due_before, found.due_after, found.last_day,
            found.last_tenth, found.after_due, found.retroactive, found.case_id,
        )  # fmt: skip


def adjustments(
    reel: Reel, knowledge: Knowledge, facts: Sequence[Entry], topics: Mapping[str, bool]
) -> Iterator[dict[Key, Adjustment] | None]:
    """Every pause and extension by the event that began it and its clock, after each fact with one of the topics."""
    found: dict[Key, Adjustment] = {}
    pausing: dict[tuple[UUID, int], Key] = {}
    for entry in facts:
        if entry.topic not in topics:
            reel.tell(entry)
            yield None
            continue
        calendars = knowledge.calendars_at(entry.known_at())
        own = [each for each in reel.duties.clocks if each.matter == entry.matter and each.open]
        begins = topics[entry.topic]
        before = {each.id: (_before(each), due(each, calendars[each.calendar]).day if begins else None) for each in own}
        for clock in reel.tell(entry):
            if clock.id in before:
                _compare(found, pausing, entry, clock, calendars[clock.calendar], *before[clock.id])
        yield found


def _before(clock: Clock) -> _Before:
    return _Before(len(clock.halts), sum(each.ended is not None for each in clock.halts), clock.span, clock.given_date)


def _compare(
    found: dict[Key, Adjustment],
    pausing: dict[tuple[UUID, int], Key],
    entry: Entry,
    clock: Clock,
    calendar: WorkingCalendar,
    was: _Before,
    due_before: date | None,
) -> None:
    key = (entry.event_id, clock.id)
    now = _before(clock)
    if now.halts > was.halts:
        found[key] = _begun(entry, clock, calendar, PAUSE, due_before)
        pausing[clock.id, was.halts] = key
    elif now.ended > was.ended:
        ends = (n for n, halt in enumerate(clock.halts) if halt.ended == entry.occurred_at and (clock.id, n) in pausing)
        place = next(ends, None)
        if place is None:
            return
        begun = pausing.pop((clock.id, place))
        late = found[begun].retroactive or _late_on_record(entry, calendar)
        found[begun] = replace(
            found[begun],
            ended_at=entry.occurred_at,
            ended_known=entry.known_at(),
            due_after=due(clock, calendar).day,
            retroactive=late,
        )
    elif (now.span, now.given) != (was.span, was.given):
        begun_now = _begun(entry, clock, calendar, EXTENSION, due_before)
        found[key] = replace(begun_now, due_after=due(clock, calendar).day)


def _begun(entry: Entry, clock: Clock, calendar: WorkingCalendar, kind: str, due_before: date | None) -> Adjustment:
    day = day_of(entry.occurred_at)
    left, whole = _left(clock, calendar, day, due_before)
    return Adjustment(
        clock.case_id, clock.matter, clock.limit.profile, clock.limit.id, clock.party, clock.calendar, kind, entry.topic,
        entry.actor.acting_for, _detail(entry), entry.occurred_at, entry.known_at(), due_before, None,
        last_day=left == 0,
        last_tenth=left is not None and 0 <= 10 * left <= whole,
        after_due=left is not None and left < 0,
        retroactive=_late_on_record(entry, calendar),
    )  # fmt: skip


def _left(clock: Clock, calendar: WorkingCalendar, day: date, due_day: date | None) -> tuple[int | None, int]:
    """How many days of the limit are left after a day, and how many it has, in the days that it counts; below 0 when passed."""
    if due_day is None:
        return None, 0
    start = day_of(clock.anchor)
    if clock.span.unit == "working day":
        left = calendar.workdays(day, due_day) if day <= due_day else -1
        return left, calendar.workdays(start, due_day)
    return (due_day - day).days, (due_day - start).days


def _late_on_record(entry: Entry, calendar: WorkingCalendar) -> bool:
    """What was imported blames nobody for being on record only now."""
    return not entry.imported and calendar.workdays(day_of(entry.occurred_at), day_of(entry.known_at())) > PROMPT


def _detail(entry: Entry) -> str | None:
    said = (getattr(entry.event, name, None) for name in DETAILS)
    return next((str(each) for each in said if each), entry.reason)
