"""Whatever is asked in whatever order, replay gives the same state, and a matter has one holder, without gap or overlap."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.cases import CASES
from domain.cases.crime_referral import CASE as CRIME
from domain.cases.crime_referral.events import Approval
from domain.cases.crime_referral.events import Result as Outcome
from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import Trigger
from domain.file import File
from domain.kernel import Case
from tests.cases.crime_facts import APPROVED
from tests.cases.referral_facts import RAISING, REPORT, SENDING
from tests.given import Given, given

DEPARTMENTS = ("slj", "jtj", "zjj")
SEND = {key: value for key, value in SENDING.items() if key != "to"}
ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accept", {}),
    ("close", {}),
    ("complete_handling", {}),
    ("decline", {"reason": "已过时效"}),
    ("escalate", {"opinions": ("slj", "jtj")}),
    ("file_report", {}),
    ("notify_referrer_of_forward", {}),
    ("raise_dispute", RAISING),
    ("receive_returned", {}),
    ("reply_acceptance_result", {}),
    ("reply_handling_result", {}),
    ("return_to_sender", {"reason": "不属本部门"}),
    ("sign_receipt", {}),
    ("withdraw", {"reason": "补查", "ends_duty": True}),
)

_who = st.sampled_from((*DEPARTMENTS, "zwj", "gwh", "ez_zjj"))
_to = st.sampled_from(DEPARTMENTS)
_answer = st.sampled_from(ANSWERS)
_targeted = st.one_of(
    st.tuples(st.just("designate"), st.fixed_dictionaries({"to": _to})),
    st.tuples(st.just("settle_dispute"), st.fixed_dictionaries({"competent": _to})),
    st.tuples(st.just("forward_to_competent_level"), st.just({"to": "ez_zjj", "why": "级别"})),
    st.tuples(st.just("dispatch"), st.fixed_dictionaries({"to": _to}).map(lambda to: {**SEND, **to})),
)
_step = st.one_of(_answer, _answer, _targeted)
_acts = st.lists(
    st.one_of(
        st.tuples(_who, st.integers(0, 3), _step),
        st.tuples(
            _to,
            st.none(),
            st.tuples(st.just("dispatch"), _to.map(lambda to: {**SEND, "to": to, "new_facts": "新证据"})),
        ),
        st.tuples(
            _to,
            st.none(),
            st.just(("require", {"scope": SEND["scope"], "basis": "二（四）1", "ground": Trigger.RECEIPT})),
        ),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=60)
@for_all(_acts)
def test_referrals_in_any_order_replay_to_the_same_state_with_one_holder(
    acts: list[tuple[str, int | None, Any]],
) -> None:
    told = given(REPORT)
    for place, (who, which, (name, more)) in enumerate(acts):
        at = f"2024-05-{6 + place // 24:02}T{place % 24:02}:00+08:00"
        opened = [case.number for case in told.file.cases.values() if isinstance(case, REFERRAL) and case.version]
        if which is None:
            told.when(REFERRAL, name, by=who, at=at, number=f"YS-{place}", matter="M1", **more)
        elif which < len(opened):
            told.when(REFERRAL, name, by=who, at=at, case=opened[which], **more)
        _one_holder(told)
    _same_when_replayed(told, REFERRAL)


EXAMINATION: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("scj", "dispatch", {"materials": ("涉嫌犯罪案件移送书",)}),
    ("scj", "submit_supplement", {"materials": ("鉴定意见",)}),
    ("scj", "receive_filing_notice", {}),
    ("scj", "hand_over_items", {}),
    ("scj", "receive_not_filing_notice", {}),
    ("scj", "request_reconsideration", {}),
    ("scj", "receive_reconsideration_decision", {}),
    ("scj", "suggest_prosecutor_supervision", {}),
    ("scj", "close", {}),
    ("gaj", "sign_receipt", {}),
    ("gaj2", "sign_receipt", {}),
    ("gaj", "forward_by_police", {"to": "gaj2"}),
    ("gaj2", "forward_by_police", {"to": "gaj"}),
    ("gaj", "request_supplement", {"missing": ("鉴定意见",)}),
    ("gaj", "extend_examination", {"approval": Approval.COUNTY}),
    ("gaj", "file_case", {}),
    ("gaj", "refuse_filing", {"reason": "没有犯罪事实"}),
    ("gaj", "receive_reconsideration", {}),
    ("gaj", "decide_reconsideration", {"result": Outcome.FILED}),
    ("gaj", "decide_reconsideration", {"result": Outcome.UPHELD}),
)


@settings(max_examples=60)
@for_all(st.lists(st.sampled_from(EXAMINATION), min_size=5, max_size=60))
def test_crime_referrals_in_any_order_replay_to_the_same_state_with_one_holder(
    acts: list[tuple[str, str, Any]],
) -> None:
    told = given(*APPROVED)
    for place, (who, name, more) in enumerate(acts):
        told.when(CRIME, name, by=who, at=f"2025-10-{9 + place // 24:02}T{place % 24:02}:00+08:00", **more)
        _one_holder(told)
    _same_when_replayed(told, CRIME)


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
        rulebook=known._duties.rulebook,
        calendars=known.calendars,
        register=known.register,
    )
    assert again.matters == known.matters
    assert again.custody.held == known.custody.held
    assert [(clock.id, clock.stop, clock.void) for clock in again.clocks] == [
        (c.id, c.stop, c.void) for c in known.clocks
    ]
    for identifier, case in again.cases.items():
        if isinstance(case, case_type):
            assert vars(case) == vars(known.cases[identifier])
