"""Who may look at what, and who may take which step (权限): pure functions of the actor, the register and the facts of a file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.openness import (
    ANY_DEPARTMENT,
    ANY_ORGAN,
    READS_ALL,
    READS_NOTHING,
    ROLE,
    facts_of,
    grants,
)
from application.ports import Reader
from domain.file import File
from domain.kernel import Actor, Case, Step
from domain.register import Duty, OrganRecord, Register

KEEPERS_OF_WEBHOOKS = frozenset({"administrator", "office", "system"})
READS = frozenset({Duty.READER})
LOOKS = READS | {Duty.HANDLER, Duty.INTAKE}
READERS = frozenset({"inspector", "auditor", "respondent", "system"})
SYSTEM = "system"
OPERATOR = Reader(SYSTEM, reads_all=True)
"""Whoever works on the machine itself."""


class Forbidden(Exception):
    """This person may not take this step."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may look at in a file: all of it (`whole`), some cases, or in some only `papers` addressed to him.

    `reader`: who looks.
    """

    reader: Reader
    whole: bool = False
    cases: frozenset[UUID] = frozenset()
    papers: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return self.whole or bool(self.cases or self.papers)

    def shows(self, case: UUID | None) -> bool:
        """Whether a case may be looked at."""
        return self.whole or case in self.cases

    def shows_paper(self, case: UUID | None, addressee: str) -> bool:
        """Whether a paper of a case may be looked at."""
        return self.shows(case) or (case in self.papers and addressee in self.reader.names)


def reader_of(actor: Actor, register: Register) -> Reader:
    """Somebody as one who looks, under the roles that the register gives today; who is unknown to it may look at nothing."""
    organ = register.organ(actor.department)
    if organ is None or organ.dissolved_on is not None or not _known(actor, register):
        return Reader(actor.department, actor.officer)
    roles = frozenset(organ.roles)
    if SYSTEM in roles:
        return Reader(organ.id, actor.officer, reads_all=True)
    ids = (organ.id, *organ.aliases)
    persons = (*ids, actor.officer) if actor.officer else ids
    if not _looks(actor, register) or (roles & READS_NOTHING and not roles & READS_ALL):
        return Reader(organ.id, actor.officer, False, (ANY_ORGAN,), persons)
    if roles & READS_ALL:
        return Reader(organ.id, actor.officer, True, (ANY_ORGAN, *ids), persons)
    named = (f"{ROLE}{role}" for role in organ.roles)
    return Reader(organ.id, actor.officer, False, (ANY_ORGAN, ANY_DEPARTMENT, *ids, *named), persons)


def _known(actor: Actor, register: Register) -> bool:
    """Whether the officer named, if one is, is registered and serves in that very organ."""
    found = register.officer(actor.officer)
    return not actor.officer or (found is not None and found.serving and found.organ == actor.department)


def _looks(actor: Actor, register: Register) -> bool:
    """Whether cases are any business of the officer named, if one is: not of who keeps accounts and does nothing else."""
    found = register.officer(actor.officer)
    return found is None or not LOOKS.isdisjoint(found.duties)


def sight(actor: Actor, file: File, also_barred: frozenset[str] = frozenset()) -> Sight:
    """What somebody may look at in a file as it is now. `also_barred`: who is barred in the file that this one is about."""
    return sight_of(reader_of(actor, file.register), file, also_barred)


def sight_of(reader: Reader, file: File, also_barred: frozenset[str] = frozenset()) -> Sight:
    """The same of a reader. Who is barred keeps the papers that are addressed to his organ, unless it is he in person."""
    barred = (file.barred | also_barred).intersection(reader.persons)
    if reader.reads_all and not barred:
        return Sight(reader, whole=True)
    if reader.officer in barred:
        return Sight(reader)
    cases, papers = set[UUID](), set[UUID]()
    for grant in grants(facts_of(file)):
        if grant.name not in reader.names or (barred and not grant.papers):
            continue
        if grant.case is None:
            return Sight(reader, whole=True)
        (papers if grant.papers else cases).add(grant.case)
    return Sight(reader, False, frozenset(cases), frozenset(papers))


def may(actor: Actor, step: Step, case: Case, file: File, matter: str) -> bool:
    """Whether the organ that acts has one of the standings that the step asks for, and its officer the duty."""
    organ = acting_organ(actor, file)
    if organ is None or not _on_duty(actor, step, case, file.register):
        return False
    return any(_has_standing(organ, standing, case, file, matter) for standing in step.by)


def may_unseen(actor: Actor, step: Step, register: Register) -> bool:
    """Whether a step is for a role that looks at no file and yet has its say: the respondent's."""
    organ = register.organ(actor.department)
    return organ is not None and any(f"{ROLE}{each}" in step.by for each in READS_NOTHING.intersection(organ.roles))


def may_keep_webhooks(register: Register, organ: str) -> bool:
    """Whether an organ may see the webhooks of the ledger; changing them is a step, and asks by itself."""
    found = register.organ(organ)
    return found is not None and found.dissolved_on is None and not KEEPERS_OF_WEBHOOKS.isdisjoint(found.roles)


def acting_organ(actor: Actor, file: File) -> OrganRecord | None:
    """The organ whose act this is; None where it, or who records for it, is unknown, dissolved, barred or not entitled to."""
    organ = file.register.organ(actor.acting_for)
    recorder = file.register.organ(actor.department)
    if organ is None or recorder is None or not _may_record_for(recorder, organ):
        return None
    if organ.dissolved_on is not None or recorder.dissolved_on is not None:
        return None
    if not serves(actor, file.register) or barred(actor, file):
        return None
    return organ


def serves(actor: Actor, register: Register) -> bool:
    """Whether the officer named, if one is, is registered, serves in that very organ, and has some duty but reading."""
    found = register.officer(actor.officer)
    return _known(actor, register) and (found is None or bool(set(found.duties) - READS))


def barred(actor: Actor, file: File) -> bool:
    """Whether the file bars the organ that acts, the one that records for it, or the officer. The timer is never barred."""
    return not file.barred.isdisjoint((actor.department, actor.officer, actor.acting_for))


def _duties(actor: Actor, register: Register) -> frozenset[str]:
    """What the officer is there for; whoever may act in an organ of administrators keeps accounts."""
    found, organ = register.officer(actor.officer), register.organ(actor.department)
    duties = frozenset(found.duties if found else ())
    return duties | {Duty.ACCOUNTS} if duties - READS and organ and "administrator" in organ.roles else duties


def _on_duty(actor: Actor, step: Step, case: Case, register: Register) -> bool:
    """A handler takes every step; who receives complaints opens them, who keeps accounts takes those of the jurisdiction."""
    if not actor.officer:
        return True
    wanted = {Duty.HANDLER}
    if case.TYPE == "jurisdiction":
        wanted.add(Duty.ACCOUNTS)
    if case.TYPE == "complaint" and step.opens:
        wanted.add(Duty.INTAKE)
    return not wanted.isdisjoint(_duties(actor, register))


def _may_record_for(recorder: OrganRecord, organ: OrganRecord) -> bool:
    """Proxy recording is for organs outside the ledger: the police, the procuratorate, a superior."""
    return recorder is organ or (organ.external and READERS.isdisjoint(recorder.roles))


def _has_standing(organ: OrganRecord, standing: str, case: Case, file: File, matter: str) -> bool:
    held, standing_for = file.matters.get(matter), file.register.standing
    kind, _, rest = standing.partition(":")
    match kind:
        case "holder":
            return held is not None and held.holder is not None and standing_for(held.holder) == organ.id
        case "addressee":
            return held is not None and held.in_transit_to is not None and standing_for(held.in_transit_to) == organ.id
        case "department":
            return READERS.isdisjoint(organ.roles) and set(organ.roles) != {"administrator"}
        case "role":
            return rest in organ.roles
        case "case":
            named = getattr(case, rest)
            several = named if isinstance(named, tuple | frozenset | set) else (named,)
            return organ.id in several or organ.id in {standing_for(each) for each in several if isinstance(each, str)}
        case "flow":
            return False
    raise ValueError(f"no standing {standing!r}")
