"""What the application asks of the outside: a ledger that appends and reads, a clock, identifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.kernel import Entry

Clock = Callable[[], datetime]
"""Answers the present instant; asked in the outermost layer and by the sweep only."""

NewId = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's key for one request, and the hash of what was asked under it."""

    scope: str
    key: str
    request_hash: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What one command appends: entries of one file, all or nothing.

    `file_version`: the version of the file on which was decided. `case_id`: the case that the caller acts on.
    `protected`: values by reference, kept outside the events. `recorded_at`: the recording time, which only a rehearsal
    ledger lets a caller set. `guards`: versions of other streams that was relied on.
    """

    file_id: UUID
    file_version: int
    case_id: UUID
    entries: tuple[Entry, ...]
    protected: Mapping[UUID, Secret] = field(default_factory=dict)
    idempotency: Idempotency | None = None
    recorded_at: datetime | None = None
    guards: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Secret:
    """A protected value: of which case, under which name, and its text."""

    case_id: UUID
    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Appended:
    """The ledger's answer: when it recorded the batch."""

    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """An earlier answer to the same request: which case it led to, at which version."""

    case_id: UUID
    version: int


class FileMoved(Exception):
    """Other facts of the file were recorded meanwhile; the command is to be decided again on the new state."""


class GuardMoved(FileMoved):
    """A stream that the decision relied on moved meanwhile: `case_id` is now at `version`."""

    def __init__(self, case_id: UUID, version: int) -> None:
        super().__init__(f"{case_id} is at version {version}")
        self.case_id, self.version = case_id, version


class KeyReused(Exception):
    """The idempotency key was used for another request."""


class OutcomeUnknown(Exception):
    """The connection was lost and the ledger cannot say whether the batch was recorded; the same request may be sent again."""


class Unavailable(Exception):
    """The database cannot be reached or has no room; nothing was recorded, and the same request may be sent again."""


class EventLog(Protocol):
    """The ledger of one jurisdiction. `outages`: what it raises, besides its own errors, when the database is away."""

    @property
    def outages(self) -> tuple[type[Exception], ...]:
        """What is raised when the database is away."""

    def load_file(self, file_id: UUID) -> Sequence[Entry]:
        """Every entry of a file in recording order; empty if there is none."""

    def file_of(self, case_id: UUID) -> UUID | None:
        """The file that a case belongs to."""

    def load_file_of(self, case_id: UUID) -> Sequence[Entry]:
        """Every entry of the file of a case, in one round trip."""

    def load_file_beside(self, stream: UUID, file_id: UUID) -> tuple[Sequence[Entry], int | None]:
        """Every entry of a file, and the version of another stream at that instant (None where the file is empty)."""

    def load_file_of_beside(self, stream: UUID, case_id: UUID) -> tuple[Sequence[Entry], int | None]:
        """The same for the file of a case."""

    def load_stream(self, case_id: UUID, after: int = 0) -> Sequence[Entry]:
        """The entries of one stream after a version."""

    def answered(self, idempotency: Idempotency) -> Answered | None:
        """The earlier answer to the same request, if there is one; raises KeyReused."""

    def append(self, batch: Batch) -> Appended | Answered:
        """Record a batch; raises FileMoved, KeyReused or OutcomeUnknown, and then nothing is recorded (or, last, unknown)."""

    def erase(self, case_id: UUID, at: datetime) -> int:
        """Destroy the keys of what a case keeps secret, for ever; how many there were. Raises Unavailable."""

    def settled(self, instant: datetime) -> bool:
        """Whether the order of the log has passed the instant: no other event recorded by then can still appear."""

    def positions(self, file_id: UUID) -> Mapping[UUID, int]:
        """The positions in the log of the events of a file, by event; the newest may not have one yet."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at cases and lists: an organ, one of its officers, and by what the facts of a file can name it.

    `names`: without `reads_all`, only what is open to one of them is shown. `persons`: under which it can be barred in a file.
    """

    organ: str
    officer: str = ""
    reads_all: bool = False
    names: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


Cursor = tuple[str | int, ...]
"""Where a page of a list ended: the sort key of its last row, as text and whole numbers."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, in order; where the next page begins (None: there is none); how far the projection had come."""

    items: Sequence[Mapping[str, Any]]
    position: int
    next: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the projections have come (`position`) in a log that ends at `head`, and the error they stopped on, if any."""

    position: int
    head: int
    error: str | None = None


class BadCursor(ValueError):
    """The cursor is none of this list."""


class UnknownToken(LookupError):
    """No event has this id."""


RECORDED, OCCURRED = "recorded", "occurred"
"""By which of its two times an event is looked for."""


class Views(Protocol):
    """The lists across cases of one jurisdiction, read from projections.

    Ids are UUIDs, days are dates, instants are aware datetimes; filters that are None do not filter; every call answers at
    most `limit` rows after `cursor` and raises BadCursor for one that it did not give out. Nothing is answered that the reader may
    not look at; figures are those of all, or of the reader's organ. The rows:

    case row: id, number, type, file_no, state, version, matter, holder, in_transit_to, open: bool, opened_on: date,
        changed_at: datetime (recording time of its latest event);
    clock row: id, rule, profile, matter, case, number, file_no, type, leg: int, party, start, due (date, or datetime for rules
        by the hour), state, severity, status, conditional, advisory, provisional, calendar, created_by, and where they say
        something: stopped, late_by {calendar_days, working_days, hours}, lapsed_by_law, pending_verification, co_parties (who
        owes it besides party), born_overdue (its last day lay before its start: in no statistics);
    holding row: matter, case, number, file_no, type, holder, since: datetime, in_transit_to, sent_at;
    statistics row: key (department, rule or month `2025-01`), met, late, open, open_late: counts; on_time_of_closed,
        on_time_of_due: the two on-time rates between 0 and 1, None where nothing is counted;
    punished row: subject, uscc, case, number, memo, measures, effective, until, must_be_lifted: bool;
    standing row: case, number, kind (memo, blacklist, reward, points), subject, code (`uscc:` or `expert:` and the code), party,
        bars: bool, details, points (below zero: for the subject), effective, until, revoked_on, ended_on: dates;
    due date row: a clock row with right, changes: how often it was judged, created_at and changed_at: datetimes, overdue: bool;
    event row: event_id, type (its topic), name, case, number, case_type, file_no, version, position, occurred_at, recorded_at,
        recording_lag_calendar_days, department, officer, on_behalf_of, reason, imported;
    judgement row: n, known_from, due_on, due_at, provisional, state, stopped_at, cause (an event), edition.
    """

    def search_cases(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        """Case rows, latest change first. Filters: text (part of number, file number or party), department (holder or
        addressee), state, type, file_no, open: bool, opened_from, opened_through: dates."""

    def overdue(
        self,
        reader: Reader,
        filters: Mapping[str, Any],
        as_of: datetime,
        basis: str,
        cursor: Cursor | None,
        limit: int,
    ) -> Page:
        """Clock rows that are overdue at the instant, earliest due first. Filters: department (one of those that owe the
        act), rule, severity, type."""

    def overdue_apart(
        self, reader: Reader, filters: Mapping[str, Any], as_of: datetime, cursor: Cursor | None, limit: int
    ) -> Page:
        """What is overdue at the instant only as known then, or only as recomputed today, or due otherwise, or owed by others:
        id (of the clock), file_id, case, number, file_no, type; earliest due first. Filters as of `overdue`, true of either."""

    def history(self, reader: Reader, filters: Mapping[str, Any], by: str, cursor: Cursor | None, limit: int) -> Page:
        """Event rows, latest first, of the time from `begin` until before `end`, both filters that are there always; `by` which of
        the two times. Filters: department (who acted, or recorded it), officer, event (topic), type (of the case), file: UUID,
        case: UUID."""

    def due(
        self, reader: Reader, filters: Mapping[str, Any], first: date, last: date, cursor: Cursor | None, limit: int
    ) -> Page:
        """Clock rows that run and are due from the one day to the other, both included. Filters: department, rule, type."""

    def due_dates(
        self, reader: Reader, department: str, first: date, last: date, at: datetime, limit: int
    ) -> Sequence[Mapping[str, Any]]:
        """Due date rows: the clocks of a department that run and are due from the one day to the other, overdue at the instant
        or not; the earliest so many."""

    def holdings(self, reader: Reader, filters: Mapping[str, Any], cursor: Cursor | None, limit: int) -> Page:
        """Holding rows of open matters, longest held first. Filters: department (holder or addressee), type."""

    def statistics(self, reader: Reader, first: date, last: date, by: str) -> Page:
        """Statistics rows of the clocks due from the one day to the other, by `department`, `rule` or `month`; never paged."""

    def under_punishment(self, reader: Reader, day: date) -> Sequence[Mapping[str, Any]]:
        """Punished rows: who is under a memo in force on a day, by name."""

    def standings(
        self, reader: Reader, code: str | None, name: str | None, as_of: datetime | None
    ) -> Sequence[Mapping[str, Any]]:
        """Standing rows of whoever has a code or (made alike) a name, as known at an instant, None being the latest; with
        the rows of the codes that the name has, and those without a code of the names that are found."""

    def judgements(self, clock_id: UUID) -> Sequence[Mapping[str, Any]]:
        """Judgement rows: what was known of a clock that was judged again, from when on; none for one that never was."""

    def wait_for(self, event_id: UUID, timeout: float) -> bool:
        """Wait until an event is in the lists; False if that took longer than `timeout` seconds. Raises UnknownToken."""

    def progress(self) -> Progress:
        """How far the lists have come."""
