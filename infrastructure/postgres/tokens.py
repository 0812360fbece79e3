"""Development tokens (令牌): a prefix by which a token is found, and a secret of which only the hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from infrastructure.postgres.registry import REHEARSAL, jurisdictions
from infrastructure.postgres.statements import statements

REHEARSAL_ONLY = frozenset({"system", "respondent"})
DEPARTMENT = "department"


class NoSuchToken(LookupError):
    """No token has this prefix."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for: an organ of a jurisdiction, and one of its officers."""

    jurisdiction: str
    organ: str
    officer: str


def create_token(owner: Connection[Any], *, jurisdiction: str, organ: str, officer: str = "") -> str:
    """A new token, shown this once. The timer and the respondent have tokens in rehearsal ledgers only."""
    kind = {each.name: each.kind for each in jurisdictions(owner)}.get(jurisdiction)
    if kind is None or (organ in REHEARSAL_ONLY and kind != REHEARSAL):
        raise ValueError(f"no token for {organ!r} in {jurisdiction!r}")
    prefix, secret = f"aj_{secrets.token_hex(6)}", secrets.token_urlsafe(32)
    facts = {
        "prefix": prefix,
        "secret_hash": _hash(secret),
        "jurisdiction": jurisdiction,
        "organ": organ,
        "officer": officer,
        "role": organ if organ in REHEARSAL_ONLY else DEPARTMENT,
    }
    owner.execute(statements()["add_token"], facts)
    return f"{prefix}.{secret}"


def find_bearer(connection: Connection[Any], token: str) -> Bearer | None:
    """Whom a token stands for; None if it is unknown or its secret is wrong."""
    prefix, _, secret = token.partition(".")
    if not token.isascii() or "\x00" in token:
        return None
    row = connection.execute(statements()["find_token"], {"prefix": prefix}).fetchone()
    if row is None or not hmac.compare_digest(bytes(row[0]), _hash(secret)):
        return None
    return Bearer(*row[1:])


def revoke_token(owner: Connection[Any], prefix: str) -> None:
    """Let a token stand for nobody any more."""
    if owner.execute(statements()["revoke_token"], {"prefix": prefix}).fetchone() is None:
        raise NoSuchToken(prefix)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
