"""One jurisdiction (辖区) as a process has it at hand: everything that requests and commands ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.accesses import Accesses
from application.bundling import Bundles
from application.inspections import Inspections
from application.ledger import Ledger
from application.ports import Views
from application.proofs import Proofs
from application.receipts import Receipts

if TYPE_CHECKING:
    from infrastructure.anchors.book import AnchorBook
    from infrastructure.postgres.event_store import PostgresEventLog
    from infrastructure.webhooks.outbound import Outbound


@dataclass(frozen=True, slots=True)
class Place:
    """One jurisdiction in this process: its ledger, the lists over it, those of inspectors, what it sends
    to the outside, who looked at what, the proofs of its log, what others say of it, the receipts of what is recorded, and its
    bundles."""

    name: str
    schema: str
    ledger: Ledger
    log: PostgresEventLog
    views: Views
    inspections: Inspections
    outbound: Outbound
    accesses: Accesses
    proofs: Proofs
    receipts: Receipts
    anchors: AnchorBook
    bundles: Bundles
