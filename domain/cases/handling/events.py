"""The facts of handling (承办): officers in charge, their hand-over, and the succession of organs."""

from __future__ import annotations

from dataclasses import dataclass

from domain.effects import passes, sends
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed


@dataclass(frozen=True, kw_only=True)
class HandlingOpened(OpeningEvent):
    """承办立卷 The case in which a file keeps who handles what."""

    TOPIC = "handling.opened"


@dataclass(frozen=True, kw_only=True)
class OfficerAssigned(MatterEvent):
    """指定主办人 An officer is in charge, inside an organ, of the case with the number `of`."""

    TOPIC = "handling.officer-assigned"
    of: Fixed
    organ: Organ
    officer: Fixed


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(MatterEvent):
    """案件移交 A case, closed or not, went from the officer in charge of it to a successor in the same organ."""

    TOPIC = "handling.case-handed-over"
    of: Fixed
    organ: Organ
    from_: Fixed
    to: Fixed


@dataclass(frozen=True, kw_only=True)
class OrganSucceeded(MatterEvent):
    """机关承继 In every case of the file the successor stands where a dissolved organ did, and owes what that had not done."""

    TOPIC = "handling.organ-succeeded"
    CORRECTABLE = False
    SUCCEEDS = True
    from_: Organ
    to: Organ


@dataclass(frozen=True, kw_only=True)
class MatterSucceeded(MatterEvent):
    """承继移办 What a dissolved organ held its successor holds."""

    TOPIC = "handling.matter-succeeded"
    CUSTODY = passes("to")
    from_: Organ
    to: Organ


@dataclass(frozen=True, kw_only=True)
class WayContinued(MatterEvent):
    """在途续送 What was on its way goes on: to whom it was sent, or to the successor of an addressee that is no more."""

    TOPIC = "handling.way-continued"
    CUSTODY = sends("to")
    from_: Organ
    to: Organ
