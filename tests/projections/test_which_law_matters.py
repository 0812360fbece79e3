"""Lists are to be built anew when the law changes that their jurisdiction goes by, and not for anybody else's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.ledger import Ledger
from domain.cases import CASES
from domain.cases.jurisdiction.events import OrganAmended, ProfilesChosen
from domain.law.calendar import Calendars
from domain.law.limit import Span, TimeLimit
from domain.law.rulebook import Rulebook
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_limits
from infrastructure.law_marks import holds, marks, together
from tests.given import PROFILES
from tests.projections.histories import BEGUN, FakeLog, jurisdiction

TABLES = 1


def ledger(limits: tuple[TimeLimit, ...] = shipped_limits(), calendars: Calendars | None = None, *later: Any) -> Ledger:
    """A ledger under these rules; its jurisdiction goes by the profiles of the tests and the calendar of Enshi."""
    log: Any = FakeLog(jurisdiction(*later))
    return Ledger(log, CASES, Rulebook(limits), calendars or shipped_calendars())


def changed(profile: str, **more: Any) -> tuple[TimeLimit, ...]:
    """The rules that ship, with one of a profile said otherwise."""
    place = next(n for n, each in enumerate(shipped_limits()) if each.profile == profile)
    limits = list(shipped_limits())
    limits[place] = replace(limits[place], **more)
    return tuple(limits)


STORED = marks(ledger(), TABLES)


def test_the_same_law_holds_still_and_so_does_none() -> None:
    assert holds(STORED, ledger(), TABLES)
    assert holds(None, ledger(), TABLES)


@pytest.mark.parametrize("profile", PROFILES)
def test_another_number_of_days_in_a_profile_of_the_jurisdiction_matters(profile: str) -> None:
    assert not holds(STORED, ledger(changed(profile, within=Span("working day", 77))), TABLES)


def test_where_a_rule_stands_in_its_file_does_not_matter() -> None:
    assert holds(STORED, ledger(changed(PROFILES[0], line=7)), TABLES)


def test_a_profile_of_somebody_else_does_not_matter() -> None:
    local = tuple(replace(each, profile="suqian-2023") for each in shipped_limits() if each.profile == "national")
    assert holds(STORED, ledger((*shipped_limits(), *local)), TABLES)
    assert holds(STORED, ledger(changed("dali-2016", within=Span("working day", 77))), TABLES)


def test_a_profile_that_is_chosen_later_matters_from_then_on() -> None:
    chosen = (ProfilesChosen(profiles=("dali-2016",)), BEGUN)
    assert holds(STORED, ledger(shipped_limits(), None, chosen), TABLES)
    assert not holds(STORED, ledger(changed("dali-2016", within=Span("working day", 77)), None, chosen), TABLES)
    without = tuple(each for each in shipped_limits() if each.profile != "dali-2016")
    assert not holds(STORED, ledger(without, None, chosen), TABLES)


def test_only_calendars_that_count_somebodys_days_matter() -> None:
    shipped = shipped_calendars()
    for name, matters in (("dali", False), ("enshi", True), ("national", True)):
        edition = next(each for each in shipped.editions if each.calendar == name)
        others = [each for each in shipped.editions if each is not edition]
        other = Calendars((*others, replace(edition, note="changed")), shipped.bases, shipped.statutory)
        assert holds(STORED, ledger(shipped_limits(), other), TABLES) is not matters
        amended = (OrganAmended(organ="slj", calendar="dali"), BEGUN)  # type: ignore[arg-type]
        assert not (name == "dali" and holds(STORED, ledger(shipped_limits(), other, amended), TABLES))


def test_other_rows_from_the_same_facts_matter() -> None:
    assert not holds(STORED, ledger(), TABLES + 1)
    assert not holds("what an older program wrote", ledger(), TABLES)


def test_what_is_learned_of_is_stored_beside_what_was() -> None:
    fewer = tuple(each for each in shipped_limits() if each.profile != "dali-2016")
    kept = together(STORED, marks(ledger(fewer), TABLES))
    chosen = (ProfilesChosen(profiles=("dali-2016",)), BEGUN)
    assert not holds(kept, ledger(changed("dali-2016", within=Span("working day", 77)), None, chosen), TABLES)
