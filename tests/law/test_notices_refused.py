"""A notice that cannot be right is refused with file, line and reason; a good one reads alike from TOML and JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from domain.law.notice import BadEdition, parse_bases, parse_edition, parse_statutory

GOOD = """\
# 2026-01-04 and again 2026-01-04: a comment is nobody's line
calendar = "national"
year = 2026
notice = "国办发明电〔2025〕7号"
published = 2025-11-04
days_off = [
  2026-01-01,
  2026-01-03,
]
workdays = [2026-01-04, 2026-02-14]
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


BAD = {
    "twice off": (changed("2026-01-03,", "2026-01-03,\n  2026-01-01,"), 9, "2026-01-01 is listed twice"),
    "twice on one line": (changed("2026-02-14", "2026-01-04"), 10, "2026-01-04 is listed twice"),
    "off and worked": (changed("2026-01-04,", "2026-01-03,"), 10, "2026-01-03 is both a day off and a workday"),
    "another year": (changed("2026-02-14", "2025-02-15"), 10, "2025-02-15 is not in 2026"),
    "no such day": (changed("  2026-01-03", "  2026-02-30"), 8, "Invalid date"),
    "no such day in quotes": (changed("  2026-01-03", '  "2026-02-30"'), 8, "2026-02-30: no such day"),
    "a date in another form": (changed("  2026-01-03", '  "20260103"'), 8, "'20260103' is not a date"),
    "an instant": (changed("2025-11-04", "2025-11-04T10:00:00"), 5, "is not a date"),
    "a number for a day": (changed("  2026-01-03", "  3"), 6, "3 is not a date"),
    "no notice": (changed('notice = "国办发明电〔2025〕7号"\n', ""), 1, "notice is missing"),
    "an empty notice": (changed("国办发明电〔2025〕7号", " "), 4, "the notice is missing"),
    "not read after 2019": (changed("国办发明电〔2025〕7号", "not read"), 4, "must have been read"),
    "no publication date": (changed("published = 2025-11-04\n", ""), 1, "published is missing"),
    "published in another age": (changed("2025-11-04", "2015-11-04"), 5, "neither in 2025 nor in 2026"),
    "a mistyped key": (changed("days_off", "day_off"), 1, "days_off is missing"),
    "an unknown key": (GOOD + "days = 3\n", 11, "unknown key 'days'"),
    "a year in quotes": (changed("year = 2026", 'year = "2026"'), 3, "year must be a whole number"),
    "a year that is true": (changed("year = 2026", "year = true"), 3, "year must be a whole number"),
    "a year out of range": (changed("year = 2026", "year = 26"), 3, "26 is no year"),
    "a list that is none": (changed("[2026-01-04, 2026-02-14]", "2026-01-04"), 10, "workdays must be a list"),
    "a weekday made a workday": (changed("2026-02-14", "2026-02-13"), 10, "2026-02-13 is a Friday"),
    "no day off": (changed("  2026-01-01,\n  2026-01-03,\n", ""), 6, "without a day off"),
    "a calendar's name": (changed('"national"', '"Enshi 恩施"'), 2, "small letters"),
    "a key given twice": (GOOD + "year = 2027\n", 11, "Cannot overwrite"),
    "no TOML": (changed("year = 2026", "year 2026"), 3, "Expected '='"),
    "nothing": ("", 1, "calendar is missing"),
    "broken JSON": ('{\n "year": 2026,\n}', 3, "property name"),
    "a JSON key twice": ('{"year": 2026, "year": 2027}', 1, "year is given twice"),
}


@pytest.mark.parametrize("text, line, reason", BAD.values(), ids=BAD.keys())
def test_a_bad_notice_is_refused_at_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadEdition) as refused:
        parse_edition(text, "notice.toml")
    assert (refused.value.file, refused.value.line) == ("notice.toml", line), str(refused.value)
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"notice.toml:{line}: ")


def test_a_good_notice_is_read() -> None:
    read = parse_edition(GOOD, "notice.toml")
    assert (read.calendar, read.year, read.published) == ("national", 2026, date(2025, 11, 4))
    assert read.days_off == (date(2026, 1, 1), date(2026, 1, 3)), "a weekend day may be named as off"
    assert read.workdays == (date(2026, 1, 4), date(2026, 2, 14))
    assert read.id == "national-2026@2025-11-04"


def test_json_says_the_same_as_toml() -> None:
    read = parse_edition(GOOD, "notice.toml")
    values = {"calendar": "national", "year": 2026, "notice": read.notice, "published": "2025-11-04"}
    lists = {"days_off": ["2026-01-03", "2026-01-01"], "workdays": ["2026-01-04", "2026-02-14"]}
    assert parse_edition(json.dumps({**values, **lists}, ensure_ascii=False), "notice.json") == read


def test_a_fault_in_json_is_found_at_its_line() -> None:
    values = {"calendar": "national", "year": 2026, "notice": "x", "published": "2025-11-04"}
    text = json.dumps({**values, "days_off": ["2026-01-01", "2026-01-01"]}, indent=1)
    with pytest.raises(BadEdition, match=r"notice.json:8: 2026-01-01 is listed twice"):
        parse_edition(text, "notice.json")


def test_the_day_of_publication_is_not_taken_for_a_listed_day() -> None:
    local = 'calendar = "dali"\nyear = 2026\nnotice = "x"\npublished = 2026-04-23\ndays_off = [2026-04-23]\n'
    with pytest.raises(BadEdition, match=r"x.toml:6: 2026-04-23 is both"):
        parse_edition(local + "workdays = [2026-04-23]\n", "x.toml")


def test_a_local_notice_may_add_a_weekday_and_name_no_day_off() -> None:
    local = (
        'calendar = "dali"\nyear = 2026\nnotice = "x"\npublished = 2026-04-01\ndays_off = []\nworkdays = [2026-05-04]\n'
    )
    assert parse_edition(local, "x.toml").workdays == (date(2026, 5, 4),)


def test_from_2020_on_a_notice_must_have_been_read() -> None:
    new = 'calendar = "dali"\nyear = 2020\nnotice = "not read"\npublished = 2019-12-31\ndays_off = []\n'
    with pytest.raises(BadEdition, match=r"x.toml:3: from 2020 on"):
        parse_edition(new, "x.toml")


def test_a_notice_not_read_is_allowed_up_to_2019() -> None:
    old = 'calendar = "national"\nyear = 2019\nnotice = "not read"\npublished = 2018-12-31\ndays_off = [2019-01-01]\n'
    assert parse_edition(old, "x.toml").notice == "not read"


@pytest.mark.parametrize(
    "text, line, reason",
    [
        ("2027 = [2027-01-01]\nnext = [2028-01-01]\n", 2, "'next' is no year"),
        ("2027 = [2027-01-01]\n2028 = [2027-05-01]\n", 2, "2027-05-01 is not in 2028"),
        ("2027 = 3\n", 1, "2027 must be a list of dates"),
    ],
)
def test_bad_statutory_days_are_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadEdition) as refused:
        parse_statutory(text, "statutory.toml")
    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_a_base_is_a_name() -> None:
    assert parse_bases('enshi = "national"\n', "bases.toml") == {"enshi": "national"}
    with pytest.raises(BadEdition, match=r"bases.toml:2: dali must be a text"):
        parse_bases('enshi = "national"\ndali = 3\n', "bases.toml")
