"""Reactions (联动计入): whenever something is recorded in any file, a case of another file follows. The one table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from application.ports import NewId
from domain.cases.cadence.period import half_year_of, year_of
from domain.kernel import Entry, EventCorrected, amended, case_id
from domain.law.clock import day_of


@dataclass(frozen=True, slots=True)
class Reaction:
    """After `when`, whatever its file, each case of `case_type` with one of these `numbers` takes `step`, if there is one.

    What a flow does is part of the command, and refuses it if refused; a reaction is a command of its own, carried out by the
    timer after the first is recorded. `argument`: names what happened to the step. `undone_by`: the step, with the first of
    the arguments alone, by which a case takes that back whose number a corrected date gives no more.
    """

    when: str
    case_type: str
    step: str
    numbers: Callable[[Entry], tuple[str, ...]]
    arguments: Callable[[Entry], Mapping[str, Any]]
    undone_by: str


@dataclass(frozen=True, slots=True)
class Due:
    """One case that is to follow one event, as it stands after corrections (as it stood, where that is `undone`).

    `because`: the event itself, or the correction by which the case has to follow it or to take that back.
    """

    cause: Entry
    reaction: Reaction
    number: str
    because: UUID
    undone: bool = False

    @property
    def step(self) -> str:
        """What the case is to do."""
        return self.reaction.undone_by if self.undone else self.reaction.step

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the step is told."""
        told = self.reaction.arguments(self.cause)
        return dict(list(told.items())[:1]) if self.undone else told

    @property
    def case(self) -> UUID:
        """The case that is to follow, whether it exists or not."""
        return case_id(self.number)

    @property
    def event_id(self) -> UUID:
        """The id of the event that says that it has followed, whoever saw to it, however often."""
        return uuid5(self.because, f"{self.step}:{self.number}")

    def new_id(self) -> NewId:
        """The ids of what the step records: the same whenever it is taken for this cause."""
        first, more = self.event_id, count(2)
        ids = iter([first])
        return lambda: next(ids, None) or uuid5(first, str(next(more)))


def _periods(entry: Entry) -> tuple[str, ...]:
    day = day_of(entry.occurred_at)
    return half_year_of(day).number, year_of(day).number


def _meeting(entry: Entry) -> Mapping[str, Any]:
    event: Any = entry.event
    return {"meeting": event.matter, "held_on": day_of(entry.occurred_at), "full": event.full}


def _inspection(entry: Entry) -> Mapping[str, Any]:
    return {"inspection": entry.matter, "started_on": day_of(entry.occurred_at)}


REACTIONS = (
    Reaction("meeting.held", "cadence", "count_meeting", _periods, _meeting, "discount_meeting"),
    Reaction("inspection.started", "cadence", "count_inspection", _periods, _inspection, "discount_inspection"),
)
"""A meeting or inspection counts for the half-year and the year of its own date. The statement `causes` names the same topics."""


def reactions_to(entries: Iterable[Entry]) -> Iterator[Due]:
    """What is to follow from these entries, in their order, under the corrections among them."""
    told = list(entries)
    corrections: dict[UUID, list[Entry]] = {}
    for entry in told:
        if isinstance(entry.event, EventCorrected):
            corrections.setdefault(entry.event.corrects, []).append(entry)
    for entry in told:
        for reaction in REACTIONS:
            if reaction.when == entry.topic:
                yield from _dues(entry, reaction, corrections.get(entry.event_id, ()))


def _dues(cause: Entry, reaction: Reaction, corrections: Iterable[Entry]) -> Iterator[Due]:
    """Which cases follow an event now, and which did before a correction of it."""
    stand = {number: Due(cause, reaction, number, cause.event_id) for number in reaction.numbers(cause)}
    gone: dict[str, Due] = {}
    for correction in corrections:
        cause = amended((cause, correction))[0]
        numbers = reaction.numbers(cause)
        for number in [each for each in stand if each not in numbers]:
            gone[number] = replace(stand.pop(number), because=correction.event_id, undone=True)
        for number in [each for each in numbers if each not in stand]:
            stand[number] = Due(cause, reaction, number, correction.event_id)
            gone.pop(number, None)
    yield from (*gone.values(), *stand.values())
