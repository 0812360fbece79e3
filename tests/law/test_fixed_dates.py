"""A fixed date in a plan or in minutes is the last day that its words name, that day included (期日)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.fixed_date import fixed_date


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("2016-06-30", date(2016, 6, 30)),
        ("2016年6月底前", date(2016, 6, 30)),
        ("2016年2月底", date(2016, 2, 29)),
        ("2017年2月末前", date(2017, 2, 28)),
        ("2016年12月底前", date(2016, 12, 31)),
        ("2016年底前", date(2016, 12, 31)),
        ("2016年年底前", date(2016, 12, 31)),
        ("2031年底前", date(2031, 12, 31)),
        ("2016年末", date(2016, 12, 31)),
        ("2016年9月15日前", date(2016, 9, 15)),
        (" 2016年9月15日 ", date(2016, 9, 15)),
        ("2016年上半年", date(2016, 6, 30)),
        ("2016年下半年底前", date(2016, 12, 31)),
    ],
)
def test_words_name_a_last_day(words: str, last: date) -> None:
    assert fixed_date(words) == last


@pytest.mark.parametrize(
    "words", ["", "长期", "适时", "2016年", "2016年13月底前", "2016年2月30日", "2016-13-01", "年底前", "6月底前"]
)
def test_words_without_one_day_name_none(words: str) -> None:
    with pytest.raises(ValueError):
        fixed_date(words)
