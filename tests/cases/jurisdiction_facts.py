"""Facts of a jurisdiction (辖区) that its tests begin with, and the steps they take."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.jurisdiction import CASE as JURISDICTION
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.events import (
    CalendarPublished,
    LedgerKind,
    LedgerOpened,
    OrganRegistered,
    Role,
)
from tests.given import Given, opening

OPENING = opening("jurisdiction")


def opened(kind: LedgerKind = LedgerKind.REHEARSAL) -> tuple[Any, ...]:
    return (LedgerOpened(**OPENING, kind=kind, calendar="enshi"), "2024-01-02", "admin")


OPENED = opened()
OFFICE = (
    OrganRegistered(organ="zwj", name_zh="政务局", roles=(Role.OFFICE,), aliases=("zhengwu",)),
    "2024-01-03",
    "admin",
)
WATER = (OrganRegistered(organ="slj", name_zh="县水利局", superior="zwj"), "2024-01-04", "admin")
DAYS = (date(2026, 8, 17), date(2026, 8, 18))
NOTICE = {"calendar": "enshi", "year": 2026, "days_off": DAYS, "notice": "州庆放假通知", "published": date(2026, 7, 20)}
PUBLISHED = (CalendarPublished(**NOTICE), "2026-07-28", "admin")


def act(file: Given, step: str, /, *, by: str = "admin", at: str = "2026-08-01", **said: Any) -> Given:
    return file.when(JURISDICTION, step, by=by, at=at, **said)


def register(file: Given, organ: str, **said: Any) -> Given:
    return act(file, "register_organ", **{"organ": organ, "name_zh": organ, **said})


def ledger(file: Given) -> Jurisdiction:
    (case,) = file.file.cases.values()
    assert isinstance(case, Jurisdiction)
    return case
