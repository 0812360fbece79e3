"""What happens on the way to an erasure (身份销毁): proposed, approved or turned down, carried out; none of it is ever corrected."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed, FixedDay


@dataclass(frozen=True, kw_only=True)
class ErasureProposed(OpeningEvent):
    """销毁已提请. `about`: number of the case; `ended`: last act in the file; `kept_until`: last day on which it had to be kept."""

    TOPIC = "erasure.proposed"
    CORRECTABLE = False
    about: Fixed
    because: Fixed
    organ: Organ
    officer: Fixed
    ended: FixedDay
    kept_until: FixedDay


@dataclass(frozen=True, kw_only=True)
class ErasureRejected(MatterEvent):
    """销毁未获批准."""

    TOPIC = "erasure.rejected"
    CORRECTABLE = False
    because: Fixed


@dataclass(frozen=True, kw_only=True)
class ErasureApproved(MatterEvent):
    """销毁已批准: from here on the keys are destroyed, by whoever comes first, as often as it takes."""

    TOPIC = "erasure.approved"
    CORRECTABLE = False
    about: Fixed


@dataclass(frozen=True, kw_only=True)
class ErasureCarriedOut(MatterEvent):
    """密钥已销毁: what the case keeps of its complainant cannot be read any more."""

    TOPIC = "erasure.carried-out"
    CORRECTABLE = False
