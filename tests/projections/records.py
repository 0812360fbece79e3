"""A supervision record (督办卷) and implicated organs (涉案) as files for tests of the lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from domain.cases.complaint.events import ComplaintReceived, Subject
from domain.cases.recusal.events import Implicated
from domain.cases.supervision import events as supervision
from domain.kernel import LEDGER, Entry, Event
from tests.given import opening
from tests.projections.histories import BEGUN, Written


def supervised(name: str = "F-1") -> list[Entry]:
    """A supervision record with every kind of card and a letter that was answered and decided on."""
    clock, number = str(uuid5(LEDGER, "clock")), f"{name}-DB"
    said: Any = {"matter": number, "clock": clock, "profile": "national", "rule": "NA-ACC3", "party": "zjj",
                 "case_number": name, "detected_at": BEGUN}  # fmt: skip
    due, letter = date(2025, 12, 11), f"{number}-1"
    stated = supervision.LetterClock(clock=clock, case_number=name, profile="national", rule="NA-ACC3", party="zjj",
                                     start=date(2025, 12, 8), state="breached_open", due=due)  # fmt: skip
    facts: list[tuple[Event, str]] = [
        (supervision.SupervisionOpened(**opening(number), supervises=name), "system"),
        (supervision.WarningRecorded(**said, due=due), "system"),
        (supervision.BreachRecorded(**said, verdict=1, severity="hard", due=due, state="breached_open"), "system"),
        (supervision.LetterIssued(matter=letter, kind=supervision.LetterKind.SUPERVISION, to="zjj", answer_by=due, clocks=(stated,)), "jwjc"),
        (supervision.LetterAnswered(matter=letter, explanation="病假", caused_by="zjj"), "zjj"),
        (supervision.ExplanationAccepted(matter=letter, reasons="属实"), "jwjc"),
        (supervision.VerdictRejudged(**said, verdict=2, severity="hard", state="met", cause=clock), "system"),
        (supervision.LatenessCirculated(matter=number, to=("slj",), content="通报", letters=(letter,)), "zwj"),
        (supervision.SupervisionClosed(matter=number, conclusion="办结"), "jwjc"),
    ]  # fmt: skip
    written = Written(name=number)
    for day, (event, organ) in enumerate(facts):
        written.write(event, number, organ, BEGUN + timedelta(days=day), BEGUN + timedelta(days=day, hours=1))
    return written.entries


def implicated(name: str = "HB-1") -> list[Entry]:
    """A file in which an organ and an officer are barred."""
    received = ComplaintReceived(**opening(name, "M1"), subject=Subject.BIDDING)
    barred: Any = {"organs": ("jtj",), "officers": ("zhou",), "declared_by": "jwjc", "reason": "涉案"}
    written = Written(name=name)
    written.write(received, name, "zjj", BEGUN, BEGUN)
    number = f"{name}-HB1"
    written.write(Implicated(**opening(number, file_no=name), **barred), number, "jwjc", BEGUN, BEGUN)
    return written.entries
