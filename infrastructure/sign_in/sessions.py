"""Sessions (会话): rows of the database behind a random cookie, ended by time, by their owner or with the account."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from application.callers import SCOPES, SESSION, Caller, Credential, WrongPassword
from infrastructure.postgres.limits import forgive, spend
from infrastructure.postgres.registry import REGISTRY
from infrastructure.postgres.session import Connections
from infrastructure.postgres.session import Session as Statements
from infrastructure.postgres.statements import statements
from infrastructure.sign_in.passwords import Passwords

IDLE, WHOLE, SEEN = timedelta(minutes=30), timedelta(hours=8), timedelta(minutes=1)
MOST_SESSIONS = 10
WINDOW, OF_ACCOUNT, OF_ADDRESS = 15 * 60, 10, 100
"""Within so many seconds an account is tried so often, and an address tries so often."""

FORM = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What may be told of a session."""

    handle: UUID
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that goes on: who calls in it, by which account, until when; `must_change`: the password, before anything else."""

    caller: Caller
    login: str
    must_change: bool
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime


def csrf_of(cookie: str) -> str:
    """What a page of the session sends along to show that it is one: whoever cannot read the cookie cannot know it."""
    return base64.urlsafe_b64encode(hmac.digest(cookie.encode(), b"anjuan csrf", hashlib.sha256)).decode().rstrip("=")


class Sessions:
    """Begins, finds and ends the sessions of every jurisdiction. Safe to share between threads."""

    def __init__(self, pool: Connections, passwords: Passwords) -> None:
        self._pool, self._passwords = pool, passwords

    def known(self, jurisdiction: str, login: str, password: str, *, address: str) -> str:
        """The officer whose account and password these are; raises WrongPassword, and TooMany for who tries too often."""
        with self._pool.connection() as connection:
            spend(connection, f"sign-in address {address}", OF_ADDRESS, WINDOW)
            spend(connection, _tries(jurisdiction, login), OF_ACCOUNT, WINDOW)
        row = next(iter(self._read("find_account", jurisdiction=jurisdiction, login=login)), None)
        officer, kept, _, disabled_at = row or ("", None, False, None)
        if not self._passwords.right(kept, password) or disabled_at is not None:
            raise WrongPassword
        with self._pool.connection() as connection:
            forgive(connection, _tries(jurisdiction, login))
        return str(officer)

    def begin(self, jurisdiction: str, login: str, *, now: datetime, address: str, agent: str) -> str:
        """A new session of an account; what its cookie holds, never kept."""
        cookie = secrets.token_urlsafe(32)
        facts = {"id_hash": _hash(cookie), "ends_at": now + WHOLE, "address": address, "agent": agent[:200] or None}
        with self._pool.connection() as connection, connection.transaction():
            whose = {"jurisdiction": jurisdiction, "login": login, "now": now, "idle": now - IDLE}
            connection.execute(statements()["note_sign_in"], whose)
            connection.execute(statements()["end_old_sessions"], {**whose, "most": MOST_SESSIONS - 1})
            connection.execute(statements()["add_session"], {**whose, **facts})
        return cookie

    def entered(self, cookie: str, now: datetime) -> Entered | None:
        """The session of a cookie as it is at this moment, None where it is over."""
        if not FORM.fullmatch(cookie):
            return None
        hashed = _hash(cookie)
        rows = self._read("find_session", id_hash=hashed, now=now, idle=now - IDLE)
        if not rows:
            return None
        handle, jurisdiction, login, officer, must_change, begun_at, seen_at, ends_at = rows[0]
        if seen_at <= now - SEEN:
            self._run("see_session", id_hash=hashed, now=now, before=now - SEEN)
        scope = frozenset[str]() if must_change else SCOPES
        caller = Caller(jurisdiction, "", officer, Credential(SESSION, str(handle)), scope)
        return Entered(caller, login, must_change, begun_at, seen_at, ends_at)

    def of(self, entered: Entered, now: datetime) -> tuple[SessionRecord, ...]:
        """Every session of the same account that goes on."""
        rows = self._read("sessions", **_account(entered), now=now, idle=now - IDLE)
        return tuple(SessionRecord(*row) for row in rows)

    def end(self, entered: Entered, handle: UUID) -> bool:
        """End a session of the same account, this one or another; whether there was one."""
        return bool(self._run("end_session", **_account(entered), handle=handle))

    def change_password(self, entered: Entered, old: str, new: str, *, now: datetime) -> None:
        """Another password, good enough as was checked before; every session of the account ends. Raises WrongPassword, TooMany."""
        self.known(
            entered.caller.jurisdiction, entered.login, old, address=f"of session {entered.caller.credential.id}"
        )
        hashed = self._passwords.hashed(new)
        with self._pool.connection() as connection, connection.transaction():
            facts = {**_account(entered), "password_hash": hashed, "must_change": False, "now": now}
            connection.execute(statements()["set_password"], facts)
            connection.execute(statements()["end_sessions"], _account(entered))

    def _read(self, name: str, **facts: Any) -> list[tuple[Any, ...]]:
        return Statements(self._pool, REGISTRY).read(name, facts)

    def _run(self, name: str, **facts: Any) -> int:
        with self._pool.connection() as connection:
            return connection.execute(statements()[name], facts).rowcount


def _account(entered: Entered) -> dict[str, Any]:
    return {"jurisdiction": entered.caller.jurisdiction, "login": entered.login}


def _tries(jurisdiction: str, login: str) -> str:
    return f"sign-in account {jurisdiction} {login}"


def _hash(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()
