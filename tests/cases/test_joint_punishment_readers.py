"""Who carries a memo out (执行名册), and who is under one on a day (联合惩戒名单)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from application.eligibility import Asked, eligibility
from application.projections.standings import MEMO, standing_rows
from domain.cases.joint_punishment import CASE as JOINT_PUNISHMENT
from domain.cases.joint_punishment.events import (
    JointPunishmentExpired,
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    Measure,
    MemoDistributed,
    PunishmentMeasureExecuted,
)
from domain.cases.joint_punishment.roster import Age, RosterRow, roster, supervisory
from domain.kernel import case_id, file_id
from domain.register import OrganRecord, Register
from infrastructure.calendar_files import shipped_calendars
from tests.cases.punishment_facts import ACKNOWLEDGED, BAN, LIFTED, REVOKED, SUPERVISORS, TO_ISSUED, TO_PROPOSED, issued
from tests.given import Given, given, instant, register

ENSHI = shipped_calendars()["enshi"]
EXPIRED = (JointPunishmentExpired(matter="CF-1-memo"), "2026-04-01T00:00+08:00", "system")
EXECUTED = (
    PunishmentMeasureExecuted(matter="CF-1-memo", department="jyzx", measure="限制参加投标"),
    "2025-04-09",
    "jyzx",
)


def rows(*facts: tuple[Any, ...], at: str) -> dict[str, RosterRow]:
    found = roster(given(*facts).file.entries, case_id("CF-1"), instant(at), calendar_of=lambda organ: ENSHI)
    return {row.department: row for row in found}


def under(*facts: tuple[Any, ...], day: str) -> list[tuple[str, bool]]:
    """The memos that bind 甲公司 on a day, as the answer on who may take part has them."""
    known = (row for row in standing_rows(file_id("CF-1"), given(*facts).file.entries) if row.known_until is None)
    memos = [row._asdict() | {"case": row.case_id} for row in known if row.kind == MEMO]
    found = eligibility(memos, Asked(None, "甲公司"), date.fromisoformat(day))
    return [(each["subject"], each["must_be_lifted"]) for each in (*found["reasons"], *found["other_memos"])]


# ---- the roster


def test_the_supervisory_departments_are_those_of_the_county_that_neither_lead_nor_read() -> None:
    assert supervisory(register(), date(2025, 4, 1)) == SUPERVISORS


def test_a_department_is_supervisory_while_it_exists() -> None:
    born = OrganRecord("a", "a", valid_from=date(2025, 1, 1), dissolved_on=date(2025, 6, 1))
    days = ("2024-12-31", "2025-01-01", "2025-05-31", "2025-06-01")
    found = [supervisory(Register({"a": born}), date.fromisoformat(day)) for day in days]
    assert found == [(), ("a",), ("a",), ()]


def test_before_the_memo_is_issued_nobody_is_on_the_roster() -> None:
    assert rows(*TO_PROPOSED, at="2025-03-24") == {}
    assert rows(*TO_ISSUED, at="2025-03-23") == {}


def test_issuing_puts_every_supervisory_department_on_the_roster() -> None:
    assert tuple(rows(*TO_ISSUED, at="2025-03-24")) == SUPERVISORS


@pytest.mark.parametrize(
    "at, calendar_days, working_days",
    [
        ("2025-03-24", 0, 0),
        ("2025-03-25", 1, 1),
        ("2025-03-30", 6, 4),
        ("2025-04-03", 10, 8),
        ("2025-04-06", 13, 8),
        ("2025-04-07", 14, 9),
        ("2025-05-06", 43, 28),
    ],
)
def test_a_memo_not_acknowledged_ages_in_working_days(at: str, calendar_days: int, working_days: int) -> None:
    row = rows(*TO_ISSUED, ACKNOWLEDGED, at=at)["zjj"]
    assert (row.to_acknowledge, row.to_execute) == (Age(calendar_days, working_days, waiting=True), None)


def test_after_acknowledgement_the_first_measure_is_awaited() -> None:
    row = rows(*TO_ISSUED, ACKNOWLEDGED, EXECUTED, at="2025-04-08")["jyzx"]
    assert row.acknowledged == instant("2025-03-26")
    assert row.to_acknowledge == Age(2, 2, waiting=False)
    assert row.to_execute == Age(13, 8, waiting=True)


def test_a_measure_carried_out_ends_the_waiting() -> None:
    row = rows(*TO_ISSUED, ACKNOWLEDGED, EXECUTED, at="2025-12-31")["jyzx"]
    assert [(each.measure, each.at) for each in row.executed] == [("限制参加投标", instant("2025-04-09"))]
    assert row.to_execute == Age(14, 9, waiting=False)


def test_who_was_sent_the_memo_later_is_counted_from_then() -> None:
    sent = (MemoDistributed(matter="CF-1-memo", to=("zjj", "gaj")), "2025-03-27", "zwj")
    found = rows(*TO_ISSUED, sent, at="2025-03-28")
    assert [found[each].distributed for each in ("zjj", "gaj", "slj")] == [
        instant("2025-03-27"),
        instant("2025-03-27"),
        instant("2025-03-24"),
    ]


def test_the_roster_is_of_one_case() -> None:
    assert (
        roster(given(*TO_ISSUED).file.entries, case_id("CF-9"), instant("2025-04-01"), calendar_of=lambda _: ENSHI)
        == ()
    )


# ---- under punishment


@pytest.mark.parametrize(
    "day, expected",
    [
        ("2025-03-23", []),
        ("2025-03-24", []),
        ("2025-03-31", []),
        ("2025-04-01", [("甲公司", False)]),
        ("2025-08-31", [("甲公司", False)]),
        ("2025-09-01", [("甲公司", True)]),
        ("2025-09-04", [("甲公司", True)]),
        ("2025-09-05", []),
        ("2026-04-01", []),
    ],
)
def test_a_revoked_penalty_leaves_its_memo_in_force_until_it_is_lifted(day: str, expected: list[Any]) -> None:
    assert under(*TO_ISSUED, REVOKED, LIFTED, day=day) == expected


@pytest.mark.parametrize(
    "day, count", [("2025-03-31", 0), ("2025-04-01", 1), ("2026-03-31", 1), ("2026-04-01", 0), ("2030-01-01", 0)]
)
def test_a_memo_is_in_force_from_its_first_day_through_its_last_whether_or_not_expiry_is_recorded(
    day: str, count: int
) -> None:
    assert len(under(*TO_ISSUED, day=day)) == len(under(*TO_ISSUED, EXPIRED, day=day)) == count


def test_a_memo_that_takes_effect_before_its_issue_is_in_force_from_its_issue() -> None:
    early = (issued(effective=date(2025, 3, 1)), "2025-03-24", "zwj")
    assert [len(under(*TO_PROPOSED, early, day=day)) for day in ("2025-03-01", "2025-03-23", "2025-03-24")] == [0, 0, 1]


@generated(st.dates(date(2025, 3, 1), date(2026, 6, 1)), st.integers(0, 400), st.integers(0, 400))
def test_nobody_is_under_punishment_outside_issue_term_and_lifting(day: date, begins: int, lifted: int) -> None:
    first = date(2025, 3, 24) + timedelta(begins - 20)
    last, lift = first + timedelta(200), date(2025, 3, 24) + timedelta(lifted)
    facts = (
        *TO_PROPOSED,
        (issued(effective=first, until=last), "2025-03-24", "zwj"),
        (JointPunishmentLifted(matter="CF-1-memo", repair="修复"), lift.isoformat(), "zwj"),
    )
    expected = max(first, date(2025, 3, 24)) <= day <= last and day < lift
    assert bool(under(*facts, day=day.isoformat())) is expected


# ---- any sequence of steps


STEPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "decide_penalty": st.fixed_dictionaries(
        {
            "number": st.sampled_from(["CF-1", "CF-2", "CF-3"]),
            "fact": st.sampled_from(["V1", "V2"]),
            "text": st.just("围标"),
            "subject": st.sampled_from(["甲公司", "乙公司"]),
            "kind": st.sampled_from(["罚款", "警告"]),
            "amount": st.just(1000),
        }
    ),
    "issue_memo": st.fixed_dictionaries(
        {
            "measures": st.just((BAN, Measure("取消评优资格", "条例"))),
            "until": st.just(date(2025, 3, 20)),
            "recipients": st.sampled_from([None, (), ("zjj", "jyzx")]),
        }
    ),
    "distribute_memo": st.fixed_dictionaries({"to": st.sampled_from([("zjj",), ("jyzx", "scj")])}),
    "record_measure_executed": st.fixed_dictionaries({"measure": st.sampled_from(["限制参加投标", "取消评优资格"])}),
    "record_credit_score": st.fixed_dictionaries({"points": st.integers(1, 12)}),
    "record_publication": st.just({"platform": "省平台"}),
    "record_penalty_revoked": st.just({"revoked_by": "法院"}),
    "lift_memo": st.fixed_dictionaries({"repair": st.sampled_from([None, "修复决定"])}),
    **dict.fromkeys(
        ("serve_decision", "file_report", "report_result", "acknowledge_memo", "expire", "close"), st.just({})
    ),
}
OFFICE_STEPS = ("issue_memo", "distribute_memo", "lift_memo")
ACTORS = {**dict.fromkeys(OFFICE_STEPS, ("zwj",)), "expire": ("system",), "acknowledge_memo": ("zjj", "jyzx")}
USUAL = ("decide_penalty", "report_result", "issue_memo", "acknowledge_memo", "record_measure_executed")
MOVES = st.one_of(st.sampled_from(USUAL), st.sampled_from(sorted(STEPS))).flatmap(
    lambda name: st.tuples(
        st.just(name),
        STEPS[name],
        st.sampled_from((*ACTORS.get(name, ("zjj", "zjj", "scj")), "jyzx")),
        st.integers(0, 1),
    )
)
PLAYS = st.lists(MOVES, min_size=10, max_size=40)


def played(moves: list[Any]) -> Given:
    file = given()
    for place, (name, said, by, which) in enumerate(moves):
        cases = [case.number for case in file.file.cases.values() if case.version]
        if name != "decide_penalty" and not cases:
            continue
        said = dict(said)
        if name == "decide_penalty":
            if said["number"] in cases:
                continue
            chosen = {"number": said.pop("number")}
        else:
            chosen = {"case": cases[which % len(cases)]}
        day = (date(2025, 3, 1) + timedelta(place)).isoformat()
        file.when(JOINT_PUNISHMENT, name, by=by, at=day, **chosen, **said)
        file.file.cases = {key: case for key, case in file.file.cases.items() if case.version}
    return file


@generated(PLAYS)
def test_any_sequence_of_steps_replays_to_the_same_cases_with_one_holder_per_open_matter(moves: list[Any]) -> None:
    file = played(moves)
    for identifier, live in file.file.cases.items():
        again = JOINT_PUNISHMENT()
        for entry in file.file.entries:
            if entry.case_id == identifier:
                again.replay(entry)
        assert vars(again) == vars(live)
    for matter in file.file.matters.values():
        assert matter.open is (matter.holder is not None)


@generated(PLAYS)
def test_no_sequence_of_steps_fines_an_act_twice_or_issues_two_memos(moves: list[Any]) -> None:
    cases = list(played(moves).file.cases.values())
    standing = [case.decision for case in cases if case.decision and case.decision.is_fine and not case.revoked]
    assert len({(each.fact, each.subject) for each in standing}) == len(standing)
    memos = [entry.event for entry in played(moves).file.entries if isinstance(entry.event, JointPunishmentMemoIssued)]
    assert len({each.penalty for each in memos}) == len(memos)
    assert all(measure.basis for memo in memos for measure in memo.measures)
