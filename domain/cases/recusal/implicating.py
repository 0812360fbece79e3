"""Declaring organs and officers implicated (涉案): they lose every right in the file, and what they hold passes on.

Reading: the documents know the unit under supervision and the recusal of officers, but do not say who takes over. Whoever
declares an organ implicated names the organ that takes its place; what the organ holds passes at once, what is on the way to
it is sent to the other, and what is on the way from it goes on. As when a task is handed over, whoever takes the place owes what was
not done yet, overdue or not, and the clocks run on: the breach that is on record names the organ that let it happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.recusal import law
from domain.cases.recusal.events import Implicated, MatterRedirected, MatterTakenOver, OrganReplaced
from domain.cases.recusal.naming import check_place, known_officers
from domain.cases.recusal.record import RecusalRecord
from domain.demands import stated
from domain.kernel import Organ, Refused, role, step
from domain.register import HANDLES_NOTHING

if TYPE_CHECKING:
    from domain.desk import Desk

DECLARES = tuple(map(role, ("inspector", "office", "police", "procuratorate")))
WATCHERS = {"inspector", "auditor"}
WATCH_THEM = {"inspector", "procuratorate"}


class Implicating(RecusalRecord):
    """The step of whoever finds that an organ or an officer is involved in what the file is about."""

    @step(*DECLARES, opens=True)
    def declare_implicated(
        self,
        desk: Desk,
        *,
        organs: tuple[Organ, ...] = (),
        officers: tuple[str, ...] = (),
        reason: str | None,
        replaced_by: Organ | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Declare organs and officers implicated: they lose every right in the file, and another organ takes over."""
        check_place(desk, number)
        named, people = tuple(dict.fromkeys(organs)), known_officers(desk, officers)
        if not named and not people:
            raise Refused(law.NOBODY)
        if desk.file.barred.issuperset((*named, *people)):
            raise Refused(law.ALREADY_BARRED)
        _check_organs(desk, named)
        _check_replacement(desk, named, replaced_by)
        self.record(
            Implicated(
                matter=number,
                number=number,
                file_no=file_no,
                profiles=profiles,
                organs=named,
                officers=people,
                declared_by=Organ(desk.organ),
                reason=stated(reason, law.REASON_MISSING),
                replaced_by=replaced_by,
            )
        )
        if replaced_by is not None:
            self._pass_on(desk, frozenset(named), replaced_by)

    def _pass_on(self, desk: Desk, organs: frozenset[Organ], to: Organ) -> None:
        """Pass on what the organs hold, and keep on the way what is on the way."""
        for matter in tuple(desk.file.matters.values()):
            holder, addressee = matter.holder, matter.in_transit_to
            if holder in organs:
                self.record(MatterTakenOver(matter=matter.id, from_=Organ(str(holder)), to=to))
            if addressee is not None and (holder in organs or addressee in organs):
                onward = to if addressee in organs else Organ(addressee)
                self.record(MatterRedirected(matter=matter.id, from_=Organ(addressee), to=onward))
        for each in sorted(organs):
            self.record(OrganReplaced(matter=self.matter, from_=each, to=to))


def _check_organs(desk: Desk, organs: tuple[Organ, ...]) -> None:
    mine = set(getattr(desk.known(desk.organ), "roles", ()))
    for each in organs:
        found = desk.known(each)
        roles = set(found.roles if found else ())
        if roles & {"system", "respondent"}:
            raise Refused(law.BUILT_IN, organ=each)
        if each == desk.organ:
            raise Refused(law.OWN_ORGAN, organ=each)
        if roles & WATCHERS and not mine & WATCH_THEM:
            raise Refused(law.ABOVE, organ=each)


def _check_replacement(desk: Desk, organs: tuple[Organ, ...], replaced_by: Organ | None) -> None:
    if replaced_by is None:
        for matter in desk.file.matters.values():
            if {matter.holder, matter.in_transit_to} & set(organs):
                raise Refused(law.REPLACEMENT_REQUIRED, matter=matter.id, holder=matter.holder)
        return
    if replaced_by in organs or replaced_by in desk.file.barred:
        raise Refused(law.REPLACEMENT_BARRED, organ=replaced_by)
    found = desk.known(replaced_by)
    if found is None or found.dissolved_on is not None or HANDLES_NOTHING.intersection(found.roles):
        raise Refused(law.NOT_A_HANDLER, organ=replaced_by)
