"""What a memo (联合惩戒备忘录) must hold before it is issued, and when it binds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.joint_punishment.events import (
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    Measure,
    PenaltyDecided,
    PenaltyRevoked,
    memo_fact,
    penalty_fact,
)
from domain.cases.joint_punishment.law import (
    MEASURE_WITHOUT_LEGAL_BASIS,
    MEMO_ALREADY_ISSUED,
    MEMO_FOR_ANOTHER,
    MEMO_NOT_IN_FORCE,
    MEMO_NOT_ISSUED,
    MEMO_WITHOUT_END_DATE,
    MEMO_WITHOUT_MEASURES,
    MEMO_WITHOUT_PENALTY,
    PENALTY_HAS_OWN_CASE,
)
from domain.cases.joint_punishment.record import PunishmentRecord
from domain.demands import blank, stated
from domain.kernel import Refused
from domain.law.clock import day_of
from domain.names import Fixed, same_words

if TYPE_CHECKING:
    from domain.desk import Desk


def check_measures(measures: tuple[Measure, ...]) -> None:
    """Refuse a memo without measures, or with one that cites no provision."""
    if not measures:
        raise Refused(MEMO_WITHOUT_MEASURES)
    bare = [each.measure for each in measures if blank(each.basis)]
    if bare:
        raise Refused(MEASURE_WITHOUT_LEGAL_BASIS, measures=bare)


def check_term(effective: date, until: date | None) -> None:
    """Refuse a memo without a last day, or with one before its first."""
    if until is None or until < effective:
        raise Refused(MEMO_WITHOUT_END_DATE, effective=effective, until=until)


def check_outside(desk: Desk, penalty: str | None, subject: str | None) -> tuple[Fixed, Fixed]:
    """The number and subject of a penalty decided outside; refused if the ledger has the decision, or a memo on it."""
    facts = {"penalty": penalty, "subject": subject}
    penalty, subject = (stated(each, MEMO_WITHOUT_PENALTY, **facts) for each in (penalty, subject))
    known = [case for case in desk.file.cases.values() if isinstance(case, PunishmentRecord)]
    own = [case for case in known if case.decision and same_words(case.number) == same_words(penalty)]
    if own or desk.reserved(penalty_fact(penalty)) is not None:
        raise Refused(PENALTY_HAS_OWN_CASE, penalty=penalty)
    check_first(desk, penalty)
    return Fixed(penalty), Fixed(subject)


def check_first(desk: Desk, penalty: str) -> None:
    """Refuse a second memo on a penalty, in this file or another."""
    earlier = [entry.event for entry in desk.file.all(JointPunishmentMemoIssued.TOPIC)]
    issued = any(
        isinstance(each, JointPunishmentMemoIssued) and same_words(each.penalty) == same_words(penalty)
        for each in earlier
    )
    if issued or desk.reserved(memo_fact(penalty)) is not None:
        raise Refused(MEMO_ALREADY_ISSUED, penalty=penalty)


def check_same(decision: PenaltyDecided, penalty: str | None, subject: str | None) -> None:
    """Refuse a memo that names another penalty or another subject than the decision of its case."""
    if penalty is not None and same_words(penalty) != same_words(decision.number):
        raise Refused(MEMO_FOR_ANOTHER, penalty=penalty, case=decision.number)
    if subject is not None and same_words(subject) != same_words(decision.subject):
        raise Refused(MEMO_FOR_ANOTHER, subject=subject, case=decision.subject)


def binding(case: PunishmentRecord, desk: Desk, *, from_first_day: bool) -> JointPunishmentMemoIssued:
    """The memo as it bound when the act occurred: until its last day and until it was lifted, whenever that is recorded.

    `from_first_day`: not before it took effect, nor once its penalty was revoked. Without it, as soon as it was issued.
    """
    if case.memo is None:
        raise Refused(MEMO_NOT_ISSUED)
    memo, day = case.memo, day_of(desk.at)
    over = memo.until is not None and day > memo.until
    early = from_first_day and day < memo.effective
    ends = (JointPunishmentLifted, PenaltyRevoked) if from_first_day else (JointPunishmentLifted,)
    if over or early or any(_happened(case, desk, each.TOPIC) for each in ends):
        raise Refused(MEMO_NOT_IN_FORCE, day=day, effective=memo.effective, until=memo.until)
    return memo


def _happened(case: PunishmentRecord, desk: Desk, topic: str) -> bool:
    return any(entry.case_id == case.id and entry.occurred_at <= desk.at for entry in desk.file.all(topic))
