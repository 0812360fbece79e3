"""How long is tried (重试): pauses that double and scatter, attempts that end, and a receiver that is given up in the end."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """`attempts` for each notice, the first pause after `first` seconds, none longer than `longest`; `days` of failing at most.

    `look`: after how many seconds at most it is looked what somebody has asked for meanwhile.
    """

    attempts: int = 12
    first: float = 5.0
    longest: float = 3600.0
    days: float = 5.0
    look: float = 5.0
    dice: Callable[[], float] = random.random

    def pause(self, failed: int, asked: float | None = None) -> float:
        """Seconds to wait after so many failures, at random in the upper half; longer where the receiver asks for it."""
        whole = min(self.longest, self.first * 2.0 ** min(failed - 1, 60))
        pause = whole / 2 + whole / 2 * self.dice()
        return max(pause, min(asked or 0.0, self.longest))

    @property
    def gives_up_after(self) -> timedelta:
        """How long a receiver may fail."""
        return timedelta(days=self.days)
