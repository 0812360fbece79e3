"""Local accounts (本地账户): an officer of the register and a password, for whoever has no identity provider."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from application.callers import CredentialTaken, NoSuchCredential
from infrastructure.postgres.registry import REHEARSAL, jurisdictions
from infrastructure.postgres.statements import statements
from infrastructure.sign_in.passwords import Passwords

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
GROUPS, LETTERS = 4, "abcdefghjkmnpqrstuvwxyz23456789"
"""A password that is handed out: so many groups of five letters that nobody mistakes for others, about 99 bits."""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """What may be told of an account."""

    login: str
    officer: str
    must_change: bool
    demonstration: bool
    made_by: str | None
    made_at: datetime
    changed_at: datetime
    signed_in_at: datetime | None
    disabled_at: datetime | None


def new_password() -> str:
    """A random password to be handed out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(GROUPS))


class Accounts:
    """The accounts of one jurisdiction, over a connection that may change them."""

    def __init__(self, connection: Connection[Any], jurisdiction: str, passwords: Passwords) -> None:
        self._connection, self._jurisdiction, self._passwords = connection, jurisdiction, passwords

    def all(self) -> tuple[AccountRecord, ...]:
        """Every account, by name."""
        return tuple(AccountRecord(*row) for row in self._run("accounts"))

    def add(self, login: str, officer: str, *, made_by: str, demonstration: bool = False) -> str:
        """A new account of an officer; its first password, shown this once, to be changed. Raises CredentialTaken."""
        if not LOGIN.fullmatch(login):
            raise ValueError(f"no account can be named {login!r}")
        if demonstration and self._kind() != REHEARSAL:
            raise ValueError(f"no demonstration in {self._jurisdiction!r}")
        password = new_password()
        facts = {
            "officer": officer,
            "made_by": made_by,
            "must_change": not demonstration,
            "demonstration": demonstration,
        }
        if not self._run("add_account", login=login, password_hash=self._passwords.hashed(password), **facts):
            raise CredentialTaken(login)
        return password

    def reset(self, login: str, *, now: datetime) -> str:
        """Another password, shown this once, to be changed; every session ends. Raises NoSuchCredential."""
        password = new_password()
        hashed = self._passwords.hashed(password)
        self._one("set_password", login, password_hash=hashed, must_change=True, now=now)
        self._end_sessions(login)
        return password

    def disable(self, login: str, *, now: datetime) -> None:
        """Close an account; its sessions end at once. Raises NoSuchCredential."""
        self._one("disable_account", login, disabled_at=now)
        self._end_sessions(login)

    def enable(self, login: str) -> None:
        """Open an account again; raises NoSuchCredential."""
        self._one("disable_account", login, disabled_at=None)

    def _kind(self) -> str | None:
        return {each.name: each.kind for each in jurisdictions(self._connection)}.get(self._jurisdiction)

    def _one(self, name: str, login: str, **facts: Any) -> None:
        if not self._run(name, login=login, **facts):
            raise NoSuchCredential(login)

    def _end_sessions(self, login: str) -> None:
        facts = {"jurisdiction": self._jurisdiction, "login": login}
        self._connection.execute(statements()["end_sessions"], facts)

    def _run(self, name: str, **facts: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(statements()[name], {"jurisdiction": self._jurisdiction, **facts}).fetchall()
