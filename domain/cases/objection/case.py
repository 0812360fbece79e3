"""Objection (异议) and challenge (质疑): raised, answered or not, withdrawn; whoever supervises keeps the record of it.

Reading: the answer is owed by a party outside the ledger (招标人, 采购人), never by the organ that records. The limit runs to
the answer; nobody is kept from recording one that came late. An objection at the opening of bids is answered on the spot
(第四十四条): no period runs, and that there was no answer can be said from the next day on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.objection import law
from domain.cases.objection.events import (
    Concern,
    Kind,
    ObjectionAnswered,
    ObjectionReceived,
    ObjectionUnanswered,
    ObjectionWithdrawn,
)
from domain.demands import check_new, stated
from domain.kernel import DEPARTMENT, Case, Event, Organ, Protected, Refused, party, step, unknown
from domain.law.clock import OVERDUE, day_of

if TYPE_CHECKING:
    from domain.desk import Desk

RECEIVED, ANSWERED, UNANSWERED, WITHDRAWN = "received", "answered", "unanswered", "withdrawn"
LIMITS = {Kind.OBJECTION: "NA-OBJ3", Kind.CHALLENGE: "NA-GP-ANS7"}
RECORDER = party("recorded_by")


class Objection(Case):
    """An objection to a tenderee, or a challenge to a purchaser or its agency."""

    TYPE = "objection"
    CODE = "YY"

    def __init__(self) -> None:
        super().__init__()
        self.kind = Kind.OBJECTION
        self.concern = Concern.DOCUMENTS
        self.addressee = ""
        self.project: str | None = None
        self.recorded_by = ""
        self.answer: str | None = None

    @step(DEPARTMENT, opens=True)
    def receive(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        kind: Kind,
        concern: Concern,
        addressee: str | None,
        project: str | None = None,
        raised_by: Protected[str | None] = None,
        text: Protected[str | None] = None,
        knew_on: date | None = None,
    ) -> None:
        """Record that an objection or challenge was received by the tenderee, purchaser or agency (`addressee`) it is addressed to."""
        check_new(desk, number)
        addressee = stated(addressee, law.ADDRESSEE_UNNAMED)
        if kind is Kind.OBJECTION and concern is Concern.PROCESS:
            raise Refused(law.NO_SUCH_OBJECTION, concern=concern)
        if kind is Kind.CHALLENGE and concern is Concern.OPENING:
            raise Refused(law.NO_SUCH_CHALLENGE, concern=concern)
        self.record(ObjectionReceived(
            matter=number, number=number, file_no=file_no, profiles=profiles, kind=kind, concern=concern,
            addressee=addressee, recorded_by=Organ(desk.organ), project=project, raised_by=raised_by, text=text,
            knew_on=knew_on,
        ))  # fmt: skip

    @step(RECORDER, states=(RECEIVED, UNANSWERED, ANSWERED))
    def record_answer(self, desk: Desk, *, answer: str | None, written: bool) -> None:
        """Record the answer of the tenderee, purchaser or agency, late or not."""
        if self.state == ANSWERED:
            raise Refused(law.ALREADY_DONE)
        answer = stated(answer, law.ANSWER_MISSING)
        if self.kind is Kind.CHALLENGE and not written:
            raise Refused(law.ANSWER_UNWRITTEN)
        self.record(ObjectionAnswered(matter=self.matter, answer=answer, written=written))

    @step(RECORDER, states=(RECEIVED,))
    def record_no_answer(self, desk: Desk) -> None:
        """Record that the time for the answer ended without one."""
        verdict = desk.verdict(LIMITS[self.kind], self.matter)
        last = self._received_on(desk)
        if (verdict is None and day_of(desk.at) <= last) or (verdict is not None and verdict not in OVERDUE):
            raise Refused(law.STILL_TO_ANSWER)
        self.record(ObjectionUnanswered(matter=self.matter))

    @step(RECORDER, states=(RECEIVED, UNANSWERED))
    def withdraw(self, desk: Desk, *, ground: str | None = None) -> None:
        """Record that whoever raised it withdrew it before it was answered."""
        self.record(ObjectionWithdrawn(matter=self.matter, reason=ground))

    def _received_on(self, desk: Desk) -> date:
        received = desk.file.latest(ObjectionReceived.TOPIC, self.matter)
        assert received is not None
        return day_of(received.occurred_at)

    def on(self, event: Event) -> None:
        match event:
            case ObjectionReceived():
                self.state, self.kind, self.concern = RECEIVED, Kind(event.kind), Concern(event.concern)
                self.addressee, self.project, self.recorded_by = event.addressee, event.project, event.recorded_by
            case ObjectionAnswered():
                self.state, self.answer = ANSWERED, event.answer
            case ObjectionUnanswered():
                self.state = UNANSWERED
            case ObjectionWithdrawn():
                self.state = WITHDRAWN
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "kind": self.kind,
            "concern": self.concern,
            "addressee": self.addressee,
            "project": self.project,
            "recorded_by": self.recorded_by,
            "answer": self.answer,
        }
