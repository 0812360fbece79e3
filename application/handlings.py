"""Who is in charge (主办) of which case: read from the facts of all files, and handed over from a leaver to a successor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.handle import Command, NotFound, Receipt, carry_out
from application.ledger import Ledger
from application.permissions import Forbidden
from application.ports import FileMoved
from application.receipts import recorded_by
from domain.cases.handling.case import Handling
from domain.cases.handling.events import CaseHandedOver, HandlingOpened, OfficerAssigned, OrganSucceeded
from domain.kernel import Actor, Entry, Refused, case_id

FORBIDDEN = "FORBIDDEN"
"""Why a file was left alone that the actor may not act in."""


@dataclass(frozen=True, slots=True)
class InCharge:
    """An officer is in charge of a case inside an organ since an instant; `handling`: the case that says so."""

    handling: UUID
    file_no: str
    number: str
    organ: str
    officer: str
    since: datetime


class Assignments(Protocol):
    """What is asked of the log of a jurisdiction."""

    def assignments(self) -> Iterable[Entry]:
        """Every event that says who is in charge, in the order in which they were recorded."""


def in_charge(entries: Iterable[Entry]) -> Iterator[InCharge]:
    """Who is in charge of what after these events, in the order in which the cases were first assigned."""
    found: dict[tuple[UUID, str, str], InCharge] = {}
    files: dict[UUID, str] = {}
    for entry in entries:
        case, since = entry.case_id, entry.occurred_at
        match entry.event:
            case HandlingOpened(file_no=file_no):
                files[case] = file_no
            case OfficerAssigned(of=of, organ=organ, officer=officer) | CaseHandedOver(of=of, organ=organ, to=officer):
                found[case, of, organ] = InCharge(case, files[case], of, organ, officer, since)
            case OrganSucceeded(from_=old, to=new):
                for key in [key for key in found if (key[0], key[2]) == (case, old)]:
                    moved = replace(found.pop(key), organ=new)
                    found.setdefault((case, key[1], new), moved)
    yield from found.values()


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The event that says of a file, with all that was recorded together with it, that its cases went over; `before`: by an earlier request."""

    file_no: str
    event: UUID
    before: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of a hand-over: cases that went over, why others did not, by number of the file, and what is on record of it now."""

    handed: tuple[InCharge, ...]
    refused: tuple[tuple[str, str], ...]
    recorded: tuple[OnRecord, ...]


def hand_over(
    ledger: Ledger, log: Assignments, *, actor: Actor, officer: str, successor: str, now: datetime,
    recorded_at: datetime | None = None,
) -> HandedOver:  # fmt: skip
    """Hand all that an officer is in charge of, closed cases included, to a successor, file by file.

    Killed in the middle or repeated it goes on where it was: a file in which nothing is left to hand over is passed over, and what
    was recorded of it before is told again.
    """
    known = tuple(log.assignments())
    mine = [each for each in in_charge(known) if each.officer == officer]
    timer = "system" in getattr(ledger.register().organ(actor.acting_for), "roles", ())
    mine = [each for each in mine if timer or each.organ == actor.acting_for]
    before = [each for organ, each in handed_before(known, officer, successor) if timer or organ == actor.acting_for]
    refused: dict[str, str] = {}
    recorded = list(dict.fromkeys(before))
    for handling in dict.fromkeys(each.handling for each in mine):
        number = next(each.file_no for each in mine if each.handling == handling)
        command = Command(
            case_type=Handling.TYPE,
            step="hand_over",
            actor=actor,
            occurred_at=now if recorded_at is None else recorded_at,
            case=handling,
            arguments={"officer": officer, "successor": successor},
            recorded_at=recorded_at,
        )
        done = _done(command, ledger, now)
        if isinstance(done, str):
            refused[number] = done
        else:
            recorded.append(OnRecord(number, recorded_by(done)))
    handed = tuple(each for each in mine if each.file_no not in refused)
    return HandedOver(handed, tuple(refused.items()), tuple(recorded))


def handed_before(entries: Iterable[Entry], officer: str, successor: str) -> Iterator[tuple[str, OnRecord]]:
    """What is on record of hand-overs from an officer to a successor who is in charge by them still, each with the organ."""
    last: dict[tuple[UUID, str, str], Entry] = {}
    files: dict[UUID, str] = {}
    for entry in entries:
        match entry.event:
            case HandlingOpened(file_no=file_no):
                files[entry.case_id] = file_no
            case OfficerAssigned(of=of, organ=organ) | CaseHandedOver(of=of, organ=organ):
                last[entry.case_id, of, organ] = entry
    for (case, _, holder), entry in last.items():
        match entry.event:
            case CaseHandedOver(from_=old, to=new) if (old, new) == (officer, successor):
                yield holder, OnRecord(files[case], entry.causation or entry.event_id, before=True)


def _done(command: Command, ledger: Ledger, now: datetime) -> Receipt | str:
    """What was recorded, or the code of why nothing was."""
    assert command.case is not None
    version, ids = len(ledger.log.load_stream(command.case)), iter(range(1, 10_000))
    try:
        return carry_out(
            command, ledger, now=now, new_id=lambda: uuid5(case_id(f"{command.case}:{version}"), str(next(ids)))
        )
    except Refused as refusal:
        return refusal.ground.code
    except (Forbidden, NotFound):
        return FORBIDDEN
    except FileMoved:
        return "FILE_MOVED"
