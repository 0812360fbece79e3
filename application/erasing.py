"""Erasures (销毁): keys are destroyed once that is approved, and only then said to be; repeated it does no harm."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.handle import LEFT_TO_THE_SWEEP, TIMER, Command, carry_out
from application.ledger import Ledger
from domain.cases.erasure.events import ErasureApproved
from domain.kernel import Entry, Refused, case_id

log = logging.getLogger("anjuan.erasures")


class Approved(Protocol):
    """What is asked of the log of a jurisdiction."""

    def approved_erasures(self, at: datetime) -> Iterator[Entry]:
        """The approvals of erasures that were recorded by the instant."""

    def recorded(self, event_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these events are on record."""


def erase_at_once(entries: Iterable[Entry], ledger: Ledger, *, now: datetime, recorded_at: datetime | None) -> None:
    """Carry out what was approved just now; what fails is left to the sweep."""
    for each in entries:
        if isinstance(each.event, ErasureApproved):
            _try(each, ledger, now, recorded_at)


def erase_all(ledger: Ledger, approved: Approved, *, at: datetime) -> int:
    """Carry out whatever was approved and is not on record as done; how many that were."""
    due = {done_id(each): each for each in approved.approved_erasures(at)}
    known = approved.recorded(tuple(due))
    recorded_at = at if ledger.rehearsal else None
    missing = [each for identifier, each in due.items() if identifier not in known]
    return sum(_try(each, ledger, at, recorded_at) for each in missing)


def erase_again(ledger: Ledger, approvals: Iterable[Entry], *, at: datetime) -> int:
    """Destroy what a copy of the keys has brought back of all that was ever approved; how many keys there were."""
    return sum(_destroy(each, ledger, at) for each in approvals)


def erase(approval: Entry, ledger: Ledger, *, now: datetime, recorded_at: datetime | None = None) -> bool:
    """Destroy the keys, then say so; False if somebody has said so already."""
    _destroy(approval, ledger, now)
    command = Command(
        case_type="erasure",
        step="carry_out",
        actor=TIMER,
        occurred_at=recorded_at or now,
        case=approval.case_id,
        recorded_at=recorded_at,
        causation=approval.event_id,
    )
    try:
        carry_out(command, ledger, now=now, new_id=lambda: done_id(approval))
    except Refused:
        return False
    return True


def _try(approval: Entry, ledger: Ledger, now: datetime, recorded_at: datetime | None) -> bool:
    """The same; what fails is said, and left to the next sweep."""
    try:
        return erase(approval, ledger, now=now, recorded_at=recorded_at)
    except (*LEFT_TO_THE_SWEEP, *ledger.log.outages) as error:
        log.warning("erasure=%s left to the sweep: %s", approval.event_id, type(error).__name__)
        return False


def done_id(approval: Entry) -> UUID:
    """The id of the event that says that an approved erasure is done, whoever saw to it."""
    return uuid5(approval.event_id, "carried out")


def _destroy(approval: Entry, ledger: Ledger, at: datetime) -> int:
    assert isinstance(approval.event, ErasureApproved)
    return ledger.log.erase(case_id(approval.event.about), at)
