"""The text of a letter (函件文本) states file, rule, sentence of law, due day, how late, and by when to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.cases.supervision.events import LetterClock, LetterIssued, LetterKind
from domain.cases.supervision.letters import Names, letter_text
from infrastructure.law_files import shipped_rulebook
from tests.cases.supervision_facts import REFER, TELL, act, answered, issue, issued, record

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
NAMES = Names(
    {"slj": "水利局", "jtj": "交通局", "jwjc": "县纪委监委", "zwj": "政务局"}.__getitem__, shipped_rulebook().get
)


def text(letter: Any, issuer: str = "jwjc", day: date = date(2024, 5, 9)) -> str:
    return letter_text(letter, file_no="JB-1", issuer=issuer, issued_on=day, names=NAMES)


def written(**said: Any) -> LetterIssued:
    letter = issue(record(), **said).new[0].event
    assert isinstance(letter, LetterIssued)
    return letter


LETTERS: dict[str, Callable[[], str]] = {
    "supervision": lambda: text(written(clocks=(str(TELL.id), str(REFER.id)), demand="五日内完成移送并报告结果。")),
    "reminder": lambda: text(
        written(kind=LetterKind.REMINDER, at="2024-04-29", answer_by=date(2024, 5, 6), by="zwj"),
        "zwj",
        date(2024, 4, 29),
    ),
    "whole-case": lambda: text(written(clocks=(), about_case="JB-1")),
    "cause": lambda: text(_asked(), day=date(2024, 5, 14)),
}


def _asked() -> Any:
    found = record(issued(), answered("jtj"))
    return act(found, "ask_cause", "jwjc", "2024-05-14", letter="JB-1-DB-1", answer_by=date(2024, 5, 20)).new[0].event


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_as_its_golden_file(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{name}.txt", LETTERS[name]())


def test_a_letter_says_all_that_its_addressee_must_know() -> None:
    said = text(written())
    for piece in (
        "督 办 函", "JB-1-DB-1", "案卷：JB-1", "水利局：", "XE-REF5", "宣公管委〔2020〕5号", "5个工作日内完成移送",
        "2024年5月6日前（含当日）", "已逾期3个工作日（3个自然日），尚未办理", "请于2024年5月14日前", "县纪委监委", "2024年5月9日",
    ):  # fmt: skip
        assert piece in said, piece


def test_control_another_date_or_lateness_is_another_text() -> None:
    letter = written()
    (clock,) = letter.clocks
    for other in (
        replace(letter, answer_by=date(2024, 5, 15)),
        replace(letter, clocks=(replace(clock, late_working_days=4),)),
        replace(letter, clocks=(replace(clock, due=date(2024, 5, 7)),)),
    ):
        assert text(other) != text(letter)


@pytest.mark.parametrize(
    ("facts", "piece"),
    [
        ({"due": None, "due_at": datetime(2025, 10, 1, 8, 30, tzinfo=UTC), "late_hours": 16.5}, "已逾期16.5小时"),
        (
            {"due": None, "due_at": datetime(2025, 10, 1, 8, 30, tzinfo=UTC), "late_hours": 16.5},
            "2025年10月1日16时30分前",
        ),
        ({"due": None, "state": "running"}, "未定明确时限（及时）"),
        ({"due": date(2024, 5, 6), "state": "breached_late", "late_calendar_days": 9}, "逾期9个自然日后办理"),
        ({"due": date(2024, 5, 6), "state": "paused"}, "状况：见案卷"),
        ({"profile": "gone", "rule": "GONE-1", "state": "running"}, "1．GONE-1（GONE-1）"),
    ],
)
def test_every_kind_of_time_limit_can_be_stated(facts: dict[str, Any], piece: str) -> None:
    clock = {"clock": "c", "case_number": "JB-1", "profile": "national", "rule": "NA-CRM24", "party": "slj",
             "start": date(2025, 10, 1), "state": "breached_open", **facts}  # fmt: skip
    letter = LetterIssued(
        matter="X-1", kind=LetterKind.SUPERVISION, to="slj", answer_by=date(2025, 10, 9), clocks=(LetterClock(**clock),)
    )
    assert piece in text(letter)
