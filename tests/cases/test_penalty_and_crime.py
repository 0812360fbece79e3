"""No administrative penalty in place of transfer to the police (不得以行政处罚代替移送)."""

from __future__ import annotations

from typing import Any

import pytest

from domain.cases.crime_referral.events import (
    CrimeReferralApproved,
    CrimeReferralDispatched,
    CrimeReferralNotApproved,
    CrimeReferralReportSubmitted,
    CrimeSuspicionRecorded,
)
from tests.cases.punishment_facts import decide
from tests.given import given, opening

DECIDED = "joint-punishment.penalty-decided"


def crime(matter: str = "V7") -> tuple[Any, ...]:
    """A suspicion, the report, and how the head may decide; then the dispatch."""
    suspicion = CrimeSuspicionRecorded(
        **opening("XS-1", matter, "XS-1"), department="zjj", task_force=("甲", "乙"), description="串通投标"
    )
    return (
        (suspicion, "2025-04-01", "zjj"),
        (CrimeReferralReportSubmitted(matter=matter, report="报告"), "2025-04-02", "zjj"),
        (CrimeReferralApproved(matter=matter, approved_by="局长"), "2025-04-03", "zjj"),
        (CrimeReferralNotApproved(matter=matter, reason="情节显著轻微"), "2025-04-03", "zjj"),
        (CrimeReferralDispatched(matter=matter, to="gaj", materials=("移送书",)), "2025-04-04", "zjj"),
    )


SUSPECTED, REPORTED, APPROVED, NOT_APPROVED, DISPATCHED = range(5)


@pytest.mark.parametrize("so_far", [[SUSPECTED], [SUSPECTED, REPORTED], [SUSPECTED, REPORTED, APPROVED]])
@pytest.mark.parametrize("kind", ["罚款", "责令停产停业"])
def test_no_penalty_for_the_suspected_act_between_suspicion_and_transfer(so_far: list[int], kind: str) -> None:
    facts = [crime()[place] for place in so_far]
    decide(given(*facts), kind=kind).refused("PENALTY_IN_PLACE_OF_TRANSFER")
    decide(given(*facts), kind=kind, apart_from_crime=True).refused("PENALTY_IN_PLACE_OF_TRANSFER")


@pytest.mark.parametrize(
    "so_far", [[SUSPECTED, REPORTED, NOT_APPROVED], [SUSPECTED, REPORTED, APPROVED, DISPATCHED]]
)  # fmt: skip
def test_the_act_may_be_penalised_once_the_head_declined_or_the_case_was_sent(so_far: list[int]) -> None:
    decide(given(*(crime()[place] for place in so_far))).then_topics(DECIDED)


def test_an_act_sent_to_the_police_stays_in_their_matter_when_it_is_penalised() -> None:
    file = decide(given(*(crime()[place] for place in (SUSPECTED, REPORTED, APPROVED, DISPATCHED))))
    assert (file.holder("V7"), file.in_transit_to("V7"), file.holder("CF-2")) == ("zjj", "gaj", "zjj")


def test_another_act_of_the_file_may_be_penalised_meanwhile() -> None:
    decide(given(crime("V1 ")[SUSPECTED]), fact="V2").then_topics(DECIDED)
    decide(given(crime("V1 ")[SUSPECTED]), fact="v1").refused("PENALTY_IN_PLACE_OF_TRANSFER")


def test_a_suspicion_of_the_whole_case_covers_every_act_unless_the_department_tells_them_apart() -> None:
    whole = crime("XS-1")[SUSPECTED]
    decide(given(whole)).refused("PENALTY_IN_PLACE_OF_TRANSFER")
    decide(given(whole), apart_from_crime=True).then_topics(DECIDED)
