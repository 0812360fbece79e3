"""Tokens (令牌): a prefix by which a token is found, and 256 random bits of which only the hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from application.callers import ACT, READ, SCOPES, TOKEN, Caller, Credential, NoSuchCredential
from infrastructure.postgres.registry import REGISTRY, REHEARSAL, jurisdictions
from infrastructure.postgres.session import Connections, Session
from infrastructure.postgres.statements import statements

REHEARSAL_ONLY = frozenset({"system", "respondent"})
USUAL = frozenset({READ, ACT})
NOTED = timedelta(minutes=1)
"""How old a note of the last use becomes before it is written anew."""

FORM = re.compile(r"(aj_[0-9a-f]{12})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What may be told of a token."""

    prefix: str
    organ: str
    officer: str
    scope: tuple[str, ...]
    label: str | None
    made_by: str | None
    demonstration: bool
    made_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def create_token(
    connection: Connection[Any],
    *,
    jurisdiction: str,
    organ: str,
    officer: str = "",
    scope: Set[str] = USUAL,
    label: str | None = None,
    made_by: str | None = None,
    expires_at: datetime | None = None,
    demonstration: bool = False,
) -> str:
    """A new token, shown this once. The timer and the respondent have tokens in rehearsal ledgers only, demonstrations too."""
    kind = {each.name: each.kind for each in jurisdictions(connection)}.get(jurisdiction)
    if kind is None or ((organ in REHEARSAL_ONLY or demonstration) and kind != REHEARSAL):
        raise ValueError(f"no token for {organ!r} in {jurisdiction!r}")
    if not scope or not SCOPES.issuperset(scope):
        raise ValueError(f"no scope {sorted(scope)}")
    prefix, secret = f"aj_{secrets.token_hex(6)}", secrets.token_urlsafe(32)
    facts = {
        "prefix": prefix,
        "secret_hash": _hash(secret),
        "jurisdiction": jurisdiction,
        "organ": organ,
        "officer": officer,
        "scope": sorted(scope),
        "label": label,
        "made_by": made_by,
        "expires_at": expires_at,
        "demonstration": demonstration,
    }
    connection.execute(statements()["add_token"], facts)
    return f"{prefix}.{secret}"


def find_bearer(pool: Connections, token: str, now: datetime) -> Caller | None:
    """Whom a token stands for now; None if it is unknown, expired or revoked, or if its secret is wrong."""
    form = FORM.fullmatch(token)
    if form is None:
        return None
    prefix, secret = form.groups()
    rows = Session(pool, REGISTRY).fetch("find_token", (prefix.encode(),))
    if not rows or not hmac.compare_digest(bytes(rows[0][0]), _hash(secret)):
        return None
    _, jurisdiction, organ, officer, scope, expires_at, revoked_at, last_used_at = rows[0]
    if revoked_at is not None or (expires_at is not None and expires_at <= now):
        return None
    if last_used_at is None or last_used_at <= now - NOTED:
        with pool.connection() as connection:
            connection.execute(statements()["use_token"], {"prefix": prefix, "now": now, "before": now - NOTED})
    return Caller(jurisdiction, organ, officer, Credential(TOKEN, prefix), frozenset(scope))


def tokens(connection: Connection[Any], jurisdiction: str) -> tuple[TokenRecord, ...]:
    """Every token of a jurisdiction, the oldest first."""
    found = connection.execute(statements()["tokens"], {"jurisdiction": jurisdiction})
    return tuple(
        TokenRecord(prefix, organ, officer, tuple(scope), *rest) for prefix, organ, officer, scope, *rest in found
    )


def revoke_token(connection: Connection[Any], prefix: str, *, now: datetime, jurisdiction: str | None = None) -> None:
    """Let a token, in one jurisdiction if one is named, stand for nobody from the next request on; raises NoSuchCredential."""
    facts = {"prefix": prefix, "now": now, "jurisdiction": jurisdiction}
    if connection.execute(statements()["revoke_token"], facts).fetchone() is None:
        raise NoSuchCredential(prefix)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
