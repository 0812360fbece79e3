"""What happens to access to identities (身份查阅); none of it is ever corrected: access ends, and is asked for anew."""

from __future__ import annotations

from dataclasses import dataclass

from domain.cases.identity_access.values import Opened, Value
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed, FixedDay


@dataclass(frozen=True, kw_only=True)
class IdentityAccessRequested(OpeningEvent):
    """身份查阅已申请. `about`: number of the case; `officer` of `organ` asks to look, and nobody else will."""

    TOPIC = "identity.access-requested"
    CORRECTABLE = False
    about: Fixed
    values: tuple[Value, ...]
    motive: Fixed
    organ: Organ
    officer: Fixed
    days: int


@dataclass(frozen=True, kw_only=True)
class IdentityAccessGranted(MatterEvent):
    """身份查阅已批准. `until`: the last day on which the officer may look."""

    TOPIC = "identity.access-granted"
    CORRECTABLE = False
    values: tuple[Value, ...]
    until: FixedDay


@dataclass(frozen=True, kw_only=True)
class IdentityAccessDenied(MatterEvent):
    """身份查阅未获批准."""

    TOPIC = "identity.access-denied"
    CORRECTABLE = False
    because: Fixed


@dataclass(frozen=True, kw_only=True)
class IdentityAccessRevoked(MatterEvent):
    """身份查阅批准已撤销."""

    TOPIC = "identity.access-revoked"
    CORRECTABLE = False
    because: Fixed


@dataclass(frozen=True, kw_only=True)
class IdentityViewed(MatterEvent):
    """身份已查阅: recorded before anything is shown. `opened`: exactly what was shown; `purpose`: what for."""

    TOPIC = "identity.viewed"
    CORRECTABLE = False
    opened: tuple[Opened, ...]
    purpose: Fixed
