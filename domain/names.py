"""Names (名称) compared as a reader would: without differences of width, case and spacing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import NewType

Fixed = NewType("Fixed", str)
"""A text on which something rests (who is punished, for what, what is reserved): no correction changes it."""

FixedDay = NewType("FixedDay", date)
"""A day on which something rests; no correction changes it."""


def fixed(text: str | None) -> Fixed | None:
    """A text that may be missing as one on which something rests."""
    return None if text is None else Fixed(text)


def same_words(text: str) -> str:
    """A name or statement without differences of width, case and spacing, for comparing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def same_subject(one: str, one_code: str | None, other: str, other_code: str | None) -> bool:
    """Whether two records mean the same party: the same code, or the same name."""
    if one_code is not None and other_code is not None and same_words(one_code) == same_words(other_code):
        return True
    return same_words(one) == same_words(other)


class Party(StrEnum):
    """What somebody is in public resource trading: 招标人, 代理机构, 投标人, 供应商, 专家."""

    TENDEREE = "招标人"
    AGENCY = "代理机构"
    BIDDER = "投标人"
    SUPPLIER = "供应商"
    EXPERT = "专家"
