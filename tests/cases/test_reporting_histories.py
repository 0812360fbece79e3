"""Whatever is reported and counted in whatever order, replay gives the same state, and nobody holds what nobody owes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.permissions import may
from domain.cases import CASES
from domain.cases.cadence import CASE as CADENCE
from domain.cases.reporting_duty import CASE as DUTY
from domain.cases.reporting_duty.events import Channel, Report, Subject
from domain.file import File
from domain.kernel import Actor, Case
from infrastructure.law_files import shipped_rulebook
from tests.given import ORGANS, Given, given

Act = tuple[type[Case], str, dict[str, Any]]

OPENING: tuple[Act, ...] = (
    (DUTY, "close_bid_opening", {"project": "P1"}),
    (DUTY, "open_quarter", {"number": "BS-2025-Q1"}),
    (DUTY, "request_information", {"items": ("成交额",)}),
    (DUTY, "request_information", {"items": ("专家",), "subject": Subject.EXPERTS, "letter": "函1"}),
    (DUTY, "open_duty", {"rule": "XE-TIMELY-AGENCY", "about": "迟到"}),
    (DUTY, "open_duty", {"rule": "XE-TIMELY-APPROVAL", "about": "立项", "unit": "fgj"}),
    (CADENCE, "open_half_year", {"number": "ZQ-2025-H1"}),
    (CADENCE, "open_year", {"number": "ZQ-2025"}),
)
ACTING: tuple[Act, ...] = (
    (DUTY, "submit_opening_log", {}),
    (DUTY, "submit_expert_assessment", {"channel": Channel.QQ, "copy_hash": "0" * 64}),
    *((DUTY, "submit_quarter_list", {"electronic": e, "sealed_paper": p}) for e, p in ((True, False), (False, True))),
    (DUTY, "provide_information", {"items": ("成交额",)}),
    (DUTY, "provide_information", {"items": ("成交额",), "missing": ("明细",)}),
    (DUTY, "submit", {"document": "函1"}),
    (DUTY, "acknowledge", {}),
    *((DUTY, "reject", {"reason": "不实", "report": report}) for report in (None, *Report)),
    *((DUTY, "waive", {"reason": "无", "report": report}) for report in (None, Report.EXPERT_ASSESSMENT)),
    *((CADENCE, "count_meeting", {"meeting": f"LX-{n}", "held_on": date(2025, 3, n), "full": n > 1}) for n in (1, 2)),
    (CADENCE, "count_inspection", {"inspection": "LJ-1", "started_on": date(2025, 3, 1)}),
    (CADENCE, "end", {}),
)


@settings(max_examples=150)
@for_all(st.lists(st.integers(0, 2**16), min_size=5, max_size=40))
def test_reports_and_periods_in_any_order_replay_to_the_same_state(picks: list[int]) -> None:
    told = given()
    for place, pick in enumerate(picks):
        acts = _openings(told) + _permitted(told)
        who, case, (case_type, name, more) = acts[pick % len(acts)]
        naming = {"case": case} if case else {"number": f"X-{place}"}
        at = f"2025-03-{3 + place // 24:02}T{place % 24:02}:00+08:00"
        told.when(case_type, name, by=who, at=at, **{**naming, **more})
        _owed_is_held(told)
    _same_when_replayed(told)


def _openings(told: Given) -> list[tuple[str, str | None, Act]]:
    """Ways to open a case: the ledger refuses a number that is taken before it asks the case type."""
    taken = {case.number for case in told.file.cases.values()}
    free = [act for act in OPENING if act[2].get("number") not in taken]
    return [(organ, None, act) for act in free for organ in ("jyzx", "system", "fgj")]


def _permitted(told: Given) -> list[tuple[str, str | None, Act]]:
    """Acts that standing and state allow; whether the law does is the step's own business."""
    return [
        (organ, case.number, act)
        for case in told.file.cases.values()
        for act in ACTING
        if case.TYPE == act[0].TYPE and case.version
        for organ in ORGANS
        if (step := act[0].STEPS[act[1]]) and (not step.states or case.state in step.states)
        if may(Actor(organ), step, case, told.file, case.matter)
    ]


def _owed_is_held(told: Given) -> None:
    """What is still owed is held by who owes it, and nothing else is held by anybody; a report stopped its clock at most once."""
    for case in told.file.cases.values():
        if isinstance(case, DUTY) and case.version:
            assert told.file.matters[case.matter].holder == (case.unit if case.outstanding else None)
            assert not set(case.outstanding) & set(case.submitted)
            open_clocks = [each for each in told.file.clocks if each.matter == case.matter and each.open]
            assert bool(open_clocks) <= bool(case.outstanding)
        if isinstance(case, CADENCE) and case.version:
            assert told.file.matters[case.matter].open == (case.state == "open")


def _same_when_replayed(told: Given) -> None:
    known = told.file
    again = File(
        known.id,
        known.entries,
        types=CASES,
        rulebook=shipped_rulebook(),
        calendars=known.calendars,
        register=known.register,
    )
    assert again.matters == known.matters
    held = again.custody.held
    assert held == known.custody.held
    for matter in again.matters:
        spans = [span for span in held if span.matter == matter]
        assert all(earlier.until is not None and earlier.until <= later.since for earlier, later in pairwise(spans))
    assert [(each.id, each.stop, each.void) for each in again.clocks] == [
        (each.id, each.stop, each.void) for each in known.clocks
    ]
    for identifier, case in again.cases.items():
        assert vars(case) == vars(known.cases[identifier])
