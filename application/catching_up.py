"""Catching up (补办): what the timer does before it judges. It opens periods, and lets cases follow what happened elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import Protocol
from uuid import UUID, uuid5

from application.handle import TIMER, Command, carry_out, follow, following
from application.ledger import Ledger
from application.periods import Begun, begun, profiles_of
from application.reactions import Due, reactions_to
from domain.cases.handling.case import Handling
from domain.cases.handling.events import OrganSucceeded
from domain.kernel import Entry, Refused, case_id
from domain.law.clock import DAY, midnight

log = logging.getLogger("anjuan.periods")


class Past(Protocol):
    """What is asked of the log of a jurisdiction."""

    def causes(self, at: datetime) -> Iterator[Entry]:
        """The events recorded by the instant on which cases of other files follow, in the order in which they were recorded.

        With them come the corrections of their cases that were recorded by then.
        """

    def files_where(self, organ: str) -> Sequence[str]:
        """The numbers of the files in which an organ holds something, is sent something or owes something now."""

    def recorded(self, event_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these events are on record."""


def open_periods(ledger: Ledger, past: Past, *, at: datetime) -> list[UUID]:
    """Open each period that has begun and has a time limit, dated its first day; answers the events that did.

    What happened in it already is counted in the same breath, so that it never looks missed. A period that is over is ended.
    """
    office = ledger.office()
    periods = list(begun(office, at=at))
    known = set(past.recorded([each for period in periods for each in (period.opening, period.ending)]))
    waiting = [
        (period, profiles)
        for period in periods
        if period.opening not in known and (profiles := profiles_of(period, office, ledger.rulebook)) is not None
    ]
    causes = list(reactions_to(past.causes(at))) if waiting else []
    opened = [period.opening for period, profiles in waiting if _open(ledger, period, profiles, causes, at)]
    known.update(opened)
    over = [each for each in periods if each.kind.ending and each.opening in known and each.ending not in known]
    return opened + [period.ending for period in over if _end(ledger, period, at)]


def make_good(ledger: Ledger, past: Past, *, at: datetime) -> list[UUID]:
    """Let cases follow what happened elsewhere wherever they have not yet; answers the events that say so."""
    due = {each.event_id: each for each in reactions_to(past.causes(at))}
    known = past.recorded(tuple(due))
    recorded_at = at if ledger.rehearsal else None
    missing = [each for identifier, each in due.items() if identifier not in known]
    return [each.event_id for each in missing if follow(each, ledger, now=at, recorded_at=recorded_at)]


def hand_on(ledger: Ledger, past: Past, *, at: datetime) -> list[UUID]:
    """Let the successor of each dissolved organ take its place in the files where it still stands; answers the events."""
    register = ledger.register()
    gone = [each.id for each in register.organs.values() if each.dissolved_on is not None and each.successor]
    done = (succeed(ledger, number, organ, at=at) for organ in gone for number in past.files_where(organ))
    return [identifier for identifier in done if identifier is not None]


def succeed(ledger: Ledger, number: str, organ: str, *, at: datetime) -> UUID | None:
    """Let a file follow the register; the first event that says so, None where somebody was faster or there is nothing to do."""
    file = ledger.file_numbered(number)
    successor = ledger.register().standing(organ)
    if file is None or successor == organ:
        return None
    handling = next((case for case in file.cases.values() if case.TYPE == Handling.TYPE), None)
    times = sum(isinstance(each.event, OrganSucceeded) for each in file.entries)
    first, more = uuid5(file.id, f"{organ}:succeeded:{times}"), count(2)
    ids = iter([first])
    command = Command(
        case_type=Handling.TYPE,
        step="succeed",
        actor=TIMER,
        occurred_at=at,
        case=None if handling is None else handling.id,
        file_no=number,
        arguments={"organ": organ, "successor": successor},
        recorded_at=at if ledger.rehearsal else None,
    )
    try:
        carry_out(command, ledger, now=at, new_id=lambda: next(ids, None) or uuid5(first, str(next(more))))
    except Refused as refusal:
        log.warning("step=succeed file=%s organ=%s refused=%s", number, organ, refusal.ground.code)
        return None
    return first


def _open(ledger: Ledger, period: Begun, profiles: tuple[str, ...], causes: list[Due], at: datetime) -> bool:
    number, recorded_at = period.stretch.number, at if ledger.rehearsal else None
    if ledger.log.file_of(case_id(number)) is not None:
        return False
    counted = {
        (each.reaction.step, each.cause.matter): each
        for each in reversed(causes)
        if each.number == number and not each.undone
    }
    command = Command(
        case_type=period.kind.case_type,
        step=period.kind.step,
        actor=TIMER,
        occurred_at=midnight(period.stretch.begins),
        number=number,
        arguments={"profiles": profiles},
        recorded_at=recorded_at,
        also=tuple((following(each, recorded_at), each.new_id()) for each in reversed(counted.values())),
    )
    return _done(command, ledger, period.opening, at)


def _end(ledger: Ledger, period: Begun, at: datetime) -> bool:
    instant = midnight(period.stretch.ends + DAY)
    if instant > at or period.kind.ending is None:
        return False
    command = Command(
        case_type=period.kind.case_type,
        step=period.kind.ending,
        actor=TIMER,
        occurred_at=instant,
        case=case_id(period.stretch.number),
        recorded_at=at if ledger.rehearsal else None,
    )
    return _done(command, ledger, period.ending, at)


def _done(command: Command, ledger: Ledger, identifier: UUID, at: datetime) -> bool:
    """Whether it was done; refused where somebody was faster, or the register lacks who would answer for the period."""
    try:
        carry_out(command, ledger, now=at, new_id=lambda: identifier)
    except Refused as refusal:
        log.warning("step=%s case=%s refused=%s", command.step, command.number or command.case, refusal.ground.code)
        return False
    return True
