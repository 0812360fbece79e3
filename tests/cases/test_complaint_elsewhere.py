"""A department that is not competent finds so, tells the complainant, and transfers (认定非本部门职责、告知)."""

from __future__ import annotations

from datetime import date

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import ComplainantRedirected, NotCompetentDetermined
from domain.law.clock import State
from tests.cases.complaint_facts import bidding, not_competent, report
from tests.given import given

DAY = "2025-01-24"


# ---- not competent


def test_who_is_not_competent_names_who_is_and_both_clocks_count_from_receipt() -> None:
    taken = given(report("2024-04-25", "slj")).when(
        Complaint, "determine_not_competent", by="slj", at="2024-04-28", competent="jtj", transfer_required=True
    )
    taken.then(NotCompetentDetermined(matter="M1", competent="jtj", transfer_required=True, complainant_known=True))
    assert taken.holder("M1") == "slj"
    assert taken.clock("XE-RDN3").due.day == date(2024, 4, 29)
    assert taken.clock("XE-REF5").due.day == date(2024, 5, 6)


def test_the_competent_department_must_be_named() -> None:
    given(bidding()).when(
        Complaint, "determine_not_competent", by="zjj", at=DAY, competent=None, transfer_required=False
    ).refused("COMPETENT_UNNAMED")


def test_what_is_in_the_own_remit_may_not_be_passed_on() -> None:
    given(bidding()).when(
        Complaint, "determine_not_competent", by="zjj", at=DAY, competent="zjj", transfer_required=False
    ).refused("OWN_REMIT")


def test_a_department_finds_itself_not_competent_once() -> None:
    given(bidding(), not_competent()).when(
        Complaint, "determine_not_competent", by="zjj", at=DAY, competent="slj", transfer_required=False
    ).refused("ALREADY_DONE")


def test_an_anonymous_report_is_only_transferred() -> None:
    taken = given(report(named=False)).when(
        Complaint, "determine_not_competent", by="zjj", at=DAY, competent="nyj", transfer_required=True
    )
    assert taken.clock("XE-RDN3") is None
    assert taken.clock("XE-REF5").state == State.RUNNING


# ---- notice


def test_the_written_notice_ends_the_matter_if_nothing_is_transferred() -> None:
    taken = given(bidding(), not_competent()).when(Complaint, "notify_complainant", by="zjj", at=DAY, written=True)
    taken.then(ComplainantRedirected(matter="TS-1", ends_matter=True))
    assert taken.holder("TS-1") is None
    assert taken.case.state == "redirected"
    assert [taken.clock(rule).state for rule in ("XE-RDN3", "NA-ACC3")] == [State.MET] * 2


def test_the_matter_stays_with_the_receiver_if_it_has_to_be_transferred() -> None:
    taken = given(bidding(), not_competent(transfer=True)).when(
        Complaint, "notify_complainant", by="zjj", at=DAY, written=True
    )
    taken.then(ComplainantRedirected(matter="TS-1", ends_matter=False))
    assert taken.holder("TS-1") == "zjj"


def test_the_notice_is_written() -> None:
    given(bidding(), not_competent()).when(Complaint, "notify_complainant", by="zjj", at=DAY, written=False).refused(
        "NOTICE_UNWRITTEN"
    )


def test_nobody_is_sent_elsewhere_without_the_finding() -> None:
    given(bidding()).when(Complaint, "notify_complainant", by="zjj", at=DAY, written=True).refused(
        "NOT_FOUND_INCOMPETENT"
    )


def test_nobody_is_told_of_an_anonymous_report() -> None:
    given(report(named=False), not_competent(matter="M1", known=False)).when(
        Complaint, "notify_complainant", by="zjj", at=DAY, written=True
    ).refused("NOBODY_TO_TELL")


def test_the_complainant_is_told_once() -> None:
    told = ComplainantRedirected(matter="TS-1", ends_matter=False)
    given(bidding(), not_competent(transfer=True), (told, DAY, "zjj")).when(
        Complaint, "notify_complainant", by="zjj", at="2025-01-25", written=True
    ).refused("ALREADY_DONE")


def test_only_who_found_itself_not_competent_or_holds_the_matter_tells() -> None:
    given(bidding(), not_competent()).when(Complaint, "notify_complainant", by="slj", at=DAY, written=True).forbidden()
