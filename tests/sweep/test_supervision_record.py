"""The supervision record (督办卷) keeps each verdict once and in order, and only the timer writes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.cases.supervision import CASE
from domain.cases.supervision.events import BreachRecorded, SupervisionOpened, VerdictRejudged, WarningRecorded
from domain.law.clock import CHINA
from tests.given import Given, given, opening

SEEN = datetime(2025, 3, 7, 0, 10, tzinfo=CHINA)
OF = {
    "clock": "c-1",
    "profile": "national",
    "rule": "NA-ACC3",
    "party": "zjj",
    "case_number": "TS-1",
    "detected_at": SEEN,
}
BREACH = {**OF, "verdict": 1, "severity": "hard", "due": date(2025, 3, 6), "state": "breached_open"}
REJUDGED = {**OF, "verdict": 2, "severity": "hard", "state": "met", "cause": "e-1"}
WARNING = {**OF, "due": date(2025, 3, 6)}
M = {"matter": "TS-1-DB"}

OPENED = (SupervisionOpened(**opening("TS-1-DB"), supervises="TS-1"), "2025-03-05", "system")
BREACHED = (BreachRecorded(**M, **BREACH), "2025-03-07T00:00+08:00", "system")


def act(file: Given, step: str, by: str = "system", **said: Any) -> Given:
    return file.when(CASE, step, by=by, at="2025-03-08", **said)


def test_a_record_is_opened_for_a_file() -> None:
    found = act(given(), "open_record", number="TS-1-DB", supervises="TS-1")
    found.then(SupervisionOpened(**opening("TS-1-DB"), supervises="TS-1"))
    assert not found.file.matters, "nobody holds it"


def test_a_record_has_the_number_of_its_file() -> None:
    act(given(), "open_record", number="TS-2-DB", supervises="TS-1").refused("ONE_SUPERVISION_RECORD")


def test_a_breach_is_recorded() -> None:
    act(given(OPENED), "record_breach", **BREACH).then(BreachRecorded(**M, **BREACH))


def test_the_same_verdict_is_not_recorded_twice() -> None:
    act(given(OPENED, BREACHED), "record_breach", **BREACH).refused("ALREADY_RECORDED")


def test_an_earlier_verdict_does_not_come_after_a_later_one() -> None:
    later = (VerdictRejudged(**M, **REJUDGED), "2025-03-08", "system")
    act(given(OPENED, BREACHED, later), "record_breach", **BREACH).refused("ALREADY_RECORDED")


def test_a_breach_is_judged_again() -> None:
    act(given(OPENED, BREACHED), "record_rejudgement", **REJUDGED).then(VerdictRejudged(**M, **REJUDGED))


def test_what_was_never_a_breach_is_not_judged_again() -> None:
    act(given(OPENED), "record_rejudgement", **REJUDGED).refused("NOTHING_TO_REJUDGE")


def test_a_due_day_is_warned_of_once_and_another_due_day_again() -> None:
    warned = (WarningRecorded(**M, **WARNING), "2025-03-05", "system")
    act(given(OPENED, warned), "record_warning", **WARNING).refused("ALREADY_RECORDED")
    other = {**WARNING, "due": date(2025, 3, 20)}
    act(given(OPENED, warned), "record_warning", **other).then(WarningRecorded(**M, **other))


def test_only_the_timer_writes_it() -> None:
    for organ in ("zwj", "zjj", "jwjc", "admin"):
        act(given(OPENED), "record_breach", by=organ, **BREACH).forbidden()
        act(given(), "open_record", by=organ, number="TS-1-DB", supervises="TS-1").forbidden()


def test_its_summary_counts() -> None:
    (case,) = given(OPENED, BREACHED).file.cases.values()
    assert case.summary() == {
        "supervises": "TS-1", "warnings": 0, "verdicts": 1, "breached_clocks": ["c-1"], "red_cards": ["c-1"],
        "letters": [], "letters_open": 0, "circulations": 0,
    }  # fmt: skip
