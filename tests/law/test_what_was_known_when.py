"""Editions, overlays and provisional years: a calendar says what was known of it on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.law.calendar import NATIONAL, Calendars, Edition, Kind, UnknownCalendar
from infrastructure.calendar_files import shipped_calendars

DAY = timedelta(1)
SHIPPED = shipped_calendars()


def edition(published: str, *, off: str = "", work: str = "", year: int = 2027, calendar: str = NATIONAL) -> Edition:
    days_off, workdays = (tuple(date.fromisoformat(f"{year}-{day}") for day in days.split()) for days in (off, work))
    return Edition(calendar, year, "drawn", date.fromisoformat(published), days_off, workdays)


def test_dali_works_no_make_up_day_on_6_may_2023() -> None:
    saturday = date(2023, 5, 6)
    assert SHIPPED[NATIONAL].kind(saturday) is Kind.MAKE_UP
    assert SHIPPED["dali"].kind(saturday) is Kind.HOLIDAY
    assert SHIPPED[NATIONAL].nth_workday(date(2023, 5, 3), 3) == saturday
    assert SHIPPED["dali"].nth_workday(date(2023, 5, 3), 3) == date(2023, 5, 10)


def test_dali_adds_a_workday_of_its_own_in_november_2016() -> None:
    sunday = date(2016, 11, 20)
    assert (SHIPPED[NATIONAL].kind(sunday), SHIPPED["dali"].kind(sunday)) == (Kind.WEEKEND, Kind.MAKE_UP)


def test_a_weekend_day_of_a_dali_holiday_is_not_compensated() -> None:
    assert [SHIPPED["dali"].is_workday(date(2025, 4, day)) for day in (11, 12, 13, 14, 15)] == [
        True,
        *[False] * 3,
        True,
    ]


def test_enshi_has_its_own_holiday_once_the_notice_is_out() -> None:
    monday = date(2025, 8, 18)
    assert SHIPPED.known_at(date(2025, 7, 27))["enshi"].is_workday(monday)
    assert not SHIPPED.known_at(date(2025, 7, 28))["enshi"].is_workday(monday)
    assert SHIPPED.known_at(date(2025, 7, 28))[NATIONAL].is_workday(monday)


def test_a_local_notice_not_read_is_a_note_and_not_provisional() -> None:
    enshi = SHIPPED["enshi"]
    assert enshi.unread(date(2023, 12, 1), date(2025, 8, 19)) == (("enshi", 2024),)
    assert enshi.unread(date(2025, 8, 19), date(2025, 8, 19)) == ()
    assert not enshi.provisional(date(2024, 8, 19))
    assert SHIPPED[NATIONAL].unread(date(2024, 8, 19), date(2024, 8, 19)) == ()


def test_a_year_is_provisional_until_its_national_arrangement_is_out() -> None:
    before, since = (SHIPPED.known_at(date(2025, 11, day))["enshi"] for day in (3, 4))
    assert before.provisional(date(2026, 1, 4))
    assert not since.provisional(date(2026, 1, 4))
    assert (before.kind(date(2026, 1, 4)), since.kind(date(2026, 1, 4))) == (Kind.WEEKEND, Kind.MAKE_UP)
    assert (before.kind(date(2026, 1, 1)), before.kind(date(2026, 1, 2))) == (Kind.HOLIDAY, Kind.WORKDAY)
    assert before.provisional_between(date(2025, 12, 20), date(2026, 1, 6))
    assert not before.provisional_between(date(2025, 12, 1), date(2025, 12, 31))
    assert (before.covered_through, since.covered_through) == (date(2025, 12, 31), date(2026, 12, 31))


def test_a_local_edition_alone_leaves_its_year_provisional_but_holds() -> None:
    local = edition("2026-12-01", off="03-03", calendar="enshi")
    enshi = SHIPPED.adding(local)["enshi"]
    assert enshi.provisional(date(2027, 3, 3))
    assert enshi.kind(date(2027, 3, 3)) is Kind.HOLIDAY
    assert enshi.kind(date(2027, 2, 9)) is Kind.HOLIDAY, "Spring Festival on a weekend is compensated"


def test_a_year_beyond_the_almanac_has_the_days_of_fixed_date() -> None:
    national = SHIPPED[NATIONAL]
    assert national.provisional(date(2040, 10, 1))
    assert national.kind(date(2040, 10, 1)) is Kind.HOLIDAY
    assert national.provisional(date(1998, 5, 5))
    assert national.is_workday(date(1998, 5, 5))


def test_the_spring_festival_of_2020_was_extended_from_the_day_of_the_notice() -> None:
    saturday = date(2020, 2, 1)
    kinds = [SHIPPED.known_at(date(2020, 1, day))[NATIONAL].kind(saturday) for day in (26, 27)]
    assert kinds == [Kind.MAKE_UP, Kind.HOLIDAY]
    used = SHIPPED.known_at(date(2020, 1, 27))["enshi"].editions(date(2020, 1, 20), date(2020, 2, 4))
    assert [(each.id, each.notice) for each in used] == [("national-2020@2020-01-27", "国办发明电〔2020〕1号")]


def test_the_latest_published_edition_holds_as_a_whole() -> None:
    first = edition("2026-11-10", off="01-01 02-05", work="01-03")
    second = edition("2027-01-20", off="01-01 02-08")
    later = Calendars([second, first])
    assert later.known_at(date(2027, 1, 19))[NATIONAL].kind(date(2027, 1, 3)) is Kind.MAKE_UP
    assert later[NATIONAL].kind(date(2027, 1, 3)) is Kind.WEEKEND
    assert later[NATIONAL].kind(date(2027, 2, 5)) is Kind.WORKDAY


def test_an_imported_edition_is_known_from_its_import_and_replaces_one_of_the_same_notice() -> None:
    mistyped = edition("2026-11-10", off="01-01 02-05")
    corrected = Edition(
        NATIONAL, 2027, "drawn", mistyped.published, (date(2027, 1, 1),), (), learned=date(2026, 11, 12)
    )
    both = Calendars([corrected, mistyped])
    assert both.known_at(date(2026, 11, 11))[NATIONAL].kind(date(2027, 2, 5)) is Kind.HOLIDAY
    assert both[NATIONAL].kind(date(2027, 2, 5)) is Kind.WORKDAY
    (held,) = both[NATIONAL].editions(date(2027, 2, 5), date(2027, 2, 5))
    assert held.id == "national-2027@2026-11-10+2026-11-12"


def test_an_earlier_notice_imported_later_does_not_replace_the_change() -> None:
    change = edition("2027-01-20", off="01-01 02-08")
    first = Edition(NATIONAL, 2027, "drawn", date(2026, 11, 10), (date(2027, 2, 5),), (), learned=date(2027, 3, 1))
    assert Calendars([change, first])[NATIONAL].kind(date(2027, 2, 8)) is Kind.HOLIDAY


def test_a_local_workday_on_a_national_holiday_is_a_plain_workday() -> None:
    held = [edition("2026-11-10", off="05-03 05-08"), edition("2026-12-01", work="05-03 05-08", calendar="enshi")]
    enshi = Calendars(held)["enshi"]
    assert [enshi.kind(date(2027, 5, day)) for day in (3, 8)] == [Kind.WORKDAY, Kind.MAKE_UP]


def test_cover_ends_before_the_first_year_without_an_arrangement() -> None:
    held = [edition("2026-11-10", year=2027), edition("2028-11-10", year=2029)]
    assert Calendars(held)[NATIONAL].covered_through == date(2027, 12, 31)


def test_a_local_calendar_is_the_national_one_until_its_first_notice() -> None:
    held = [edition("2026-11-10", off="01-01"), edition("2026-12-01", off="03-03", calendar="wuhan")]
    assert Calendars(held).known_at(date(2026, 11, 30))["wuhan"].kind(date(2027, 3, 3)) is Kind.WORKDAY


def test_nothing_changes_between_two_publications() -> None:
    quiet = SHIPPED.known_at(date(2025, 7, 29))
    assert quiet is SHIPPED.known_at(date(2025, 11, 3))
    assert SHIPPED.known_at(None) is SHIPPED is SHIPPED.known_at(date(2099, 1, 1))


def test_adding_an_edition_leaves_the_others_as_they_were() -> None:
    more = SHIPPED.adding(edition("2026-11-10", off="01-01", work="01-03"))
    assert more[NATIONAL].covered_through == date(2027, 12, 31)
    assert SHIPPED[NATIONAL].covered_through == date(2026, 12, 31)


def test_before_any_notice_everything_is_provisional() -> None:
    nothing = SHIPPED.known_at(date(1999, 1, 1))
    assert "dali" in nothing
    assert nothing["dali"].covered_through == date.min
    assert nothing["dali"].provisional(date(2023, 5, 6))
    assert nothing["dali"].editions(date(2004, 1, 1), date(2026, 1, 1)) == ()


def test_a_local_calendar_may_rest_on_another_local_one() -> None:
    held = [edition("2026-11-10", off="01-01"), edition("2026-12-01", off="03-03", calendar="hubei")]
    nested = Calendars(held, bases={"enshi": "hubei"})
    assert nested["enshi"].kind(date(2027, 3, 3)) is Kind.HOLIDAY
    assert nested["enshi"].unread(date(2027, 3, 3), date(2027, 3, 3)) == (("enshi", 2027),)


def test_a_calendar_that_nobody_named_is_not_the_national_one() -> None:
    with pytest.raises(UnknownCalendar):
        SHIPPED["wuhan"]
    assert "wuhan" not in SHIPPED
    assert "enshi" in SHIPPED


def test_a_calendar_resting_on_itself_is_refused() -> None:
    with pytest.raises(UnknownCalendar, match="itself"):
        Calendars([], bases={"a": "b", "b": "a"})["a"]


@pytest.mark.xfail(reason="the control: a view of the past must not know the change", strict=True)
def test_the_extension_of_2020_was_known_in_december_2019() -> None:
    assert not SHIPPED.known_at(date(2019, 12, 1))[NATIONAL].is_workday(date(2020, 2, 1))
