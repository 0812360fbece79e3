"""How far a file (案卷) has come, in one word: what a reader asks first."""

from __future__ import annotations

from domain.custody import Matter
from domain.file import File

STAGES = ("under_investigation", "decided", "handled", "with_police", "closed")
UNDER_INVESTIGATION, DECIDED, HANDLED, WITH_POLICE, CLOSED = STAGES
BY_SUFFIX = (
    (".handling-completed", HANDLED), (".finding-disposed", HANDLED), (".decided", DECIDED), (".penalty-decided", DECIDED),
)  # fmt: skip
REOPENED = ".reopened"
"""What was decided and handled before the case was taken up again does not count."""


def stage(file: File) -> str:
    """Closed when no matter is open; with the police while they hold one; else as far as the latest open matter has come.

    Standing matters do not count beside others: the file is not about them.
    """
    about = [matter for matter in file.matters.values() if not _standing(file, matter)] or list(file.matters.values())
    held = [matter for matter in about if matter.open]
    if about and not held:
        return CLOSED
    police = set(file.register.having("police"))
    if any(matter.holder in police for matter in held):
        return WITH_POLICE
    topics = [entry.topic for entry in file.entries if held and entry.matter == held[-1].id]
    again = max((place for place, topic in enumerate(topics) if topic.endswith(REOPENED)), default=0)
    topics = topics[again:]
    return next(
        (word for suffix, word in BY_SUFFIX if any(topic.endswith(suffix) for topic in topics)), UNDER_INVESTIGATION
    )


def _standing(file: File, matter: Matter) -> bool:
    case = file.cases.get(matter.case_id)
    return case is not None and case.STANDING
