"""What a bundle claims (结论): who held what since when, and which time limits ran, each with the events and days it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from application.shown import shown_clock, shown_explanation
from domain.custody import CustodyFold, Held, Transit
from domain.file import File
from domain.kernel import Entry
from domain.law.clock import CHINA, Clock
from domain.law.explanation import explain
from infrastructure.bundle.telling import as_json
from infrastructure.bundle.verifier.facts import Fact, fact_in
from infrastructure.bundle.verifier.recount import Recount
from infrastructure.bundle.verifier.source import parsed

Claims = Mapping[str, list[dict[str, Any]]]
"""Custody and clocks."""


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
    spans: list[Any] = [*fold.held, *fold.transits]
    spans.sort(key=lambda each: int(each.since.file_version))
    return [_claimed_span(each) for each in spans if each.matter in matters]


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


def read_facts(events: Iterable[Any]) -> list[Fact]:
    """Told events, read as a stranger reads them."""
    return [fact_in(_read(each), "") for each in events]


def following(
    claims: Claims, shown: Iterable[Any], offices: Iterable[Any], law: Mapping[str, Any], at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Those of the claims that a stranger finds from the events that are shown to him, and from no others."""
    facts, register = read_facts(shown), read_facts(offices)
    told = _read(law)
    found = Recount(facts, register, {**told, **told["effects"]}, at)
    truths = {"custody": _read(found.custody), "clocks": _read(found.clocks)}
    return {name: [each for each in claimed if _read(each) in truths[name]] for name, claimed in claims.items()}


def _read(value: Any) -> Any:
    """A value as whoever reads it finds it."""
    return parsed(as_json(value).decode(), "")
