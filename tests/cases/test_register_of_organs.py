"""The register of organs (机关名录): who exists, in which role, under whom, and by which calendar it works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases.jurisdiction import CASE as JURISDICTION
from domain.cases.jurisdiction.events import (
    OrganAmended,
    OrganDissolved,
    Role,
)
from domain.cases.jurisdiction.organs import BUILT_IN
from tests.cases.jurisdiction_facts import OFFICE, OPENED, WATER, act, ledger, register
from tests.given import given


def test_the_timer_and_the_respondent_are_in_every_register() -> None:
    assert [organ.id for organ in JURISDICTION().register.organs.values()] == [organ.id for organ in BUILT_IN]


def test_an_organ_is_registered_and_found_by_its_id_and_by_its_aliases() -> None:
    file = register(given(OPENED), "zwj", name_zh="政务局", roles=(Role.OFFICE, Role.OFFICE), aliases=("zhengwu",))
    file.then(OFFICE[0])
    found = ledger(file).register
    assert found.organ("zhengwu") == found.organ("zwj") == found.organs["zwj"]
    assert found.role("office") == "zwj"


@pytest.mark.parametrize("organ", ["", "Zwj", "1zwj", "政务局", "z-wj", "z wj", "z" * 33])
def test_an_organ_id_is_short_and_in_small_letters(organ: str) -> None:
    register(given(OPENED), organ, name_zh="甲").refused("ORGAN_ID_INVALID")


@pytest.mark.parametrize("organ", ["zwj", "zhengwu", "system", "respondent"])
def test_an_organ_id_is_given_once(organ: str) -> None:
    register(given(OPENED, OFFICE), organ).refused("ORGAN_NAME_TAKEN")


@pytest.mark.parametrize("alias", ["zwj", "zhengwu", "slj"])
def test_an_alias_names_one_organ_only(alias: str) -> None:
    register(given(OPENED, OFFICE), "slj", aliases=(alias,)).refused("ORGAN_NAME_TAKEN")


def test_an_organ_has_a_name() -> None:
    register(given(OPENED), "slj", name_zh=" ").refused("ORGAN_NAME_MISSING")


def test_a_superior_is_registered_first() -> None:
    register(given(OPENED), "slj", superior="zwj").refused("SUPERIOR_UNKNOWN")
    register(given(OPENED, OFFICE), "slj", name_zh="县水利局", superior="zwj").then(WATER[0])


def test_an_organ_is_not_above_itself() -> None:
    register(given(OPENED), "slj", superior="slj").refused("SUPERIOR_CIRCULAR")
    act(given(OPENED, OFFICE, WATER), "amend_organ", organ="zwj", superior="slj").refused("SUPERIOR_CIRCULAR")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COMMITTEE, Role.FINANCE])
def test_there_is_one_office_one_committee_one_finance_department(role: Role) -> None:
    file = register(given(OPENED), "a", roles=(role,))
    register(file, "b", roles=(role,)).refused("ROLE_HELD")


@pytest.mark.parametrize("role", [Role.POLICE, Role.TRADING_CENTRE, Role.CONVENOR])
def test_of_several_police_organs_the_first_is_the_default(role: Role) -> None:
    file = register(register(given(OPENED), "b", roles=(role,)), "a", roles=(role,))
    assert (ledger(file).register.role(role), list(ledger(file).register.having(role))) == ("b", ["b", "a"])


def test_an_organ_works_by_its_own_calendar_or_by_the_jurisdictions() -> None:
    file = register(register(given(OPENED), "a", calendar="dali"), "b")
    assert (ledger(file).register.calendar_of("a"), ledger(file).register.calendar_of("b")) == ("dali", "enshi")
    register(file, "c", calendar="atlantis").refused("CALENDAR_UNKNOWN")


def test_an_amendment_changes_what_it_names_and_nothing_else() -> None:
    file = act(given(OPENED, OFFICE, WATER), "amend_organ", organ="slj", name_zh="县水务局", aliases=("swj",))
    file.then(OrganAmended(organ="slj", name_zh="县水务局", aliases=("swj",)))
    assert ledger(file).register.organ("swj") == replace(
        ledger(given(OPENED, OFFICE, WATER)).register.organs["slj"], name_zh="县水务局", aliases=("swj",)
    )
    act(file, "amend_organ", organ="slj", superior="")
    assert ledger(file).register.organs["slj"].superior is None


def test_an_amendment_must_leave_the_register_sound() -> None:
    def refused(code: str, **said: Any) -> None:
        act(given(OPENED, OFFICE, WATER), "amend_organ", **{"organ": "slj", **said}).refused(code)

    refused("NOTHING_CHANGED")
    refused("NOTHING_CHANGED", name_zh="县水利局")
    refused("ORGAN_UNKNOWN", organ="nobody")
    refused("ORGAN_BUILT_IN", organ="system", name_zh="钟")
    refused("ORGAN_NAME_MISSING", name_zh="")
    refused("ORGAN_NAME_TAKEN", aliases=("zhengwu",))
    refused("ROLE_HELD", roles=(Role.OFFICE,))
    refused("SUPERIOR_UNKNOWN", superior="nobody")
    refused("CALENDAR_UNKNOWN", calendar="atlantis")


def test_a_dissolved_organ_stays_known_and_its_role_is_free() -> None:
    file = act(given(OPENED, OFFICE), "dissolve_organ", organ="zwj", on=date(2026, 7, 1))
    file.then(OrganDissolved(organ="zwj", on=date(2026, 7, 1)))
    found = ledger(file).register
    assert (found.organs["zwj"].dissolved_on, found.role("office")) == (date(2026, 7, 1), None)
    register(file, "sjj", roles=(Role.OFFICE,)).then_topics("jurisdiction.organ-registered")
    register(file, "zwj").refused("ORGAN_NAME_TAKEN")
    act(file, "dissolve_organ", organ="zwj").refused("ORGAN_DISSOLVED")
    act(file, "amend_organ", organ="zwj", name_zh="新").refused("ORGAN_DISSOLVED")


def test_an_organ_is_dissolved_today_unless_a_past_day_is_given() -> None:
    act(given(OPENED, OFFICE), "dissolve_organ", organ="zwj").then(OrganDissolved(organ="zwj", on=date(2026, 8, 1)))
    act(given(OPENED, OFFICE), "dissolve_organ", organ="zwj", on=date(2026, 8, 2)).refused("IN_FUTURE")
    act(given(OPENED, OFFICE), "dissolve_organ", organ="nobody").refused("ORGAN_UNKNOWN")
    act(given(OPENED, OFFICE), "dissolve_organ", organ="respondent").refused("ORGAN_BUILT_IN")
