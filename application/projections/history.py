"""The history of a file's clocks (时限沿革): what held of each of them from when until when, told along one axis of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.law.calendar import WorkingCalendar
from domain.law.clock import Clock, Due, Mark
from domain.law.limit import Span

INSTANT = timedelta(microseconds=1)


class Standing(NamedTuple):
    """What held of a clock from `since` on. `gone`: a correction took away what it rested on.

    `happened`: when what changed it happened. `cause`: the event that did; None where a calendar edition (`edition`) or the
    register did. `breach_from`: the first instant at which the undone act is a breach if nothing changes, None if it never is.
    """

    since: datetime
    happened: datetime
    due: Due
    stop: Mark | None
    void: Mark | None
    gone: bool
    party: str
    start: datetime
    cause: UUID | None
    edition: str | None
    breach_from: datetime | None

    @property
    def open(self) -> bool:
        """Whether the act was still awaited."""
        return self.stop is None and self.void is None and not self.gone

    @property
    def late(self) -> bool:
        """Whether the act came after the due day or instant, and this is not provisional."""
        return (
            self.stop is not None and self.void is None and not self.due.provisional and self.due.passed(self.stop.at)
        )

    def same(self, other: Standing) -> bool:
        """Whether nothing that counts differs between the two."""
        return (
            (self.due is other.due or dates(self.due) == dates(other.due))
            and self.stop == other.stop
            and self.void == other.void
            and (self.gone, self.party, self.start) == (other.gone, other.party, other.start)
        )


def dates(reached: Due) -> tuple[object, ...]:
    """What counts of a due day: two that are alike in this are the same to everybody."""
    return (reached.day, reached.instant, reached.provisional, reached.paused_from)


def breach_from(clock: Clock, reached: Due) -> datetime | None:
    """The first instant at which an act still undone is a breach: not where a date is provisional, a window lapses by itself,
    a maximum is met by itself, or the act is a right."""
    limit = clock.limit
    if reached.provisional or limit.conditional or limit.right:
        return None
    if reached.instant is not None:
        return reached.instant + INSTANT
    return None if limit.at_due == "lapse-met" else reached.breach_at


@dataclass(slots=True)
class Story:
    """One clock, as it was known last, and its standings in order of time.

    `moved`: a calendar edition moved one of its standings after the fact, or may have. The rest is what its due day was last reckoned from.
    """

    clock: Clock
    standings: list[Standing] = field(default_factory=list)
    moved: bool = False
    calendar: WorkingCalendar | None = None
    span: Span | None = None
    given: date | None = None

    def learn(self, standing: Standing) -> None:
        """From `since` on this holds; what held at that very instant only is forgotten."""
        standings = self.standings
        while standings and standings[-1].since >= standing.since:
            standings.pop()
        if not standings or not standings[-1].same(standing):
            standings.append(standing)

    @property
    def judged_again(self) -> bool:
        """Whether more is to be told of it than that it ran and was then stopped or void."""
        if len(self.standings) != 2:
            return len(self.standings) > 2
        first, second = self.standings
        return not first.open or second.open or second.gone or (second.void is None and first.due != second.due)

    def overdue(self, *, happened: bool = False) -> Iterator[tuple[Standing, datetime, datetime | None]]:
        """Each stretch of time in which it was overdue, or will be: from when until when, None if it still is.

        `happened`: in the time in which things happened, instead of that of the standings.
        """
        standings = self.standings
        last = len(standings) - 1
        for place, standing in enumerate(standings):
            if standing.breach_from is not None:
                begun = max(standing.happened if happened else standing.since, standing.breach_from)
                if place == last:
                    yield standing, begun, None
                    break
                following = standings[place + 1]
                until = following.happened if happened else following.since
                if begun < until:
                    yield standing, begun, until


class History:
    """The stories of one file's clocks along one axis."""

    def __init__(self) -> None:
        self.stories: dict[UUID, Story] = {}

    def learn(
        self,
        clock: Clock,
        reached: Due,
        since: datetime,
        happened: datetime,
        cause: UUID | None,
        edition: str | None = None,
    ) -> Story:
        """A clock is from an instant on as it is now, and due then."""
        story = self.stories.get(clock.id)
        if story is None:
            story = self.stories[clock.id] = Story(clock)
        story.clock = clock
        stop, void = clock.stop, clock.void
        begins = breach_from(clock, reached) if stop is None and void is None else None
        story.learn(
            Standing(since, happened, reached, stop, void, False, clock.party, clock.anchor, cause, edition, begins)
        )
        return story

    def lose(self, story: Story, at: datetime, cause: UUID | None) -> None:
        """A clock is from an instant on no clock any more."""
        last = story.standings[-1]
        if not last.gone:
            lost = last._replace(since=at, happened=at, gone=True, cause=cause, edition=None, breach_from=None)
            story.learn(lost)
