"""One act, one fine (一事不二罚): what a penalty decision must respect among the other cases of the file and of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.cases.joint_punishment.events import PenaltyDecided, PenaltyRevoked, fine_facts
from domain.cases.joint_punishment.law import (
    DUPLICATE_FINE,
    FILED_BY_ANOTHER,
    FINE_WITHOUT_AMOUNT,
    PENALTY_IN_PLACE_OF_TRANSFER,
)
from domain.kernel import Entry, Refused
from domain.names import Fixed, same_subject, same_words

if TYPE_CHECKING:
    from domain.desk import Desk

FILED = "penalty.case-filed"
CONCLUDED = ("penalty.concluded", "penalty.ended")
TAKEN_UP_AGAIN = "penalty.reopened"
SUSPECTED = "crime-referral.suspicion-recorded"
SETTLED = ("crime-referral.not-approved", "crime-referral.dispatched", "crime-referral.closed")


def standing(desk: Desk, fact: str, subject: str, uscc: str | None) -> list[PenaltyDecided]:
    """The penalties of the file for this act of this subject that were not revoked. The name or the code suffices."""
    revoked = {entry.case_id for entry in desk.file.all(PenaltyRevoked.TOPIC)}
    decided = [entry for entry in desk.file.all(PenaltyDecided.TOPIC) if entry.case_id not in revoked]
    return [
        entry.event
        for entry in decided
        if isinstance(entry.event, PenaltyDecided)
        and same_words(entry.event.fact) == same_words(fact)
        and same_subject(entry.event.subject, entry.event.uscc, subject, uscc)
    ]


def penalty_matter(desk: Desk, fact: str, number: str, subject: str, uscc: str | None) -> str:
    """The matter of the penalty: that of the case filed for the act; else the fact's own matter, if the department can have it.

    It cannot where another department holds it, it is on the way, or a case filed against somebody else bears it: then the
    number. Refused where another department filed first.
    """
    filed = _filed(desk, fact)
    for entry in filed:
        event: Any = entry.event
        if same_subject(event.subject, event.uscc, subject, uscc):
            if event.filed_by != desk.organ:
                raise Refused(FILED_BY_ANOTHER, fact=fact, earlier=event.number)
            return str(event.matter)
    matter = desk.file.matters.get(fact)
    free = matter is None or (matter.in_transit_to is None and matter.holder in (None, desk.organ))
    return fact if free and fact not in [entry.matter for entry in filed] else number


def _filed(desk: Desk, fact: str) -> list[Entry]:
    """The filings of penalty cases on an act that are neither decided nor ended, and whose matter is still with who filed."""
    found: dict[UUID, Entry] = {}
    for entry in desk.file.entries:
        if entry.topic == FILED:
            found.setdefault(entry.case_id, entry)
        elif entry.topic in CONCLUDED:
            found.pop(entry.case_id, None)
        elif entry.topic == TAKEN_UP_AGAIN:
            own = (each for each in desk.file.entries if each.case_id == entry.case_id and each.topic == FILED)
            found.update({each.case_id: each for each in own})
    return [
        entry
        for entry in found.values()
        if same_words(getattr(entry.event, "fact")) == same_words(fact)
        and desk.file.matters[entry.matter or ""].holder == getattr(entry.event, "filed_by")
    ]


def check_fine(desk: Desk, decision: PenaltyDecided) -> None:
    """Refuse a second fine for the act, in this file or another, and a fine without an amount.

    Within a file the act is known by its fact id; across files, where ids repeat, by id and text together.
    """
    if not decision.is_fine:
        return
    if not decision.amount or decision.amount < 0:
        raise Refused(FINE_WITHOUT_AMOUNT, kind=decision.kind)
    for earlier in standing(desk, decision.fact, decision.subject, decision.uscc):
        if earlier.is_fine:
            raise Refused(DUPLICATE_FINE, fact=decision.fact, subject=decision.subject, earlier=earlier.number)
    for taken in fined_elsewhere(desk, decision.fact, decision.text, decision.subject, decision.uscc):
        raise Refused(DUPLICATE_FINE, fact=decision.fact, subject=decision.subject, earlier=taken)


def fined_elsewhere(desk: Desk, fact: str, text: str, subject: str, uscc: str | None) -> list[Fixed]:
    """The cases of other files, by id, whose fine for this act stands."""
    holders = {desk.reserved(each) for each in fine_facts(fact, text, subject, uscc)}
    return sorted(Fixed(str(holder)) for holder in holders if holder is not None and holder not in desk.file.cases)


def check_crime(desk: Desk, fact: str, *, apart_from_crime: bool) -> None:
    """Refuse a penalty in place of transfer to the police.

    Reading: article 5 sets the task force on a case that "应当移送" from the suspicion on, and article 11 bars penalties for
    the same words; so the bar stands from the recorded suspicion until the head declines the transfer or the case is sent.
    It concerns the suspected act. A suspicion recorded for a whole case and not for one fact covers every act of the
    file, unless the department states that the act it penalises is another one.
    """
    cases = {case.number for case in desk.file.cases.values()}
    for matter in suspected(desk):
        if same_words(matter) == same_words(fact) or (matter in cases and not apart_from_crime):
            raise Refused(PENALTY_IN_PLACE_OF_TRANSFER, fact=fact, suspected=matter)


def suspected(desk: Desk) -> list[str]:
    """The matters with a suspicion of crime that was neither declined by the head nor sent to the police."""
    waiting: dict[str, None] = {}
    for entry in desk.file.entries:
        if entry.matter is None:
            continue
        if entry.topic == SUSPECTED:
            waiting[entry.matter] = None
        elif entry.topic in SETTLED:
            waiting.pop(entry.matter, None)
    return list(waiting)
