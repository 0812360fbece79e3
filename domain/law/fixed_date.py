"""A fixed date (期日) as plans and minutes write it: a day, or the end of a month, half-year or year, the last day included."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})年(\d{1,2})月(\d{1,2})日(?:以?前)?")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?:底|末)(?:以?前)?")
_YEAR = re.compile(r"(\d{4})年(?:年?[底末])(?:以?前)?")
_HALF = re.compile(r"(\d{4})年(上|下)半年(?:[底末])?(?:以?前)?")


def fixed_date(text: str) -> date:
    """The last day that the words give, such as `2016年6月底前` or `2016-06-30`; raises ValueError."""
    said = text.strip()
    if found := _DAY.fullmatch(said):
        year, month, day = (int(each) for each in found.groups() if each is not None)
        return date(year, month, day)
    if found := _MONTH.fullmatch(said):
        year, month = map(int, found.groups())
        if not 1 <= month <= 12:
            raise ValueError(f"{text!r} names no month")
        return date(year, month, monthrange(year, month)[1])
    if found := _YEAR.fullmatch(said):
        return date(int(found[1]), 12, 31)
    if found := _HALF.fullmatch(said):
        return date(int(found[1]), 6, 30) if found[2] == "上" else date(int(found[1]), 12, 31)
    raise ValueError(f"{text!r} is no fixed date")
