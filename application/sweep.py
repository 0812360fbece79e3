"""The sweep (督办巡查): which warnings, breaches and re-judgements are due at an instant, recorded once in each file's record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, Protocol
from uuid import UUID, uuid5

from application.catching_up import Past, hand_on, make_good, open_periods
from application.erasing import Approved, erase_all
from application.handle import TIMER, Command, NotFound, handle
from application.ledger import Ledger
from domain.cases.supervision.case import supervision_number
from domain.kernel import Refused, case_id
from domain.law.clock import day_of

SUPERVISION = "supervision"
PAGE = 500
WARN_BEFORE = 1
"""How many working days before the due day a warning is given, unless configured otherwise."""


class Behind(Exception):
    """The lists are not yet as far as the instant that was to be swept: nothing was recorded, the next sweep will do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is to be recorded of a clock: a `warning`, a `breach` or a `rejudged`, as event `event_id`, dated `at`.

    `n`: the number of the verdict; 0 for a warning. `file_no`, `case`: the numbers of the file and the case it is about.
    `due_for_record`: from when on it could be recorded; later than `at` for a breach that became known late.
    """

    kind: str
    event_id: UUID
    at: datetime
    clock: UUID
    n: int
    file_no: str
    case: str
    profile: str
    rule: str
    party: str
    severity: str
    state: str
    due: date | None
    due_at: datetime | None
    cause: UUID | None = None
    edition: str | None = None
    due_for_record: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A clock that runs and is due on a day not far off, by whose calendar its working days are counted."""

    clock: UUID
    file_no: str
    case: str
    profile: str
    rule: str
    party: str
    severity: str
    calendar: str
    due: date
    due_at: datetime | None


class Agenda(Past, Approved, Protocol):
    """What the sweep asks of the log and the lists of a jurisdiction."""

    def settled(self, at: datetime) -> bool:
        """Whether the lists show everything that was recorded by the instant, whatever was being written then."""

    def shows(self, event_id: UUID) -> bool:
        """Whether the lists show an event, waiting for them for a while."""

    def verdicts(self, at: datetime, after: Finding | None, limit: int) -> Sequence[Finding]:
        """Verdicts that were due by the instant and are not on record, earliest first; at most `limit`, after the one given."""

    def upcoming(self, first: date, last: date) -> Iterable[Upcoming]:
        """Clocks that run, blame somebody, and are due from the one day to the other."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep recorded. `periods`: those it opened or ended; `counted`: what had not been counted elsewhere yet.

    `erased`: erasures that were approved and not yet carried out. `handed_on`: files in which the successor of a dissolved organ took its place.
    """

    warnings: int = 0
    breaches: int = 0
    rejudged: int = 0
    periods: int = 0
    counted: int = 0
    erased: int = 0
    handed_on: int = 0


def sweep(ledger: Ledger, agenda: Agenda, *, at: datetime, warn_before: int | None = WARN_BEFORE) -> Swept:
    """Record all that is due at an instant and not on record. Repeated or interrupted anywhere it does nothing twice.

    Periods are opened first, then what happened is counted for them, then it is judged. Raises Behind where the lists do not
    show yet what was recorded by then: an act in time must not be taken for a breach.
    """
    if not agenda.settled(at):
        raise Behind(str(at))
    erased = erase_all(ledger, agenda, at=at)
    periods, counted = open_periods(ledger, agenda, at=at), make_good(ledger, agenda, at=at)
    handed = hand_on(ledger, agenda, at=at)
    if not all(agenda.shows(last) for last in (*periods[-1:], *counted[-1:], *handed[-1:])):
        raise Behind(str(at))
    due = chain(_verdicts(agenda, at), warnings(ledger, agenda, at=at, before=warn_before))
    done = Counter(finding.kind for finding in due if record(ledger, finding, at=at))
    return Swept(done["warning"], done["breach"], done["rejudged"], len(periods), len(counted), erased, len(handed))


def _verdicts(agenda: Agenda, at: datetime) -> Iterator[Finding]:
    last: Finding | None = None
    while page := agenda.verdicts(at, last, PAGE):
        yield from page
        last = page[-1]


def warnings(ledger: Ledger, agenda: Agenda, *, at: datetime, before: int | None) -> list[Finding]:
    """Warnings that are due at an instant: of clocks with so many working days left, or fewer, that were not warned of.

    `before` 0 warns on the due day itself, None never.
    """
    if before is None:
        return []
    calendars, today = ledger.calendars(), day_of(at)
    last = max(calendars[name].nth_workday(today, before) for name in calendars.names) if before else today
    near = [
        each for each in agenda.upcoming(today, last) if calendars[each.calendar].workdays(today, each.due) <= before
    ]
    found = {warning_id(each.clock, each.due): each for each in near}
    known = agenda.recorded(tuple(found))
    return [_warning(identifier, each, at) for identifier, each in found.items() if identifier not in known]


def warning_id(clock: UUID, due: date) -> UUID:
    """The id of the event that warns of a due day, whoever records it, however often."""
    return uuid5(clock, f"warning:{due}")


def _warning(identifier: UUID, near: Upcoming, at: datetime) -> Finding:
    return Finding(
        kind="warning", event_id=identifier, at=at, clock=near.clock, n=0, file_no=near.file_no, case=near.case,
        profile=near.profile, rule=near.rule, party=near.party, severity=near.severity, state="running", due=near.due,
        due_at=near.due_at,
    )  # fmt: skip


def record(ledger: Ledger, finding: Finding, *, at: datetime) -> bool:
    """Record one finding in the supervision record of its file; False if somebody else has."""
    try:
        try:
            _record(ledger, finding, at)
        except NotFound:
            _open(ledger, finding, at)
            _record(ledger, finding, at)
    except Refused:
        return False
    return True


def _record(ledger: Ledger, finding: Finding, at: datetime) -> None:
    step, arguments = _STEPS[finding.kind]
    command = Command(
        case_type=SUPERVISION,
        step=step,
        actor=TIMER,
        occurred_at=min(finding.at, at),
        case=case_id(supervision_number(finding.file_no)),
        arguments={**_common(finding, at), **arguments(finding)},
        recorded_at=at if ledger.rehearsal else None,
    )
    handle(command, ledger, now=at, new_id=lambda: finding.event_id)


def _open(ledger: Ledger, finding: Finding, at: datetime) -> None:
    number = supervision_number(finding.file_no)
    identifier = uuid5(case_id(number), "opened")
    command = Command(
        case_type=SUPERVISION,
        step="open_record",
        actor=TIMER,
        occurred_at=min(finding.at, at),
        number=number,
        arguments={"supervises": finding.file_no},
        recorded_at=at if ledger.rehearsal else None,
    )
    try:
        handle(command, ledger, now=at, new_id=lambda: identifier)
    except Refused:
        return


def _common(finding: Finding, at: datetime) -> dict[str, Any]:
    return {
        "clock": str(finding.clock),
        "profile": finding.profile,
        "rule": finding.rule,
        "party": finding.party,
        "case_number": finding.case,
        "due": finding.due,
        "due_at": finding.due_at,
        "detected_at": at,
    }


def _breach(finding: Finding) -> dict[str, Any]:
    return {"verdict": finding.n, "severity": finding.severity, "state": finding.state}


def _rejudgement(finding: Finding) -> dict[str, Any]:
    cause = None if finding.cause is None else str(finding.cause)
    return {**_breach(finding), "cause": cause, "edition": finding.edition}


_STEPS: dict[str, tuple[str, Callable[[Finding], dict[str, Any]]]] = {
    "warning": ("record_warning", lambda finding: {}),
    "breach": ("record_breach", _breach),
    "rejudged": ("record_rejudgement", _rejudgement),
}
