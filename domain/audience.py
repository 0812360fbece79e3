"""Whom a type of case is open to (可见范围), beside those who may read everything and those who may read nothing."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """How far somebody may look who takes part in a case: whoever acts in it, holds it, owes something in it or is named by it.

    `FILE`: at the whole file. `CASE`: at this case and nothing else of the file, unless he holds a matter. `DEPARTMENTS`: so may
    every department. `LEDGER`: so may every organ of the ledger. `ADDRESSEES`: only at the papers that are addressed to him.
    """

    FILE = "file"
    CASE = "case"
    DEPARTMENTS = "departments"
    LEDGER = "ledger"
    ADDRESSEES = "addressees"
