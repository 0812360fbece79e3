"""Whom an identity provider means (身份对应): a table of subjects and officers that administrators keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from application.callers import JWT, SCOPES, Caller, Credential, CredentialTaken, NoSuchCredential
from infrastructure.postgres.registry import REGISTRY
from infrastructure.postgres.session import Connections, Session
from infrastructure.postgres.statements import statements
from infrastructure.sign_in.provider import Statement


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """A subject of an identity provider, and the officer whom it means."""

    issuer: str
    subject: str
    officer: str
    made_by: str | None
    made_at: datetime


def meant(pool: Connections, stated: Statement) -> Caller | None:
    """Whom a statement means, None where administrators have not said."""
    facts = {"issuer": stated.issuer, "subject": stated.subject}
    rows = Session(pool, REGISTRY).read("find_subject", facts)
    return Caller(rows[0][0], "", rows[0][1], Credential(JWT, stated.subject), SCOPES) if rows else None


def add_subject(
    connection: Connection[Any], jurisdiction: str, issuer: str, subject: str, officer: str, *, made_by: str
) -> None:
    """Let a subject mean an officer; raises CredentialTaken."""
    facts = {"jurisdiction": jurisdiction, "issuer": issuer, "subject": subject, "officer": officer, "made_by": made_by}
    if connection.execute(statements()["add_subject"], facts).fetchone() is None:
        raise CredentialTaken(subject)


def remove_subject(connection: Connection[Any], jurisdiction: str, issuer: str, subject: str) -> None:
    """Let a subject mean nobody; raises NoSuchCredential."""
    facts = {"jurisdiction": jurisdiction, "issuer": issuer, "subject": subject}
    if connection.execute(statements()["remove_subject"], facts).fetchone() is None:
        raise NoSuchCredential(subject)


def subjects(connection: Connection[Any], jurisdiction: str) -> tuple[SubjectRecord, ...]:
    """Every subject that means somebody in a jurisdiction."""
    found = connection.execute(statements()["subjects"], {"jurisdiction": jurisdiction})
    return tuple(SubjectRecord(*row) for row in found)
