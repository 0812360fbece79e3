"""Keeping credentials (凭证管理): the accounts, tokens and subjects of one jurisdiction, made, listed and ended."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any

from psycopg import Connection

from infrastructure.postgres.statements import statements
from infrastructure.postgres.tokens import TokenRecord, create_token, revoke_token, tokens
from infrastructure.settings import BadSetting
from infrastructure.sign_in.accounts import Accounts
from infrastructure.sign_in.passwords import Passwords
from infrastructure.sign_in.subjects import SubjectRecord, add_subject, remove_subject, subjects


class Keeper:
    """What is kept for one jurisdiction, over one connection."""

    def __init__(self, connection: Connection[Any], jurisdiction: str, passwords: Passwords) -> None:
        self._connection, self._jurisdiction = connection, jurisdiction
        self.accounts = Accounts(connection, jurisdiction, passwords)

    def tokens(self) -> tuple[TokenRecord, ...]:
        """Every token, the oldest first."""
        return tokens(self._connection, self._jurisdiction)

    def add_token(
        self,
        *,
        organ: str,
        officer: str,
        scope: Set[str],
        label: str | None,
        expires_at: datetime | None,
        made_by: str,
        demonstration: bool = False,
    ) -> str:
        """A new token, shown this once; raises ValueError where there can be none."""
        return create_token(
            self._connection,
            jurisdiction=self._jurisdiction,
            organ=organ,
            officer=officer,
            scope=scope,
            label=label,
            made_by=made_by,
            expires_at=expires_at,
            demonstration=demonstration,
        )

    def revoke_token(self, prefix: str, *, now: datetime) -> None:
        """Let a token stand for nobody from the next request on; raises NoSuchCredential."""
        revoke_token(self._connection, prefix, now=now, jurisdiction=self._jurisdiction)

    def subjects(self) -> tuple[SubjectRecord, ...]:
        """Whom an identity provider means here."""
        return subjects(self._connection, self._jurisdiction)

    def add_subject(self, issuer: str, subject: str, officer: str, *, made_by: str) -> None:
        """Let a subject mean an officer; raises CredentialTaken."""
        add_subject(self._connection, self._jurisdiction, issuer, subject, officer, made_by=made_by)

    def remove_subject(self, issuer: str, subject: str) -> None:
        """Let a subject mean nobody; raises NoSuchCredential."""
        remove_subject(self._connection, self._jurisdiction, issuer, subject)


def demonstrations(connection: Connection[Any]) -> int:
    """How many accounts and tokens of demonstrations let somebody in, in all jurisdictions."""
    return int((connection.execute(statements()["demonstrations"]).fetchone() or (0,))[0])


def end_demonstrations(connection: Connection[Any], *, now: datetime) -> int:
    """Let nobody in any more by what was made for demonstrations; how many tokens and accounts that were."""
    names = ("end_demonstration_tokens", "end_demonstration_accounts")
    return sum(connection.execute(statements()[each], {"now": now}).rowcount for each in names)


def no_demonstration(count: int) -> None:
    """Refuse that so many credentials of demonstrations let somebody in; raises BadSetting."""
    if count:
        raise BadSetting(
            f"ANJUAN_ENV=production: {count} accounts and tokens of a demonstration would let somebody in; "
            "`anjuan demo --end` ends them"
        )
