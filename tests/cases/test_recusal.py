"""Implication (涉案) and recusal (回避): who has no right in a file, and what becomes of what an implicated organ holds."""

from __future__ import annotations

from typing import Any

import pytest

from application.permissions import may
from domain.cases import CASES
from domain.cases.complaint import CASE as COMPLAINT
from domain.cases.jurisdiction.events import LedgerKind, LedgerOpened
from domain.cases.recusal import CASE as RECUSAL
from domain.cases.recusal.events import (
    Implicated,
    MatterRedirected,
    MatterTakenOver,
    OfficersRecused,
    OrganReplaced,
    RecusalDecided,
    RecusalLifted,
    RecusalRequested,
    Relation,
)
from domain.cases.referral import CASE as REFERRAL
from domain.cases.supervision.events import SupervisionOpened
from domain.kernel import Actor, PlaceTaken
from tests.cases.complaint_facts import accepted, bidding
from tests.cases.referral_facts import SENDING, SENT, SIGNED
from tests.given import Given, given, instant, opening

HB = opening("HB-1", file_no="TS-1")
WHY = "局领导为被投诉人近亲属"
REPLACED = {"organs": ("zjj",), "reason": WHY, "replaced_by": "slj"}
REPLACEMENT = OrganReplaced(matter="HB-1", from_="zjj", to="slj")
TAKEN = MatterTakenOver(matter="TS-1", from_="zjj", to="slj")
RECUSED: dict[str, Any] = {"officers": ("li",), "relation": Relation.KIN, "reason": "投诉人的兄弟"}


def declare(file: Given, *, by: str = "jwjc", at: str = "2025-01-27", **said: Any) -> Given:
    return file.when(RECUSAL, "declare_implicated", by=by, at=at, number="HB-1", **said)


def recuse(file: Given, *, by: str = "zjj", signed: str = "", **said: Any) -> Given:
    return file.when(RECUSAL, "recuse", by=by, at="2025-01-27", signed=signed, **{"number": "HB-1", **RECUSED, **said})


def able(found: Given, organ: str) -> set[str]:
    """The steps that the organ may take in the file, in the cases of each type that it has or in one to be opened."""
    cases = {name: case_type() for name, case_type in CASES.items()} | {
        case.TYPE: case for case in found.file.cases.values()
    }
    return {
        f"{case.TYPE}.{step.name}"
        for case in cases.values()
        for step in case.STEPS.values()
        if may(Actor(organ), step, case, found.file, case.matter or "TS-1")
    }


def test_what_an_implicated_holder_holds_passes_to_the_organ_named() -> None:
    found = declare(given(bidding(), accepted()), **REPLACED)
    found.then(Implicated(**HB, organs=("zjj",), declared_by="jwjc", reason=WHY, replaced_by="slj"), TAKEN, REPLACEMENT)
    assert (found.holder(), found.file.barred) == ("slj", {"zjj"})


@pytest.mark.parametrize("by", ["jwjc", "zwj", "gaj", "jcy"])
def test_inspectors_the_office_police_and_procuratorate_declare_an_implication(by: str) -> None:
    declare(given(bidding()), by=by, **REPLACED).then_topics(
        "recusal.implicated", "recusal.matter-taken-over", "recusal.organ-replaced"
    )


@pytest.mark.parametrize("by", ["slj", "czj", "jyzx", "admin", "respondent", "zhb"])
def test_nobody_else_does(by: str) -> None:
    declare(given(bidding()), by=by, **REPLACED).forbidden()


def test_who_takes_over_is_named_where_the_implicated_organ_holds_something_and_only_then() -> None:
    declare(given(bidding()), organs=("zjj",), reason=WHY).refused("REPLACEMENT_REQUIRED")
    declare(given(bidding()), organs=("fgj",), reason=WHY).then_topics("recusal.implicated")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("zjj", "REPLACEMENT_BARRED"),
        ("fgj", "REPLACEMENT_BARRED"),
        ("jwjc", "REPLACEMENT_UNSUITABLE"),
        ("admin", "REPLACEMENT_UNSUITABLE"),
        ("respondent", "REPLACEMENT_UNSUITABLE"),
    ],
)
def test_who_takes_over_is_not_barred_itself_and_handles_matters(to: str, code: str) -> None:
    file = declare(given(bidding()), organs=("fgj",), reason=WHY)
    file.when(
        RECUSAL, "declare_implicated", by="jwjc", at="2025-01-28", organs=("zjj",), reason=WHY, replaced_by=to
    ).refused(code)


def test_an_implication_names_somebody_with_a_reason() -> None:
    declare(given(bidding()), reason=WHY).refused("NOBODY_NAMED")
    declare(given(bidding()), **{**REPLACED, "reason": " "}).refused("REASON_REQUIRED")
    declare(given(bidding()), officers=("nobody",), reason=WHY).refused("OFFICER_UNKNOWN")
    declare(given(bidding()), organs=("respondent",), reason=WHY).refused("NOT_TO_BE_BARRED")
    again = {"number": "HB-2", "organs": ("zjj",), "reason": WHY}
    declare(given(bidding()), **REPLACED).when(
        RECUSAL, "declare_implicated", by="jwjc", at="2025-01-28", **again
    ).refused("ALREADY_BARRED")


def test_no_organ_judges_itself_and_the_inspectors_are_judged_by_their_like() -> None:
    declare(given(bidding()), by="zwj", organs=("zwj",), reason=WHY).refused("DECLARED_BY_ANOTHER")
    declare(given(bidding()), by="zwj", organs=("jwjc",), reason=WHY).refused("INSPECTOR_NOT_BARRED_BY_OTHERS")
    declare(given(bidding()), by="jcy", organs=("jwjc",), reason=WHY).then_topics("recusal.implicated")


def test_an_implicated_organ_takes_no_step_in_the_file() -> None:
    found = declare(given(bidding(), accepted()), **REPLACED)
    assert not able(found, "zjj")
    assert {"complaint.close", "recusal.recuse"} <= able(found, "slj"), "the control: who took over does"
    assert {"complaint.close", "recusal.recuse"} <= able(given(bidding(), accepted()), "zjj"), (
        "and so did the other before"
    )


def test_an_implicated_officer_takes_no_step_and_the_colleagues_do() -> None:
    found = declare(given(bidding()), officers=("li",), reason=WHY)
    found.when(COMPLAINT, "accept", by="zjj", at="2025-01-28", signed="li").forbidden()
    found.when(COMPLAINT, "accept", by="zjj", at="2025-01-28", signed="wang").then_topics("complaint.accepted")


def test_a_matter_on_its_way_to_an_implicated_organ_goes_to_the_other_instead() -> None:
    found = declare(given(*SENT), at="2024-05-07", organs=("jtj",), reason=WHY, replaced_by="zjj")
    found.then(
        Implicated(
            **opening("HB-1", file_no="JB-1"), organs=("jtj",), declared_by="jwjc", reason=WHY, replaced_by="zjj"
        ),
        MatterRedirected(matter="M1", from_="jtj", to="zjj"),
        OrganReplaced(matter="HB-1", from_="jtj", to="zjj"),
        PlaceTaken(from_="jtj", to="zjj"),
    )
    assert (found.holder(), found.in_transit_to()) == ("slj", "zjj")
    declare(given(*SENT), at="2024-05-07", organs=("jtj",), reason=WHY).refused("REPLACEMENT_REQUIRED")


def test_a_matter_on_its_way_from_an_implicated_organ_stays_on_its_way() -> None:
    found = declare(given(*SENT), at="2024-05-07", organs=("slj",), reason=WHY, replaced_by="zjj")
    found.then_topics(
        "recusal.implicated", "recusal.matter-taken-over", "recusal.matter-redirected", "recusal.organ-replaced",
        "case.place-taken",
    )  # fmt: skip
    assert (found.holder(), found.in_transit_to()) == ("zjj", "jtj")


def test_who_takes_over_goes_on_where_the_implicated_organ_stood() -> None:
    found = declare(given(*SIGNED), at="2024-05-08T12:00+08:00", organs=("jtj",), reason=WHY, replaced_by="zjj")
    assert found.holder() == "zjj"
    found.when(REFERRAL, "accept", by="jtj", at="2024-05-09").forbidden()
    found.when(REFERRAL, "accept", by="zjj", at="2024-05-09").then_topics("referral.accepted")
    found.when(REFERRAL, "reply_acceptance_result", by="zjj", at="2024-05-10").then_topics(
        "referral.acceptance-replied"
    )


def test_an_implicated_referrer_is_replied_to_through_who_took_its_place() -> None:
    found = declare(given(*SIGNED), at="2024-05-08T12:00+08:00", organs=("slj",), reason=WHY, replaced_by="zjj")
    assert found.holder() == "jtj", "the control: the receiver keeps what it holds"
    found.when(REFERRAL, "return_to_sender", by="jtj", at="2024-05-09", reason="不属本部门")
    assert found.in_transit_to() == "zjj"
    found.when(REFERRAL, "receive_returned", by="zjj", at="2024-05-10").then_topics(
        "referral.return-received", "complaint.returned"
    )


def test_what_the_implicated_organ_owed_and_had_not_done_the_other_owes_and_the_clock_runs_on() -> None:
    before = given(bidding(), accepted())
    owed = {clock.id: clock.open for clock in before.file.clocks if clock.party == "zjj"}
    assert True in owed.values() and False in owed.values(), "the control: it owed some acts and had done others"
    due = {clock.id: before.file.judge(clock, instant("2025-01-27")).due for clock in before.file.clocks}
    after = declare(before, **REPLACED).file
    for clock in after.clocks:
        assert clock.party == ("slj" if clock.open else "zjj")
        assert after.judge(clock, instant("2025-01-27")).due == due[clock.id]


def test_nothing_is_sent_to_an_implicated_organ() -> None:
    found = declare(given(*SENT[:1]), at="2024-05-01", organs=("jtj",), reason=WHY)
    found.when(REFERRAL, "dispatch", by="slj", at="2024-05-06", matter="M1", **SENDING).refused("RECEIVER_BARRED")


def test_an_officer_declares_the_own_recusal_or_the_organ_the_office_or_the_inspectors_decide() -> None:
    recuse(given(bidding()), signed="li").then(OfficersRecused(**HB, **RECUSED, declared_by="zjj"))
    for by in ("zjj", "zwj", "jwjc"):
        assert recuse(given(bidding()), by=by).file.barred == {"li"}
    recuse(given(bidding()), by="slj").refused("NOT_ITS_OFFICER")
    recuse(given(bidding()), officers=("li", "zhao")).refused("NOT_ITS_OFFICER")
    recuse(given(bidding()), officers=()).refused("NOBODY_NAMED")
    recuse(given(bidding()), reason="").refused("REASON_REQUIRED")
    recuse(recuse(given(bidding())), number="HB-2").refused("ALREADY_BARRED")


def test_a_recused_officer_takes_no_step_in_this_file() -> None:
    found = recuse(given(bidding()))
    found.when(COMPLAINT, "accept", by="zjj", at="2025-01-28", signed="li").forbidden()
    assert recuse(given(bidding())).when(COMPLAINT, "accept", by="zjj", at="2025-01-28", signed="wang").new, (
        "the control: a colleague does"
    )


def test_until_a_request_is_decided_the_officer_goes_on() -> None:
    def asked() -> Given:
        return given(bidding()).when(RECUSAL, "request_recusal", by="zjj", at="2025-01-23", number="HB-1", **RECUSED)

    found = asked()
    found.then(RecusalRequested(**HB, **RECUSED))
    assert found.file.barred == set()
    found.when(RECUSAL, "decide_request", by="slj", at="2025-01-24", granted=True, reason="属实").refused(
        "NOT_ITS_OFFICER"
    )
    found.when(RECUSAL, "decide_request", by="zjj", at="2025-01-24", granted=True, reason="属实").then(
        RecusalDecided(matter="HB-1", granted=True, reason="属实")
    )
    assert found.file.barred == {"li"}
    refused = asked().when(RECUSAL, "decide_request", by="zwj", at="2025-01-24", granted=False, reason="不属实")
    assert (refused.case and refused.case.state, refused.file.barred) == ("refused", set())
    refused.when(RECUSAL, "decide_request", by="zwj", at="2025-01-25", granted=True, reason="再议").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_who_is_lifted_has_the_rights_back_and_what_was_taken_over_stays() -> None:
    found = declare(given(bidding()), by="zwj", **REPLACED)
    found.when(RECUSAL, "lift", by="slj", at="2025-02-01", reason="已查清").refused("DECLARER_LIFTS")
    found.when(RECUSAL, "lift", by="zwj", at="2025-02-01", reason=None).refused("REASON_REQUIRED")
    found.when(RECUSAL, "lift", by="zwj", at="2025-02-01", reason="已查清").then(
        RecusalLifted(matter="HB-1", reason="已查清")
    )
    assert (found.file.barred, found.holder()) == (set(), "slj")
    officers = recuse(given(bidding()))
    officers.when(RECUSAL, "lift", by="slj", at="2025-02-01", reason="查无此事").refused("NOT_ITS_OFFICER")
    officers.when(RECUSAL, "lift", by="zjj", at="2025-02-01", reason="查无此事").then_topics("recusal.lifted")


def test_two_declarations_bar_until_both_are_lifted() -> None:
    found = declare(given(bidding()), organs=("fgj",), officers=("li",), reason=WHY)
    found.when(
        RECUSAL, "declare_implicated", by="gaj", at="2025-01-28", number="HB-2", organs=("fgj", "nyj"), reason=WHY
    )
    found.when(RECUSAL, "lift", by="jwjc", at="2025-01-29", case="HB-1", reason="已查清")
    assert found.file.barred == {"fgj", "nyj"}


def test_nobody_is_barred_from_a_supervision_record_from_the_register_or_from_no_file() -> None:
    declare(given(), organs=("zjj",), reason=WHY).refused("NO_SUCH_FILE")
    record = (SupervisionOpened(**opening("TS-1-DB"), supervises="TS-1"), "2025-01-22", "system")
    declare(given(record), organs=("zjj",), reason=WHY).refused("RECUSAL_NOT_HERE")
    ledger = (LedgerOpened(**opening("jurisdiction"), kind=LedgerKind.REAL, calendar="enshi"), "2025-01-02", "admin")
    declare(given(ledger), organs=("zjj",), reason=WHY).refused("RECUSAL_NOT_HERE")
