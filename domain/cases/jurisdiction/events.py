"""The facts of a jurisdiction (辖区): its ledger, its organs, the rules and calendars it works by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NewType

from domain.cases.jurisdiction.people_events import Duty as Duty
from domain.cases.jurisdiction.people_events import Leaving as Leaving
from domain.cases.jurisdiction.people_events import OfficerAmended as OfficerAmended
from domain.cases.jurisdiction.people_events import OfficerLeft as OfficerLeft
from domain.cases.jurisdiction.people_events import OfficerRegistered as OfficerRegistered
from domain.cases.jurisdiction.people_events import OfficerReinstated as OfficerReinstated
from domain.cases.jurisdiction.people_events import OfficerSuspended as OfficerSuspended
from domain.cases.jurisdiction.people_events import OfficerTransferred as OfficerTransferred
from domain.cases.jurisdiction.webhook_events import WebhookAdded as WebhookAdded
from domain.cases.jurisdiction.webhook_events import WebhookChanged as WebhookChanged
from domain.cases.jurisdiction.webhook_events import WebhookDisabled as WebhookDisabled
from domain.cases.jurisdiction.webhook_events import WebhookPaused as WebhookPaused
from domain.cases.jurisdiction.webhook_events import WebhookRemoved as WebhookRemoved
from domain.cases.jurisdiction.webhook_events import WebhookReplayed as WebhookReplayed
from domain.cases.jurisdiction.webhook_events import WebhookResumed as WebhookResumed
from domain.cases.jurisdiction.webhook_events import WebhookSecretRenewed as WebhookSecretRenewed
from domain.kernel import Event, OpeningEvent, Organ
from domain.names import Fixed

ArrangedDay = NewType("ArrangedDay", date)
"""A day of an edition. A wrong edition is not corrected: the right one is published after it."""


class LedgerKind(StrEnum):
    """What a ledger is for ever: real, or a rehearsal whose recording time may be set."""

    REAL = "real"
    REHEARSAL = "rehearsal"


class Role(StrEnum):
    """What the law lets an organ be, beside being a department."""

    OFFICE = "office"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    COMMITTEE = "committee"
    FINANCE = "finance"
    TRADING_CENTRE = "trading_centre"
    CONVENOR = "convenor"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    RESPONDENT = "respondent"


@dataclass(frozen=True, kw_only=True)
class LedgerOpened(OpeningEvent):
    """启用 The ledger exists; `profiles` are the rules in force in it from now on. `title`: what the jurisdiction is called."""

    TOPIC = "jurisdiction.opened"
    VERSION = 2
    kind: LedgerKind
    calendar: Fixed
    title: str | None = None

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        """The first version had no title."""
        return {**payload, "title": None}


@dataclass(frozen=True, kw_only=True)
class OrganRegistered(Event):
    """机关登记 An organ is known by an id for ever. `external`: outside the jurisdiction, others may record for it."""

    TOPIC = "jurisdiction.organ-registered"
    organ: Organ
    name_zh: str
    name_en: str | None = None
    roles: tuple[Role, ...] = ()
    superior: Organ | None = None
    calendar: Fixed | None = None
    external: bool = False
    offices: tuple[str, ...] = ()
    aliases: tuple[Fixed, ...] = ()
    valid_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class OrganAmended(Event):
    """机关变更 What is now otherwise; None where nothing changed, an empty text where a value was taken away."""

    TOPIC = "jurisdiction.organ-amended"
    organ: Organ
    name_zh: str | None = None
    name_en: str | None = None
    roles: tuple[Role, ...] | None = None
    superior: Organ | None = None
    calendar: Fixed | None = None
    external: bool | None = None
    offices: tuple[str, ...] | None = None
    aliases: tuple[Fixed, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class OrganDissolved(Event):
    """机关撤销 The organ exists no more; it stays known by its id and has no role. `successor`: goes on in its place."""

    TOPIC = "jurisdiction.organ-dissolved"
    VERSION = 2
    organ: Organ
    on: date
    successor: Organ | None = None

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        """The first version had no successor."""
        return {**payload, "successor": None}


@dataclass(frozen=True, kw_only=True)
class ProfilesChosen(Event):
    """规则选定 Cases that open from now on are judged by these profiles; open ones keep theirs."""

    TOPIC = "jurisdiction.profiles-chosen"
    profiles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CalendarChosen(Event):
    """日历选定 Organs without a calendar of their own work by this one."""

    TOPIC = "jurisdiction.calendar-chosen"
    calendar: Fixed


@dataclass(frozen=True, kw_only=True)
class CalendarPublished(Event):
    """放假安排已导入 One notice for one whole year of one calendar; `synthetic`: made up, in a rehearsal."""

    TOPIC = "jurisdiction.calendar-published"
    calendar: Fixed
    year: int
    days_off: tuple[ArrangedDay, ...]
    workdays: tuple[ArrangedDay, ...] = ()
    notice: str
    published: ArrangedDay
    source: str | None = None
    synthetic: bool = False
