"""The police sign for a referred case, examine it, file it or say why not, and may not refuse it as incomplete."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.crime_referral import CASE as CRIME
from domain.cases.crime_referral.events import (
    Approval,
    CriminalCaseFiled,
    CriminalFilingRefused,
    ExaminationExtended,
    PoliceForwarded,
    PoliceReceiptSigned,
    ProsecutorSupervisionSuggested,
    ReconsiderationDecided,
    ReconsiderationRequestReceived,
    Result,
    SupplementRequested,
)
from domain.law.clock import State
from tests.cases.crime_facts import (
    APPROVED,
    ASKED,
    DISPATCHED,
    EXAMINING,
    FILED,
    NOT_FILED,
    RECONSIDERING,
    REFUSAL,
    SUPPLEMENTED,
    SUPPLEMENTING,
    UPHELD,
    M,
)
from tests.given import given

WRONG_STATE = "STEP_NOT_ALLOWED_IN_STATE"
FORWARDED = (*EXAMINING, (PoliceForwarded(**M, to="gaj2"), "2025-10-09T15:00+08:00", "gaj"))


def test_the_police_sign_the_receipt_and_have_three_days() -> None:
    result = (
        given(*DISPATCHED)
        .when(CRIME, "sign_receipt", by="gaj", at="2025-10-09T10:00+08:00")
        .then(PoliceReceiptSigned(**M))
    )
    clock = result.clock("NA-POL3")
    assert clock is not None
    assert (clock.due.day, result.holder("V1")) == (date(2025, 10, 13), "gaj")
    given(*DISPATCHED).when(CRIME, "sign_receipt", by="gaj2", at="2025-10-09T10:00+08:00").forbidden()
    given(*APPROVED).when(CRIME, "sign_receipt", by="gaj", at="2025-10-09").forbidden()


def test_the_referring_department_may_record_for_the_police_who_have_no_access() -> None:
    result = given(*DISPATCHED).when(CRIME, "sign_receipt", by="scj", on_behalf_of="gaj", at="2025-10-09T10:00+08:00")
    assert result.then(PoliceReceiptSigned(**M)).holder("V1") == "gaj"


def test_a_case_of_another_jurisdiction_is_forwarded_within_24_hours_of_the_receipt() -> None:
    result = given(*EXAMINING).when(CRIME, "forward_by_police", by="gaj", at="2025-10-10T09:00+08:00", to="gaj2")
    result.then(PoliceForwarded(**M, to="gaj2"))
    forwarding, examining = result.clock("NA-POLFWD24"), result.clock("NA-POL3")
    assert forwarding is not None
    assert examining is not None
    assert (forwarding.state, examining.state, result.in_transit_to("V1")) == (State.MET, State.VOID, "gaj2")
    signed = given(*FORWARDED).when(CRIME, "sign_receipt", by="gaj2", at="2025-10-10").then(PoliceReceiptSigned(**M))
    clock = signed.clock("NA-POL3")
    assert clock is not None
    assert (signed.holder("V1"), clock.due.day) == ("gaj2", date(2025, 10, 13))
    signed.when(CRIME, "file_case", by="gaj2", at="2025-10-11").then(CriminalCaseFiled(**M))


def test_the_police_forward_to_other_police_only() -> None:
    given(*EXAMINING).when(CRIME, "forward_by_police", by="gaj", at="2025-10-10", to="zjj").refused("POLICE_REQUIRED")
    given(*EXAMINING).when(CRIME, "forward_by_police", by="gaj", at="2025-10-10", to="gaj").refused(
        "POLICE_FORWARD_TO_ITSELF"
    )
    given(*EXAMINING).when(CRIME, "forward_by_police", by="scj", at="2025-10-10", to="gaj2").forbidden()
    given(*FILED).when(CRIME, "forward_by_police", by="gaj", at="2025-10-11", to="gaj2").refused(WRONG_STATE)


def test_missing_material_is_asked_for_within_24_hours_and_suspends_the_three_days() -> None:
    result = given(*EXAMINING).when(
        CRIME, "request_supplement", by="gaj", at="2025-10-10T09:20+08:00", missing=("鉴定意见",)
    )
    result.then(SupplementRequested(**M, missing=("鉴定意见",)))
    asking, examining, supplying = (result.clock(rule) for rule in ("NA-POLINC24", "NA-POL3", "NA-SUP3"))
    assert asking is not None
    assert examining is not None
    assert supplying is not None
    assert (asking.state, examining.state, supplying.due.day) == (State.MET, State.VOID, date(2025, 10, 13))
    assert (result.clocks("NA-SUP3")[0].party, result.holder("V1")) == ("scj", "gaj")
    given(*EXAMINING).when(CRIME, "request_supplement", by="gaj", at="2025-10-10", missing=None).refused(
        "SUPPLEMENT_LIST_REQUIRED"
    )
    given(*SUPPLEMENTING).when(CRIME, "request_supplement", by="gaj", at="2025-10-11", missing=("鉴定意见",)).refused(
        WRONG_STATE
    )
    given(*EXAMINING).when(CRIME, "request_supplement", by="scj", at="2025-10-10", missing=("鉴定意见",)).forbidden()


def test_the_police_may_not_refuse_the_case_because_it_is_incomplete() -> None:
    asked: dict[str, Any] = {"by": "gaj", "at": "2025-10-11"}
    given(*EXAMINING).when(CRIME, "refuse_filing", **asked, reason="移送材料不全").refused("INCOMPLETENESS_NO_GROUND")
    given(*SUPPLEMENTING).when(CRIME, "refuse_filing", **asked, reason="没有犯罪事实").refused(
        "INCOMPLETENESS_NO_GROUND"
    )


def test_police_left_without_the_supplement_decide_on_what_they_have() -> None:
    late: dict[str, Any] = {"by": "gaj", "at": "2025-10-15", "reason": "没有犯罪事实"}
    given(*SUPPLEMENTING).when(CRIME, "refuse_filing", **late).then(
        CriminalFilingRefused(**M, reason="没有犯罪事实", to="scj")
    )
    given(*SUPPLEMENTING).when(CRIME, "file_case", by="gaj", at="2025-10-11").then(CriminalCaseFiled(**M))


def test_a_refusal_to_file_gives_the_reason_and_sends_the_material_back() -> None:
    result = given(*SUPPLEMENTED).when(
        CRIME, "refuse_filing", by="gaj", at="2025-10-16T16:00+08:00", reason="犯罪事实显著轻微"
    )
    clock = result.then(REFUSAL).clock("NA-POL3")
    assert clock is not None
    assert (clock.state, result.holder("V1"), result.in_transit_to("V1")) == (State.MET, "gaj", "scj")
    given(*EXAMINING).when(CRIME, "refuse_filing", by="gaj", at="2025-10-11", reason=None).refused(
        "FILING_REFUSAL_REASON_REQUIRED"
    )
    given(*FILED).when(CRIME, "refuse_filing", by="gaj", at="2025-10-11", reason="没有犯罪事实").refused(WRONG_STATE)
    given(*EXAMINING).when(CRIME, "refuse_filing", by="scj", at="2025-10-11", reason="没有犯罪事实").forbidden()


def test_the_police_file_the_case_late_too_and_hold_it() -> None:
    result = given(*EXAMINING).when(CRIME, "file_case", by="gaj", at="2025-10-15").then(CriminalCaseFiled(**M))
    clock = result.clock("NA-POL3")
    assert clock is not None
    assert (clock.state, clock.late_calendar_days, result.holder("V1")) == (State.BREACHED_LATE, 2, "gaj")
    given(*DISPATCHED).when(CRIME, "file_case", by="gaj", at="2025-10-09T10:00+08:00").forbidden()
    given(*FILED).when(CRIME, "file_case", by="gaj", at="2025-10-11").refused(WRONG_STATE)
    given(*EXAMINING).when(CRIME, "file_case", by="scj", at="2025-10-11").forbidden()


SUPERVISED = (*UPHELD, (ProsecutorSupervisionSuggested(**M), "2025-10-24", "scj"))


@pytest.mark.parametrize("facts", [NOT_FILED, UPHELD, SUPERVISED])
def test_after_a_refusal_the_police_file_on_new_facts_or_because_the_procuratorate_asked(
    facts: tuple[Any, ...],
) -> None:
    result = given(*facts).when(CRIME, "file_case", by="gaj", at="2025-10-25").then(CriminalCaseFiled(**M))
    assert result.holder("V1") == "gaj"


def test_the_examination_is_extended_by_the_county_and_then_by_its_superior() -> None:
    extend: dict[str, Any] = {"by": "gaj", "at": "2025-10-13"}
    result = given(*EXAMINING).when(CRIME, "extend_examination", **extend, approval=Approval.COUNTY)
    result.then(ExaminationExtended(**M, approval=Approval.COUNTY))
    examining, outer = result.clock("NA-POL3"), result.clock("NA-POL10")
    assert examining is not None
    assert outer is not None
    assert (examining.state, outer.due.day) == (State.MET, date(2025, 11, 10))
    result.when(CRIME, "extend_examination", **extend, approval=Approval.COUNTY).refused("EXTENSION_NOT_IN_ORDER")
    result.when(CRIME, "extend_examination", **extend, approval=Approval.SUPERIOR).then(
        ExaminationExtended(**M, approval=Approval.SUPERIOR)
    )
    result.when(CRIME, "extend_examination", **extend, approval=Approval.SUPERIOR).refused("EXTENSION_NOT_IN_ORDER")
    given(*EXAMINING).when(CRIME, "extend_examination", **extend, approval=Approval.SUPERIOR).refused(
        "EXTENSION_NOT_IN_ORDER"
    )
    given(*FILED).when(CRIME, "extend_examination", **extend, approval=Approval.COUNTY).refused(WRONG_STATE)
    given(*EXAMINING).when(CRIME, "extend_examination", by="scj", at="2025-10-13", approval=Approval.COUNTY).forbidden()


def test_the_police_reconsider_in_three_days_from_the_request() -> None:
    result = given(*ASKED).when(CRIME, "receive_reconsideration", by="gaj", at="2025-10-21")
    clock = result.then(ReconsiderationRequestReceived(**M)).clock("NA-RCD3")
    assert clock is not None
    assert (clock.due.day, result.holder("V1")) == (date(2025, 10, 24), "scj")
    given(*NOT_FILED).when(CRIME, "receive_reconsideration", by="gaj", at="2025-10-21").refused(WRONG_STATE)
    given(*ASKED).when(CRIME, "receive_reconsideration", by="scj", at="2025-10-21").forbidden()


def test_a_reconsideration_that_files_the_case_gives_it_to_the_police_at_once() -> None:
    late = given(*RECONSIDERING).when(CRIME, "decide_reconsideration", by="gaj", at="2025-10-27", result=Result.FILED)
    late.then(ReconsiderationDecided(**M, result=Result.FILED), CriminalCaseFiled(**M))
    clock = late.clock("NA-RCD3")
    assert clock is not None
    assert (clock.state, clock.late_calendar_days, late.holder("V1")) == (State.BREACHED_LATE, 3, "gaj")


def test_a_reconsideration_that_upholds_the_refusal_leaves_the_case_with_the_department() -> None:
    upheld = given(*RECONSIDERING).when(
        CRIME, "decide_reconsideration", by="gaj", at="2025-10-23", result=Result.UPHELD
    )
    assert upheld.then(ReconsiderationDecided(**M, result=Result.UPHELD)).holder("V1") == "scj"
    given(*ASKED).when(CRIME, "decide_reconsideration", by="gaj", at="2025-10-23", result=Result.UPHELD).refused(
        WRONG_STATE
    )
    given(*RECONSIDERING).when(
        CRIME, "decide_reconsideration", by="scj", at="2025-10-23", result=Result.FILED
    ).forbidden()
