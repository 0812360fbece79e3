"""The history of a file's clocks (时限沿革): what held of each of them from when until when, told along one axis of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.law.clock import Clock, Due, Mark

INSTANT = timedelta(microseconds=1)


class Standing(NamedTuple):
    """What held of a clock from `since` on. `gone`: a correction took away what it rested on.

    `cause`: the event that changed it; None where a calendar edition (`edition`) or the register did.
    """

    since: datetime
    due: Due
    stop: Mark | None
    void: Mark | None
    gone: bool
    party: str
    start: datetime
    cause: UUID | None
    edition: str | None

    @property
    def open(self) -> bool:
        """Whether the act was still awaited."""
        return self.stop is None and self.void is None and not self.gone

    @property
    def late(self) -> bool:
        """Whether the act came after the due day or instant, and this is not provisional."""
        return self.stop is not None and self.void is None and not self.due.provisional and self.due.passed(self.stop.at)

    def overdue_from(self, clock: Clock) -> datetime | None:
        """The first instant at which the undone act is a breach, if nothing changes; None if it never is one."""
        limit, reached = clock.limit, self.due
        if not self.open or reached.provisional or limit.conditional or limit.right:
            return None
        if reached.day is not None:
            return None if limit.at_due == "lapse-met" else max(self.since, reached.breach_at or self.since)
        return None if reached.instant is None else max(self.since, reached.instant + INSTANT)

    def same(self, other: Standing) -> bool:
        """Whether nothing that counts differs between the two."""
        one, two = self.due, other.due
        return (
            (one is two or (one.day, one.instant, one.provisional, one.paused_from) == (two.day, two.instant, two.provisional, two.paused_from))
            and self.stop == other.stop
            and self.void == other.void
            and (self.gone, self.party, self.start) == (other.gone, other.party, other.start)
        )


@dataclass(slots=True)
class Story:
    """One clock, as it was known last, and its standings in order of time."""

    clock: Clock
    standings: list[Standing] = field(default_factory=list)

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
        if len(self.standings) <= 1:
            return False
        first, second = self.standings[:2]
        plain = first.open and not second.open and not second.gone and (second.void is not None or first.due == second.due)
        return len(self.standings) > 2 or not plain

    def spans(self) -> Iterator[tuple[Standing, datetime | None]]:
        """Each standing with the instant at which it ended, None if it still holds."""
        ends: Sequence[datetime | None] = [*(each.since for each in self.standings[1:]), None]
        return zip(self.standings, ends, strict=True)


class History:
    """The stories of one file's clocks along one axis."""

    def __init__(self) -> None:
        self.stories: dict[UUID, Story] = {}

    def learn(self, clock: Clock, at: datetime, reached: Due, cause: UUID | None, edition: str | None = None) -> None:
        """A clock is from an instant on as it is now, and due then."""
        story = self.stories.get(clock.id)
        if story is None:
            story = self.stories[clock.id] = Story(clock)
        story.clock = clock
        story.learn(Standing(at, reached, clock.stop, clock.void, False, clock.party, clock.anchor, cause, edition))

    def lose(self, story: Story, at: datetime, cause: UUID | None) -> None:
        """A clock is from an instant on no clock any more."""
        last = story.standings[-1]
        if not last.gone:
            story.learn(last._replace(since=at, gone=True, cause=cause, edition=None))
