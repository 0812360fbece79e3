"""Assigning (交办) a task, moving its date, and handing it to another lead when the first one is dissolved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.task import law
from domain.cases.task.events import TaskAssigned, TaskDueChanged, TaskHandedOver
from domain.cases.task.record import ASSIGNED, REPORTED, TaskRecord
from domain.demands import check_new, stated
from domain.kernel import Organ, Refused, party, role, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk

GIVES = (role("office"), role("committee"), role("convenor"), role("administrator"), role("system"))
AUTHORITY = party("authority")


class Assigning(TaskRecord):
    """Steps about who leads a task and until when."""

    @step(*GIVES, opens=True)
    def assign(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        title: str | None,
        leads: tuple[Organ, ...] | None,
        issued: date,
        source: str | None,
        due: date | None = None,
        long_term: bool = False,
        cooperating: tuple[str, ...] = (),
        authority: Organ | None = None,
        clause: str = "",
        quote: str = "",
        matter: str | None = None,
        plan: str | None = None,
        item: str | None = None,
    ) -> None:
        """Give a task to one department or several; the first holds it. `issued`: the day of the document, from which it counts.

        Without `due` it is undated, with `long_term` the document says 长期. `cooperating`: ids, or names of what is no organ here.
        `authority`: who set the date and may move it (who assigns, if not named).
        """
        about = matter or number
        check_new(desk, about)
        title, source = (stated(each, law.SOURCE_REQUIRED) for each in (title, source))
        first = _leading(desk, leads)
        if due is not None and long_term:
            raise Refused(law.DATE_OR_LONG_TERM, due=due)
        if issued > day_of(desk.at):
            raise Refused(law.NOT_ISSUED, issued=issued)
        self.record(TaskAssigned(
            matter=about, number=number, file_no=file_no, profiles=profiles, title=title, leads=first, issued=issued,
            authority=authority or desk.organ, due=due, long_term=long_term, cooperating=_besides(desk, first, cooperating),
            source=source, clause=clause, quote=quote, plan=plan, item=item,
        ))  # fmt: skip

    @step(AUTHORITY, states=(ASSIGNED,))
    def extend(self, desk: Desk, *, due: date, why: str | None) -> None:
        """Move the date to a later one, before the day that it gives; what was judged before stays known."""
        if self.due is None:
            raise Refused(law.NO_DATE)
        why = stated(why, law.REASON_REQUIRED)
        if day_of(desk.at) >= self.due:
            raise Refused(law.TOO_LATE_TO_EXTEND, due=self.due)
        if due <= self.due:
            raise Refused(law.NOT_LATER, due=self.due)
        self.record(TaskDueChanged(matter=self.matter, due=due, why=why))

    @step(role("office"), AUTHORITY, states=(ASSIGNED, REPORTED))
    def hand_over(self, desk: Desk, *, to: Organ, why: str | None) -> None:
        """Let another department lead because the first one was dissolved: one of the other leads, or its successor if it was alone."""
        first = desk.known(self.leads[0])
        if first is not None and first.dissolved_on is None:
            raise Refused(law.LEAD_STANDS, lead=self.leads[0])
        why = stated(why, law.REASON_REQUIRED)
        others = tuple(each for each in self.leads[1:] if (known := desk.known(each)) and not known.dissolved_on)
        next_one = desk.known(to)
        if (others and to not in others) or next_one is None or next_one.dissolved_on is not None:
            raise Refused(law.NOT_A_SUCCESSOR, leads=others)
        leads = (to, *(each for each in others if each != to))
        self.record(TaskHandedOver(matter=self.matter, to=to, leads=leads, why=why))


def _leading(desk: Desk, leads: tuple[str, ...] | None) -> tuple[str, ...]:
    """The ids of those who lead; refused where nobody does, or one is no living organ of the register."""
    if not leads:
        raise Refused(law.LEAD_REQUIRED)
    known = [desk.known(each) for each in leads]
    if lost := [each for each, found in zip(leads, known, strict=True) if found is None or found.dissolved_on]:
        raise Refused(law.LEAD_UNKNOWN, leads=lost)
    return tuple(found.id for found in known if found is not None)


def _besides(desk: Desk, leads: tuple[str, ...], cooperating: tuple[str, ...]) -> tuple[str, ...]:
    """Who cooperates, by id where the register knows the name; refused where one stands twice, or leads too."""
    found = tuple(known.id if (known := desk.register.named(each)) else each for each in cooperating)
    if len({*leads, *found}) < len(leads) + len(found):
        raise Refused(law.LEAD_TWICE, leads=leads, cooperating=found)
    return found
