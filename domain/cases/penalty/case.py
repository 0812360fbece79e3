"""Penalty procedure (行政处罚程序): filing, notice, hearing and extension, until a penalty is decided or the case ends without one.

The decision itself is a step of joint punishment in the same file and matter; it needs no filed case, but where there is one it
ends here, and is refused while the party may still be heard. Reading: the ninety days count from the filing whatever happens
meanwhile; only another law, regulation or rule lengthens them. What a court annuls is decided again, and as article 60 knows
no second period none is made up.
"""

from __future__ import annotations

from domain.cases.penalty.ending import Ending
from domain.cases.penalty.filing import Filing
from domain.cases.penalty.hearing import Hearing


class PenaltyCase(Filing, Hearing, Ending):
    """The case of a department against one subject for one act; whoever holds the matter acts on it."""

    TYPE = "penalty"
    CODE = "LA"
