"""A matter that another department must deal with is referred to it in time, with a catalogue, and not to and fro."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.events import ComplaintReturned, ViolationDiscovered
from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import (
    ReferralAccepted,
    ReferralReceiptSigned,
    ReferralRequired,
    ReferralReturnReceived,
    ReferralWithdrawn,
    Scope,
    Trigger,
)
from domain.law.clock import State
from tests.cases.referral_facts import (
    ACCEPTED,
    BACK,
    DISPUTED,
    HANDLED,
    REPORT,
    RETURNED,
    SENDING,
    SENT,
    SIGNED,
    dispatched,
    fact,
    opened,
)
from tests.given import given, opening

NEED: dict[str, Any] = {"matter": "M1", "scope": Scope.FUNDS, "basis": "二（四）1", "ground": Trigger.RECEIPT}
REQUIRED = ReferralRequired(
    **opening("YS-1", "M1", "JB-1"), referrer="slj", scope=Scope.FUNDS, basis="二（四）1", ground=Trigger.RECEIPT
)
NEEDED = (REPORT, fact(REQUIRED, "2024-04-28", "slj"))


def test_the_need_to_refer_is_recorded_with_scope_and_basis_and_the_time_counts_from_receipt() -> None:
    result = given(REPORT).when(REFERRAL, "require", number="YS-1", by="slj", at="2024-04-28", **NEED).then(REQUIRED)
    clock = result.clock("XE-REF5")
    assert clock is not None
    assert (clock.due.day, result.holder("M1")) == (date(2024, 5, 6), "slj")


def test_for_a_violation_found_by_itself_the_time_counts_from_the_day_of_discovery() -> None:
    found = {**NEED, "ground": Trigger.DISCOVERY, "discovered_on": date(2024, 5, 6)}
    result = given(REPORT).when(REFERRAL, "require", number="YS-1", by="slj", at="2024-05-08", **found)
    result.then_topics("referral.required")
    clock = result.clock("XE-REF5")
    assert clock is not None
    assert clock.due.day == date(2024, 5, 11)


@pytest.mark.parametrize(
    "change,code",
    [
        ({"scope": None}, "REFERRAL_SCOPE_REQUIRED"),
        ({"basis": None}, "REFERRAL_BASIS_REQUIRED"),
        ({"basis": " "}, "REFERRAL_BASIS_REQUIRED"),
        ({"ground": Trigger.DISCOVERY}, "DISCOVERY_DATE_REQUIRED"),
        ({"ground": Trigger.DISCOVERY, "discovered_on": date(2024, 4, 29)}, "DISCOVERY_DATE_REQUIRED"),
    ],
)
def test_a_need_to_refer_lacks_nothing_that_the_plan_asks(change: dict[str, Any], code: str) -> None:
    given(REPORT).when(REFERRAL, "require", number="YS-1", by="slj", at="2024-04-28", **{**NEED, **change}).refused(
        code
    )


def test_where_nothing_was_received_the_need_arose_by_discovery() -> None:
    found = fact(ViolationDiscovered(matter="M2", description="转包", discovered_on=None), "2024-04-26", "slj", "JB-1")
    asked = given(REPORT, found).when(
        REFERRAL, "require", number="YS-1", by="slj", at="2024-04-28", **{**NEED, "matter": "M2"}
    )
    asked.refused("REFERRAL_RECEIPT_UNKNOWN")


def test_the_need_to_refer_a_matter_is_recorded_once_and_by_its_holder() -> None:
    given(*NEEDED).when(REFERRAL, "require", number="YS-2", by="slj", at="2024-04-29", **NEED).refused(
        "REFERRAL_ALREADY_REQUIRED"
    )
    given(REPORT).when(REFERRAL, "require", number="YS-1", by="jtj", at="2024-04-28", **NEED).forbidden()


def test_a_referral_names_addressee_scope_delivery_and_catalogue_and_is_in_transit() -> None:
    asked = given(REPORT).when(REFERRAL, "dispatch", number="YS-1", by="slj", at="2024-05-06", matter="M1", **SENDING)
    asked.then(opened(), dispatched())
    assert (asked.holder("M1"), asked.in_transit_to("M1")) == ("slj", "jtj")


def test_a_recorded_need_is_dispatched_in_its_own_case_and_keeps_its_scope() -> None:
    asked = given(*NEEDED).when(
        REFERRAL, "dispatch", case="YS-1", by="slj", at="2024-05-06", **{**SENDING, "scope": None}
    )
    asked.then_topics("referral.dispatched")
    clock = asked.clock("XE-REF5")
    assert clock is not None
    assert (clock.state, asked.case and asked.case.summary()["scope"]) == (State.MET, Scope.FUNDS)
    opened_anew = given(*NEEDED).when(
        REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-06", matter="M1", **SENDING
    )
    opened_anew.refused("REFERRAL_ALREADY_REQUIRED")


@pytest.mark.parametrize(
    "change,code",
    [
        ({"scope": None}, "REFERRAL_SCOPE_REQUIRED"),
        ({"delivery": None}, "REFERRAL_DELIVERY_REQUIRED"),
        ({"catalogue": None}, "REFERRAL_CATALOGUE_REQUIRED"),
        ({"catalogue": ()}, "REFERRAL_CATALOGUE_REQUIRED"),
        ({"catalogue": (" ",)}, "REFERRAL_CATALOGUE_REQUIRED"),
        ({"to": "slj"}, "REFERRAL_TO_ITSELF"),
    ],
)
def test_a_referral_without_scope_delivery_or_catalogue_is_refused(change: dict[str, Any], code: str) -> None:
    asked = {**SENDING, "matter": "M1", **change}
    given(REPORT).when(REFERRAL, "dispatch", number="YS-1", by="slj", at="2024-05-06", **asked).refused(code)


def test_a_late_dispatch_is_recorded_and_judged_late() -> None:
    late = given(*NEEDED).when(REFERRAL, "dispatch", case="YS-1", by="slj", at="2024-05-07", **SENDING)
    clock = late.then_topics("referral.dispatched").clock("XE-REF5")
    assert clock is not None
    assert (clock.state, clock.late_calendar_days, clock.late_working_days) == (State.BREACHED_LATE, 1, 1)


def test_only_the_holder_dispatches_and_not_what_is_on_its_way() -> None:
    again = {**SENDING, "to": "zjj", "matter": "M1"}
    given(REPORT).when(REFERRAL, "dispatch", number="YS-1", by="jtj", at="2024-05-06", **again).forbidden()
    given(*SENT).when(REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-07", **again).refused(
        "MATTER_IN_TRANSIT"
    )
    given(*SIGNED).when(REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-09", **again).forbidden()


def test_holding_one_matter_is_no_right_to_dispatch_another() -> None:
    other = fact(ViolationDiscovered(matter="M2", description="转包", discovered_on=None), "2024-04-29", "zjj", "JB-1")
    asked = given(*NEEDED, other).when(
        REFERRAL, "dispatch", case="YS-1", by="zjj", at="2024-05-06", matter="M2", **SENDING
    )
    asked.refused("MATTER_NOT_IN_HAND")


def test_the_same_addressee_gets_a_matter_again_only_on_new_facts() -> None:
    again = {**SENDING, "matter": "M1", "number": "YS-2", "by": "slj", "at": "2024-05-20"}
    given(*BACK).when(REFERRAL, "dispatch", **again).refused("REPEAT_REFERRAL_REQUIRES_DISPUTE")
    given(*BACK).when(REFERRAL, "dispatch", **again, new_facts=" ").refused("REPEAT_REFERRAL_REQUIRES_DISPUTE")
    told = given(*BACK).when(REFERRAL, "dispatch", **again, new_facts="查明路段属县道")
    told.then(opened("YS-2"), dispatched(leg=2, new_facts="查明路段属县道"))


def test_a_returned_matter_goes_to_another_department_as_the_next_leg() -> None:
    again = {**SENDING, "to": "zjj", "matter": "M1", "number": "YS-2"}
    given(*BACK).when(REFERRAL, "dispatch", by="slj", at="2024-05-20", **again).then(
        opened("YS-2"), dispatched("zjj", leg=2)
    )


def test_a_withdrawn_referral_does_not_count_as_an_attempt() -> None:
    facts = (*SENT, fact(ReferralWithdrawn(matter="M1", reason="补查"), "2024-05-07", "slj"))
    asked = given(*facts).when(REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-08", matter="M1", **SENDING)
    asked.then(opened("YS-2"), dispatched())


def test_while_jurisdiction_is_disputed_nothing_is_dispatched() -> None:
    asked = {**SENDING, "to": "zjj", "matter": "M1"}
    given(*DISPUTED).when(REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-17", **asked).refused(
        "JURISDICTION_DISPUTE_PENDING"
    )


def test_the_referrer_takes_the_returned_material_in_and_has_a_fresh_time_to_refer() -> None:
    result = given(*RETURNED).when(REFERRAL, "receive_returned", by="slj", at="2024-05-15")
    result.then(ReferralReturnReceived(matter="M1"), ComplaintReturned(matter="M1"))
    clock = result.clock("XE-REF5")
    assert clock is not None
    assert (result.holder("M1"), result.in_transit_to("M1"), clock.due.day) == ("slj", None, date(2024, 5, 22))


def test_nobody_takes_in_what_was_not_returned_to_it() -> None:
    given(*SIGNED).when(REFERRAL, "receive_returned", by="slj", at="2024-05-15").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*RETURNED).when(REFERRAL, "receive_returned", by="zjj", at="2024-05-15").forbidden()
    given(*DISPUTED).when(REFERRAL, "receive_returned", by="slj", at="2024-05-17").refused("MATTER_NOT_IN_HAND")


def test_a_withdrawn_referral_leaves_the_duty_to_refer_running_from_its_origin() -> None:
    facts = (*NEEDED, fact(dispatched(), "2024-04-29", "slj"))
    result = given(*facts).when(REFERRAL, "withdraw", by="slj", at="2024-04-30", reason="事实有待补查")
    result.then(ReferralWithdrawn(matter="M1", reason="事实有待补查"))
    clock = result.clock("XE-REF5")
    assert clock is not None
    assert (clock.state, clock.due.day) == (State.RUNNING, date(2024, 5, 6))
    assert (result.holder("M1"), result.in_transit_to("M1")) == ("slj", None)


def test_a_withdrawal_may_end_the_duty_to_refer_with_its_reason() -> None:
    facts = (*NEEDED, fact(dispatched(), "2024-04-29", "slj"))
    result = given(*facts).when(REFERRAL, "withdraw", by="slj", at="2024-04-30", reason="属本部门职责", ends_duty=True)
    clock = result.then_topics("referral.withdrawn").clock("XE-REF5")
    assert clock is not None
    assert clock.state is State.VOID


def test_before_acceptance_a_referral_is_withdrawn_from_its_receiver_too() -> None:
    result = given(*SIGNED).when(REFERRAL, "withdraw", by="slj", at="2024-05-09", reason="事实有待补查")
    assert result.then_topics("referral.withdrawn", "complaint.returned").holder("M1") == "slj"


def test_a_need_that_was_not_dispatched_ends_only_with_the_duty() -> None:
    asked: dict[str, Any] = {"by": "slj", "at": "2024-04-30", "reason": "属本部门职责"}
    given(*NEEDED).when(REFERRAL, "withdraw", **asked).refused("REFERRAL_NOTHING_DISPATCHED")
    given(*NEEDED).when(REFERRAL, "withdraw", **asked, ends_duty=True).then_topics("referral.withdrawn")


def test_a_referral_is_not_withdrawn_without_reason_by_others_or_after_acceptance() -> None:
    given(*SENT).when(REFERRAL, "withdraw", by="slj", at="2024-05-07", reason=None).refused(
        "WITHDRAWAL_REASON_REQUIRED"
    )
    given(*SENT).when(REFERRAL, "withdraw", by="jtj", at="2024-05-07", reason="不属本部门").forbidden()
    for facts in (ACCEPTED, HANDLED, RETURNED, BACK):
        given(*facts).when(REFERRAL, "withdraw", by="slj", at="2024-05-21", reason="补查").refused(
            "REFERRAL_WITHDRAWAL_TOO_LATE"
        )


def test_what_the_receiver_sent_on_cannot_be_withdrawn_over_its_head() -> None:
    onward = (
        fact(opened("YS-2"), "2024-05-09", "jtj", "YS-2"),
        fact(dispatched("zjj", referrer="jtj"), "2024-05-09", "jtj", "YS-2"),
    )
    taken = given(*SIGNED, *onward).when(REFERRAL, "withdraw", case="YS-1", by="slj", at="2024-05-10", reason="补查")
    taken.refused("MATTER_IN_TRANSIT")


def test_the_referral_of_the_road_report_runs_through_two_legs() -> None:
    second = (
        fact(opened("YS-2"), "2024-05-20", "slj", "YS-2"),
        fact(dispatched("zjj", leg=2), "2024-05-20", "slj", "YS-2"),
        fact(ReferralReceiptSigned(matter="M1", catalogue_agrees=True), "2024-05-21", "zjj", "YS-2"),
        fact(ReferralAccepted(matter="M1"), "2024-05-27", "zjj", "YS-2"),
    )
    result = given(*BACK, *second).when(REFERRAL, "reply_acceptance_result", by="zjj", at="2024-06-04", to="slj")
    clock = result.then_topics("referral.acceptance-replied").clock("XE-RPL5")
    assert clock is not None
    assert (clock.state, clock.late_working_days) == (State.BREACHED_LATE, 1)
    assert [result.file.judge(each, result.new[-1].occurred_at).state for each in result.clocks("XE-RET5")] == [
        "met",
        "void",
    ]
