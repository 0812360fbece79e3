"""The handling (承办) of a file: who is in charge of its cases, and which organ took whose place."""

from __future__ import annotations

from domain.cases.handling.assigning import Assigning
from domain.cases.handling.succeeding import Succeeding


class Handling(Succeeding, Assigning):
    """One case in each file that has officers in charge, or in which an organ succeeded another."""

    TYPE = "handling"
    CODE = "CB"
    KEEPS_NAMES = True
