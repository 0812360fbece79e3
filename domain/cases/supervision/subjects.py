"""What a letter is about (函件所涉时限): the time limits of the supervised file, checked and stated as they are on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.cases.supervision import law
from domain.cases.supervision.events import LetterClock, LetterKind
from domain.file import File
from domain.kernel import Case, Refused
from domain.law.clock import OVERDUE, Clock, State, day_of

OUTSTANDING = frozenset({State.RUNNING, State.BREACHED_OPEN})


def subjects(
    file: File, at: datetime, *, kind: LetterKind, to: str, clocks: Sequence[str], about_case: str | None
) -> tuple[LetterClock, ...]:
    """The time limits that a letter is about: those named, and all of the case that the addressee owes and the kind suits.

    Refused for what the file does not have, what somebody else owes, and what a letter of this kind has nothing to say of.
    """
    named = [_named(file, identifier) for identifier in clocks]
    for clock in named:
        if to not in clock.parties or clock.limit.right:
            raise Refused(law.NOT_OWED_BY_ADDRESSEE, clock=str(clock.id), party=clock.party)
        if not _suits(file, clock, at, kind):
            raise Refused(law.NOT_LATE if kind is LetterKind.SUPERVISION else law.NOT_OUTSTANDING, clock=str(clock.id))
    if about_case is not None:
        named += _of_case(file, at, kind, to, about_case)
    return clocks_stated(file, at, dict.fromkeys(str(each.id) for each in named))


def clocks_stated(file: File, at: datetime, clocks: Iterable[str]) -> tuple[LetterClock, ...]:
    """These time limits as they are at an instant."""
    return tuple(_stated(file, _named(file, identifier), at) for identifier in clocks)


def _named(file: File, identifier: str) -> Clock:
    found = next((each for each in file.clocks if str(each.id) == identifier), None)
    if found is None:
        raise Refused(law.NO_SUCH_CLOCK, clock=identifier)
    return found


def _suits(file: File, clock: Clock, at: datetime, kind: LetterKind) -> bool:
    state = file.judge(clock, at).state
    return state in (OVERDUE if kind is LetterKind.SUPERVISION else OUTSTANDING)


def _of_case(file: File, at: datetime, kind: LetterKind, to: str, number: str) -> list[Clock]:
    case = next((each for each in file.cases.values() if each.number == number), None)
    if case is None:
        raise Refused(law.NO_SUCH_CLOCK, case=number)
    own = [each for each in file.clocks if each.case_id == case.id and to in each.parties and not each.limit.right]
    found = [each for each in own if _suits(file, each, at, kind)]
    if not found and not _holds(file, case, to):
        raise Refused(law.NOT_OWED_BY_ADDRESSEE, case=number)
    return found


def _holds(file: File, case: Case, organ: str) -> bool:
    matter = file.matters.get(case.matter)
    return matter is not None and organ in (matter.holder, matter.in_transit_to)


def _stated(file: File, clock: Clock, at: datetime) -> LetterClock:
    found = file.judge(clock, at)
    case = file.cases[clock.case_id]
    return LetterClock(
        clock=str(clock.id),
        case_number=case.number,
        profile=clock.limit.profile,
        rule=clock.limit.id,
        party=clock.party,
        start=day_of(clock.anchor),
        state=str(found.state),
        due=found.due.day,
        due_at=found.due.instant,
        late_calendar_days=found.late_calendar_days,
        late_working_days=found.late_working_days,
        late_hours=found.late_hours,
    )
