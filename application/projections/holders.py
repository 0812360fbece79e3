"""Rows of custody (经办沿革): who held which matter when, and what was on the way, on either basis."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.projections.rows import CustodyRow, TransitRow
from application.projections.telling import Told


def custody_rows(file_id: UUID, told: Told) -> Iterator[CustodyRow]:
    """Who held what from when until when; nothing of what lasted no time."""
    numbers = told.matters()
    for basis, custody, moment in told.bases():
        for each in custody.held:
            since, until = moment(each.since), None if each.until is None else moment(each.until)
            if until is None or since < until:
                yield CustodyRow(basis, file_id, numbers[each.matter], each.matter, each.holder, since, until)


def transit_rows(file_id: UUID, told: Told) -> Iterator[TransitRow]:
    """What was on the way from when until when; nothing of what lasted no time."""
    for basis, custody, moment in told.bases():
        for each in custody.transits:
            since, until = moment(each.since), None if each.until is None else moment(each.until)
            if until is None or since < until:
                yield TransitRow(basis, file_id, each.matter, each.sender, each.addressee, since, until)
