"""The register of officers (人员名录) as the jurisdiction keeps it: what may be entered, and what an entry makes of a record."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.people_events import (
    Duty,
    OfficerAmended,
    OfficerLeft,
    OfficerRegistered,
    OfficerTransferred,
)
from domain.kernel import Refused
from domain.law.clock import day_of
from domain.names import Fixed
from domain.register import OfficerRecord, Register

if TYPE_CHECKING:
    from domain.desk import Desk

ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


def record_of(event: OfficerRegistered) -> OfficerRecord:
    """The record that a registration makes."""
    return OfficerRecord(
        event.officer, event.name, event.organ, event.office, event.post, tuple(event.duties), event.since
    )


def amended_record(record: OfficerRecord, event: OfficerAmended) -> OfficerRecord:
    """The record with what the event changes; an empty text takes a value away."""
    return replace(
        record,
        name=record.name if event.name is None else event.name,
        office=record.office if event.office is None else event.office or None,
        post=record.post if event.post is None else event.post or None,
        duties=record.duties if event.duties is None else tuple(event.duties),
    )


def moved_record(record: OfficerRecord, event: OfficerTransferred) -> OfficerRecord:
    """The record of an officer who serves in another organ from a day on."""
    return replace(
        record,
        organ=event.organ,
        office=event.office,
        post=event.post,
        duties=tuple(event.duties),
        since=event.on,
        successor=event.successor,
    )


def left_record(record: OfficerRecord, event: OfficerLeft) -> OfficerRecord:
    """The record of an officer who serves no more: still known, without a duty."""
    return replace(record, left_on=event.on, duties=(), suspended=False, successor=event.successor)


def here(register: Register, officer: str) -> OfficerRecord:
    """The record of an officer who has not left, suspended or not; refused for every other."""
    found = register.officer(officer)
    if found is None:
        raise Refused(law.UNKNOWN_OFFICER, officer=officer)
    if found.left_on is not None:
        raise Refused(law.OFFICER_LEFT, officer=officer, on=found.left_on)
    return found


def check_new(register: Register, record: OfficerRecord) -> None:
    """Refuse an officer whose id is malformed or taken, or whose record cannot stand in the register."""
    if not ID.fullmatch(record.id):
        raise Refused(law.BAD_OFFICER_ID, officer=record.id)
    if register.officer(record.id) is not None or register.organ(record.id) is not None:
        raise Refused(law.OFFICER_TAKEN, taken=record.id)
    check_record(register, record)


def check_record(register: Register, record: OfficerRecord) -> None:
    """Refuse a record without a name, or of an office that the organ does not have."""
    if not record.name.strip():
        raise Refused(law.OFFICER_NAME_MISSING, officer=record.id)
    offices = register.organs[record.organ].offices
    if record.office is not None and offices and record.office not in offices:
        raise Refused(law.UNKNOWN_OFFICE, office=record.office, offices=offices)


def successor_of(register: Register, leaver: OfficerRecord, named: str | None) -> Fixed | None:
    """The id of who takes the cases of a leaver over: another officer of the same organ who serves."""
    if named is None:
        return None
    found = register.officer(named)
    if found is None or found.id == leaver.id or found.organ != leaver.organ or not found.serving:
        raise Refused(law.NO_SUCCESSOR, successor=named, organ=leaver.organ)
    return Fixed(found.id)


def past_day(desk: Desk, day: date | None) -> date:
    """The day on which something took effect: today unless an earlier one is given."""
    today = day_of(desk.at)
    if day is not None and day > today:
        raise Refused(law.NOT_YET, on=day)
    return day or today


def once_each(duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """The duties, each once."""
    return tuple(dict.fromkeys(duties))
