"""The register of officers (人员名录): who serves where, with which duties, and what an officer may do at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.permissions import may
from domain.cases import CASES
from domain.cases.jurisdiction.events import (
    Duty,
    Leaving,
    OfficerAmended,
    OfficerLeft,
    OfficerRegistered,
    OfficerReinstated,
    OfficerSuspended,
    OfficerTransferred,
    OrganDissolved,
    OrganRegistered,
)
from domain.kernel import Actor
from domain.register import OfficerRecord
from tests.cases.jurisdiction_facts import OFFICE, OPENED, WATER, act, ledger, register
from tests.given import Given, given

TODAY = date(2026, 8, 1)
ADMIN = (OrganRegistered(organ="admin", name_zh="管理员", roles=("administrator",)), "2024-01-03", "admin")
LI: dict[str, Any] = {"officer": "li", "name": "李某", "organ": "slj", "duties": (Duty.HANDLER,)}


def entered(**said: Any) -> tuple[Any, ...]:
    return (OfficerRegistered(**{**LI, **said}), "2024-02-01", "admin")


def file(*more: Any) -> Given:
    return given(OPENED, OFFICE, WATER, ADMIN, *more)


def officer(found: Given, identifier: str = "li") -> OfficerRecord:
    record = ledger(found).register.officer(identifier)
    assert record is not None
    return record


def test_an_officer_is_registered_with_organ_office_post_and_duties() -> None:
    said = {**LI, "duties": (Duty.HANDLER, Duty.INTAKE, Duty.HANDLER), "office": "建设科", "post": "科长"}
    found = act(file(), "register_officer", **said)
    found.then(OfficerRegistered(**{**said, "duties": (Duty.HANDLER, Duty.INTAKE), "since": TODAY}))
    assert officer(found) == OfficerRecord(
        "li", "李某", "slj", "建设科", "科长", (Duty.HANDLER, Duty.INTAKE), since=TODAY
    )
    assert officer(found).serving
    assert ledger(found).register.officer("wang") is None


@pytest.mark.parametrize("wrong", ["", "Li", "李某", "l i", "-li", "x" * 65])
def test_an_officers_id_is_short_and_plain(wrong: str) -> None:
    act(file(), "register_officer", **{**LI, "officer": wrong}).refused("OFFICER_ID_INVALID")


@pytest.mark.parametrize("taken", ["li", "slj", "zhengwu", "system"])
def test_an_officers_id_is_nobody_elses_and_no_organs(taken: str) -> None:
    act(file(entered()), "register_officer", **{**LI, "officer": taken}).refused("OFFICER_ID_TAKEN")


def test_no_organ_takes_the_id_of_an_officer() -> None:
    register(file(entered()), "li").refused("ORGAN_NAME_TAKEN")
    register(file(entered()), "zjj", aliases=("li",)).refused("ORGAN_NAME_TAKEN")


def test_an_officer_has_a_name_an_organ_and_one_of_its_offices() -> None:
    act(file(), "register_officer", **{**LI, "name": " "}).refused("OFFICER_NAME_MISSING")
    act(file(), "register_officer", **{**LI, "organ": "nobody"}).refused("ORGAN_UNKNOWN")
    act(file(), "register_officer", **{**LI, "since": date(2026, 8, 2)}).refused("IN_FUTURE")
    found = act(file(), "amend_organ", organ="slj", offices=("建设科",))
    act(found, "register_officer", **{**LI, "office": "人事科"}).refused("OFFICE_UNKNOWN")
    act(found, "register_officer", **{**LI, "office": "建设科"}).then_topics("jurisdiction.officer-registered")


def test_an_amendment_of_an_officer_changes_what_it_names() -> None:
    found = act(
        file(entered(post="科员")), "amend_officer", officer="li", office="建设科", post="", duties=(Duty.READER,)
    )
    found.then(OfficerAmended(officer="li", office="建设科", post="", duties=(Duty.READER,)))
    record = officer(found)
    assert (record.name, record.office, record.post, record.duties) == ("李某", "建设科", None, (Duty.READER,))
    act(found, "amend_officer", officer="li", office="建设科").refused("NOTHING_CHANGED")
    act(found, "amend_officer", officer="wang", name="王某").refused("OFFICER_UNKNOWN")
    act(found, "amend_officer", officer="li", name="").refused("OFFICER_NAME_MISSING")


def test_an_officer_moves_to_another_organ() -> None:
    found = act(
        file(entered(office="建设科")), "transfer_officer", officer="li", organ="zhengwu", duties=(Duty.HANDLER,)
    )
    found.then(OfficerTransferred(officer="li", organ="zwj", duties=(Duty.HANDLER,), on=TODAY))
    assert (officer(found).organ, officer(found).office, officer(found).since) == ("zwj", None, TODAY)
    act(found, "transfer_officer", officer="li", organ="zwj", duties=()).refused("OFFICER_SERVES_THERE")
    act(found, "transfer_officer", officer="li", organ="nobody", duties=()).refused("ORGAN_UNKNOWN")


def test_a_suspended_officer_is_reinstated() -> None:
    found = act(file(entered()), "suspend_officer", officer="li")
    found.then(OfficerSuspended(officer="li", on=TODAY))
    assert not officer(found).serving
    act(found, "suspend_officer", officer="li").refused("OFFICER_SUSPENDED")
    act(found, "reinstate_officer", officer="li").then(OfficerReinstated(officer="li", on=TODAY))
    assert officer(found).serving
    act(found, "reinstate_officer", officer="li").refused("OFFICER_NOT_SUSPENDED")


def test_an_officer_leaves_on_a_day_and_names_a_successor_who_serves_there() -> None:
    both = file(entered(), entered(officer="wang", name="王某"), entered(officer="zhao", organ="zwj"))
    for wrong in ("li", "zhao", "nobody"):
        act(both, "see_off_officer", officer="li", why=Leaving.RETIRED, successor=wrong).refused("SUCCESSOR_UNSUITABLE")
    found = act(both, "see_off_officer", officer="li", why=Leaving.RETIRED, on=date(2026, 7, 31), successor="wang")
    found.then(OfficerLeft(officer="li", on=date(2026, 7, 31), why=Leaving.RETIRED, successor="wang"))
    record = officer(found)
    assert (record.left_on, record.successor, record.duties, record.serving) == (date(2026, 7, 31), "wang", (), False)


def test_who_has_left_stays_known_and_is_changed_no_more() -> None:
    found = act(file(entered()), "see_off_officer", officer="li", why=Leaving.RESIGNED)
    for step, said in (
        ("amend_officer", {"name": "李四"}),
        ("transfer_officer", {"organ": "zwj", "duties": ()}),
        ("suspend_officer", {}),
        ("reinstate_officer", {}),
        ("see_off_officer", {"why": Leaving.OTHER}),
    ):
        act(found, step, officer="li", **said).refused("OFFICER_LEFT")
    act(found, "register_officer", **LI).refused("OFFICER_ID_TAKEN")


def test_only_administrators_keep_the_register_of_officers() -> None:
    act(file(), "register_officer", by="slj", **LI).forbidden()


def test_the_officers_of_a_dissolved_organ_go_along_with_its_successor() -> None:
    found = act(file(entered(), entered(officer="wang", organ="zwj")), "dissolve_organ", organ="slj", successor="zwj")
    found.then(OrganDissolved(organ="slj", on=TODAY, successor="zwj"))
    assert (officer(found).organ, officer(found, "wang").organ) == ("zwj", "zwj")
    assert (ledger(found).register.standing("slj"), ledger(found).register.standing("zwj")) == ("zwj", "zwj")
    alone = act(file(entered()), "dissolve_organ", organ="slj")
    assert (officer(alone).organ, ledger(alone).register.standing("slj")) == ("slj", "slj")
    assert not allowed(alone, Actor("slj", "li"), "complaint", "register")


def test_an_organ_is_succeeded_by_another_that_stands() -> None:
    act(file(), "dissolve_organ", organ="slj", successor="slj").refused("SUCCESSOR_ITSELF")
    act(file(), "dissolve_organ", organ="slj", successor="nobody").refused("ORGAN_UNKNOWN")
    gone = act(file(), "dissolve_organ", organ="zwj", successor="slj")
    act(gone, "dissolve_organ", organ="slj", successor="zwj").refused("ORGAN_DISSOLVED")
    act(gone, "dissolve_organ", organ="slj", successor="admin")
    assert ledger(gone).register.standing("zwj") == "admin", "the last of its successors"


def allowed(found: Given, actor: Actor, case_type: str, step: str) -> bool:
    declared = CASES[case_type].STEPS[step]
    found.file.register = ledger(found).register
    return may(actor, declared, CASES[case_type](), found.file, "")


@pytest.mark.parametrize(
    ("duties", "complaint", "report", "objection", "organs"),
    [
        ((Duty.HANDLER,), True, True, True, True),
        ((Duty.INTAKE,), True, True, False, True),
        ((Duty.ACCOUNTS,), False, False, False, True),
        ((Duty.READER,), False, False, False, False),
        ((Duty.READER, Duty.HANDLER), True, True, True, True),
        ((), False, False, False, False),
    ],
)
def test_an_officer_does_what_the_duties_say(
    duties: tuple[Duty, ...], complaint: bool, report: bool, objection: bool, organs: bool
) -> None:
    found = file(entered(duties=duties), entered(officer="gao", organ="admin", duties=duties))
    li, gao = Actor("slj", "li"), Actor("admin", "gao")
    assert allowed(found, li, "complaint", "register") is complaint
    assert allowed(found, li, "complaint", "register_report") is report
    assert allowed(found, li, "objection", "receive") is objection
    assert allowed(found, gao, "jurisdiction", "register_organ") is organs
    assert not allowed(found, li, "jurisdiction", "register_organ")


def test_who_is_unknown_elsewhere_suspended_or_gone_may_do_nothing() -> None:
    found = file(entered())
    assert allowed(found, Actor("slj", "li"), "complaint", "register")
    assert allowed(found, Actor("slj"), "complaint", "register")
    assert not allowed(found, Actor("slj", "wang"), "complaint", "register")
    assert not allowed(found, Actor("zwj", "li"), "complaint", "register")
    act(found, "suspend_officer", officer="li")
    assert not allowed(found, Actor("slj", "li"), "complaint", "register")
    act(found, "reinstate_officer", officer="li")
    assert allowed(found, Actor("slj", "li"), "complaint", "register")
    act(found, "see_off_officer", officer="li", why=Leaving.DISMISSED)
    assert not allowed(found, Actor("slj", "li"), "complaint", "register")
