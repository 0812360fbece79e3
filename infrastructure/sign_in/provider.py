"""Signed statements of an identity provider (统一身份认证): verified with its keys; what they say of roles is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from infrastructure.sign_in.key_source import KeySource

LEEWAY = 30
"""Seconds by which clocks may differ."""

TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt", "application/jwt"})
CARRIED_KEYS = frozenset({"jwk", "jku", "x5u", "x5c"})
LONGEST = 255


@dataclass(frozen=True, slots=True)
class Statement:
    """Whom the provider means."""

    issuer: str
    subject: str


class Provider:
    """One identity provider. Safe to share between threads."""

    def __init__(self, issuer: str, audience: str, keys: KeySource, algorithms: tuple[str, ...]) -> None:
        self._issuer, self._audience, self._keys = issuer, audience, keys
        self._registry = JWSRegistry(algorithms=algorithms)
        self._algorithms = algorithms

    def stated(self, token: str, now: datetime) -> Statement | None:
        """Whom a statement is about, None if it is not the provider's, not for us, not yet or no more good."""
        for fresh in (False, True):
            try:
                return self._statement(token, now, fresh=fresh)
            except InvalidKeyIdError:
                continue
            except (JoseError, ValueError, TypeError, KeyError):
                return None
        return None

    def _statement(self, token: str, now: datetime, *, fresh: bool) -> Statement | None:
        found = jwt.decode(token, self._keys.keys(fresh=fresh), algorithms=self._algorithms, registry=self._registry)
        if not _plain(found.header):
            return None
        claims = JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        claims.validate(found.claims)
        subject = str(found.claims["sub"])
        return Statement(self._issuer, subject) if len(subject) <= LONGEST and subject.isprintable() else None


def _plain(header: Mapping[str, Any]) -> bool:
    """Whether a statement is of a type that opens doors, and brings no key of its own along."""
    said = header.get("typ", "JWT")
    return isinstance(said, str) and said.lower() in TYPES and CARRIED_KEYS.isdisjoint(header)
