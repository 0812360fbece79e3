"""Views of an identity (身份查阅): recorded first, and only what is on record is then opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from application.handle import Command, carry_out
from application.ledger import Ledger
from application.permissions import serves, sight
from application.ports import NewId
from domain.cases.identity_access.case import IdentityAccess
from domain.cases.identity_access.events import IdentityViewed
from domain.cases.identity_access.values import Opened
from domain.kernel import Actor, Entry
from domain.register import HANDLES_NOTHING, Duty, Register

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


@dataclass(frozen=True, slots=True)
class MayBeSame:
    """Which cases may be of the same complainant: their numbers as far as the asker reads them, and how many others."""

    numbers: tuple[str, ...]
    others: int


def may_ask_for_the_same(actor: Actor, register: Register) -> bool:
    """Whether somebody receives complaints, and so may ask whether a complainant has come before."""
    organ, officer = register.organ(actor.department), register.officer(actor.officer)
    if (
        organ is None
        or officer is None
        or organ.dissolved_on is not None
        or not HANDLES_NOTHING.isdisjoint(organ.roles)
    ):
        return False
    return serves(actor, register) and Duty.INTAKE in officer.duties


def same(actor: Actor, ledger: Ledger, cases: Iterable[UUID]) -> MayBeSame:
    """What somebody is told of cases whose complainants have the same mark."""
    found = [_number(actor, ledger, each) for each in cases]
    numbers = tuple(each for each in found if each is not None)
    return MayBeSame(numbers, len(found) - len(numbers))


def _number(actor: Actor, ledger: Ledger, identifier: UUID) -> str | None:
    entries, office = ledger.load(identifier)
    file = ledger.file(entries[0].file_id, entries, office=office)
    return file.cases[identifier].number if sight(actor, file).shows(identifier) else None
