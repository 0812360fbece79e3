"""The rows of what inspectors look at (督查投影行): cards, letters, pauses and extensions, dispatches, and duties without a number."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class CardRow(NamedTuple):
    """A yellow or red card as it was known from when until when. `file_no`: of the file that is supervised.

    `state`: standing, turned (red followed yellow), replaced (yellow for another due day) or withdrawn (the breach was judged
    away: `verdict` is what holds instead, `cause` or `edition` why).
    """

    card_id: UUID
    known_from: datetime
    known_until: datetime | None
    file_id: UUID
    number: str
    file_no: str
    case_number: str
    kind: str
    clock_id: UUID
    profile: str
    rule: str
    party: str
    severity: str | None
    due_on: date
    due_at: datetime | None
    given_at: datetime
    state: str
    ended_at: datetime | None
    verdict: str | None
    cause: UUID | None
    edition: str | None


class LetterRow(NamedTuple):
    """A letter as it was known from when until when. `clocks`: the time limits it is about, `rules` theirs."""

    letter: str
    known_from: datetime
    known_until: datetime | None
    file_id: UUID
    number: str
    file_no: str
    kind: str
    addressee: str
    issuer: str
    issued_at: datetime
    answer_by: date
    state: str
    about_case: str | None
    follows: str | None
    clocks: tuple[str, ...]
    rules: tuple[str, ...]
    acknowledged_at: datetime | None
    answered_at: datetime | None
    caused_by: str | None
    decided_at: datetime | None
    escalated_to: str | None
    escalated_at: datetime | None
    circulated_at: datetime | None


class AdjustmentRow(NamedTuple):
    """A pause or an extension of a clock as it was known from when until when. `cause`: the event that began it.

    `due_before`, `due_after`: under the calendar known when each was recorded. `last_tenth`: begun when a tenth of the limit or
    less was left, `last_day` on its last day, `after_due` later still; `retroactive`: begun or ended on record more than one
    working day after it happened.
    """

    cause: UUID
    clock_id: UUID
    known_from: datetime
    known_until: datetime | None
    file_id: UUID
    number: str
    file_no: str
    case_type: str
    matter: str
    profile: str
    rule: str
    party: str
    calendar: str
    kind: str
    topic: str
    department: str
    detail: str | None
    begun_at: datetime
    begun_known: datetime
    ended_at: datetime | None
    ended_known: datetime | None
    due_before: date | None
    due_after: date | None
    last_day: bool
    last_tenth: bool
    after_due: bool
    retroactive: bool
    case_id: UUID


class DispatchRow(NamedTuple):
    """A matter on the way as it was known from when until when. `ended_at`: signed for, or taken back.

    `back`: it goes back to whom it came from, who had sent it at `out_at`; it had arrived at `arrived_at`.
    """

    cause: UUID
    known_from: datetime
    known_until: datetime | None
    file_id: UUID
    case_id: UUID
    number: str
    file_no: str
    case_type: str
    matter: str
    sender: str
    addressee: str
    sent_at: datetime
    ended_at: datetime | None
    back: bool
    out_at: datetime | None
    arrived_at: datetime | None
    grounds: str | None


class AgeingRow(NamedTuple):
    """A duty for which the text sets no number of days, awaited: as it was known from when until when."""

    clock_id: UUID
    from_at: datetime
    until_at: datetime | None
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
    created_by: UUID
