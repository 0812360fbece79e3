"""Whatever is asked in whatever order, replay gives the same state, and a matter has one holder, without gap or overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.permissions import may
from domain.cases import CASES
from domain.cases.crime_referral import CASE as CRIME
from domain.cases.crime_referral.events import Approval
from domain.cases.crime_referral.events import Result as Outcome
from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import Trigger
from domain.file import File
from domain.kernel import Actor, Case
from infrastructure.law_files import shipped_rulebook
from tests.cases.crime_facts import APPROVED
from tests.cases.referral_facts import RAISING, REPORT, SENDING
from tests.given import ORGANS, Given, given

Act = tuple[str, dict[str, Any]]

TO = ("slj", "jtj", "zjj")
OPENING: tuple[Act, ...] = (
    *(
        ("dispatch", {**SENDING, "matter": "M1", "to": to, "new_facts": facts})
        for to in TO
        for facts in (None, "新证据")
    ),
    ("require", {"matter": "M1", "scope": SENDING["scope"], "basis": "二（四）1", "ground": Trigger.RECEIPT}),
)
ACTING: tuple[Act, ...] = (
    *(("dispatch", {**SENDING, "to": to}) for to in TO),
    *(("designate", {"to": to}) for to in TO),
    *(("settle_dispute", {"competent": to}) for to in TO),
    ("accept", {}),
    ("close", {}),
    ("complete_handling", {}),
    ("decline", {"reason": "已过时效"}),
    ("escalate", {"opinions": ("slj", "jtj")}),
    ("file_report", {}),
    ("forward_to_competent_level", {"to": "ez_zjj", "why": "级别"}),
    ("notify_referrer_of_forward", {}),
    ("raise_dispute", RAISING),
    ("receive_returned", {}),
    ("record_disagreement", {"item": "I1"}),
    ("reply_acceptance_result", {}),
    ("reply_handling_result", {}),
    ("return_to_sender", {"reason": "不属本部门"}),
    ("sign_receipt", {}),
    ("withdraw", {"reason": "补查", "ends_duty": True}),
)
EXAMINATION: tuple[Act, ...] = (
    ("close", {}),
    *(("decide_reconsideration", {"result": result}) for result in Outcome),
    ("dispatch", {"materials": ("涉嫌犯罪案件移送书",)}),
    *(("extend_examination", {"approval": approval}) for approval in Approval),
    ("file_case", {}),
    *(("forward_by_police", {"to": to}) for to in ("gaj", "gaj2")),
    ("hand_over_items", {}),
    ("receive_filing_notice", {}),
    ("receive_not_filing_notice", {}),
    ("receive_reconsideration", {}),
    ("receive_reconsideration_decision", {}),
    ("refuse_filing", {"reason": "没有犯罪事实"}),
    ("request_reconsideration", {}),
    ("request_supplement", {"missing": ("鉴定意见",)}),
    ("sign_receipt", {}),
    ("submit_supplement", {"materials": ("鉴定意见",)}),
    ("suggest_prosecutor_supervision", {}),
)

choices = st.lists(st.integers(0, 2**16), min_size=5, max_size=40)


@settings(max_examples=100)
@for_all(choices)
def test_referrals_in_any_order_replay_to_the_same_state_with_one_holder(picks: list[int]) -> None:
    told = given(REPORT)
    for place, pick in enumerate(picks):
        acts = [*_openings(told), *_permitted(told, REFERRAL, ACTING)]
        if not acts:
            break
        who, number, (name, more) = acts[pick % len(acts)]
        naming = {"case": number} if number else {"number": f"YS-{place}"}
        told.when(REFERRAL, name, by=who, at=f"2024-05-{6 + place // 24:02}T{place % 24:02}:00+08:00", **naming, **more)
        _one_holder(told)
    _same_when_replayed(told, REFERRAL)


@settings(max_examples=100)
@for_all(choices)
def test_crime_referrals_in_any_order_replay_to_the_same_state_with_one_holder(picks: list[int]) -> None:
    told = given(*APPROVED)
    for place, pick in enumerate(picks):
        acts = list(_permitted(told, CRIME, EXAMINATION))
        if not acts:
            break
        who, _, (name, more) = acts[pick % len(acts)]
        told.when(CRIME, name, by=who, at=f"2025-10-{9 + place // 24:02}T{place % 24:02}:00+08:00", **more)
        _one_holder(told)
    _same_when_replayed(told, CRIME)


def _openings(told: Given) -> Iterator[tuple[str, str | None, Act]]:
    holder = told.holder("M1")
    yield from ((holder, None, act) for act in OPENING if holder is not None)


def _permitted(told: Given, case_type: type[Case], acts: tuple[Act, ...]) -> Iterator[tuple[str, str | None, Act]]:
    """Acts that standing and state allow; whether the law does is the step's own business."""
    for case in tuple(told.file.cases.values()):
        if not isinstance(case, case_type) or not case.version:
            continue
        for act in acts:
            step = case_type.STEPS[act[0]]
            for organ in ORGANS if not step.states or case.state in step.states else ():
                if may(Actor(organ), step, case, told.file, case.matter):
                    yield organ, case.number, act


def _one_holder(told: Given) -> None:
    for matter in told.file.matters.values():
        held = [span for span in told.file.custody.held if span.matter == matter.id]
        assert all(earlier.until == later.since for earlier, later in pairwise(held))
        assert [span.holder for span in held if span.until is None] == ([matter.holder] if matter.open else [])
        on_the_way = [way for way in told.file.custody.transits if way.matter == matter.id and way.until is None]
        assert [way.addressee for way in on_the_way] == ([matter.in_transit_to] if matter.in_transit_to else [])
        assert matter.open or not on_the_way


def _same_when_replayed(told: Given, case_type: type[Case]) -> None:
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
    assert again.custody.held == known.custody.held
    assert [(each.id, each.stop, each.void) for each in again.clocks] == [
        (each.id, each.stop, each.void) for each in known.clocks
    ]
    for identifier, case in again.cases.items():
        if isinstance(case, case_type):
            assert vars(case) == vars(known.cases[identifier])
