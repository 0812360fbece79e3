"""The register of organs (机关名录) as the jurisdiction keeps it: what may be entered, and what an entry makes of a record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.events import OrganAmended, OrganDissolved, OrganRegistered, Role
from domain.kernel import Organ, Refused
from domain.register import OrganRecord, Register

ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
ONLY_ONE = (Role.OFFICE, Role.COMMITTEE, Role.FINANCE)
"""Roles that one organ has at a time. Of several police organs, trading centres or convenors the first is the default."""

BUILT_IN = (
    OrganRecord("system", "系统定时", "Timer", roles=(Role.SYSTEM,)),
    OrganRecord("respondent", "被投诉人", "Respondent", roles=(Role.RESPONDENT,), external=True),
)
"""Who acts in every ledger without being an organ of the jurisdiction."""


def record_of(event: OrganRegistered) -> OrganRecord:
    """The record that a registration makes."""
    return OrganRecord(
        id=event.organ,
        name_zh=event.name_zh,
        name_en=event.name_en,
        roles=event.roles,
        superior=event.superior,
        calendar=event.calendar,
        external=event.external,
        offices=event.offices,
        aliases=event.aliases,
        valid_from=event.valid_from,
    )


def amended_record(record: OrganRecord, event: OrganAmended) -> OrganRecord:
    """The record with what the event changes; an empty text takes a value away."""
    given: dict[str, Any] = {
        "name_zh": event.name_zh,
        "roles": event.roles,
        "external": event.external,
        "offices": event.offices,
        "aliases": event.aliases,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    for name in ("name_en", "superior", "calendar"):
        if (value := getattr(event, name)) is not None:
            changes[name] = value or None
    return replace(record, **changes)


def dissolved_record(record: OrganRecord, event: OrganDissolved) -> OrganRecord:
    """The record of an organ that is no more: still known, without a role."""
    return replace(record, dissolved_on=event.on, roles=(), successor=event.successor)


def living(register: Register, organ: str) -> Organ:
    """The id of an organ that may be changed; refused for one that is unknown, dissolved or built in."""
    found = register.organ(organ)
    if found is None:
        raise Refused(law.UNKNOWN_ORGAN, organ=organ)
    if found in BUILT_IN:
        raise Refused(law.BUILT_IN, organ=organ)
    if found.dissolved_on is not None:
        raise Refused(law.DISSOLVED, organ=organ, on=found.dissolved_on)
    return Organ(found.id)


def check_registration(register: Register, record: OrganRecord) -> None:
    """Refuse an organ whose id is malformed or taken, or whose record cannot stand in the register."""
    if not ID.fullmatch(record.id):
        raise Refused(law.BAD_ID, organ=record.id)
    if register.organ(record.id) is not None or register.officer(record.id) is not None:
        raise Refused(law.TAKEN, taken=record.id)
    _check_record(register, record)


def check_amendment(register: Register, event: OrganAmended) -> None:
    """Refuse a change that changes nothing, or after which the record could not stand in the register."""
    before = register.organs[event.organ]
    after = amended_record(before, event)
    if after == before:
        raise Refused(law.NOTHING_CHANGED, organ=event.organ)
    _check_record(register, after)


def _check_record(register: Register, record: OrganRecord) -> None:
    if not record.name_zh.strip():
        raise Refused(law.NAME_MISSING, organ=record.id)
    for alias in record.aliases:
        found = register.organ(alias)
        named = register.officer(alias) is not None or (found is not None and found.id != record.id)
        if alias == record.id or named:
            raise Refused(law.TAKEN, taken=alias)
    for each in ONLY_ONE:
        held = register.role(each)
        if each in record.roles and held not in (None, record.id):
            raise Refused(law.ROLE_HELD, role=each, organ=held)
    _check_superior(register, record)


def _check_superior(register: Register, record: OrganRecord) -> None:
    above, seen = record.superior, {record.id}
    while above is not None:
        if above in seen:
            raise Refused(law.CIRCULAR, organ=record.id, superior=record.superior)
        found = register.organs.get(above)
        if found is None:
            raise Refused(law.UNKNOWN_SUPERIOR, superior=above)
        seen.add(above)
        above = found.superior
