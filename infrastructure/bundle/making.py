"""Makes the bundle (证据包) of a case: what a reader may see of its file, what shows that it is in the log, and the law it is judged by."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from application.shown import shown_clock, shown_explanation
from domain.custody import CustodyFold, Held, Transit
from domain.file import File
from domain.kernel import Entry
from domain.law.clock import CHINA, Clock
from domain.law.explanation import explain


def claimed_clocks(file: File, clocks: Iterable[Clock], at: datetime) -> list[dict[str, Any]]:
    """Time limits of a file with their verdicts at an instant and the days that led to them."""
    return [_claimed_clock(file, each, at) for each in clocks]


def _claimed_clock(file: File, clock: Clock, at: datetime) -> dict[str, Any]:
    judgement = file.judge(clock, at)
    told = shown_explanation(explain(clock, file.calendars[clock.calendar], judgement))
    return {
        **shown_clock(clock, judgement),
        "days": told["days"],
        "editions": [each["id"] for each in told["editions"]],
        "unpublished_years": told["unpublished_years"],
        "reading": told["reading"],
    }


def claimed_custody(file: File, matters: Collection[str]) -> list[dict[str, Any]]:
    """Who held these matters since when, each stretch with the events that began and ended it, in the order of the former."""
    axis: Any = _event
    fold = CustodyFold(axis)
    for entry in file.entries:
        fold.apply(entry)
    spans: list[Any] = [each for each in (*fold.held, *fold.transits) if each.matter in matters]
    return [_claimed_span(each) for each in sorted(spans, key=lambda each: int(each.since.file_version))]


def _event(entry: Entry) -> Entry:
    """In the place of its time: what happened in a stretch begins and ends it."""
    return entry


def _claimed_span(span: Held | Transit) -> dict[str, Any]:
    begun: Any = span.since
    ended: Any = span.until
    who = {"holder": span.holder} if isinstance(span, Held) else {"holder": span.sender, "addressee": span.addressee}
    return {
        "matter": span.matter,
        **who,
        "in_transit": isinstance(span, Transit),
        "since": begun.known_at().astimezone(CHINA),
        "until": ended and ended.known_at().astimezone(CHINA),
        "begun_by": begun.event_id,
        "ended_by": ended and ended.event_id,
    }
