"""What a reader is shown of a file: cases, matters, clocks, events and custody as plain mappings, the same for every edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from application.queries import Reading
from domain.cases.erasure.case import erased_on
from domain.cases.joint_punishment.roster import roster
from domain.custody import Held, Transit
from domain.kernel import Case, Entry
from domain.law.clock import CHINA, Clock, Judgement, day_of
from domain.law.edition import Edition
from domain.law.explanation import Day, Explanation
from domain.law.limit import Citation
from domain.law.wording import WEEKDAYS_EN, in_chinese, in_english


def shown_case(reading: Reading, case: Case) -> dict[str, Any]:
    """The state of a case with what it is about, who holds it and which time limits run."""
    held = next((each for each in reading.matters_of(case) if each.id == case.matter), None)
    return {
        **shown_case_line(case),
        "file_no": case.file_no,
        "file_id": reading.file.id,
        "holder": held and held.holder,
        "in_transit_to": held and held.in_transit_to,
        "matters": [shown_matter(reading, each.id) for each in reading.matters_of(case)],
        "clocks": [shown_clock(each, reading.judge(each)) for each in reading.clocks_of(case)],
        "summary": plain(case.summary()),
        "erased_on": erased_on(reading.file, case.number),
        "opened_on": next((day_of(each.occurred_at) for each in reading.file.entries if each.case_id == case.id), None),
    }


def shown_case_line(case: Case) -> dict[str, Any]:
    """A case in one line of its file."""
    return {
        "id": case.id,
        "number": case.number,
        "type": case.TYPE,
        "state": case.state,
        "version": case.version,
        "matter": case.matter,
    }


def shown_matter(reading: Reading, identifier: str) -> dict[str, Any]:
    """One matter: who holds it since when, to whom it is on the way."""
    matter = reading.file.matters[identifier]
    spans = (each for each in reversed(reading.file.custody.held) if each.matter == identifier and each.until is None)
    span = next(spans, None)
    return {
        "id": matter.id,
        "case": matter.case_id,
        "holder": matter.holder,
        "in_transit_to": matter.in_transit_to,
        "open": matter.open,
        "since": None if span is None else in_china(span.since),
    }


def shown_custody(reading: Reading, matters: set[str]) -> list[dict[str, Any]]:
    """Who held the matters, and for how long each was on the way, in the order of time."""
    spans: list[Held | Transit] = [*reading.file.custody.held, *reading.file.custody.transits]
    spans = sorted((each for each in spans if each.matter in matters), key=lambda each: each.since)
    return [_shown_span(each) for each in spans]


def shown_roster(reading: Reading, case: Case) -> list[dict[str, Any]]:
    """Who was sent the memo of a case, signed for it and carried it out, and how long that took or takes; empty without one."""
    file = reading.file
    calendar_of = file.register.calendar_of
    assert case.id is not None
    rows = roster(file.entries, case.id, reading.at, calendar_of=lambda organ: file.calendars[calendar_of(organ)])
    return [plain(row) for row in rows]


def _shown_span(span: Held | Transit) -> dict[str, Any]:
    time = {"since": in_china(span.since), "until": None if span.until is None else in_china(span.until)}
    if isinstance(span, Transit):
        return {"matter": span.matter, "holder": span.sender, "addressee": span.addressee, **time, "in_transit": True}
    event = {"event_id": span.event_id, "occurred_at": in_china(span.occurred_at)}
    return {"matter": span.matter, "holder": span.holder, **time, "in_transit": False, **event}


def shown_clock(clock: Clock, judgement: Judgement) -> dict[str, Any]:
    """One clock with its verdict; keys that would say nothing are left out."""
    limit = clock.limit
    return {
        "id": clock.id,
        "rule": limit.id,
        "profile": limit.profile,
        "title": {"zh": limit.title_zh, "en": limit.title_en},
        "matter": clock.matter,
        "case": clock.case_id,
        "leg": clock.leg,
        "party": clock.party,
        "start": judgement.due.start or _moment(clock, clock.anchor),
        "due": judgement.due.day if judgement.due.instant is None else in_china(judgement.due.instant),
        "state": judgement.state,
        "severity": limit.severity,
        "status": limit.status,
        "conditional": limit.conditional,
        "right": limit.right,
        "advisory": limit.advisory,
        "provisional": judgement.due.provisional,
        "calendar": clock.calendar,
        "created_by": clock.created.event_id,
        "citation": shown_citation(limit.citation),
        "final": judgement.final,
        **dict(_what_else(clock, judgement)),
    }


def shown_citation(citation: Citation) -> dict[str, Any]:
    """Where a rule stands."""
    return {"instrument": citation.instrument, "clause": citation.clause, "quote": list(citation.quote)}


def _what_else(clock: Clock, judgement: Judgement) -> Iterator[tuple[str, Any]]:
    if clock.co_parties:
        yield "co_parties", list(clock.co_parties)
    if clock.born_overdue:
        yield "born_overdue", True
    if judgement.stopped is not None:
        yield "stopped", _moment(clock, judgement.stopped)
        if not judgement.lapsed_by_law:
            yield "in_time_by_recording", not judgement.late_by_recording
    if judgement.due.paused_from is not None:
        yield "paused_from", judgement.due.paused_from
    if judgement.remaining_working_days is not None:
        yield "remaining_working_days", judgement.remaining_working_days
    if late := _late_by(judgement):
        yield "late_by", late
    if judgement.lapsed_by_law:
        yield "lapsed_by_law", True
    if judgement.pending_verification:
        yield "pending_verification", True


def _late_by(judgement: Judgement) -> dict[str, float]:
    late = {
        "calendar_days": judgement.late_calendar_days,
        "working_days": judgement.late_working_days,
        "hours": judgement.late_hours,
    }
    return {unit: amount for unit, amount in late.items() if amount is not None}


def shown_event(reading: Reading, entry: Entry) -> dict[str, Any]:
    """One event as it was written, with its envelope; what corrects it is named beside it."""
    case = reading.file.cases.get(entry.case_id)
    days, late = reading.lag(entry)
    return {
        "event_id": entry.event_id,
        "type": entry.topic,
        "name": type(entry.event).__name__,
        "case": entry.case_id,
        "number": case.number if case else "",
        "version": entry.version,
        "file_version": entry.file_version,
        "position": entry.position or reading.positions.get(entry.event_id),
        "occurred_at": in_china(entry.occurred_at),
        "recorded_at": in_china(entry.known_at()),
        "department": entry.actor.department,
        "officer": entry.actor.officer,
        "on_behalf_of": entry.actor.on_behalf_of,
        "reason": entry.reason,
        "late_recorded": late and not entry.imported,
        "recording_lag_calendar_days": days,
        "imported": entry.imported,
        "corrected_by": list(reading.corrected_by.get(entry.event_id, ())),
        "data": {each.name.rstrip("_"): plain(getattr(entry.event, each.name)) for each in fields(entry.event)},
    }


def shown_explanation(explanation: Explanation) -> dict[str, Any]:
    """A due date day by day, with the sentence of law and the notices it rests on."""
    return {
        "clock": shown_clock(explanation.clock, explanation.judgement),
        "days": [_shown_day(each) for each in explanation.days],
        "text": {"zh": in_chinese(explanation), "en": in_english(explanation)},
        "citation": shown_citation(explanation.clock.limit.citation),
        "editions": [shown_edition(each) for each in explanation.editions],
        "unpublished_years": list(explanation.unpublished),
        "reading": explanation.clock.limit.reading,
    }


def shown_edition(edition: Edition) -> dict[str, Any]:
    """A notice that arranged the days of a year."""
    names = ("id", "calendar", "year", "notice", "published", "url")
    return {name: getattr(edition, name) for name in names}


def _shown_day(day: Day) -> dict[str, Any]:
    shown: dict[str, Any] = {"date": day.date, "weekday": WEEKDAYS_EN[day.date.weekday()], "kind": day.kind}
    if day.number is not None:
        shown["number"] = day.number
    if day.note is not None:
        shown["note"] = day.note
    return shown


def shown_moment(reading: Reading) -> dict[str, Any]:
    """Which moment an answer is about, and how much it can be relied on."""
    return {
        "as_of": None if reading.moment.as_of is None else in_china(reading.moment.as_of),
        "basis": reading.moment.basis,
        "final": reading.final,
        "rehearsal": reading.rehearsal,
    }


def in_china(instant: datetime) -> datetime:
    """The instant with the offset of the offices."""
    return instant.astimezone(CHINA)


def plain(value: Any) -> Any:
    """A value of a case or event as mappings, lists and scalars, instants with the offset of the offices."""
    if isinstance(value, datetime):
        return in_china(value)
    if isinstance(value, Mapping):
        return {str(key).rstrip("_"): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name.rstrip("_"): plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _moment(clock: Clock, instant: datetime) -> Any:
    return in_china(instant) if clock.limit.by_the_hour else day_of(instant)
