"""Whom a holiday arrangement (放假安排) would move: every clock whose due date or verdict it changes, before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from application.ledger import Ledger
from domain.law.calendar import Calendars
from domain.law.clock import Clock, Judgement, day_of, judge
from domain.law.edition import Edition


@dataclass(frozen=True, slots=True)
class Moved:
    """One clock with what is true of it now, and what would be."""

    file_no: str
    number: str
    clock: Clock
    before: Judgement
    after: Judgement


def calendars_with(ledger: Ledger, edition: Edition, now: datetime) -> Calendars:
    """The calendars of a ledger as they would be if it learned the edition now."""
    return ledger.calendars().adding(replace(edition, learned=day_of(now)))


def moved_in(ledger: Ledger, file: UUID, calendars: Calendars, now: datetime) -> Iterator[Moved]:
    """The clocks of one file that these calendars would move."""
    found = ledger.file(file, ledger.log.load_file(file))
    for clock in found.clocks:
        before, after = found.judge(clock, now), judge(clock, calendars[clock.calendar], now)
        if _seen(before) != _seen(after):
            number = found.cases[clock.case_id].number if clock.case_id in found.cases else ""
            yield Moved(found.number, number, clock, before, after)


def _seen(judgement: Judgement) -> tuple[object, ...]:
    due = judgement.due
    return due.day, due.instant, due.provisional, judgement.state
