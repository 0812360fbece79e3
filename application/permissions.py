"""Who may take which step: one pure function over the standing that each step declares."""

from __future__ import annotations

from domain.file import File
from domain.kernel import Actor, Case, Step
from domain.register import OrganRecord, Register

KEEPERS_OF_WEBHOOKS = frozenset({"administrator", "office", "system"})
HANDLER, INTAKE, ACCOUNTS = "handler", "intake", "accounts"
READS = frozenset({"reader"})
READERS = frozenset({"inspector", "auditor", "respondent", "system"})


class Forbidden(Exception):
    """This person may not take this step."""


def may(actor: Actor, step: Step, case: Case, file: File, matter: str) -> bool:
    """Whether the organ that acts has one of the standings that the step asks for, and its officer the duty."""
    organ = acting_organ(actor, file)
    if organ is None or not _on_duty(actor, step, case, file.register):
        return False
    return any(_has_standing(organ, standing, case, file, matter) for standing in step.by)


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
    if not actor.officer:
        return True
    found = register.officer(actor.officer)
    return found is not None and found.serving and found.organ == actor.department and bool(set(found.duties) - READS)


def barred(actor: Actor, file: File) -> bool:
    """Whether the file bars the organ that acts, the one that records for it, or the officer. The timer is never barred."""
    return not file.barred.isdisjoint((actor.department, actor.officer, actor.acting_for))


def _duties(actor: Actor, register: Register) -> frozenset[str]:
    """What the officer is there for; whoever may act in an organ of administrators keeps accounts."""
    found, organ = register.officer(actor.officer), register.organ(actor.department)
    duties = frozenset(found.duties if found else ())
    return duties | {ACCOUNTS} if duties - READS and organ and "administrator" in organ.roles else duties


def _on_duty(actor: Actor, step: Step, case: Case, register: Register) -> bool:
    """A handler takes every step; who receives complaints opens them, who keeps accounts takes those of the jurisdiction."""
    if not actor.officer:
        return True
    wanted = {HANDLER}
    if case.TYPE == "jurisdiction":
        wanted.add(ACCOUNTS)
    if case.TYPE == "complaint" and step.opens:
        wanted.add(INTAKE)
    return not wanted.isdisjoint(_duties(actor, register))


def _may_record_for(recorder: OrganRecord, organ: OrganRecord) -> bool:
    """Proxy recording is for organs outside the ledger: the police, the procuratorate, a superior."""
    return recorder is organ or (organ.external and READERS.isdisjoint(recorder.roles))


def _has_standing(organ: OrganRecord, standing: str, case: Case, file: File, matter: str) -> bool:
    held, now = file.matters.get(matter), file.register.now
    kind, _, rest = standing.partition(":")
    match kind:
        case "holder":
            return held is not None and held.holder is not None and now(held.holder) == organ.id
        case "addressee":
            return held is not None and held.in_transit_to is not None and now(held.in_transit_to) == organ.id
        case "department":
            return READERS.isdisjoint(organ.roles)
        case "role":
            return rest in organ.roles
        case "case":
            named = getattr(case, rest)
            several = named if isinstance(named, tuple | frozenset | set) else (named,)
            return organ.id in several or organ.id in {now(each) for each in several if isinstance(each, str)}
        case "flow":
            return False
    raise ValueError(f"no standing {standing!r}")
