"""Whom a file is open to (可见范围): from its facts alone, one by one; reads of items and the projection ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from domain.custody import CustodyFold
from domain.file import File
from domain.kernel import Audience, Case, Entry
from domain.law.clock import Clock

ANY_ORGAN, ANY_DEPARTMENT, ROLE = "any:organ", "any:department", "role:"
"""Names that are no organ's id: every organ of the ledger, every department, the organs of a role (`role:committee`)."""

READS_ALL = frozenset({"office", "auditor", "inspector", "system"})
READS_NOTHING = frozenset({"administrator", "respondent"})
"""Roles that look at every file, and roles that look at none, whatever the facts of a file say."""


class Grant(NamedTuple):
    """Who is named by the facts of a file, and what he may look at: a case of it, all of it (`case` None), or (`papers`) what
    is addressed to him in the case."""

    name: str
    case: UUID | None
    papers: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a file says whom it is open to; corrections are carried out. `clocks` are told when they are asked for."""

    entries: Sequence[Entry]
    cases: Mapping[UUID, Case]
    custody: CustodyFold
    clocks: Callable[[], Iterable[Clock]]


def facts_of(file: File) -> Facts:
    """The facts of a file as it is now."""
    return Facts(file.entries, file.cases, file.custody, lambda: file.clocks)


def grants(facts: Facts) -> Iterator[Grant]:
    """Everybody whom the facts name, some more than once; what is quick to tell first.

    Who acted or recorded an act, who held or was sent a matter, whom a case names as one who may take a step, whose role may
    take one as the case stands, and who owed or owes an act.
    """
    for case in facts.cases.values():
        yield from _standing(case)
    yield from _holding(facts)
    for entry in facts.entries:
        acted = facts.cases.get(entry.case_id)
        if acted is not None:
            yield _taking_part(entry.actor.department, acted)
            if entry.actor.on_behalf_of:
                yield _taking_part(entry.actor.on_behalf_of, acted)
    for clock in facts.clocks():
        owed = facts.cases.get(clock.case_id)
        for party in clock.parties if owed else ():
            yield _taking_part(party, owed)


def _taking_part(name: str, case: Case | None) -> Grant:
    assert case is not None
    match case.OPEN_TO:
        case Audience.FILE:
            return Grant(name, None)
        case Audience.ADDRESSEES:
            return Grant(name, case.id, papers=True)
    return Grant(name, case.id)


def _holding(facts: Facts) -> Iterator[Grant]:
    """Whoever holds a matter knows what it is about: the whole file, unless it is a paper of a supervision record."""
    custody = facts.custody
    for span in custody.held:
        yield _handed(span.holder, facts.cases.get(custody.matters[span.matter].case_id))
    for way in custody.transits:
        case = facts.cases.get(custody.matters[way.matter].case_id)
        yield _handed(way.addressee, case)
        if way.sender:
            yield _handed(way.sender, case)


def _handed(name: str, case: Case | None) -> Grant:
    if case is not None and case.OPEN_TO in (Audience.ADDRESSEES, Audience.LEDGER):
        return _taking_part(name, case)
    return Grant(name, None)


def _standing(case: Case) -> Iterator[Grant]:
    if case.OPEN_TO is Audience.LEDGER:
        yield Grant(ANY_ORGAN, case.id)
    if case.OPEN_TO is Audience.DEPARTMENTS:
        yield Grant(ANY_DEPARTMENT, case.id)
    kind: Any = type(case)
    attributes, roles = _named_by(kind)
    for attribute in attributes:
        named = getattr(case, attribute)
        for name in named if isinstance(named, tuple | frozenset | set) else (named,):
            if name:
                yield _taking_part(name, case)
    for role, states in roles:
        if not states or case.state in states:
            yield _taking_part(f"{ROLE}{role}", case)


@cache
def _named_by(case_type: Any) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The attributes in which a type of case names who may take its steps, and the roles that may, with the states for it."""
    attributes: dict[str, None] = {}
    roles: dict[tuple[str, tuple[str, ...]], None] = {}
    for step in case_type.STEPS.values():
        for standing in step.by:
            kind, _, name = standing.partition(":")
            if kind == "case":
                attributes[name] = None
            elif kind == "role" and step.acts and name not in READS_ALL | READS_NOTHING:
                roles[name, step.states] = None
    return tuple(attributes), tuple(roles)
