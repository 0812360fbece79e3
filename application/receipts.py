"""What whoever recorded something is handed (入账凭证): asked for before anything is recorded, and again when it is."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from application.handle import Receipt


class NoReceipt(Exception):
    """No receipt can be signed, and so nothing may be recorded; the message says why."""


class Receipts(Protocol):
    """The receipts of one ledger: signed notes about what the database stored."""

    def ready(self) -> None:
        """Raises NoReceipt where none can be signed; asked before anything is recorded."""

    def issued(self, event: UUID) -> str:
        """The receipt for everything that was stored together with an event; LookupError where there is none."""

    def after(self, event: UUID) -> str | None:
        """The same for what has just been recorded; None if the database went away since: what is recorded stays so."""

    def wrong(self) -> str | None:
        """Why no receipt can be signed; None if all is well."""


def recorded_by(receipt: Receipt) -> UUID:
    """The event at which a command leaves its case, stored together with all others that it recorded."""
    own = (each for each in receipt.entries if (each.case_id, each.version) == (receipt.case_id, receipt.version))
    return next(own, receipt.entries[-1]).event_id
