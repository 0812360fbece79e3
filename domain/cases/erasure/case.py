"""Erasure of identities (身份销毁): proposed by the coordinating office, approved by an inspector, carried out by whoever comes first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.erasure import law
from domain.cases.erasure.events import ErasureApproved, ErasureCarriedOut, ErasureProposed, ErasureRejected
from domain.demands import check_new, require, stated
from domain.kernel import Case, Event, Organ, role, step, unknown
from domain.law.clock import day_of
from domain.law.limit import Span
from domain.law.spans import last_day
from domain.names import Fixed, FixedDay

if TYPE_CHECKING:
    from domain.desk import Desk
    from domain.file import File
    from domain.kernel import Entry

PROPOSED, REJECTED, APPROVED, CARRIED_OUT = "proposed", "rejected", "approved", "carried_out"
OFFICE, INSPECTOR, TIMER = role("office"), role("inspector"), role("system")
RETENTION = "identity-retention"


class Erasure(Case):
    """A matter of its own that nobody holds. What is erased are keys: events, lists and deadlines stay as they are."""

    TYPE = "erasure"
    CODE = "XH"

    def __init__(self) -> None:
        super().__init__()
        self.about = self.organ = self.officer = ""
        self.kept_until: date | None = None
        self.erased_on: date | None = None

    @step(OFFICE, opens=True)
    def propose(
        self, desk: Desk, *, about: str, because: str | None, number: str, file_no: str, profiles: tuple[str, ...]
    ) -> None:
        """Propose that what the case `about` keeps of its complainant be erased, with the reason, the time of keeping being over."""
        check_new(desk, number)
        _in_person(desk)
        because = stated(because, law.REASON_REQUIRED)
        require(any(each.number == about for each in desk.file.cases.values()), law.NO_SUCH_CASE, about=about)
        require(not _proposed(desk.file, about), law.ALREADY_PROPOSED, about=about)
        require(not any(each.open for each in desk.file.matters.values()), law.FILE_OPEN)
        ended = _ended(desk)
        kept_until = _kept_until(desk, profiles, ended)
        require(day_of(desk.at) > kept_until, law.STILL_KEPT, kept_until=kept_until)
        self.record(
            ErasureProposed(
                matter=number, number=number, file_no=file_no, profiles=profiles, about=Fixed(about),
                because=Fixed(because), organ=Organ(desk.organ), officer=Fixed(desk.actor.officer),
                ended=FixedDay(ended), kept_until=FixedDay(kept_until),
            )
        )  # fmt: skip

    @step(INSPECTOR, states=(PROPOSED,))
    def approve(self, desk: Desk) -> None:
        """Have the keys destroyed. There is no way back."""
        _in_person(desk)
        require(desk.organ != self.organ and desk.actor.officer != self.officer, law.SAME_HANDS)
        require(not any(each.open for each in desk.file.matters.values()), law.FILE_OPEN)
        self.record(ErasureApproved(matter=self.matter, about=Fixed(self.about)))

    @step(INSPECTOR, states=(PROPOSED,))
    def reject(self, desk: Desk, *, because: str | None) -> None:
        """Turn the proposal down, with the reason; it may be made again."""
        because = stated(because, law.REASON_REQUIRED)
        self.record(ErasureRejected(matter=self.matter, because=Fixed(because)))

    @step(TIMER, states=(APPROVED,), routed=False)
    def carry_out(self, desk: Desk) -> None:
        """Say that the keys are destroyed, which was done before."""
        self.record(ErasureCarriedOut(matter=self.matter))

    def replay(self, entry: Entry) -> None:
        """Apply a stored fact; when the keys were destroyed stands in its envelope."""
        super().replay(entry)
        if isinstance(entry.event, ErasureCarriedOut):
            self.erased_on = day_of(entry.occurred_at)

    def on(self, event: Event) -> None:
        match event:
            case ErasureProposed():
                self.state, self.about, self.kept_until = PROPOSED, event.about, event.kept_until
                self.organ, self.officer = event.organ, event.officer
            case ErasureRejected():
                self.state = REJECTED
            case ErasureApproved():
                self.state = APPROVED
            case ErasureCarriedOut():
                self.state = CARRIED_OUT
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "about": self.about,
            "organ": self.organ,
            "officer": self.officer,
            "kept_until": self.kept_until,
            "erased_on": self.erased_on,
        }


def erased_on(file: File, number: str) -> date | None:
    """On which day what a case of the file kept of its complainant was erased; None if it is kept."""
    erasures = (each for each in file.cases.values() if isinstance(each, Erasure) and each.about == number)
    return next((each.erased_on for each in erasures if each.erased_on is not None), None)


def _in_person(desk: Desk) -> None:
    """Refuse what no named officer does for their own organ."""
    require(desk.actor.officer and desk.actor.on_behalf_of is None, law.OFFICER_UNNAMED)


def _proposed(file: File, about: str) -> bool:
    erasures = (each for each in file.cases.values() if isinstance(each, Erasure) and each.about == about)
    return any(each.state != REJECTED for each in erasures)


def _ended(desk: Desk) -> date:
    """The day of the last act in any matter of the file."""
    acts = (each for each in desk.file.entries if each.matter in desk.file.matters)
    return max((day_of(each.occurred_at) for each in acts), default=day_of(desk.at))


def _kept_until(desk: Desk, profiles: tuple[str, ...], ended: date) -> date:
    years, _, _ = desk.practice(RETENTION, profiles).partition(" ")
    calendar = desk.file.calendars[desk.register.calendar]
    return last_day(Span("year", int(years)), ended, calendar, ())
