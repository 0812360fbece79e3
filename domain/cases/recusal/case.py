"""Implication (涉案) and recusal (回避): an organ or officer that has no right in a file, why, and until when."""

from __future__ import annotations

from domain.cases.recusal.implicating import Implicating
from domain.cases.recusal.recusing import Recusing


class Recusal(Recusing, Implicating):
    """Who is barred from a file, by one declaration or one decision."""

    TYPE = "recusal"
    CODE = "HB"
    KEEPS_NAMES = True
