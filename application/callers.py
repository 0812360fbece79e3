"""Who calls (来者): what a token, a session or a signed statement of an identity provider stands for, and how far it reaches."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from domain.register import Register

READ, ACT, ACCOUNTS = "read", "act", "accounts"
SCOPES = frozenset({READ, ACT, ACCOUNTS})
"""Read what one may read, take steps, manage accounts and tokens. None of them gives a right that the register does not give."""

ADMINISTRATOR = "administrator"

TOKEN, SESSION, JWT = "token", "session", "jwt"


class WrongPassword(Exception):
    """Whoever signs in is not known, or not by this password, or may not sign in: which of them is never told."""


class OutOfScope(Exception):
    """The credential was not made for this."""


class NoSuchCredential(LookupError):
    """The jurisdiction has no such token, account or subject, or none that still lets somebody in."""


class CredentialTaken(ValueError):
    """The jurisdiction has an account of this name, or the subject means an officer already."""


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


def admitted(caller: Caller, register: Register) -> Caller | None:
    """The caller as the register has it now: None where the officer left, is suspended, or serves another organ than was said."""
    if not caller.officer:
        return caller
    officer = register.officer(caller.officer)
    if officer is None or not officer.serving or caller.organ not in ("", officer.organ):
        return None
    return replace(caller, organ=officer.organ)


def may_keep(register: Register, caller: Caller, organ: str | None) -> bool:
    """Whether the caller may keep accounts and tokens of an organ (None: of all).

    Administrators keep those of the whole ledger; an officer with that duty those of the own organ.
    """
    own = register.organ(caller.organ)
    officer = register.officer(caller.officer)
    if own is None or own.dissolved_on is not None:
        return False
    if ADMINISTRATOR in own.roles:
        return True
    return officer is not None and ACCOUNTS in officer.duties and own.id == organ
