"""The rows (投影行) of the lists across cases: for each table its columns, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from application.projections.inspection_rows import AdjustmentRow, AgeingRow, CardRow, DispatchRow, LetterRow
from application.projections.reader_rows import BarredRow, ReaderRow

KNOWN, RECOMPUTED, BOTH = "known", "recomputed", "both"
"""On which basis a stretch of time is told: as the ledger knew it, as it happened, or the same on either."""


class CaseRow(NamedTuple):
    """One case as it is now. `parties`: names a reader may search for; `words`: number and names made alike for searching;
    `grams`: every two neighbouring letters of `words`. `retold`: the register may change it though no clock of it says so."""

    case_id: UUID
    file_id: UUID
    number: str
    file_no: str
    case_type: str
    state: str
    version: int
    matter: str
    holder: str | None
    in_transit_to: str | None
    open: bool
    department: str
    parties: tuple[str, ...]
    opened_on: date
    closed_on: date | None
    changed_at: datetime
    words: str
    grams: tuple[str, ...]
    retold: bool


class CustodyRow(NamedTuple):
    """Who held a matter, the n-th of its file, from when until when, in recording time (known) or as it happened (recomputed)."""

    basis: str
    file_id: UUID
    n: int
    matter: str
    holder: str
    since: datetime
    until: datetime | None


class TransitRow(NamedTuple):
    """A matter on the way: dispatched, the receipt not yet signed."""

    basis: str
    file_id: UUID
    matter: str
    sender: str | None
    addressee: str
    since: datetime
    until: datetime | None


class HoldingRow(NamedTuple):
    """An open matter as it is now, the n-th of its file. `since`: when the holder's holding happened."""

    file_id: UUID
    n: int
    matter: str
    case_id: UUID
    number: str
    file_no: str
    case_type: str
    holder: str
    since: datetime
    in_transit_to: str | None
    sent_at: datetime | None


class ClockRow(NamedTuple):
    """One clock under all that is known today.

    `state`: running, paused, met, late, pending (verification), undecided (the act came after a provisional due date), void,
    or gone (a correction took it away); that time passes does not change it. `start_at` only where hours count.
    `tally`: how statistics count it, None if not. `co_parties`: who owes it besides `party`.
    `first_year`, `last_year`: the years whose calendar its due day rests on."""

    clock_id: UUID
    file_id: UUID
    case_id: UUID
    number: str
    file_no: str
    case_type: str
    matter: str
    profile: str
    rule: str
    leg: int
    party: str
    calendar: str
    start_on: date
    start_at: datetime | None
    created_by: UUID
    severity: str
    status: str
    conditional: bool
    advisory: bool
    is_right: bool
    by_the_hour: bool
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    paused_from: date | None
    state: str
    stopped_at: datetime | None
    stop_known_at: datetime | None
    late_by_recording: bool
    judgements: int
    tally: str | None
    first_year: int | None
    last_year: int | None
    void_known_at: datetime | None
    co_parties: tuple[str, ...]
    born_overdue: bool


class OverdueRow(NamedTuple):
    """A stretch of time in which a clock was overdue, or will be if nothing happens (`until_at` None).

    A stretch that has ended stands once in every month that it touches, `month` being its first day."""

    basis: str
    clock_id: UUID
    from_at: datetime
    until_at: datetime | None
    month: date | None
    breach_at: datetime
    file_id: UUID
    case_id: UUID
    number: str
    file_no: str
    case_type: str
    matter: str
    profile: str
    rule: str
    leg: int
    party: str
    calendar: str
    start_on: date
    start_at: datetime | None
    due_on: date
    due_at: datetime | None
    by_workdays: bool
    severity: str
    status: str
    conditional: bool
    advisory: bool
    created_by: UUID
    co_parties: tuple[str, ...]
    born_overdue: bool


class JudgementRow(NamedTuple):
    """What was known of a clock from when on; number 1 is the first. Only for clocks that were judged again: of others the
    clock itself says when it was created, and when its stop became known."""

    clock_id: UUID
    n: int
    file_id: UUID
    known_from: datetime
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    state: str
    stopped_at: datetime | None
    cause: UUID | None
    edition: str | None


class VerdictRow(NamedTuple):
    """What the supervision record is to say of a clock from `at` on, as event `event_id`: a breach, or that an earlier
    verdict no longer stands (rejudged), what holds now (`state`), and who owed the act then (`party`)."""

    clock_id: UUID
    n: int
    file_id: UUID
    kind: str
    at: datetime
    breach_at: datetime | None
    due_on: date | None
    due_at: datetime | None
    state: str
    cause: UUID | None
    edition: str | None
    event_id: UUID
    party: str


class MemoRow(NamedTuple):
    """A memo of joint punishment: whom it binds from when until when, and what ended it or took its basis away."""

    case_id: UUID
    n: int
    file_id: UUID
    subject: str
    uscc: str | None
    memo: str | None
    measures: list[dict[str, Any]]
    issued_on: date
    effective: date
    until: date | None
    revoked_on: date | None
    ended_on: date | None


class StandingRow(NamedTuple):
    """Something held against or for a subject, the n-th of its case, as it was known from `known_from` until `known_until`.

    `points`: how many count against the subject; below zero for it. `bars`: the subject may not take part while it is in force."""

    case_id: UUID
    n: int
    file_id: UUID
    number: str
    kind: str
    subject: str
    name: str
    code: str | None
    party: str | None
    bars: bool
    details: dict[str, Any]
    points: int
    effective: date
    until: date | None
    revoked_on: date | None
    ended_on: date | None
    known_from: datetime
    known_until: datetime | None


@dataclass(slots=True)
class Rows:
    """What any number of files come to, by table."""

    cases: list[CaseRow] = field(default_factory=list)
    custody: list[CustodyRow] = field(default_factory=list)
    transits: list[TransitRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)
    overdue: list[OverdueRow] = field(default_factory=list)
    judgements: list[JudgementRow] = field(default_factory=list)
    verdicts: list[VerdictRow] = field(default_factory=list)
    memos: list[MemoRow] = field(default_factory=list)
    cards: list[CardRow] = field(default_factory=list)
    letters: list[LetterRow] = field(default_factory=list)
    adjustments: list[AdjustmentRow] = field(default_factory=list)
    dispatches: list[DispatchRow] = field(default_factory=list)
    ageing: list[AgeingRow] = field(default_factory=list)
    standings: list[StandingRow] = field(default_factory=list)
    readers: list[ReaderRow] = field(default_factory=list)
    barred: list[BarredRow] = field(default_factory=list)


TABLES: dict[str, tuple[str, type[Any]]] = {
    "cases": ("register", CaseRow),
    "custody": ("custody", CustodyRow),
    "transits": ("transit", TransitRow),
    "holdings": ("holding", HoldingRow),
    "clocks": ("clock", ClockRow),
    "overdue": ("overdue", OverdueRow),
    "judgements": ("judgement", JudgementRow),
    "verdicts": ("verdict", VerdictRow),
    "memos": ("memo", MemoRow),
    "cards": ("card", CardRow),
    "letters": ("letter", LetterRow),
    "adjustments": ("adjustment", AdjustmentRow),
    "dispatches": ("dispatch", DispatchRow),
    "ageing": ("ageing", AgeingRow),
    "standings": ("standing", StandingRow),
    "readers": ("reader", ReaderRow),
    "barred": ("barred", BarredRow),
}
"""For each list of `Rows` its table and the type of its rows; a table's columns are the fields of the type."""
