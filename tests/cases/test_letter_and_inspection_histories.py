"""Whatever is asked of letters and inspections in whatever order, replay gives the same state, and matters one holder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.permissions import may
from domain.cases import CASES
from domain.cases.assistance import CASE as LETTER
from domain.cases.inspection import CASE as INSPECTION
from domain.cases.inspection.events import Pool, Scope
from domain.cases.inspection.findings import Found
from domain.cases.referral import CASE as REFERRAL
from domain.file import File
from domain.kernel import Actor, Case
from infrastructure.law_files import shipped_rulebook
from tests.cases.inspection_facts import LJ, PLAN, PROPOSED, WITH
from tests.cases.referral_facts import SENDING
from tests.cases.test_assistance import PAPERS
from tests.given import ORGANS, Given, given

Act = tuple[type[Case], str, dict[str, Any]]

POOL = Pool("名录", ("甲", "乙", "丙"))
DRAW = {"seed": "s", "target_pool": POOL, "targets": 2, "inspector_pool": POOL, "inspectors": 1}
FINDINGS = ("F1", "F2", "F3")
MOST = {LETTER: 3, REFERRAL: 4}


def _found(matter: str, scope: Scope | None) -> tuple[Found, ...]:
    return (Found(matter, "转包", refer=scope is not None, scope=scope),)


OPENING: tuple[Act, ...] = (
    *((LETTER, "issue", {**PAPERS, "matter": matter, "to": to}) for matter in FINDINGS for to in ("zrj", "jtj")),
    *((REFERRAL, "dispatch", {**SENDING, "matter": matter, "to": to}) for matter in FINDINGS for to in ("zrj", "nyj")),
)
ACTING: tuple[Act, ...] = (
    (INSPECTION, "agree", {}),
    (INSPECTION, "confirm_plan", {"agreed_by": WITH}),
    (INSPECTION, "draw", DRAW),
    (INSPECTION, "record_outside_draw", {"targets": ("甲",), "inspectors": ("乙",)}),
    (INSPECTION, "start", {}),
    *(
        (INSPECTION, "record_findings", {"findings": _found(matter, scope)})
        for matter, scope in zip(FINDINGS, (None, Scope.OTHER_REMIT, Scope.CRIME), strict=True)
    ),
    *(
        (INSPECTION, name, {"matter": matter, **more})
        for matter in FINDINGS
        for name, more in (("dispose_finding", {"outcome": "改正"}), ("file_report", {}), ("close_finding", {}))
    ),
    (INSPECTION, "publish_results", {"text": "三处"}),
    (INSPECTION, "close", {}),
    (INSPECTION, "revise_plan", {"plan": PLAN, "participants": WITH}),
    (INSPECTION, "withdraw", {"reason": "防汛"}),
    (LETTER, "receive", {}),
    (LETTER, "return_to_sender", {"reason": "不属", "beyond_function": True}),
    (LETTER, "start", {}),
    (LETTER, "give_feedback", {"written": True, "result": "无"}),
    (LETTER, "cancel", {"reason": "已明"}),
    (REFERRAL, "sign_receipt", {}),
    (REFERRAL, "accept", {}),
    (REFERRAL, "return_to_sender", {"reason": "不属"}),
    (REFERRAL, "receive_returned", {}),
    (REFERRAL, "complete_handling", {}),
    (REFERRAL, "close", {}),
)
LIKELY = (("confirm_plan", {"agreed_by": WITH}), ("draw", DRAW), ("start", {}))


@settings(max_examples=60)
@for_all(st.integers(0, len(LIKELY)), st.lists(st.integers(0, 2**16), min_size=5, max_size=40))
def test_in_any_order_they_replay_to_the_same_state_with_one_holder(likely: int, picks: list[int]) -> None:
    told = given(*PROPOSED)
    for place, (name, more) in enumerate(LIKELY[:likely]):
        told.when(INSPECTION, name, by="zjj", at=f"2025-09-0{place + 2}", **more)
    for place, pick in enumerate(picks):
        acts = [*_openings(told), *_permitted(told)]
        if not acts:
            break
        who, number, (case_type, name, more) = acts[pick % len(acts)]
        naming = {"case": number} if number else {"number": f"N-{place}"}
        at = f"2025-09-{8 + place // 24:02}T{place % 24:02}:00:00+08:00"
        before = len(told.file.entries)
        told.when(case_type, name, by=who, at=at, **naming, **more)
        if told.refusal is not None:
            assert len(told.file.entries) == before
        _one_holder(told)
    _same_when_replayed(told)


def _openings(told: Given) -> Iterator[tuple[str, str | None, Act]]:
    for act in OPENING:
        matter = told.file.matters.get(act[2]["matter"])
        many = sum(isinstance(case, act[0]) for case in told.file.cases.values())
        if matter is not None and matter.holder is not None and many < MOST[act[0]]:
            yield matter.holder, None, act


def _permitted(told: Given) -> Iterator[tuple[str, str | None, Act]]:
    """Acts that standing and state allow; whether the law does is the step's own business."""
    for case in tuple(told.file.cases.values()):
        for act in ACTING:
            step = act[0].STEPS[act[1]]
            if not isinstance(case, act[0]) or not case.version or (step.states and case.state not in step.states):
                continue
            for organ in ORGANS:
                if may(Actor(organ), step, case, told.file, act[2].get("matter", case.matter)):
                    yield organ, case.number, act


def _one_holder(told: Given) -> None:
    """Only findings are held, each by one organ without gap or overlap."""
    assert set(told.file.matters) <= set(FINDINGS)
    for matter in told.file.matters.values():
        held = [span for span in told.file.custody.held if span.matter == matter.id]
        assert all(earlier.until == later.since for earlier, later in pairwise(held))
        assert [span.holder for span in held if span.until is None] == ([matter.holder] if matter.open else [])


def _same_when_replayed(told: Given) -> None:
    known = told.file
    again = File(known.id, known.entries, types=CASES, rulebook=shipped_rulebook(), calendars=known.calendars,
                 register=known.register)  # fmt: skip
    assert again.matters == known.matters
    assert [(each.id, each.stop, each.void) for each in again.clocks] == [
        (each.id, each.stop, each.void) for each in known.clocks
    ]
    recorded = {identifier: case for identifier, case in known.cases.items() if case.version}
    assert {identifier: vars(case) for identifier, case in again.cases.items()} == {
        identifier: vars(case) for identifier, case in recorded.items()
    }
    assert next(iter(again.cases.values())).matter == LJ["matter"]
