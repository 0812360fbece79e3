"""Numbers (案号) of cases and files as callers write them: what can stand in a path, and no more."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from domain.kernel import case_id

LONGEST = 64
_LIKE_AN_ID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
_FORBIDDEN = frozenset("/?#\\")


def what_is_wrong(number: str) -> str | None:
    """Why this cannot be the number of a case or file; None if it can."""
    if not 0 < len(number) <= LONGEST:
        return f"must have 1 to {LONGEST} characters"
    if number != number.strip():
        return "must not begin or end with blanks"
    if number in (".", "..") or any(each in _FORBIDDEN or unicodedata.category(each)[0] == "C" for each in number):
        return "must not hold / ? # \\ or control characters"
    if _LIKE_AN_ID.fullmatch(number):
        return "must not look like an id"
    return None


def case_named(text: str) -> UUID:
    """The id of the case that a path names by its id or its number."""
    return UUID(text) if _LIKE_AN_ID.fullmatch(text) else case_id(unicodedata.normalize("NFC", text))
