"""A ledger in which meetings are held and inspections started (by case types of this test), and periods begin by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from application.handle import Command, Receipt, handle
from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from domain.effects import opens
from domain.kernel import Actor, Case, Event, OpeningEvent, role, step, unknown
from domain.law.clock import CHINA
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.mapper import EntryMapper
from infrastructure.postgres.pool import Pool
from infrastructure.projector import Projector
from tests.projections.conftest import Place

if TYPE_CHECKING:
    from domain.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Held(OpeningEvent):
    """A meeting was held."""

    TOPIC = "meeting.held"
    CUSTODY = opens()
    full: bool


@dataclass(frozen=True, kw_only=True)
class Started(OpeningEvent):
    """An inspection was started."""

    TOPIC = "inspection.started"
    CUSTODY = opens()


class Meeting(Case):
    """A meeting that is opened by being held."""

    TYPE = "meeting"
    CODE = "LX"

    @step(role("convenor"), opens=True)
    def hold(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...], full: bool) -> None:
        """Hold it."""
        self.record(Held(number=number, file_no=file_no, profiles=profiles, matter=number, full=full))

    def on(self, event: Event) -> None:
        match event:
            case Held():
                self.state = "held"
            case _:
                raise unknown(event)


class Inspection(Case):
    """An inspection that is opened by being started."""

    TYPE = "inspection"
    CODE = "LJ"

    @step(role("office"), opens=True)
    def start(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Start it."""
        self.record(Started(number=number, file_no=file_no, profiles=profiles, matter=number))

    def on(self, event: Event) -> None:
        match event:
            case Started():
                self.state = "started"
            case _:
                raise unknown(event)


TYPES: Mapping[str, type[Case]] = {**CASES, "meeting": Meeting, "inspection": Inspection}
REGISTRY: Mapping[str, type[Event]] = {**EVENTS, Held.TOPIC: Held, Started.TOPIC: Started}


class MeetingPlace(Place):
    """A ledger whose lists know them too."""

    def projector(self, **options: Any) -> Projector:
        """A projector that reads the events of this test."""
        made = super().projector(**options)
        made._projecting._mapper = EntryMapper(REGISTRY)
        return made


def place_of(
    pool: Pool, schema: str, log: type[PostgresEventLog] = PostgresEventLog, *, rehearsal: bool = True
) -> Place:
    """A ledger that knows these case types."""
    known = log(pool, schema, REGISTRY)
    return MeetingPlace(
        schema, pool, known, Ledger(known, TYPES, shipped_rulebook(), shipped_calendars(), rehearsal=rehearsal)
    )


def china(text: str) -> datetime:
    """An instant in China; 09:00 of a plain date."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def hold(place: Place, day: str, number: str = "LX-1", *, full: bool = True, recorded: str | None = None) -> Receipt:
    """Hold a meeting on a day, recorded then or later."""
    return _taken(place, "meeting", "hold", "zhb", day, number, recorded, {"full": full})


def start(place: Place, day: str, number: str = "LJ-1", *, recorded: str | None = None) -> Receipt:
    """Start an inspection on a day."""
    return _taken(place, "inspection", "start", "zwj", day, number, recorded, {})


def _taken(
    place: Place, case_type: str, name: str, by: str, day: str, number: str, recorded: str | None, said: dict[str, Any]
) -> Receipt:
    at = china(recorded or day)
    command = Command(
        case_type=case_type,
        step=name,
        actor=Actor(by),
        occurred_at=china(day),
        number=number,
        arguments=said,
        recorded_at=at if place.ledger.rehearsal else None,
    )
    return handle(command, place.ledger, now=at, new_id=uuid4)
