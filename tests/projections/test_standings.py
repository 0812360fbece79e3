"""Who may take part: the rows say of any day, as known at any instant, what the facts say; and nobody is taken for another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given as each_of
from hypothesis import settings
from hypothesis import strategies as st

from application.eligibility import Asked, eligibility
from application.permissions import OPERATOR
from application.projections.rows import StandingRow
from application.projections.standings import Standing, standing_rows, standings
from domain.cases.joint_punishment.events import Measure
from domain.kernel import Entry, amended
from domain.names import same_words
from tests.projections.conftest import Place
from tests.projections.histories import BEGUN, files, jurisdiction, some_files
from tests.projections.under_punishment import under_punishment

HISTORIES = some_files(60, seed=21)
DAYS = st.integers(-5, 260).map(lambda days: (BEGUN + timedelta(days=days)).date())
INSTANTS = st.integers(-24, 24 * 260).map(lambda hours: BEGUN + timedelta(hours=hours))


def by_case(entries: Sequence[Entry]) -> list[list[Entry]]:
    ordered = sorted(entries, key=lambda each: (str(each.case_id), each.version))
    return [list(group) for _, group in groupby(ordered, key=lambda each: each.case_id)]


def known(rows: Sequence[StandingRow], at: datetime) -> list[StandingRow]:
    return [row for row in rows if row.known_from <= at and (row.known_until is None or at < row.known_until)]


def told(standing: Standing) -> tuple[Any, ...]:
    return (standing.kind, standing.subject.name, standing.effective, standing.until, standing.revoked_on,
            standing.ended_on, standing.points, standing.bars)  # fmt: skip


@settings(max_examples=60)
@each_of(files(), INSTANTS)
def test_what_was_known_at_an_instant_is_what_the_facts_of_then_come_to(entries: list[Entry], at: datetime) -> None:
    for facts in by_case(entries):
        rows = known(list(standing_rows(facts[0].file_id, facts)), at)
        then = standings(amended([each for each in facts if each.known_at() <= at]))
        got = [
            (row.kind, row.subject, row.effective, row.until, row.revoked_on, row.ended_on, row.points, row.bars)
            for row in rows
        ]
        assert sorted(got, key=repr) == sorted(map(told, then.values()), key=repr)


@settings(max_examples=60)
@each_of(files(), DAYS)
def test_memos_in_force_are_those_of_joint_punishment(entries: list[Entry], day: date) -> None:
    rows = [
        row for facts in by_case(entries) for row in standing_rows(facts[0].file_id, facts) if row.known_until is None
    ]
    shown = [row._asdict() | {"case": row.case_id} for row in rows if row.kind == "memo"]
    found = eligibility(shown, Asked(None, same_words("甲公司")), day)
    listed = {each["case"] for each in (*found["reasons"], *found["other_memos"])}
    assert listed == {each.case for each in under_punishment(amended(entries), day)}


@pytest.fixture(scope="module")
def full(new_full_place: Callable[..., Place]) -> Place:
    """A ledger with sixty files."""
    return new_full_place(jurisdiction(), HISTORIES)


@pytest.mark.parametrize("days", [None, 3, 20, 45, 90])
def test_the_list_answers_what_the_rows_say(full: Place, days: int | None) -> None:
    at = None if days is None else BEGUN + timedelta(days=days, hours=7)
    rows = [
        row for entries in HISTORIES for facts in by_case(entries) for row in standing_rows(facts[0].file_id, facts)
    ]
    then = [row for row in rows if row.known_until is None] if at is None else known(rows, at)
    for code, name in (
        ("uscc:91420000MA4K3JDN5R", None),
        ("expert:E-7", None),
        (None, "甲公司"),
        (None, "张三"),
        (None, "无名"),
    ):
        listed = full.views().standings(OPERATOR, code, name, at)
        direct = [row for row in then if (code and row.code == code) or (name and row.name == name)]
        names, codes = {row.name for row in direct}, {row.code for row in direct if row.code}
        wanted = [row for row in then if row.code in codes or (row.code is None and row.name in names)]
        assert sorted((str(row["case"]), row["kind"], row["points"]) for row in listed) == sorted(
            (str(row.case_id), row.kind, row.points) for row in wanted
        )
    assert at is None or days == 3 or full.views().standings(OPERATOR, None, "甲公司", at)


# ---- the answer
def row(kind: str = "memo", **changes: Any) -> dict[str, Any]:
    return {
        "case": uuid4(), "number": "CF-1", "kind": kind, "subject": "甲公司", "code": "uscc:A", "party": None,
        "bars": kind in ("memo", "blacklist"), "details": {}, "points": 0, "effective": date(2025, 4, 1),
        "until": date(2026, 3, 31), "revoked_on": None, "ended_on": None, **changes,
    }  # fmt: skip


def ask(*rows: dict[str, Any], on: date = date(2025, 6, 1), code: str | None = None, name: str | None = None) -> Any:
    return eligibility(rows, Asked(code, name), on)


@pytest.mark.parametrize(
    ("on", "changes", "may"),
    [
        (date(2025, 3, 31), {}, True),
        (date(2025, 4, 1), {}, False),
        (date(2026, 3, 31), {}, False),
        (date(2026, 4, 1), {}, True),
        (date(2025, 9, 4), {"ended_on": date(2025, 9, 5)}, False),
        (date(2025, 9, 5), {"ended_on": date(2025, 9, 5)}, True),
        (date(2030, 1, 1), {"until": None}, False),
        (date(2025, 6, 1), {"bars": False}, True),
        (date(2025, 9, 4), {"revoked_on": date(2025, 9, 1)}, False),
    ],
)
def test_a_memo_bars_from_its_first_day_to_its_last_and_until_it_is_lifted(on: date, changes: Any, may: bool) -> None:
    answer = ask(row(**changes), on=on, code="uscc:A")
    assert (answer["may_take_part"], answer["ambiguous"], answer["known"]) == (may, False, True)
    assert bool(answer["reasons"]) is not may
    if answer["reasons"]:
        assert answer["reasons"][0]["must_be_lifted"] == ("revoked_on" in changes)
        assert answer["reasons"][0]["citation"]["clause"]


def test_who_is_not_on_record_may_take_part_and_the_answer_says_that_nothing_is_known() -> None:
    for answer in (ask(code="uscc:A"), ask(name="无名")):
        assert (answer["may_take_part"], answer["known"], answer["ambiguous"]) == (True, False, False)


def test_a_name_that_several_bear_is_answered_with_the_candidates() -> None:
    answer = ask(row(), row(code="uscc:B", kind="reward"), name="甲公司")
    assert (answer["may_take_part"], answer["ambiguous"]) == (None, True)
    assert [(each["code"], each["may_take_part"]) for each in answer["candidates"]] == [("A", False), ("B", True)]


def test_what_has_only_the_name_may_be_somebody_elses() -> None:
    unnamed = row(code=None)
    answer = ask(unnamed, row("reward"), code="uscc:A")
    assert (answer["may_take_part"], answer["ambiguous"], len(answer["doubtful"])) == (None, True, 1)
    assert ask(unnamed, row(), code="uscc:A")["may_take_part"] is False, "certain whoever the other is"
    assert ask(unnamed, name="甲公司")["may_take_part"] is False, "nobody else bears the name"
    assert ask(unnamed, row("reward"), name="甲公司")["ambiguous"]
    assert ask({**unnamed, "bars": False}, row("reward"), code="uscc:A")["may_take_part"] is True


def test_points_of_a_day_are_added_up_with_their_basis() -> None:
    rows = (
        row("points", bars=False, points=6, details={"basis": "办法"}, until=None),
        row("points", bars=False, points=3, ended_on=date(2025, 5, 1)),
        row("reward", bars=False, points=-5),
    )
    credit = ask(*rows, code="uscc:A")["credit"]
    assert (credit["deducted"], credit["added"], credit["total"]) == (6, 5, -1)
    assert ask(*rows, on=date(2025, 4, 2), code="uscc:A")["credit"]["total"] == -4
    assert credit["items"][0]["basis"] == "办法"


@pytest.mark.parametrize(
    ("words", "bars"),
    [
        ("限制参加投标", True), ("市场禁入", True), ("禁止进入公共资源交易中心参与交易活动", True), ("取消投标资格", True),
        ("取消评优资格", False), ("信用记分", False), ("加强监督检查", False), ("暂停拨付资金", False), ("限制申请补贴", False),
    ],
)  # fmt: skip
def test_a_measure_keeps_out_by_its_words_unless_that_is_said(words: str, bars: bool) -> None:
    assert Measure(words, "第1条").keeps_out is bars
    assert Measure(words, "第1条", bars=not bars).keeps_out is not bars


def test_control_a_row_too_many_is_noticed() -> None:
    entries = next(each for each in HISTORIES if any(e.topic == "joint-punishment.memo-issued" for e in each))
    facts = next(each for each in by_case(entries) if each[0].case_type == "joint_punishment")
    rows = list(standing_rows(facts[0].file_id, facts))
    assert known(rows, rows[0].known_from - timedelta(hours=1)) == []
    assert known(rows, rows[0].known_from) != []
