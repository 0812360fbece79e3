"""Open the ledger of a jurisdiction (启用): its kind, its calendar, its rules, and the organs of its register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.decide import Decision
from application.handle import TAKEN, TIMER, InFuture, NotFound
from application.ledger import JURISDICTION, Ledger
from application.ports import Batch, NewId
from domain.cases.jurisdiction import Jurisdiction
from domain.kernel import Refused, file_id

NUMBER = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Founding:
    """What is said of a jurisdiction when its ledger is opened; each organ as `register_organ` takes it, each officer as `register_officer`."""

    kind: str
    calendar: str
    profiles: tuple[str, ...]
    organs: tuple[Mapping[str, Any], ...] = ()
    officers: tuple[Mapping[str, Any], ...] = ()
    title: str | None = None


def found(
    ledger: Ledger, said: Founding, *, at: datetime, now: datetime, new_id: NewId, recorded_at: datetime | None = None
) -> UUID:
    """Open the ledger and enter its organs and officers, all or nothing; the last event. `recorded_at`: rehearsal ledgers only.

    Raises InFuture, Refused (also for a ledger that is open), and what the event log raises.
    """
    if at > (recorded_at or now):
        raise InFuture("a ledger cannot be recorded as open before it is")
    identifier = file_id(NUMBER)
    file = ledger.file(identifier, ledger.log.load_file(identifier))
    if file.entries:
        raise Refused(TAKEN, number=NUMBER)
    decision = Decision(file=file, actor=TIMER, at=at, new_id=new_id, reserved=ledger.reserved)
    opening = {"kind": said.kind, "calendar": said.calendar, "profiles": said.profiles, "title": said.title}
    case = decision.open(Jurisdiction.TYPE, "open_ledger", NUMBER, opening)
    for organ in said.organs:
        decision.act(case, "register_organ", organ)
    for officer in said.officers:
        decision.act(case, "register_officer", officer)
    entries = tuple(decision.entries)
    ledger.log.append(Batch(identifier, 0, JURISDICTION, entries, recorded_at=recorded_at))
    return entries[-1].event_id


def enter(
    ledger: Ledger,
    organs: tuple[Mapping[str, Any], ...],
    officers: tuple[Mapping[str, Any], ...],
    *,
    now: datetime,
    new_id: NewId,
) -> UUID | None:
    """Enter organs and officers in the register of a ledger that is open, all or nothing; the last event, None if there is none.

    Raises NotFound, Refused, and what the event log raises.
    """
    identifier = file_id(NUMBER)
    file = ledger.file(identifier, ledger.log.load_file(identifier))
    case = file.cases.get(JURISDICTION)
    if case is None:
        raise NotFound(NUMBER)
    version = file.version
    decision = Decision(file=file, actor=TIMER, at=now, new_id=new_id, reserved=ledger.reserved)
    for organ in organs:
        decision.act(case, "register_organ", organ)
    for officer in officers:
        decision.act(case, "register_officer", officer)
    entries = tuple(decision.entries)
    ledger.log.append(Batch(identifier, version, JURISDICTION, entries))
    return entries[-1].event_id if entries else None
