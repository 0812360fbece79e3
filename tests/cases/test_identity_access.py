"""Who complains is seen by one officer, for one case and some days, after an inspector of another organ let them (身份查阅)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases.identity_access import CASE as ACCESS
from domain.cases.identity_access.events import (
    IdentityAccessDenied,
    IdentityAccessGranted,
    IdentityAccessRevoked,
    IdentityViewed,
)
from domain.cases.identity_access.values import Value
from domain.names import Fixed, FixedDay
from tests.cases.identity_facts import (
    ASKER,
    COLLEAGUE,
    MOTIVE,
    OPENED,
    closed,
    complaint,
    granted,
    implicated,
    reported,
    requested,
)
from tests.given import ORGANS, Given

ASKING: dict[str, Any] = {"about": "TS-1", "values": (Value.IDENTITY,), "motive": MOTIVE}


def ask(file: Given, by: str = "zjj", officer: str | None = None, **said: Any) -> Given:
    officer = f"{by}-1" if officer is None else officer
    return file.when(ACCESS, "request", by=by, signed=officer, at="2025-02-03", number="CY-1", **{**ASKING, **said})


def decide(file: Given, step: str, by: str = "jwjc", officer: str | None = None, **said: Any) -> Given:
    officer = f"{by}-1" if officer is None else officer
    return file.when(ACCESS, step, by=by, signed=officer, at="2025-02-04", **said)


def look(file: Given, by: str = "zjj", officer: str = ASKER, at: str = "2025-02-05", **said: Any) -> Given:
    return file.when(ACCESS, "view", by=by, signed=officer, at=at, **said)


def test_the_holder_asks_with_a_motive_and_the_inspectors_grant_it_for_days() -> None:
    file = ask(complaint())
    file.then(requested(Value.IDENTITY)[0])
    decide(file, "approve").then(
        IdentityAccessGranted(matter="CY-1", values=(Value.IDENTITY,), until=FixedDay(date(2025, 2, 9)))
    )
    look(file).then(IdentityViewed(matter="CY-1", opened=(OPENED[Value.IDENTITY],), purpose=Fixed(MOTIVE)))


@pytest.mark.parametrize("organ", [each for each in ORGANS if each != "zjj"])
def test_no_organ_that_does_not_hold_the_file_asks_whatever_its_role(organ: str) -> None:
    file = ask(complaint(), by=organ)
    assert file.denied or (file.refusal and file.refusal.ground.code == "IDENTITY_NOT_IN_CHARGE")


def test_who_held_the_file_last_still_asks_once_it_is_closed() -> None:
    ask(complaint(closed())).then_topics("identity.access-requested")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"motive": None}, "IDENTITY_MOTIVE_REQUIRED"),
        ({"motive": " \n"}, "IDENTITY_MOTIVE_REQUIRED"),
        ({"officer": ""}, "IDENTITY_OFFICER_UNNAMED"),
        ({"values": ()}, "IDENTITY_NOTHING_ASKED"),
        ({"days": 0}, "IDENTITY_TOO_LONG"),
        ({"days": 31}, "IDENTITY_TOO_LONG"),
        ({"about": "TS-9"}, "IDENTITY_NO_SUCH_CASE"),
        ({"about": "JB-1", "values": (Value.TEXT,)}, "IDENTITY_NO_SUCH_CASE"),
    ],
)
def test_a_request_says_who_what_why_and_for_how_long(said: dict[str, Any], code: str) -> None:
    ask(complaint(reported()), **said).refused(code)


def test_nobody_asks_on_behalf_of_another_organ() -> None:
    ask(complaint(), on_behalf_of="gaj").refused("IDENTITY_OFFICER_UNNAMED")


@pytest.mark.parametrize("step", ["approve", "deny", "revoke"])
@pytest.mark.parametrize("organ", [each for each in ORGANS if each != "jwjc"])
def test_nobody_but_an_inspector_decides(organ: str, step: str) -> None:
    file = complaint(requested(), *([granted()] if step == "revoke" else []))
    said = {} if step == "approve" else {"because": "理由"}
    decide(file, step, by=organ, **said).forbidden()


def test_who_grants_is_another_person_than_who_asks_and_is_named() -> None:
    decide(complaint(requested()), "approve", officer=ASKER).forbidden()
    decide(complaint(requested()), "approve", officer="").refused("IDENTITY_OFFICER_UNNAMED")
    decide(complaint(requested(by="jwjc")), "approve").refused("IDENTITY_SAME_HANDS")


def test_less_can_be_granted_than_was_asked_for_and_never_more() -> None:
    file = complaint(requested(Value.IDENTITY, Value.TEXT))
    decide(file, "approve", values=(Value.CONTACT,)).refused("IDENTITY_NOTHING_ASKED")
    decide(file, "approve", values=()).refused("IDENTITY_NOTHING_ASKED")
    decide(file, "approve", days=31).refused("IDENTITY_TOO_LONG")
    decide(file, "approve", values=(Value.TEXT,), days=1).then(
        IdentityAccessGranted(matter="CY-1", values=(Value.TEXT,), until=FixedDay(date(2025, 2, 5)))
    )
    look(file, values=(Value.IDENTITY,)).refused("IDENTITY_NOTHING_ASKED")
    look(file).then(IdentityViewed(matter="CY-1", opened=(OPENED[Value.TEXT],), purpose=Fixed(MOTIVE)))


def test_nothing_is_granted_to_who_is_implicated_recused_or_gone() -> None:
    for barred in (implicated("zjj"), implicated(officers=(ASKER,))):
        decide(complaint(requested(), barred), "approve").refused("IDENTITY_BARRED")
    gone = complaint(requested())
    register = gone.file.register
    register.officers = {**register.officers, ASKER: replace(register.officers[ASKER], left_on=date(2025, 2, 3))}
    decide(gone, "approve").refused("IDENTITY_BARRED")
    decide(complaint(requested()), "approve").then_topics("identity.access-granted")


def test_a_grant_is_worth_nothing_to_who_is_implicated_or_recused_since() -> None:
    for barred in (implicated("zjj"), implicated(officers=(ASKER,))):
        look(complaint(requested(), granted(), barred)).forbidden()
        ask(complaint(barred)).forbidden()
    look(complaint(requested(), granted(), implicated("slj", officers=(COLLEAGUE,)))).then_topics("identity.viewed")


def test_a_denial_and_a_revocation_give_their_reason() -> None:
    decide(complaint(requested()), "deny", because=" ").refused("IDENTITY_REASON_REQUIRED")
    decide(complaint(requested()), "deny", because="与办案无关").then(
        IdentityAccessDenied(matter="CY-1", because=Fixed("与办案无关"))
    )
    file = complaint(requested(), granted())
    decide(file, "revoke", because=None).refused("IDENTITY_REASON_REQUIRED")
    decide(file, "revoke", because="人员回避").then(IdentityAccessRevoked(matter="CY-1", because=Fixed("人员回避")))
    look(file).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_what_is_not_granted_is_not_seen() -> None:
    look(complaint(requested())).refused("STEP_NOT_ALLOWED_IN_STATE")
    denied = complaint(requested())
    decide(denied, "deny", because="与办案无关")
    look(denied).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_the_grant_is_good_for_the_officer_who_asked_and_for_no_colleague() -> None:
    file = complaint(requested(), granted())
    look(file, officer=COLLEAGUE).refused("IDENTITY_NOT_YOURS")
    look(file, officer="").refused("IDENTITY_OFFICER_UNNAMED")
    for organ in ORGANS:
        if organ != "zjj":
            look(file, by=organ, officer=f"{organ}-1").forbidden()
    look(file).then_topics("identity.viewed")


@pytest.mark.parametrize(
    ("at", "seen"),
    [("2025-02-04T10:00+08:00", True), ("2025-02-09T23:59+08:00", True), ("2025-02-10T00:00+08:00", False)],
)
def test_the_grant_is_good_until_its_last_day_is_over(at: str, seen: bool) -> None:
    file = look(complaint(requested(), granted(until="2025-02-09")), at=at)
    file.then_topics("identity.viewed") if seen else file.refused("IDENTITY_EXPIRED")


def test_another_case_of_the_file_is_not_seen_with_it() -> None:
    file = look(complaint(reported(), requested(), granted()))
    assert file.new[0].event.opened == tuple(OPENED.values())  # type: ignore[attr-defined]


def test_neither_request_nor_grant_nor_view_moves_the_matter_or_starts_a_clock() -> None:
    file = complaint()
    before = (file.holder(), dict(file.file.matters), [each.id for each in file.file.clocks])
    look(decide(ask(file), "approve"))
    assert (file.holder(), dict(file.file.matters), [each.id for each in file.file.clocks]) == before
