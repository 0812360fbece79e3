"""The periods of a cadence (周期) that are to be opened: whose beginning starts a time limit of the profiles chosen then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.ledger import Office
from domain.cases.cadence.events import HalfYearOpened, YearOpened
from domain.cases.cadence.period import half_year_of, year_of
from domain.cases.jurisdiction.events import LedgerOpened, ProfilesChosen
from domain.cases.reporting_duty.events import QuarterOpened
from domain.cases.reporting_duty.quarter import quarter_of
from domain.kernel import case_id
from domain.law.clock import DAY, day_of, midnight
from domain.law.rulebook import Rulebook


class Stretch(Protocol):
    """A period as its case type knows it."""

    @property
    def number(self) -> str:
        """The number of its case."""

    @property
    def begins(self) -> date:
        """Its first day."""

    @property
    def ends(self) -> date:
        """Its last day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of period: the event that opens one, and the step that records it. `ending`: the step that says it is over."""

    topic: str
    case_type: str
    step: str
    of: Callable[[date], Stretch]
    ending: str | None = None


KINDS = (
    Kind(HalfYearOpened.TOPIC, "cadence", "open_half_year", half_year_of, "end"),
    Kind(YearOpened.TOPIC, "cadence", "open_year", year_of, "end"),
    Kind(QuarterOpened.TOPIC, "reporting_duty", "open_quarter", quarter_of),
)
"""Every kind of period there is; which of them are opened, the rules say."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A period that has begun."""

    kind: Kind
    stretch: Stretch

    @property
    def opening(self) -> UUID:
        """The id of the event that opens it, whoever does."""
        return uuid5(case_id(self.stretch.number), "opened")

    @property
    def ending(self) -> UUID:
        """The id of the event that says that it is over."""
        return uuid5(case_id(self.stretch.number), "ended")


def begun(office: Office, *, at: datetime) -> Iterator[Begun]:
    """The periods of every kind that began on or after the day on which the ledger was opened, and by an instant."""
    if not office.entries:
        return
    first = day_of(office.entries[0].occurred_at)
    for kind in KINDS:
        stretch = kind.of(first)
        if stretch.begins < first:
            stretch = kind.of(stretch.ends + DAY)
        while midnight(stretch.begins) <= at:
            yield Begun(kind, stretch)
            stretch = kind.of(stretch.ends + DAY)


def profiles_of(period: Begun, office: Office, rulebook: Rulebook) -> tuple[str, ...] | None:
    """The profiles by which a period is judged, None if no limit of theirs begins with it.

    They are those that were chosen when it began: whether it is opened in time or after an outage changes nothing.
    """
    day = period.stretch.begins
    since = max(midnight(day), office.entries[0].known_at())
    chosen = next((known for known, when in reversed(_choices(office)) if when <= since), ())
    acts = rulebook.on_topic(chosen).get(period.kind.topic, ())
    return chosen if any(each.action == "start" and each.limit.in_force(day) for each in acts) else None


def _choices(office: Office) -> list[tuple[tuple[str, ...], datetime]]:
    """Which profiles were chosen, and since when that is known."""
    return [
        (entry.event.profiles, entry.known_at())
        for entry in office.entries
        if isinstance(entry.event, LedgerOpened | ProfilesChosen)
    ]
