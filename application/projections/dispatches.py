"""Rows of what was dispatched (移送在途): to whom, when it was signed for, and whether it went back to where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.projections.inspection_rows import DispatchRow
from application.projections.register import Docket
from application.projections.versions import versions
from domain.custody import CustodyFold, Transit, by_occurrence
from domain.kernel import Entry


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch as it happened. `out_at`, `arrived_at`: of the dispatch that it undoes."""

    case_id: UUID
    matter: str
    sender: str
    addressee: str
    sent_at: datetime
    ended_at: datetime | None
    out_at: datetime | None
    arrived_at: datetime | None
    grounds: str | None


def dispatch_rows(
    file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], entries: Sequence[Entry]
) -> Iterator[DispatchRow]:
    """The dispatches of one file; `entries` as they were recorded."""
    for cause, sent, since, until in versions(entries, dispatches, concerns=_moves):
        case = cases[sent.case_id].case
        yield DispatchRow(
            cause, since, until, file_id, sent.case_id, case.number, file_no, case.TYPE, sent.matter, sent.sender,
            sent.addressee, sent.sent_at, sent.ended_at, sent.out_at is not None, sent.out_at, sent.arrived_at, sent.grounds,
        )  # fmt: skip


def _moves(entry: Entry) -> bool:
    return entry.event.CUSTODY is not None


def dispatches(facts: Sequence[Entry]) -> Iterator[dict[UUID, Dispatch] | None]:
    """Every dispatch by the event that it began with, after each fact that moves something."""
    fold = CustodyFold(by_occurrence)
    begun: list[tuple[Entry, Transit, Transit | None]] = []
    latest: dict[str, Transit] = {}
    for entry in facts:
        before = len(fold.transits)
        fold.apply(entry)
        if len(fold.transits) > before:
            way = fold.transits[-1]
            begun.append((entry, way, latest.get(way.matter)))
            latest[way.matter] = way
        moved = begun and _moves(entry)
        yield {cause.event_id: _dispatch(cause, way, earlier) for cause, way, earlier in begun} if moved else None


def _dispatch(entry: Entry, way: Transit, earlier: Transit | None) -> Dispatch:
    back = earlier is not None and (way.sender, way.addressee) == (earlier.addressee, earlier.sender)
    undone = earlier if back else None
    return Dispatch(
        entry.case_id,
        way.matter,
        way.sender or entry.actor.acting_for,
        way.addressee,
        way.since,
        way.until,
        None if undone is None else undone.since,
        None if undone is None else undone.until,
        getattr(entry.event, "reason", None) if back else None,
    )
