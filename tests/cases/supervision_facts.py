"""Facts of supervision records: a file with an overdue referral beside, its record, its letters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.cases.complaint.events import NotCompetentDetermined, ReportReceived
from domain.cases.supervision import CASE
from domain.cases.supervision.events import (
    BreachRecorded,
    LetterAnswered,
    LetterKind,
    SupervisionOpened,
)
from domain.law.clock import CHINA
from tests.given import Given, given, opening

RECEIVED = (ReportReceived(**opening("JB-1"), named=True, matter_title="转包"), "2024-04-25", "slj")
NOT_COMPETENT = (
    NotCompetentDetermined(matter="JB-1", competent="jtj", transfer_required=True, complainant_known=True),
    "2024-04-28",
    "slj",
)
FILE = given(RECEIVED, NOT_COMPETENT)
"""A report about roads that the water office does not refer: due on 29 April and 6 May 2024."""

TELL, REFER = (FILE.clocks(rule)[0] for rule in ("XE-RDN3", "XE-REF5"))
OPENED = (SupervisionOpened(**opening("JB-1-DB"), supervises="JB-1"), "2024-05-06", "system")
BREACH = BreachRecorded(
    matter="JB-1-DB", clock=str(REFER.id), verdict=1, profile="xuanen-2020", rule="XE-REF5", party="slj",
    severity="hard", case_number="JB-1", due=date(2024, 5, 6), state="breached_open",
    detected_at=datetime(2024, 5, 7, 0, 5, tzinfo=CHINA),
)  # fmt: skip
BREACHED = (BREACH, "2024-05-07T00:00+08:00", "system")
LETTER = "JB-1-DB-1"


def record(*facts: Any) -> Given:
    """The record of the file, opened and with a red card; the file itself can be looked into."""
    found = given(OPENED, BREACHED, *facts)
    found.others["JB-1"] = FILE.file
    return found


def issue(found: Given, by: str = "jwjc", at: str = "2024-05-09", **said: Any) -> Given:
    """An inspector writes a letter of supervision about the referral, to be answered by 14 May."""
    asked = {"kind": LetterKind.SUPERVISION, "to": "slj", "answer_by": date(2024, 5, 14), "clocks": (str(REFER.id),)}
    return found.when(CASE, "issue_letter", by=by, at=at, **{**asked, **said})


def act(found: Given, step: str, by: str, at: str, **said: Any) -> Given:
    """Any step in the record."""
    return found.when(CASE, step, by=by, at=at, **said)


def issued(**more: Any) -> tuple[Any, ...]:
    """The letter of 9 May as a fact."""
    (entry,) = issue(record(), **more).new
    return entry.event, "2024-05-09", entry.actor.department


def answered(cause: str | None, at: str = "2024-05-13", by: str = "slj", letter: str = LETTER) -> tuple[Any, ...]:
    """Its answer."""
    return LetterAnswered(matter=letter, explanation="卷宗移交迟延", caused_by=cause), at, by


def letter_of(found: Given, number: str = LETTER) -> Any:
    """The letter as the record has it."""
    (case,) = found.file.cases.values()
    return case.letters[number]  # type: ignore[attr-defined]
