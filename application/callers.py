"""Who calls (来者): what a token, a session or a signed statement of an identity provider stands for, and how far it reaches."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

READ, ACT, ACCOUNTS = "read", "act", "accounts"
SCOPES = frozenset({READ, ACT, ACCOUNTS})
"""Read what one may read, take steps, manage accounts and tokens. None of them gives a right that the register does not give."""

TOKEN, SESSION, JWT = "token", "session", "jwt"


class TooMany(Exception):
    """Something was asked too often; it may be asked again in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many; again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody came in with: its kind (token, session, jwt), and an id that gives nobody access."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Caller:
    """An organ of a jurisdiction, one of its officers (none: a system of the organ itself), and what the credential is good for."""

    jurisdiction: str
    organ: str
    officer: str
    credential: Credential
    scope: Set[str]
