"""What is proved to whom (举证范围): an event to whoever reads its case, the entries of the log to those who watch over all."""

from __future__ import annotations

from uuid import UUID

from application.accesses import WATCHERS
from application.ledger import Ledger
from application.permissions import sight
from domain.kernel import Actor
from domain.proof.entry import CASE_ID, FILE_ID, StoredEvent
from domain.register import Register


def may_read_entries(register: Register, organ: str) -> bool:
    """Whether an organ may read the entries of the log, which show identifiers and topics of every case, and nothing else of it."""
    found = register.organ(organ)
    return found is not None and found.dissolved_on is None and not WATCHERS.isdisjoint(found.roles)


def may_have_proved(ledger: Ledger, actor: Actor, stored: StoredEvent) -> bool:
    """Whether somebody reads the case of a stored event, and so may be shown its entry."""
    file, case = (UUID(bytes=stored.fields[each]) for each in (FILE_ID, CASE_ID))
    entries, office = ledger.load_file(file)
    if not entries:
        return False
    found = ledger.file(file, entries, office=office)
    return sight(actor, found, ledger.barred_where_it_concerns(found)).shows(case)
