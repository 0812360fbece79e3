"""Whatever is done with a complaint or report in whatever order, its facts replayed give the same case (重放)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import ComplaintReceived, Inspection, Subject
from domain.cases.referral.case import Referral
from domain.cases.referral.events import Delivery, Scope
from domain.kernel import Case, MatterEvent
from tests.given import Given, given, opening

FIRST = date(2025, 3, 3)
PAUSES = st.sampled_from([{}, {"pause_id": "P1"}, {"pause_id": "P2"}])
MATTER = st.sampled_from([{}, {"matter": "M2"}])
YES = st.booleans()
STEPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "accept": st.just({}),
    "reject": st.sampled_from([{"reason": None}, {"reason": "不具体"}]),
    "determine_not_competent": st.fixed_dictionaries(
        {"competent": st.sampled_from(["nyj", "zjj"]), "transfer_required": YES}
    ),
    "notify_complainant": st.fixed_dictionaries({"written": YES}),
    "link_duplicate": st.just({"earlier": "TS-9", "earlier_receiver": "slj", "complainant_told": True}),
    "commission_inspection": PAUSES.map(lambda pause: {"kind": Inspection.TEST, **pause}),
    "record_inspection_report": PAUSES,
    "commission_expert_review": PAUSES,
    "record_expert_opinion": PAUSES,
    "suspend_trading": st.just({}),
    "resume_trading": st.just({}),
    "suspend_procurement": st.just({}),
    "resume_procurement": st.just({}),
    "lapse_suspension": st.just({}),
    "request_correction": st.just({"items": ("身份证明",), "deadline": date(2025, 4, 1)}),
    "record_correction": st.just({}),
    "request_withdrawal": st.fixed_dictionaries({"written": YES, "grounds": st.just("和解")}),
    "grant_withdrawal": st.fixed_dictionaries({"violation_established": YES}),
    "refuse_withdrawal": st.fixed_dictionaries({"violation_established": YES}),
    "notify_respondents": st.just({}),
    "submit_statement": st.just({}),
    "publish_decision": st.just({}),
    "decide": st.sampled_from([{"outcome": "投诉成立"}, {"outcome": None}]),
    "serve_decision": st.just({}),
    "discover_violation": st.just({"new_matter": "M2", "description": "转包"}),
    "complete_handling": MATTER,
    "file_report": MATTER,
    "close": MATTER,
    "reopen": st.just({"judgment": "判决", "judgment_received_on": date(2025, 3, 3)}),
}
REFERRAL: dict[str, dict[str, Any]] = {
    "sign_receipt": {},
    "return_to_sender": {"reason": "不属"},
    "receive_returned": {},
    "withdraw": {"reason": "待补查"},
}
SENDING = {"scope": Scope.OTHER_REMIT, "delivery": Delivery.POST, "catalogue": ("投诉书",), "matter": "TS-1"}
BY = st.sampled_from(["whoever may", "whoever may", "whoever may", "zjj"])
ACT = st.sampled_from(sorted(STEPS)).flatmap(lambda name: st.tuples(st.just(name), BY, STEPS[name]))
REFER = st.tuples(st.sampled_from(["refer", "take", *REFERRAL]), BY, st.just(dict[str, Any]()))
PATH = st.lists(st.one_of(ACT, ACT, ACT, REFER), min_size=10, max_size=25)
LIKELY = [("accept", "czj", {}), ("decide", "czj", {"outcome": "投诉成立"}), ("serve_decision", "czj", {}),
          ("file_report", "czj", {}), ("close", "czj", {})]  # fmt: skip


def known(case: Case) -> dict[str, Any]:
    """Everything a case knows."""
    return {name: value for name, value in vars(case).items() if name != "recorded"}


def replayed(file: Given, case: Case) -> Case:
    """The same case from its facts alone."""
    fresh = type(case)()
    for entry in file.file.entries:
        if entry.case_id == case.id:
            fresh.replay(entry)
    return fresh


def may(file: Given, name: str) -> str:
    """The organ that is most likely to have a step open to it."""
    matter = file.file.matters["TS-1"]
    match name:
        case "lapse_suspension":
            return "system"
        case "submit_statement":
            return "respondent"
        case "withdraw" | "reopen":
            return "czj"
    return matter.in_transit_to if name in REFERRAL and matter.in_transit_to else matter.holder or "czj"


def take(file: Given, name: str, by: str, at: str, arguments: dict[str, Any]) -> None:
    """Take one step of the complaint, or of the latest referral of it."""
    referred = any(isinstance(case, Referral) for case in file.file.cases.values())
    by = may(file, name) if by == "whoever may" else by
    match name:
        case "refer":
            file.when(Referral, "dispatch", by=by, at=at, number=f"YS-{len(file.file.cases)}",
                      to="zjj" if by == "nyj" else "nyj", **SENDING)  # fmt: skip
        case "take" if referred:
            file.when(Referral, "accept", by=by, at=at)
        case _ if name in REFERRAL and referred:
            file.when(Referral, name, by=by, at=at, **REFERRAL[name])
        case _ if name in STEPS:
            file.when(Complaint, name, by=by, at=at, **arguments)


@pytest.mark.parametrize("subject", Subject)
@settings(max_examples=40, deadline=None)
@drawn(path=PATH, likely=st.integers(0, len(LIKELY)))
def test_every_path_replays_to_the_same_case(
    subject: Subject, path: list[tuple[str, str, dict[str, Any]]], likely: int
) -> None:
    received = ComplaintReceived(
        **opening("TS-1"), subject=subject, complainant="ref-1", prior_objection_answered=date(2025, 2, 28)
    )
    file = given((received, FIRST.isoformat(), "czj"))
    complaint = next(iter(file.file.cases.values()))
    for day, (name, by, arguments) in enumerate([*LIKELY[:likely], *path], 1):
        before, facts = known(complaint), len(file.file.entries)
        take(file, name, by, (FIRST + timedelta(days=day)).isoformat(), arguments)
        if file.refusal or file.denied:
            assert (known(complaint), len(file.file.entries)) == (before, facts)
        assert known(replayed(file, complaint)) == known(complaint)
        assert all((matter.holder is not None) == matter.open for matter in file.file.matters.values())
    assert all(isinstance(entry.event, MatterEvent) for entry in file.file.entries)
