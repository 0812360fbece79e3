"""Who complained is erased after the time of keeping, by two people of two organs, and the rest of the file stays (身份销毁)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases.erasure import CASE as ERASURE
from domain.cases.erasure.case import erased_on
from domain.cases.erasure.events import ErasureApproved, ErasureCarriedOut, ErasureProposed, ErasureRejected
from domain.kernel import Organ
from domain.law.practice import Practices
from domain.names import Fixed, FixedDay
from infrastructure.law_files import shipped_practices
from tests.cases.complaint_facts import accepted
from tests.cases.identity_facts import closed, complained, complaint, reported, staffed
from tests.given import ORGANS, Given, given, opening

CLERK = "zwj-1"
PROPOSED = (
    ErasureProposed(
        **opening("XH-1", "XH-1", "TS-1"), about=Fixed("TS-1"), because=Fixed("保存期满"), organ=Organ("zwj"),
        officer=Fixed(CLERK), ended=FixedDay(date(2025, 3, 3)), kept_until=FixedDay(date(2040, 3, 3)),
    ),
    "2040-03-04", "zwj", "XH-1",
)  # fmt: skip
APPROVED = ErasureApproved(matter="XH-1", about=Fixed("TS-1")), "2040-03-05", "jwjc", "XH-1"
DONE = ErasureCarriedOut(matter="XH-1"), "2040-03-05", "system", "XH-1"


def propose(file: Given, by: str = "zwj", officer: str | None = None, at: str = "2040-03-04", **said: Any) -> Given:
    officer = f"{by}-1" if officer is None else officer
    arguments = {"about": "TS-1", "because": "保存期满", **said}
    return file.when(ERASURE, "propose", by=by, signed=officer, at=at, number="XH-1", **arguments)


def decide(file: Given, step: str, by: str = "jwjc", officer: str | None = None, **said: Any) -> Given:
    officer = f"{by}-1" if officer is None else officer
    return file.when(ERASURE, step, by=by, signed=officer, at="2040-03-05", **said)


def test_the_office_proposes_the_inspectors_approve_and_it_is_carried_out() -> None:
    file = propose(complaint(closed())).then(PROPOSED[0])
    decide(file, "approve").then(APPROVED[0])
    decide(file, "carry_out", by="system", officer="").then(DONE[0])


def test_the_file_says_that_the_case_was_erased_once_it_was_and_of_no_other_case() -> None:
    before, after = complaint(closed(), PROPOSED, APPROVED), complaint(closed(), PROPOSED, APPROVED, DONE)
    assert erased_on(before.file, "TS-1") is None
    assert erased_on(after.file, "TS-1") == date(2040, 3, 5)
    assert erased_on(after.file, "XH-1") is None


@pytest.mark.parametrize(("at", "refused"), [("2040-03-03T23:59+08:00", True), ("2040-03-04T00:00+08:00", False)])
def test_papers_are_kept_for_fifteen_years_to_the_last_day(at: str, refused: bool) -> None:
    file = propose(complaint(closed(at="2025-03-03")), at=at)
    file.refused("ERASURE_STILL_KEPT") if refused else file.then_topics("erasure.proposed")


def test_the_time_counts_from_the_last_act_in_any_matter_of_the_file() -> None:
    file = staffed(
        given(complained(), accepted(), closed("2025-03-03"), reported(), closed("2026-05-04", "slj", "JB-1"))
    )
    propose(file, at="2041-05-04").refused("ERASURE_STILL_KEPT")
    assert file.refusal is not None
    assert file.refusal.facts["kept_until"] == date(2041, 5, 4)
    propose(file, at="2041-05-05").then_topics("erasure.proposed")


def test_another_place_may_keep_them_for_another_time() -> None:
    (practice,) = (each for each in shipped_practices() if each.about == "identity-retention")
    assert practice.choice == "15 years"
    file = complaint(closed())
    file.file.rulebook.practices, before = (
        Practices([replace(practice, choice="10 years")]),
        file.file.rulebook.practices,
    )
    try:
        propose(file, at="2035-03-03").refused("ERASURE_STILL_KEPT")
        propose(file, at="2035-03-04").then_topics("erasure.proposed")
    finally:
        file.file.rulebook.practices = before


def test_an_open_file_is_not_erased_however_old() -> None:
    propose(complaint(), at="2090-01-01").refused("ERASURE_FILE_OPEN")
    propose(staffed(given(complained(), accepted(), closed(), reported())), at="2090-01-01").refused(
        "ERASURE_FILE_OPEN"
    )


@pytest.mark.parametrize("organ", [each for each in ORGANS if each != "zwj"])
def test_nobody_but_the_office_proposes(organ: str) -> None:
    propose(complaint(closed()), by=organ).forbidden()


@pytest.mark.parametrize("organ", [each for each in ORGANS if each != "jwjc"])
@pytest.mark.parametrize("step", ["approve", "reject"])
def test_nobody_but_an_inspector_decides(organ: str, step: str) -> None:
    decide(
        complaint(closed(), PROPOSED), step, by=organ, **({"because": "理由"} if step == "reject" else {})
    ).forbidden()


@pytest.mark.parametrize("organ", [each for each in ORGANS if each != "system"])
def test_nobody_says_that_it_is_done_but_the_system(organ: str) -> None:
    decide(complaint(closed(), PROPOSED, APPROVED), "carry_out", by=organ).forbidden()


def test_it_takes_two_named_people_and_a_reason() -> None:
    propose(complaint(closed()), officer="").refused("ERASURE_OFFICER_UNNAMED")
    propose(complaint(closed()), because=" ").refused("ERASURE_REASON_REQUIRED")
    propose(complaint(closed()), on_behalf_of="gaj").forbidden()
    proposed = complaint(closed(), PROPOSED)
    decide(proposed, "approve", officer=CLERK).forbidden()
    decide(proposed, "approve", officer="").refused("ERASURE_OFFICER_UNNAMED")
    own = (replace(PROPOSED[0], organ=Organ("jwjc")), *PROPOSED[1:])
    decide(complaint(closed(), own), "approve").refused("ERASURE_SAME_HANDS")


def test_nothing_is_destroyed_that_was_not_approved() -> None:
    decide(complaint(closed(), PROPOSED), "carry_out", by="system").refused("STEP_NOT_ALLOWED_IN_STATE")


def test_it_is_proposed_once_unless_it_was_turned_down() -> None:
    for facts in ((PROPOSED,), (PROPOSED, APPROVED), (PROPOSED, APPROVED, DONE)):
        file = complaint(closed(), *facts)
        file.when(
            ERASURE, "propose", by="zwj", signed=CLERK, at="2041-01-01", number="XH-2", about="TS-1", because="再"
        )
        file.refused("ERASURE_ALREADY_PROPOSED")
    rejected = ErasureRejected(matter="XH-1", because=Fixed("另案需要")), "2040-03-05", "jwjc", "XH-1"
    file = complaint(closed(), PROPOSED, rejected)
    file.when(ERASURE, "propose", by="zwj", signed=CLERK, at="2041-01-01", number="XH-2", about="TS-1", because="再")
    file.then_topics("erasure.proposed")


def test_a_rejection_gives_its_reason_and_a_case_that_is_not_there_is_not_erased() -> None:
    decide(complaint(closed(), PROPOSED), "reject", because=None).refused("ERASURE_REASON_REQUIRED")
    propose(complaint(closed()), about="TS-9").refused("ERASURE_NO_SUCH_CASE")
