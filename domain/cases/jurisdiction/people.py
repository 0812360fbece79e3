"""What is done about people (人员): enter an officer, change, move, suspend, reinstate, and see one off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.officers import (
    amended_record,
    check_new,
    check_record,
    here,
    left_record,
    moved_record,
    once_each,
    past_day,
    record_of,
    successor_of,
)
from domain.cases.jurisdiction.organs import living
from domain.cases.jurisdiction.people_events import (
    Duty,
    Leaving,
    OfficerAmended,
    OfficerLeft,
    OfficerRegistered,
    OfficerReinstated,
    OfficerSuspended,
    OfficerTransferred,
)
from domain.kernel import Case, Event, Organ, Refused, role, step
from domain.names import Fixed
from domain.register import OfficerRecord, Register

if TYPE_CHECKING:
    from domain.desk import Desk

RUNS = (role("administrator"), role("system"))
IN = ("open",)


class People(Case):
    """`register` is replaced, never changed: what was handed out stays as it was."""

    register: Register

    @step(*RUNS, states=IN)
    def register_officer(
        self,
        desk: Desk,
        *,
        officer: str,
        name: str,
        organ: Organ,
        duties: tuple[Duty, ...],
        office: str | None = None,
        post: str | None = None,
        since: date | None = None,
    ) -> None:
        """Enter an officer of an organ in the register, under an id that never changes. Without duties nothing is allowed."""
        registered = OfficerRegistered(
            officer=Fixed(officer),
            name=name,
            organ=living(self.register, organ),
            duties=once_each(duties),
            office=office,
            post=post,
            since=past_day(desk, since),
        )
        check_new(self.register, record_of(registered))
        self.record(registered)

    @step(*RUNS, states=IN)
    def amend_officer(
        self,
        desk: Desk,
        *,
        officer: str,
        name: str | None = None,
        office: str | None = None,
        post: str | None = None,
        duties: tuple[Duty, ...] | None = None,
    ) -> None:
        """Change name, office, post or duties of an officer: what is given; an empty text takes a value away."""
        before = here(self.register, officer)
        amended = OfficerAmended(
            officer=Fixed(before.id),
            name=name,
            office=office,
            post=post,
            duties=None if duties is None else once_each(duties),
        )
        after = amended_record(before, amended)
        if after == before:
            raise Refused(law.NOTHING_CHANGED, officer=officer)
        check_record(self.register, after)
        self.record(amended)

    @step(*RUNS, states=IN)
    def transfer_officer(
        self,
        desk: Desk,
        *,
        officer: str,
        organ: Organ,
        duties: tuple[Duty, ...],
        on: date | None = None,
        office: str | None = None,
        post: str | None = None,
        successor: str | None = None,
    ) -> None:
        """Move an officer to another organ, with the duties there. `successor`: who takes the cases over where the officer was."""
        before = here(self.register, officer)
        there = living(self.register, organ)
        if there == before.organ:
            raise Refused(law.SAME_ORGAN, officer=officer, organ=there)
        moved = OfficerTransferred(
            officer=Fixed(before.id),
            organ=there,
            duties=once_each(duties),
            on=past_day(desk, on),
            office=office,
            post=post,
            successor=successor_of(self.register, before, successor),
        )
        check_record(self.register, moved_record(before, moved))
        self.record(moved)

    @step(*RUNS, states=IN)
    def suspend_officer(self, desk: Desk, *, officer: str, on: date | None = None) -> None:
        """Suspend an officer: from now on the officer may do nothing in this ledger."""
        known = here(self.register, officer)
        if known.suspended:
            raise Refused(law.OFFICER_SUSPENDED, officer=officer)
        self.record(OfficerSuspended(officer=Fixed(known.id), on=past_day(desk, on)))

    @step(*RUNS, states=IN)
    def reinstate_officer(self, desk: Desk, *, officer: str, on: date | None = None) -> None:
        """End the suspension of an officer."""
        known = here(self.register, officer)
        if not known.suspended:
            raise Refused(law.NOT_SUSPENDED, officer=officer)
        self.record(OfficerReinstated(officer=Fixed(known.id), on=past_day(desk, on)))

    @step(*RUNS, states=IN)
    def see_off_officer(
        self, desk: Desk, *, officer: str, why: Leaving, on: date | None = None, successor: str | None = None
    ) -> None:
        """Record that an officer left for good. Whoever comes back is entered anew, under another id."""
        known = here(self.register, officer)
        self.record(
            OfficerLeft(
                officer=Fixed(known.id),
                on=past_day(desk, on),
                why=why,
                successor=successor_of(self.register, known, successor),
            )
        )

    def on_people(self, event: Event) -> bool:
        """Change the officers by one fact; False if it is about something else."""
        match event:
            case OfficerRegistered():
                self._put_officer(record_of(event))
            case OfficerAmended():
                self._put_officer(amended_record(self.register.officers[event.officer], event))
            case OfficerTransferred():
                self._put_officer(moved_record(self.register.officers[event.officer], event))
            case OfficerSuspended():
                self._put_officer(replace(self.register.officers[event.officer], suspended=True))
            case OfficerReinstated():
                self._put_officer(replace(self.register.officers[event.officer], suspended=False))
            case OfficerLeft():
                self._put_officer(left_record(self.register.officers[event.officer], event))
            case _:
                return False
        return True

    def _go_along(self, organ: str, successor: str | None) -> None:
        """The officers of a dissolved organ serve in its successor."""
        for each in self.register.officers.values():
            if successor is not None and each.organ == organ and each.left_on is None:
                self._put_officer(replace(each, organ=successor))

    def _put_officer(self, officer: OfficerRecord) -> None:
        self.register = replace(self.register, officers={**self.register.officers, officer.id: officer})
