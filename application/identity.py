"""Show who complains (查阅身份): the view is recorded first, and only what is on record is then opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from application.handle import Command, carry_out
from application.ledger import Ledger
from application.ports import NewId
from domain.cases.identity_access.case import IdentityAccess
from domain.cases.identity_access.events import IdentityViewed
from domain.cases.identity_access.values import Opened
from domain.kernel import Entry

ERASED = {"zh": "【已销毁】", "en": "[erased]"}

Reveal = Callable[[Iterable[UUID]], Mapping[UUID, str | None]]
"""The protected values behind references, None for an erased one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an officer is shown: the recorded view, the grant it rests on, and the texts (None: erased) with their fields."""

    view: Entry
    grant: IdentityAccess
    texts: tuple[tuple[Opened, str | None], ...]


def look(command: Command, ledger: Ledger, reveal: Reveal, *, new_id: NewId) -> Shown:
    """Record a view and open what it names. Without the record nothing is opened; raises what carrying it out raises."""
    receipt = carry_out(command, ledger, now=command.occurred_at, new_id=new_id)
    (view,) = receipt.entries
    assert isinstance(view.event, IdentityViewed)
    references = {each: UUID(each.reference) for each in view.event.opened}
    found = reveal(references.values())
    texts = tuple((each, found[reference]) for each, reference in references.items())
    return Shown(view, _grant(ledger, receipt.case_id), texts)


def _grant(ledger: Ledger, identifier: UUID) -> IdentityAccess:
    case = IdentityAccess()
    for entry in ledger.log.load_stream(identifier):
        case.replay(entry)
    return case
