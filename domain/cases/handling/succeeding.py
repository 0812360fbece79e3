"""Succession of organs (机关承继) in one file: taken by the timer for each file in which a dissolved organ still stands.

Reading: the documents do not speak of mergers. As with an organ whose functions go to another by law, whoever goes on with them
stands in every case where the dissolved organ stood: it holds what that held, is sent what was on its way to it, and owes what
that had not done. The clocks run on; a breach that is on record names the organ that let it happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.handling import law
from domain.cases.handling.events import MatterSucceeded, OrganSucceeded, WayContinued
from domain.cases.handling.record import OPEN, HandlingRecord
from domain.kernel import Organ, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk


class Succeeding(HandlingRecord):
    """The step by which a file follows the register."""

    @step(role("system"), opens=True, acts=True, states=(OPEN,))
    def succeed(
        self,
        desk: Desk,
        *,
        organ: Organ,
        successor: Organ,
        number: str = "",
        file_no: str = "",
        profiles: tuple[str, ...] = (),
    ) -> None:
        """Let the successor of a dissolved organ take its place in every case of the file. Taken by the timer."""
        if desk.register.standing(organ) != successor or successor == organ:
            raise Refused(law.NOT_SUCCESSOR, organ=organ, successor=successor)
        if not _stands(desk, organ):
            raise Refused(law.NOTHING_HELD, organ=organ)
        self.open_once(desk, number, file_no, profiles)
        for matter in tuple(desk.file.matters.values()):
            holder, addressee = matter.holder, matter.in_transit_to
            if holder == organ:
                self.record(MatterSucceeded(matter=matter.id, from_=organ, to=successor))
            if addressee is not None and organ in (holder, addressee):
                onward = successor if addressee == organ else Organ(addressee)
                self.record(WayContinued(matter=matter.id, from_=Organ(addressee), to=onward))
        self.record(OrganSucceeded(matter=self.matter, from_=organ, to=successor))


def _stands(desk: Desk, organ: str) -> bool:
    """Whether the organ holds something of the file, is sent something, or owes something."""
    held = any(organ in (each.holder, each.in_transit_to) for each in desk.file.matters.values())
    return held or any(clock.open and organ in clock.parties for clock in desk.file.clocks)
