"""The jurisdiction (辖区): its register of organs, its rules, its calendars, as known at any instant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.cases.jurisdiction import CASE as JURISDICTION
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.events import (
    CalendarChosen,
    LedgerKind,
    OrganDissolved,
    ProfilesChosen,
    Role,
)
from domain.law.calendar import Calendars
from domain.law.edition import Kind
from infrastructure.calendar_files import shipped_calendars
from tests.cases.jurisdiction_facts import DAYS, NOTICE, OFFICE, OPENED, PUBLISHED, WATER, act, ledger, opened, register
from tests.given import PROFILES, given, instant

DEMO = Path(__file__).parents[2] / "infrastructure" / "demo" / "xuanen.toml"


# ---- the ledger


@pytest.mark.parametrize("by", ["admin", "system"])
def test_a_ledger_is_opened_once_with_its_kind_its_calendar_and_its_rules(by: str) -> None:
    said = {"kind": LedgerKind.REHEARSAL, "calendar": "enshi"}
    file = act(given(), "open_ledger", by=by, number="jurisdiction", **said).then(OPENED[0])
    assert ledger(file).kind is LedgerKind.REHEARSAL
    assert (ledger(file).register.calendar, ledger(file).register.profiles) == ("enshi", PROFILES)
    assert file.file.matters == {}
    act(file, "open_ledger", by=by, number="second", **said).refused("ONE_JURISDICTION")


def test_a_department_opens_no_ledger_and_registers_nobody() -> None:
    act(given(), "open_ledger", by="zjj", number="jurisdiction", kind=LedgerKind.REAL, calendar="enshi").forbidden()
    act(given(OPENED), "register_organ", by="zwj", organ="a", name_zh="甲").forbidden()


def test_a_ledger_works_by_a_calendar_that_exists() -> None:
    said = {"kind": LedgerKind.REAL, "calendar": "atlantis"}
    act(given(), "open_ledger", number="jurisdiction", **said).refused("CALENDAR_UNKNOWN")


def test_rules_are_chosen_anew() -> None:
    file = act(given(OPENED), "choose_profiles", profiles=("dali-2016",)).then(ProfilesChosen(profiles=("dali-2016",)))
    assert ledger(file).register.profiles == ("dali-2016",)
    act(file, "choose_profiles", profiles=("dali-2016",)).refused("NOTHING_CHANGED")


@pytest.mark.parametrize("profiles", [(), ("national", "national")])
def test_at_least_one_profile_is_chosen_and_each_once(profiles: tuple[str, ...]) -> None:
    act(given(OPENED), "choose_profiles", profiles=profiles).refused("NO_PROFILES")


def test_the_calendar_is_chosen_anew() -> None:
    file = act(given(OPENED), "choose_calendar", calendar="dali").then(CalendarChosen(calendar="dali"))
    assert ledger(file).register.calendar == "dali"
    act(file, "choose_calendar", calendar="dali").refused("NOTHING_CHANGED")
    act(file, "choose_calendar", calendar="atlantis").refused("CALENDAR_UNKNOWN")


# ---- calendars


def test_an_imported_edition_is_known_from_the_day_on_which_the_ledger_recorded_it() -> None:
    file = act(given(OPENED), "publish_calendar", at="2026-07-28T10:00+08:00", **NOTICE).then(PUBLISHED[0])
    (edition,) = ledger(file).editions
    assert (edition.published, edition.known_from) == (date(2026, 7, 20), date(2026, 7, 28))
    assert ledger(given(OPENED, PUBLISHED)).editions == (edition,)


def test_an_imported_edition_makes_its_days_off_for_who_knew_it() -> None:
    calendars = Calendars(
        (*shipped_calendars().editions, *ledger(given(OPENED, PUBLISHED)).editions), {"enshi": "national"}
    )
    kinds = [calendars.known_at(date(2026, 7, day))["enshi"].kind(DAYS[0]) for day in (27, 28)]
    assert kinds == [Kind.WORKDAY, Kind.HOLIDAY]


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_off": (date(2025, 8, 17),)},
        {"days_off": (DAYS[0], DAYS[0])},
        {"workdays": (DAYS[0],)},
        {"notice": " "},
        {"notice": "not read"},
        {"calendar": "恩施"},
        {"published": date(2024, 7, 20)},
        {"year": 1},
        {"calendar": "national", "workdays": (date(2026, 8, 19),)},
        {"calendar": "national", "days_off": ()},
    ],
)
def test_what_no_notice_can_say_is_refused(wrong: Mapping[str, Any]) -> None:
    act(given(OPENED), "publish_calendar", **{**NOTICE, **wrong}).refused("EDITION_INVALID")


def test_a_notice_is_imported_once_and_not_before_it_is_out() -> None:
    act(given(OPENED, PUBLISHED), "publish_calendar", **NOTICE).refused("EDITION_KNOWN")
    act(given(OPENED), "publish_calendar", at="2026-07-19", **NOTICE).refused("IN_FUTURE")


def test_a_changed_arrangement_is_another_edition_of_the_whole_year() -> None:
    changed = {**NOTICE, "days_off": DAYS[:1], "notice": "调整通知", "published": date(2026, 7, 31)}
    file = act(given(OPENED, PUBLISHED), "publish_calendar", **changed)
    found = Calendars((*shipped_calendars().editions, *ledger(file).editions), {"enshi": "national"})["enshi"]
    assert [found.kind(day) for day in DAYS] == [Kind.HOLIDAY, Kind.WORKDAY]


def test_a_real_ledger_takes_no_made_up_arrangement() -> None:
    act(given(opened(LedgerKind.REAL)), "publish_calendar", synthetic=True, **NOTICE).refused("SYNTHETIC_EDITION")
    file = act(given(OPENED), "publish_calendar", synthetic=True, **NOTICE)
    assert [each.note for each in ledger(file).editions] == ["synthetic"]


# ---- as of any instant


def test_the_register_is_that_of_the_instant_whose_facts_are_replayed() -> None:
    dissolved = (OrganDissolved(organ="slj", on=date(2025, 1, 1)), "2025-01-01", "admin")
    facts = (OPENED, OFFICE, WATER, dissolved, PUBLISHED)
    entries = given(*facts).file.entries

    def known(day: str) -> Jurisdiction:
        case = JURISDICTION()
        for entry in entries:
            if entry.known_at() <= instant(day):
                case.replay(entry)
        return case

    assert set(known("2024-01-02").register.organs) == {"system", "respondent"}
    assert known("2024-06-01").register.organs["slj"].dissolved_on is None
    assert known("2025-06-01").register.organs["slj"].dissolved_on == date(2025, 1, 1)
    assert [len(known(day).editions) for day in ("2026-07-27", "2026-07-28")] == [0, 1]


def test_a_register_once_handed_out_stays_as_it_was() -> None:
    file = given(OPENED, OFFICE)
    before = ledger(file).register
    register(file, "slj")
    assert "slj" not in before.organs
    assert "slj" in ledger(file).register.organs


ORGANS = st.sampled_from(["a", "b", "c"])
ROLES = st.sampled_from([(), (Role.OFFICE,), (Role.POLICE,)])
MOVES = st.one_of(
    st.tuples(
        st.just("register_organ"), st.fixed_dictionaries({"organ": ORGANS, "name_zh": st.just("甲"), "roles": ROLES})
    ),
    st.tuples(st.just("amend_organ"), st.fixed_dictionaries({"organ": ORGANS, "superior": ORGANS, "roles": ROLES})),
    st.tuples(st.just("dissolve_organ"), st.fixed_dictionaries({"organ": ORGANS})),
    st.tuples(st.just("choose_calendar"), st.fixed_dictionaries({"calendar": st.sampled_from(["dali", "enshi"])})),
    st.tuples(st.just("publish_calendar"), st.just(NOTICE)),
)


@generated(st.lists(MOVES, max_size=25))
def test_any_sequence_of_steps_replays_to_the_same_register(moves: list[tuple[str, dict[str, Any]]]) -> None:
    file = given(OPENED)
    for name, said in moves:
        act(file, name, **said)
    again = JURISDICTION()
    for entry in file.file.entries:
        again.replay(entry)
    live = ledger(file)
    assert (again.register, again.editions, again.version) == (live.register, live.editions, live.version)
    assert len(list(again.register.having("office"))) <= 1


# ---- the demonstration county


def test_the_organs_of_the_demonstration_county_can_be_registered_in_their_order() -> None:
    county = tomllib.loads(DEMO.read_text(encoding="utf-8"))
    said = {"kind": LedgerKind(county["kind"]), "calendar": county["calendar"]}
    file = act(given(), "open_ledger", by="system", number="jurisdiction", **said)
    for organ in county["organ"]:
        lists = {name: tuple(value) for name, value in organ.items() if isinstance(value, list)}
        roles = {"roles": tuple(Role(each) for each in organ.get("roles", ()))}
        act(file, "register_organ", by="system", **{**organ, **lists, **roles}).then_topics(
            "jurisdiction.organ-registered"
        )
    found = ledger(file).register
    assert [found.role(each) for each in (Role.OFFICE, Role.POLICE, Role.FINANCE, Role.COMMITTEE)] == [
        "zwj", "gaj", "czj", "gwh",
    ]  # fmt: skip
    assert {organ.id for organ in found.organs.values() if organ.external} == {"gaj", "jcy", "ez_zjj", "respondent"}
    assert tuple(county["profiles"]) == PROFILES
