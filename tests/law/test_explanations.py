"""Every due date can be explained day by day: what was counted, what was not, and under which notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.law.clock import CHINA, Clock, Halt, Mark, judge, midnight
from domain.law.explanation import Explanation, explain
from domain.law.limit import Ceiling, Citation, Span, TimeLimit
from domain.law.wording import in_chinese, in_english
from infrastructure.calendar_files import shipped_calendars

ENSHI = shipped_calendars()["enshi"]
NOBODY = UUID(int=0)
LATER = datetime(2030, 1, 1, tzinfo=CHINA)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def clock(unit: str, amount: int, anchor: str, *, roll: str = "none", ceiling: tuple[Span, str] | None = None,
          given: date | None = None, halts: tuple[tuple[str, str | None], ...] = ()) -> Clock:  # fmt: skip
    span = Span(unit, amount)
    limit = TimeLimit(
        "T-1", "test", "完成移送", "Complete the referral", Citation("文〔2020〕5号", "二", quote=("应当移送",)), "seed",
        date(2000, 1, 1), span, (), (), roll=roll, not_later_than=Ceiling(ceiling[0], ()) if ceiling else None,
    )  # fmt: skip
    return Clock(
        NOBODY, limit, "M", NOBODY, 1, "zjj", "enshi", at(anchor), Mark(NOBODY, "t", at(anchor), at(anchor)), span,
        given_date=given, ceiling_anchor=at(ceiling[1]) if ceiling else None,
        halts=[Halt(at(begun), at(ended) if ended else None) for begun, ended in halts],
    )  # fmt: skip


def explained(one: Clock, when: datetime = LATER) -> Explanation:
    return explain(one, ENSHI, judge(one, ENSHI, when))


def told(explanation: Explanation) -> list[str]:
    return [
        f"{day.date:%m-%d} {day.kind}"
        + (f" {day.number}" if day.number else "")
        + (f" ({day.note})" if day.note else "")
        for day in explanation.days
    ]


def test_working_days_over_the_spring_festival_with_its_make_up_days() -> None:
    days = told(explained(clock("working day", 5, "2025-01-23")))
    assert days == [
        "01-23 start", "01-24 counted 1", "01-25 weekend", "01-26 make-up 2", "01-27 counted 3", "01-28 holiday",
        "01-29 holiday", "01-30 holiday", "01-31 holiday", "02-01 holiday", "02-02 holiday", "02-03 holiday",
        "02-04 holiday", "02-05 counted 4", "02-06 due 5",
    ]  # fmt: skip


def test_a_last_day_that_is_a_make_up_workday_is_named_as_one() -> None:
    assert told(explained(clock("working day", 2, "2025-01-23")))[-1] == "01-26 due 2 (make-up)"


def test_paused_days_are_shown_and_not_counted() -> None:
    one = clock("working day", 3, "2025-03-03", halts=(("2025-03-05", "2025-03-07"),))
    assert told(explained(one)) == [
        "03-03 start", "03-04 counted 1", "03-05 paused", "03-06 paused", "03-07 paused", "03-08 weekend",
        "03-09 weekend", "03-10 counted 2", "03-11 due 3",
    ]  # fmt: skip


def test_an_open_pause_ends_the_list_with_what_is_left() -> None:
    explanation = explained(clock("working day", 30, "2025-03-03", halts=(("2025-03-06", None),)))
    assert told(explanation) == ["03-03 start", "03-04 counted 1", "03-05 counted 2", "03-06 paused"]
    assert "剩余28个工作日" in in_chinese(explanation)
    assert "Due: none" in in_english(explanation)


def test_a_week_that_ends_on_a_holiday_is_rolled_to_the_next_workday() -> None:
    assert told(explained(clock("calendar day", 3, "2025-09-29", roll="next"))) == [
        "09-29 start", "09-30 counted 1", "10-01 counted 2", "10-02 counted 3", "10-03 rolled", "10-04 rolled",
        "10-05 rolled", "10-06 rolled", "10-07 rolled", "10-08 rolled", "10-09 due (rolled)",
    ]  # fmt: skip


def test_hours_name_the_instants() -> None:
    one = clock("hour", 48, "2025-09-30T16:30", halts=(("2025-10-01T10:00", "2025-10-01T12:00"),))
    assert told(explained(one)) == [
        "09-30 start (16:30)", "10-01 counted (paused 10:00-12:00)", "10-02 due (18:30)"
    ]  # fmt: skip
    assert "Due: 2025-10-02 18:30" in in_english(explained(one))


@pytest.mark.parametrize(
    ("unit", "amount", "anchor", "days"),
    [
        ("half-year end", 0, "2025-02-03", ["02-03 start", "06-30 due"]),
        ("year end", 0, "2025-02-03", ["02-03 start", "12-31 due"]),
        ("quarter day", 30, "2025-01-01", ["01-01 start", "03-30 due"]),
        ("year", 2, "2024-02-29", ["02-29 start", "02-28 due"]),
        ("month", 1, "2025-01-31", ["01-31 start", "02-28 due"]),
        ("none", 0, "2025-01-31", ["01-31 start"]),
    ],
)
def test_periods_show_their_first_and_last_day(unit: str, amount: int, anchor: str, days: list[str]) -> None:
    assert told(explained(clock(unit, amount, anchor))) == days


def test_a_given_date_and_an_outer_limit_are_named_as_such() -> None:
    given = clock("date", 0, "2025-01-06", given=date(2025, 4, 30))
    assert told(explained(given)) == ["01-06 start", "04-30 due (given)"]
    capped = clock("working day", 5, "2025-01-06", ceiling=(Span("working day", 8), "2024-12-30"))
    assert told(explained(capped))[-1] == "01-10 due 4 (ceiling)"


def test_a_date_in_a_year_without_a_notice_says_that_it_is_provisional() -> None:
    explanation = explained(clock("working day", 5, "2031-03-03"))
    assert explanation.unpublished == (2031,)
    assert "2031年放假安排尚未公布" in in_chinese(explanation)
    assert "provisional" in in_english(explanation)


def test_the_text_cites_the_rule_the_days_and_the_notice() -> None:
    text = in_chinese(explained(clock("working day", 2, "2025-01-23")))
    assert "文〔2020〕5号 二" in text
    assert "“应当移送”" in text
    assert "2025-01-23 星期四 起算日，不计入" in text
    assert "截止：2025-01-26 星期日 24:00" in text
    assert "日历依据：national 2025, 国办发明电" in text


dates = st.dates(date(2018, 1, 1), date(2026, 6, 30))
halts = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=3)


@for_all(start=dates, amount=st.integers(1, 40), unit=st.sampled_from(["working day", "calendar day"]), pauses=halts,
         roll=st.sampled_from(["none", "next"]))  # fmt: skip
def test_the_numbered_days_are_just_as_many_as_the_law_gives(
    start: date, amount: int, unit: str, pauses: list[tuple[int, int]], roll: str
) -> None:
    one = clock(unit, amount, f"{start}", roll=roll)
    one.halts = [
        Halt(midnight(start + timedelta(days=begin)), midnight(start + timedelta(days=begin + length)))
        for begin, length in pauses
    ]
    days = explained(one).days
    assert [day.date for day in days] == [start + timedelta(days=n) for n in range(len(days))]
    assert [day.number for day in days if day.number] == list(range(1, amount + 1))
    assert [day.kind for day in days].count("due") == 1
    assert days[-1].kind == "due"
    assert all(day.number is None for day in days if day.kind in ("paused", "rolled", "weekend", "holiday", "start"))
