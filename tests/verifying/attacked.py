"""A signed ledger under attack: whoever owns the database does something to it, it is verified, and it is as before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from domain.proof.findings import Cause, Finding
from infrastructure.proof.rows import rows_of_log
from infrastructure.verifying.found import ALL, Check
from infrastructure.verifying.subject import Subject, Verified
from infrastructure.verifying.verifier import verify_on
from tests.proof.ledgers import Signed

LOG = ALL - {Check.LISTS}
GUARDED = ("events", "log", "tile", "checkpoint", "log_key", "access", "vault")

Attack = Callable[["Attacked"], object]


@dataclass
class Attacked:
    """A ledger, and a connection of its owner, in a transaction that is never committed."""

    signed: Signed
    owner: psycopg.Connection[Any]
    anchored: Iterable[Finding] = field(default_factory=tuple)

    @property
    def subject(self) -> Subject:
        """What is verified: with the keys and the checkpoint that are kept outside."""
        keys, kept = self.signed.keys, self.signed.keys.kept()
        return Subject(
            "", self.signed.log.schema, self.signed.origin, rehearsal=False, trusted=keys.trusted(),
            kept=None if kept is None else str(kept),
        )  # fmt: skip

    def run(self, statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement, `{schema}` being the ledger's."""
        done = self.owner.execute(statement.replace("{schema}", f'"{self.signed.log.schema}"'), arguments or None)
        return done.fetchall() if done.description else []

    def disarm(self) -> None:
        """Switch every guard off, as the owner can."""
        for table in GUARDED:
            self.run(f"ALTER TABLE {{schema}}.{table} DISABLE TRIGGER ALL")

    def entries(self) -> list[bytes]:
        """The entries of the log, from what is stored now."""
        with self.owner.transaction():
            last = self.run("SELECT coalesce(max(position), 0) FROM {schema}.log")[0][0]
            rows = rows_of_log(self.owner, self.signed.log.schema, 0, last)
            return [each._replace(position=place).entry(self.signed.origin) for place, each in enumerate(rows, 1)]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """A block after which all is as before."""
        with self.owner.transaction(force_rollback=True):
            yield

    def verified(self, checks: frozenset[Check] = LOG, **options: Any) -> Verified:
        """What a verification says of the ledger as it is now."""
        subject = options.pop("subject", None) or self.subject
        with self.owner.transaction():
            return verify_on(self.owner, subject, checks=checks, anchored=lambda: self.anchored, **options)

    def after(self, attack: Attack, checks: frozenset[Check] = LOG, **options: Any) -> Verified:
        """What it says after an attack, which is then undone."""
        with self.undone():
            self.disarm()
            attack(self)
            return self.verified(checks, **options)


def causes(verified: Verified) -> set[Cause]:
    """What was named."""
    return set(verified.causes)
