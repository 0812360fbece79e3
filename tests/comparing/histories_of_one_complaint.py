"""A complaint received on Monday 8 December 2025, due to be accepted on the 11th, and what was learned of it later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from application.causes import CLOCK, Comparison, Difference
from application.ledger import Ledger
from application.worlds import Worlds
from domain.cases.jurisdiction.events import OrganAmended
from domain.kernel import Entry, Event, EventCorrected
from domain.law.limit import Span
from domain.law.rulebook import Rulebook
from infrastructure.law_files import shipped_limits
from tests.projections.histories import ACCEPTED, BEGUN, RECEIVED, Written, jurisdiction, ledger, published

AT = datetime(2025, 12, 13, 4, tzinfo=UTC)
LATER = datetime(2025, 12, 20, 1, tzinfo=UTC)
DAY = timedelta(days=1)
EXPERTS, DECIDED = 5, 7

ARRANGED = published(2025, [date(2025, 12, day) for day in (9, 10, 11)], LATER)
LONG_AGO = published(2025, [date(2025, 12, day) for day in (9, 10)], datetime(2025, 11, 2, tzinfo=UTC), "enshi")
MOVED: tuple[Event, datetime] = (OrganAmended(organ="zjj", calendar="national"), LATER)
LEARNED = Rulebook(
    [
        *shipped_limits(),
        *(
            replace(each, since=date(2025, 12, 1), learned=date(2026, 1, 5), within=Span("working day", 10))
            for each in shipped_limits()
            if each.id == "NA-ACC3"
        ),
    ]
)
"""The shipped rules, with ten days for acceptance since 1 December, which the ledger learned in January."""


def complaint(*accepted: tuple[timedelta, timedelta]) -> Written:
    """Received at once; accepted so long after, and recorded so long after that."""
    written = Written()
    written.act(RECEIVED, BEGUN, timedelta())
    for after, lag in accepted:
        written.act(ACCEPTED, BEGUN + after, lag)
    return written


def corrected(written: Written, which: int, happened: datetime) -> Written:
    """An event corrected on the 20th: it happened at another time."""
    wrong = written.entries[which]
    event = EventCorrected(corrects=wrong.event_id, occurred_at=happened)
    written.write(event, "F-1", "zjj", LATER, LATER)
    return written


def compared(
    entries: Sequence[Entry], *later: tuple[Event, datetime], rules: Rulebook | None = None, at: datetime = AT
) -> Comparison:
    """The file at the instant, in a jurisdiction that learned this."""
    known = ledger(jurisdiction(*later))
    if rules is not None:
        known = Ledger(known.log, known.types, rules, known.shipped, rehearsal=True)
    return Comparison(Worlds(known, entries, known.office(), at))


def acceptance(found: Comparison, rule: str = "NA-ACC3") -> Difference | None:
    """What differs of the duty to accept, or of another."""
    each: Any
    for each in found.differences(lambda about: about[0] == CLOCK):
        if (each.known or each.recomputed).clock.limit.id == rule:
            return each
    return None


def states(found: Difference) -> tuple[str | None, str | None]:
    """What was said of a clock, and what is said."""
    return tuple(None if each is None else str(each.judgement.state) for each in (found.known, found.recomputed))  # type: ignore[return-value]
