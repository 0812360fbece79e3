"""The history of a file's clocks (时限沿革): what held of each of them from when until when, told along one axis of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.law.calendar import WorkingCalendar
from domain.law.clock import Clock, Due, Mark, day_of
from domain.law.limit import Span, TimeLimit

INSTANT = timedelta(microseconds=1)


class Reckoned(NamedTuple):
    """When an act is due, and what follows from it: the day (of a due instant too), and the first instant at which the act,
    still undone, is a breach; None where it never is. `start`: the day from which days are counted."""

    start: date
    due: Due
    day: date | None
    breach_from: datetime | None


def never(start: date) -> Reckoned:
    """For a clock that is void: nothing is due."""
    return Reckoned(start, Due(), None, None)


def reckoned(limit: TimeLimit, start: date, due: Due) -> Reckoned:
    """What follows from a due date. No breach where it is provisional, where a window lapses or a maximum is met by itself,
    nor of a right."""
    day = due.day if due.instant is None else day_of(due.instant)
    if due.provisional or limit.conditional or limit.right:
        return Reckoned(start, due, day, None)
    if due.instant is not None:
        return Reckoned(start, due, day, due.instant + INSTANT)
    return Reckoned(start, due, day, None if limit.at_due == "lapse-met" else due.breach_at)


def dates(due: Due) -> tuple[object, ...]:
    """What counts of a due date: two that are alike in this are the same to everybody."""
    return (due.day, due.instant, due.provisional, due.paused_from)


class Standing(NamedTuple):
    """What held of a clock from `since` on. `gone`: a correction took away what it rested on.

    `happened`: when what changed it happened. `cause`: the event that did; None where a calendar edition (`edition`) or the
    register did. `limit`: the version of the rule. `threat`: the first instant at which it is a breach if nothing changes, None if it never is.
    """

    since: datetime
    happened: datetime
    reckoned: Reckoned
    stop: Mark | None
    void: Mark | None
    gone: bool
    party: str
    start: datetime
    cause: UUID | None
    edition: str | None
    threat: datetime | None
    co_parties: tuple[str, ...] = ()
    limit: TimeLimit | None = None

    @property
    def due(self) -> Due:
        """When the act is due."""
        return self.reckoned.due

    @property
    def open(self) -> bool:
        """Whether the act was still awaited."""
        return self.stop is None and self.void is None and not self.gone

    def same(self, other: Standing) -> bool:
        """Whether nothing that counts differs between the two."""
        return (
            self.stop == other.stop
            and self.void == other.void
            and (self.reckoned is other.reckoned or dates(self.reckoned.due) == dates(other.reckoned.due))
            and self.gone == other.gone
            and self.party == other.party
            and self.co_parties == other.co_parties
            and self.start == other.start
        )


Stretch = tuple[Standing, datetime, datetime | None]
"""A stretch of time in which a clock was overdue: what held of it, from when until when, None if it still is."""


@dataclass(slots=True)
class Story:
    """One clock, as it was known last, and its standings in order of time.

    `moved`: a calendar edition moved one of its standings after the fact, or may have. The rest is what its due date was
    last reckoned from.
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
    def uneventful(self) -> bool:
        """Whether it ran and was stopped or void before anybody could say more of it, or runs and can never be a breach."""
        standings = self.standings
        first = standings[0]
        if len(standings) == 1:
            return first.threat is None and first.stop is None
        last = standings[1]
        if len(standings) > 2 or first.threat is None or (last.void is None and last.reckoned is not first.reckoned):
            return False
        stopped = last.stop is not None or last.void is not None
        return stopped and not last.gone and last.since <= first.threat and last.happened <= first.threat

    @property
    def judged_again(self) -> bool:
        """Whether more is to be told of it than that it ran and was then stopped or void."""
        if len(self.standings) != 2:
            return len(self.standings) > 2
        first, second = self.standings
        return not first.open or second.open or second.gone or (second.void is None and first.due != second.due)

    def span_of_days(self) -> tuple[date, date] | None:
        """The days on which its due dates rest; None for hours, and where the text sets no limit.

        A clock that is paused rests on those up to the day on which it was due before: the pause counts if that had not
        passed. One of which no other day is known rests on all.
        """
        first, last, paused = date.max, date.min, False
        for standing in self.standings:
            reached = standing.reckoned.due
            first = min(first, standing.reckoned.start)
            if reached.day is None:
                paused = paused or reached.paused_from is not None
            elif reached.day > last:
                last = reached.day
        if last == date.min and not paused:
            return None
        ceiling, after = self.clock.ceiling_anchor, self.clock.after
        begun = [day_of(each) for each in (ceiling, None if after is None else after.anchor) if each is not None]
        return min([first, *begun]), date.max if last == date.min else last

    def overdue(self, *, happened: bool = False) -> Iterator[Stretch]:
        """Each stretch of time in which it was overdue, or will be.

        `happened`: in the time in which things happened, instead of that of the standings.
        """
        standings = self.standings
        last = len(standings) - 1
        for place, standing in enumerate(standings):
            if standing.threat is not None:
                begun = max(standing.happened if happened else standing.since, standing.threat)
                if place == last:
                    yield standing, begun, None
                    break
                following = standings[place + 1]
                until = following.happened if happened else following.since
                if begun < until:
                    yield standing, begun, until


def learn(
    stories: dict[UUID, Story],
    clock: Clock,
    found: Reckoned,
    since: datetime,
    happened: datetime,
    cause: UUID | None,
    edition: str | None = None,
) -> Story:
    """A clock is from an instant on as it is now, and due as reckoned; answers its story."""
    stop, void = clock.stop, clock.void
    threat = found.breach_from if stop is None and void is None else None
    standing = Standing(since, happened, found, stop, void, False, clock.party, clock.anchor, cause, edition, threat,
                        clock.co_parties, clock.limit)  # fmt: skip
    story = stories.get(clock.id)
    if story is None:
        story = stories[clock.id] = Story(clock, [standing])
    else:
        story.clock = clock
        story.learn(standing)
    return story


def lose(story: Story, at: datetime, cause: UUID | None) -> None:
    """A clock is from an instant on no clock any more."""
    last = story.standings[-1]
    if not last.gone:
        story.learn(last._replace(since=at, happened=at, gone=True, cause=cause, edition=None, threat=None))
