"""Facts from which the tests of access to identities, and of their erasure, start."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.complaint.events import CaseClosed, ReportReceived
from domain.cases.identity_access.events import IdentityAccessGranted, IdentityAccessRequested
from domain.cases.identity_access.values import Opened, Value
from domain.cases.recusal.events import Implicated
from domain.kernel import Organ
from domain.names import Fixed, FixedDay
from domain.register import OfficerRecord
from tests.cases.complaint_facts import accepted, bidding
from tests.given import ORGANS, Given, given, opening

Fact = tuple[Any, ...]

WHO, HOW, WHAT = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 4))
OPENED = {
    Value.IDENTITY: Opened("complainant", WHO),
    Value.CONTACT: Opened("contact", HOW),
    Value.TEXT: Opened("text", WHAT),
}
ASKER, COLLEAGUE, INSPECTOR = "zjj-1", "zjj-2", "jwjc-1"
MOTIVE = "核实投诉人提交的证据"


def complained(**more: Any) -> Fact:
    """A complaint of somebody who left a name, a telephone and a text, held by zjj."""
    return bidding(complainant=WHO, contact=HOW, text=WHAT, **more)


def reported() -> Fact:
    """A report about the same file by somebody else, held by slj."""
    event = ReportReceived(**opening("JB-1", "JB-1", "TS-1"), named=True, complainant=HOW)
    return event, "2025-01-23", "slj", "JB-1"


def closed(at: str = "2025-03-03", by: str = "zjj", matter: str = "TS-1") -> Fact:
    """A matter is closed: nobody holds it any more."""
    return CaseClosed(matter=matter), at, by


def requested(*values: Value, days: int = 5, at: str = "2025-02-03", by: str = "zjj") -> Fact:
    """An officer of zjj asks to see values of the complaint."""
    event = IdentityAccessRequested(
        **opening("CY-1", "CY-1", "TS-1"), about=Fixed("TS-1"), values=values or tuple(Value), motive=Fixed(MOTIVE),
        organ=Organ(by), officer=Fixed(ASKER), days=days,
    )  # fmt: skip
    return event, at, by, "CY-1"


def granted(until: str = "2025-02-09", *values: Value, at: str = "2025-02-04") -> Fact:
    """The inspectors let that officer look until a day."""
    until_day = FixedDay(date.fromisoformat(until))
    return IdentityAccessGranted(matter="CY-1", values=values or tuple(Value), until=until_day), at, "jwjc", "CY-1"


def implicated(*organs: str, officers: tuple[str, ...] = ()) -> Fact:
    """Organs and officers come under suspicion in the file."""
    event = Implicated(
        **opening("HB-1", "HB-1", "TS-1"), organs=tuple(map(Organ, organs)), officers=tuple(map(Fixed, officers)),
        declared_by=Organ("jwjc"), reason="线索", replaced_by=None,
    )  # fmt: skip
    return event, "2025-02-03", "jwjc", "HB-1"


def complaint(*more: Fact) -> Given:
    """The complaint, accepted, with what happened since."""
    return staffed(given(complained(), accepted(), *more))


def staffed(file: Given) -> Given:
    """The same file in a county where every organ has two officers."""
    officers = (OfficerRecord(f"{organ}-{n}", "经办人", organ, duties=("handler",)) for organ in ORGANS for n in (1, 2))
    file.file.register.officers = {each.id: each for each in officers}
    return file
