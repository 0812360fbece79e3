"""The calendars of the package agree with two independent almanacs, and their files say what a notice must say."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from domain.law.calendar import NATIONAL, Edition, Kind
from domain.law.notice import NOT_READ
from infrastructure.calendar_files import BASES, STATUTORY, shipped_calendars, shipped_texts

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
MISSED_BY_CHINESECALENDAR = date(2005, 12, 31)
SHIPPED = shipped_calendars()


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def test_every_day_from_2004_to_2026_is_as_chinesecalendar_says_but_for_one() -> None:
    national = SHIPPED[NATIONAL]
    differing = [day for day in days(FIRST, LAST) if national.is_workday(day) != chinese_calendar.is_workday(day)]
    assert differing == [MISSED_BY_CHINESECALENDAR]
    assert national.kind(MISSED_BY_CHINESECALENDAR) == "make-up"


def test_every_day_from_2004_to_2026_is_as_holidays_says() -> None:
    almanac, national = holidays.country_holidays("CN", years=range(2004, 2027)), SHIPPED[NATIONAL]
    assert [day for day in days(FIRST, LAST) if national.is_workday(day) != almanac.is_working_day(day)] == []


def test_unpublished_years_have_the_statutory_days_with_compensation_and_no_make_up_days() -> None:
    almanac, national = holidays.country_holidays("CN", years=range(2027, 2036)), SHIPPED[NATIONAL]
    future = days(date(2027, 1, 1), date(2035, 12, 31))
    assert [day for day in future if national.is_workday(day) != almanac.is_working_day(day)] == []
    assert not [day for day in future if national.kind(day) is Kind.MAKE_UP]
    assert all(national.provisional(day) for day in future)


def test_the_statutory_days_of_a_published_year_are_all_off_in_its_arrangement() -> None:
    for year in range(2004, 2027):
        assert [day for day in SHIPPED.statutory[year] if SHIPPED[NATIONAL].is_workday(day)] == []


def test_the_number_of_statutory_days_follows_the_law_in_force() -> None:
    counts = {year: len(listed) for year, listed in SHIPPED.statutory.items()}
    merged = {2009: 1, 2020: 1, 2028: 1, 2031: 1}  # Mid-Autumn on a National Day
    law = {year: 10 if year < 2008 else 11 if year < 2025 else 13 for year in counts}
    assert counts == {year: law[year] - merged.get(year, 0) for year in law}


def test_the_package_knows_every_national_year_and_the_local_ones_it_read() -> None:
    years: dict[str, set[int]] = {}
    for each in SHIPPED.editions:
        years.setdefault(each.calendar, set()).add(each.year)
    assert years == {
        NATIONAL: set(range(2004, 2027)),
        "enshi": {2023, 2025},
        "dali": {2016, 2018, 2021, 2022, 2023, 2024, 2025},
    }


@pytest.mark.parametrize("name", sorted(set(shipped_texts()) - {BASES, STATUTORY}))
def test_a_file_is_named_after_what_it_holds(name: str) -> None:
    stem = name.removesuffix(".toml").removesuffix("-changed")
    held = [each for each in SHIPPED.editions if f"{each.calendar}-{each.year}" == stem]
    assert 1 <= len(held) == sum(other.startswith(stem) for other in shipped_texts())


def test_every_national_notice_has_a_number_and_an_assumed_date_says_so() -> None:
    for each in SHIPPED.editions:
        if each.calendar == NATIONAL:
            assert "发明电〔" in each.notice
            assert each.notice != NOT_READ
        if each.published == date(each.year - 1, 12, 31):
            assert (each.note or "").startswith("published: assumed")


def test_the_day_lists_of_the_notices_as_typed_by_hand_for_2025() -> None:
    held: Edition = SHIPPED.in_force[NATIONAL, 2025]
    weekdays_off = [f"{day:%m-%d}" for day in held.days_off if day.weekday() < 5]
    assert " ".join(weekdays_off) == (
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08"
    )
    assert " ".join(f"{day:%m-%d}" for day in held.workdays) == "01-26 02-08 04-27 09-28 10-11"
