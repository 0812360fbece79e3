"""The shipped rules on whole files: which facts start, pause, stop, void and revive which clock, and who owes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint import events as complaint
from domain.cases.crime_referral import events as crime
from domain.cases.evidence_handover import events as evidence
from domain.cases.referral import events as referral
from tests.given import Given, given, opening

CASE, REFERRAL = "TS-1", "YS-1"
M = {"matter": CASE}


def received(subject: str = "bidding", **fields: Any) -> complaint.ComplaintReceived:
    return complaint.ComplaintReceived(**opening(CASE), subject=complaint.Subject(subject), **fields)


def reported() -> complaint.ReportReceived:
    return complaint.ReportReceived(**opening(CASE), named=False)


def not_competent(*, transfer: bool = True, known: bool = True) -> complaint.NotCompetentDetermined:
    return complaint.NotCompetentDetermined(**M, competent="slj", transfer_required=transfer, complainant_known=known)


def dispatched(to: str) -> referral.ReferralDispatched:
    return referral.ReferralDispatched(
        **M,
        referrer="zjj",
        to=to,
        scope=referral.Scope("S1"),
        delivery=referral.Delivery("直接送达"),
        catalogue=("案卷",),
    )


def required(ground: str, day: date | None = None) -> referral.ReferralRequired:
    return referral.ReferralRequired(
        **opening(REFERRAL, CASE, CASE), referrer="zjj", scope=referral.Scope("S1"), basis="二（四）1",
        ground=referral.Trigger(ground), discovered_on=day,
    )  # fmt: skip


OPENED = (referral.ReferralOpened(**opening(REFERRAL, CASE, CASE)), "2025-03-05", "zjj")
SIGNED = referral.ReferralReceiptSigned(**M, catalogue_agrees=True)
ACCEPTED = complaint.ComplaintAccepted(**M)
TAKEN = referral.ReferralAccepted(**M)
RETURNED = referral.ReferralReturned(**M, reason="不属本部门职责", to="zjj")
BACK = referral.ReferralReturnReceived(**M)
SENT = (OPENED, (dispatched("slj"), "2025-03-06", "zjj"), (SIGNED, "2025-03-07", "slj"))


def withdrawn(*, ends_duty: bool) -> referral.ReferralWithdrawn:
    return referral.ReferralWithdrawn(**M, reason="重复移送", ends_duty=ends_duty)


def clocks(rule: str, *facts: tuple[Any, ...]) -> list[str]:
    """Every clock of a rule at the last fact: who owes it, from which day, and what is true of it."""
    file: Given = given(*facts)
    at = max(entry.occurred_at for entry in file.file.entries)
    return [f"{clock.party} {clock.anchor:%m-%d} {file.file.judge(clock, at).state}" for clock in file.clocks(rule)]


CASES = [
    ("a known complainant is told and the file transferred, both counted from receipt", ("XE-RDN3", "XE-REF5"),
     [(received(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj")],
     [["zjj 03-03 running"], ["zjj 03-03 running"]]),
    ("for an anonymous report there is only the transfer", ("XE-RDN3", "XE-REF5"),
     [(reported(), "2025-03-03", "zjj"), (not_competent(known=False), "2025-03-04", "zjj")],
     [[], ["zjj 03-03 running"]]),
    ("without material to move there is only the notice", ("XE-RDN3", "XE-REF5"),
     [(received(), "2025-03-03", "zjj"), (not_competent(transfer=False), "2025-03-04", "zjj")],
     [["zjj 03-03 running"], []]),
    ("a late finding makes both late at once", ("XE-RDN3", "XE-REF5"),
     [(received(), "2025-03-03", "zjj"), (not_competent(), "2025-03-11", "zjj")],
     [["zjj 03-03 breached_open"], ["zjj 03-03 breached_open"]]),
    ("what the referrer received counts from its receipt", ("XE-REF5",),
     [(received(), "2025-03-03", "zjj"), (required("receipt"), "2025-03-05", "zjj")],
     [["zjj 03-03 running"]]),
    ("what the referrer discovered counts from the discovery", ("XE-REF5",),
     [(received(), "2025-03-03", "zjj"), (required("discovery", date(2025, 3, 18)), "2025-03-20", "zjj")],
     [["zjj 03-18 running"]]),
    ("a need recorded while the clock runs does not double it", ("XE-REF5",),
     [(received(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), (required("receipt"), "2025-03-05", "zjj")],
     [["zjj 03-03 running"]]),
    ("a receiver that accepted counts from its own receipt", ("XE-REF5",),
     [(reported(), "2025-03-03", "zjj"), *SENT, (TAKEN, "2025-03-10", "slj"),
      (referral.ReferralRequired(**opening("YS-2", CASE, CASE), referrer="slj", scope=referral.Scope("S2"), basis="二（四）1",
                                 ground=referral.Trigger("receipt")), "2025-03-11", "slj", "YS-2")],
     [["slj 03-07 running"]]),
    ("a return gives a fresh leg and lets the earlier verdict stand", ("XE-REF5",),
     [(reported(), "2025-02-20", "zjj"), (not_competent(), "2025-02-21", "zjj"), *SENT, (RETURNED, "2025-03-12", "slj"),
      (BACK, "2025-03-13", "zjj")],
     [["zjj 02-20 breached_late", "zjj 03-13 running"]]),
    ("taking the matter up after all ends the duty to refer it again", ("XE-REF5",),
     [(reported(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), *SENT, (RETURNED, "2025-03-12", "slj"),
      (BACK, "2025-03-13", "zjj"), (complaint.ReportAccepted(**M), "2025-03-14", "zjj", CASE)],
     [["zjj 03-03 met", "zjj 03-13 void"]]),
    ("withdrawing a dispatched referral lets the clock run on from its origin", ("XE-REF5", "XE-RET5"),
     [(reported(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), *SENT,
      (withdrawn(ends_duty=False), "2025-03-11", "zjj")],
     [["zjj 03-03 breached_open"], ["slj 03-07 void"]]),
    ("withdrawing with the end of the duty leaves nothing to refer", ("XE-REF5",),
     [(reported(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), *SENT,
      (withdrawn(ends_duty=True), "2025-03-11", "zjj")],
     [["zjj 03-03 void"]]),
    ("withdrawing a second need does not touch the verdict of the first leg", ("XE-REF5",),
     [(reported(), "2025-02-20", "zjj"), (not_competent(), "2025-02-21", "zjj"), *SENT, (RETURNED, "2025-03-12", "slj"),
      (BACK, "2025-03-13", "zjj"), (withdrawn(ends_duty=True), "2025-03-14", "zjj")],
     [["zjj 02-20 breached_late", "zjj 03-13 void"]]),
    ("a dispute stops the referral clock", ("XE-REF5",),
     [(reported(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), *SENT, (RETURNED, "2025-03-12", "slj"),
      (BACK, "2025-03-13", "zjj"),
      (referral.JurisdictionDisputeRaised(**M, coordinator="zwj", parties=("zjj", "slj")), "2025-03-17", "zjj")],
     [["zjj 03-03 met", "zjj 03-13 met"]]),
    ("the return window of a receiver lapses unused and is taken away by a later acceptance", ("XE-RET5", "XE-RPL5"),
     [(reported(), "2025-03-03", "zjj"), *SENT, (TAKEN, "2025-03-20", "slj")],
     [["slj 03-07 void"], ["slj 03-20 running"]]),
    ("a designated receiver gets no return window", ("XE-RET5",),
     [(reported(), "2025-03-03", "zjj"), OPENED, (dispatched("slj"), "2025-03-06", "zjj"),
      (referral.ReferralReceiptSigned(**M, catalogue_agrees=True, designated=True), "2025-03-07", "slj")],
     [[]]),
    ("an organ outside the county owes nothing under the plan", ("XE-RET5", "NA-ACC3"),
     [(received(), "2025-03-03", "zjj"), OPENED, (dispatched("ez_zjj"), "2025-03-06", "zjj"), (SIGNED, "2025-03-07", "ez_zjj")],
     [[], ["zjj 03-03 breached_open"]]),
    ("non-acceptance is replied to as well", ("XE-RPL5", "XE-RET5"),
     [(reported(), "2025-03-03", "zjj"), *SENT, (referral.ReferralNotAccepted(**M, reason="不符合受理条件"), "2025-03-10", "slj")],
     [["slj 03-10 running"], ["slj 03-07 void"]]),
    ("forwarding to the competent level is judged at once, from the receipt, by analogy", ("XE-LVL5", "XE-RET5", "NA-ACC3"),
     [(received(), "2025-03-03", "zjj"), *SENT,
      (referral.ForwardedToCompetentLevel(**M, to="ez_zjj", why="属州级管辖"), "2025-03-10", "slj")],
     [["slj 03-07 met"], ["slj 03-07 void"], ["zjj 03-03 breached_open", "slj 03-07 met"]]),
    ("each department decides on acceptance for itself", ("NA-ACC3",),
     [(received(), "2025-03-03", "zjj"), (not_competent(), "2025-03-04", "zjj"), *SENT,
      (complaint.ComplainantRedirected(**M, ends_matter=False), "2025-03-10", "zjj", CASE)],
     [["zjj 03-03 breached_late", "slj 03-07 running"]]),
    ("a report has no time for acceptance", ("NA-ACC3",), [(reported(), "2025-03-03", "zjj"), *SENT], [[]]),
    ("the decision counts from receipt, and from the receiver's own after a transfer", ("NA-DEC30",),
     [(received(), "2025-03-03", "zjj"), (ACCEPTED, "2025-03-05", "zjj", CASE), *SENT, (TAKEN, "2025-03-10", "slj")],
     [["zjj 03-03 void", "slj 03-07 running"]]),
    ("a return revives the decision clock of who gets the file back", ("NA-DEC30",),
     [(received(), "2025-03-03", "zjj"), (ACCEPTED, "2025-03-05", "zjj", CASE), *SENT, (RETURNED, "2025-03-12", "slj"),
      (BACK, "2025-03-13", "zjj")],
     [["zjj 03-03 running"]]),
    ("a withdrawal revives it too", ("NA-DEC30",),
     [(received(), "2025-03-03", "zjj"), (ACCEPTED, "2025-03-05", "zjj", CASE), *SENT,
      (withdrawn(ends_duty=False), "2025-03-11", "zjj")],
     [["zjj 03-03 running"]]),
    ("what another dispatched and withdrew does not revive the clock of the first", ("NA-DEC30",),
     [(received(), "2025-03-03", "zjj"), (ACCEPTED, "2025-03-05", "zjj", CASE), *SENT, (TAKEN, "2025-03-10", "slj"),
      (dispatched("jtj"), "2025-03-11", "slj"), (withdrawn(ends_duty=False), "2025-03-12", "slj")],
     [["zjj 03-03 void", "slj 03-07 running"]]),
    ("a reopened case counts from the receipt of the judgment", ("NA-DEC30",),
     [(received(), "2025-01-06", "zjj"), (ACCEPTED, "2025-01-07", "zjj"), (complaint.ComplaintDecided(**M, outcome="驳回"), "2025-02-10", "zjj"),
      (complaint.CaseReopened(**M, judgment="判决", judgment_received_on=date(2025, 6, 3)), "2025-06-05", "zjj")],
     [["zjj 01-06 met", "zjj 06-03 running"]]),
    ("a complainant who filed on the tenth day is in time", ("NA-FILE10",),
     [(received(knew_on=date(2025, 3, 3)), "2025-03-13", "zjj")], [["complainant 03-03 met"]]),
    ("the time of the objection does not count", ("NA-FILE10",),
     [(received(knew_on=date(2025, 3, 3), prior_objection_answered=date(2025, 3, 10)), "2025-03-19", "zjj")],
     [["complainant 03-10 met"]]),
    ("without the day of knowledge nothing is judged", ("NA-FILE10",),
     [(received(prior_objection_answered=date(2025, 3, 10)), "2025-03-31", "zjj")], [[]]),
    ("a supplier's time counts from the end of the answer period", ("NA-GP-FILE15",),
     [(received("procurement", answer_period_ended=date(2025, 3, 3)), "2025-03-25", "czj")], [["supplier 03-03 breached_late"]]),
    ("a procurement complaint starts examination, notice and decision at once", ("NA-GP-REV5", "NA-GP-NTF8", "NA-GP-DEC30", "NA-ACC3"),
     [(received("procurement"), "2025-03-03", "czj")],
     [["czj 03-03 running"], ["czj 03-03 running"], ["czj 03-03 running"], []]),
    ("a correction ends the examination and pauses the rest", ("NA-GP-REV5", "NA-GP-NTF8", "NA-GP-DEC30"),
     [(received("procurement"), "2025-03-03", "czj"),
      (complaint.CorrectionRequested(**M, items=("授权书",), deadline=date(2025, 3, 12)), "2025-03-06", "czj")],
     [["czj 03-03 met"], ["czj 03-03 paused"], ["czj 03-03 paused"]]),
    ("a rejection is notice and result in one, and voids the rest", ("NA-GP-REJ3", "NA-GP-NTF8", "NA-GP-DEC30"),
     [(received("procurement"), "2025-03-03", "czj"), (complaint.ComplaintRejected(**M, reason="超期"), "2025-03-07", "czj")],
     [["czj 03-07 met"], ["czj 03-03 void"], ["czj 03-03 void"]]),
    ("a rejection after the eighth working day is late though it is its own notice", ("NA-GP-REJ3",),
     [(received("procurement"), "2025-03-03", "czj"), (complaint.ComplaintRejected(**M, reason="超期"), "2025-03-14", "czj")],
     [["czj 03-14 breached_late"]]),
    ("the suspension runs out by itself and nobody is late", ("NA-GP-SUS30",),
     [(received("procurement"), "2025-03-03", "czj"),
      (complaint.ProcurementSuspended(**M, served_on=date(2025, 3, 5)), "2025-03-04", "czj"),
      (complaint.ProcurementSuspensionLapsed(**M), "2025-04-07", "system")],
     [["czj 03-05 met"]]),
    ("evidence handed over is the addressee's to refer, from that day", ("XE-REF5",),
     [(evidence.EvidenceHandedOver(**opening(CASE), to="zwj", form="书面", evidence=("日志",)), "2025-03-03", "jyzx")],
     [["zwj 03-03 running"]]),
    ("who takes the evidence up has nothing to refer", ("XE-REF5", "XE-TIMELY-OPINION"),
     [(evidence.EvidenceHandedOver(**opening(CASE), to="zwj", form="书面", evidence=("日志",)), "2025-03-03", "jyzx"),
      (evidence.EvidenceTakenUp(**M), "2025-03-04", "zwj")],
     [["zwj 03-03 void"], ["zwj 03-04 running"]]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "facts", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_rules_of_complaint_and_referral(
    rules: tuple[str, ...], facts: list[Any], expected: list[list[str]]
) -> None:
    assert [clocks(rule, *facts) for rule in rules] == expected


def crime_file(*facts: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    suspicion = crime.CrimeSuspicionRecorded(
        **opening(CASE), department="scj", task_force=("甲", "乙"), description="串通投标"
    )
    sent = crime.CrimeReferralDispatched(**M, to="gaj", materials=("移送书",))
    return (
        (suspicion, "2025-09-24", "scj"),
        (sent, "2025-10-09", "scj"),
        (crime.PoliceReceiptSigned(**M), "2025-10-09", "gaj"),
        *facts,
    )


SUPPLEMENT = (crime.SupplementRequested(**M, missing=("鉴定意见",)), "2025-10-10T08:20+08:00", "gaj")
SUPPLIED = (crime.SupplementSubmitted(**M, materials=("鉴定意见",)), "2025-10-13", "scj")
EXTENDED = (crime.ExaminationExtended(**M, approval=crime.Approval("county")), "2025-10-13", "gaj")
AGAIN = (crime.ExaminationExtended(**M, approval=crime.Approval("superior")), "2025-11-06", "gaj")


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("NA-POLINC24", [SUPPLEMENT], ["gaj 10-09 met"]),
        ("NA-SUP3", [SUPPLEMENT], ["scj 10-10 running"]),
        ("NA-POL3", [SUPPLEMENT, SUPPLIED], ["gaj 10-09 void", "gaj 10-13 running"]),
        ("NA-POL3", [EXTENDED], ["gaj 10-09 met"]),
        ("NA-POL10", [SUPPLEMENT, SUPPLIED], ["gaj 10-09 running"]),
        ("NA-POLFWD24", [(crime.PoliceForwarded(**M, to="gaj2"), "2025-10-11", "gaj")], ["gaj 10-09 breached_late"]),
        ("NA-HND3", [(crime.CriminalCaseFiled(**M), "2025-10-11", "gaj"), (crime.FilingNoticeReceived(**M), "2025-10-12", "scj")],
         ["scj 10-12 running"]),
    ],
)  # fmt: skip
def test_the_rules_of_crime_referral(rule: str, facts: list[Any], expected: list[str]) -> None:
    assert clocks(rule, *crime_file(*facts)) == expected


@pytest.mark.parametrize(("facts", "last"), [([], "10-20"), ([EXTENDED], "11-10"), ([EXTENDED, AGAIN], "12-08")])
def test_the_outer_limit_of_the_police_is_ten_then_thirty_then_sixty_days(facts: list[Any], last: str) -> None:
    file = given(*crime_file(*facts))
    verdict = file.clock("NA-POL10")
    assert verdict is not None and f"{verdict.due.day:%m-%d}" == last
