"""Joint reward (守信激励): incentives that a department grants an honest subject, each with its basis, until a last day.

Reading: the plan names the incentives and leaves conditions and terms to other rules; so each cites its own basis, and a reward
without an end is none. Who is under a memo in force in the same file is not rewarded; what other files hold shows when the
subject is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.reward import law
from domain.cases.reward.events import Benefit, Incentive, RewardExpired, RewardGranted, RewardWithdrawn
from domain.demands import blank, check_new, stated
from domain.kernel import DEPARTMENT, HOLDER, Case, Event, Organ, Refused, Uscc, role, step, unknown
from domain.law.clock import day_of
from domain.names import Fixed, Party, fixed, same_subject

if TYPE_CHECKING:
    from domain.desk import Desk

GRANTED, WITHDRAWN, EXPIRED = "granted", "withdrawn", "expired"
MEMO, ENDED = "joint-punishment.memo-issued", ("joint-punishment.lifted", "joint-punishment.expired")


class Reward(Case):
    """Incentives for one subject; the department that granted them keeps them until they end."""

    TYPE = "reward"
    CODE = "SJ"

    def __init__(self) -> None:
        super().__init__()
        self.granted: RewardGranted | None = None
        self.ground: str | None = None

    @step(DEPARTMENT, opens=True)
    def grant(
        self,
        desk: Desk,
        *,
        subject: str | None,
        party: Party,
        merits: str | None,
        benefits: tuple[Benefit, ...],
        until: date | None,
        effective: date | None = None,
        uscc: Uscc | None = None,
        expert_no: str | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Grant incentives, each with its basis, for what the subject did (`merits`); in force from today unless given."""
        check_new(desk, number)
        subject = stated(subject, law.SUBJECT_UNNAMED)
        merits = stated(merits, law.MERITS_UNSTATED)
        _check_benefits(benefits)
        if (expert_no if party is not Party.EXPERT else uscc) is not None:
            raise Refused(law.CODE_OF_ANOTHER_KIND, party=party)
        first = effective or day_of(desk.at)
        if until is None or until < first:
            raise Refused(law.TERM_MISSING, effective=first, until=until)
        if memo := _memo_in_force(desk, subject, uscc, first):
            raise Refused(law.UNDER_PUNISHMENT, memo=memo)
        self.record(RewardGranted(
            matter=number, number=number, file_no=file_no, profiles=profiles, subject=Fixed(subject), party=party,
            uscc=uscc, expert_no=fixed(expert_no), merits=merits, benefits=benefits,
            effective=first, until=until, granted_by=Organ(desk.organ),
        ))  # fmt: skip

    @step(HOLDER, states=(GRANTED,))
    def withdraw(self, desk: Desk, *, ground: str | None, untrue: bool) -> None:
        """Withdraw the reward because what was stated was untrue, or the subject no longer deserves it."""
        ground = stated(ground, law.WITHDRAWAL_UNREASONED)
        self.record(RewardWithdrawn(matter=self.matter, ground=ground, untrue=untrue))

    @step(role("system"), HOLDER, states=(GRANTED,))
    def expire(self, desk: Desk) -> None:
        """Record that the last day of the reward has passed."""
        if self.granted is None or day_of(desk.at) <= self.granted.until:
            raise Refused(law.STILL_IN_FORCE)
        self.record(RewardExpired(matter=self.matter))

    def on(self, event: Event) -> None:
        match event:
            case RewardGranted():
                self.state, self.granted = GRANTED, event
            case RewardWithdrawn():
                self.state, self.ground = WITHDRAWN, event.ground
            case RewardExpired():
                self.state = EXPIRED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        known = self.granted
        assert known is not None
        return {
            "subject": known.subject,
            "party": known.party,
            "uscc": known.uscc,
            "expert_no": known.expert_no,
            "merits": known.merits,
            "benefits": [
                {"incentive": each.incentive, "basis": each.basis, "points": each.points} for each in known.benefits
            ],
            "effective": known.effective,
            "until": known.until,
            "withdrawn_because": self.ground,
        }


def _check_benefits(benefits: tuple[Benefit, ...]) -> None:
    if not benefits:
        raise Refused(law.NO_BENEFIT)
    if bare := [each.incentive for each in benefits if blank(each.basis)]:
        raise Refused(law.BENEFIT_WITHOUT_BASIS, incentives=bare)
    for each in benefits:
        if (each.incentive == Incentive.POINTS) != (each.points is not None and each.points > 0):
            raise Refused(law.POINTS_UNSTATED, incentive=each.incentive, points=each.points)


def _memo_in_force(desk: Desk, subject: str, uscc: str | None, day: date) -> str | None:
    """The case of a memo in the file that binds the subject on a day."""
    ended = {entry.case_id for topic in ENDED for entry in desk.file.all(topic)}
    for entry in desk.file.all(MEMO):
        memo: Any = entry.event
        covers = memo.effective <= day and (memo.until is None or day <= memo.until)
        if covers and entry.case_id not in ended and same_subject(memo.subject, memo.uscc, subject, uscc):
            return str(entry.matter)
    return None
