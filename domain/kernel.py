"""What every case type is made of: events that are facts, steps that decide, and the envelope around each fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, NamedTuple, NewType, TypeVar
from uuid import UUID, uuid5

from domain.audience import Audience as Audience
from domain.effects import Custody
from domain.steps import ADDRESSEE as ADDRESSEE
from domain.steps import DEPARTMENT as DEPARTMENT
from domain.steps import FLOW as FLOW
from domain.steps import HOLDER as HOLDER
from domain.steps import Step as Step
from domain.steps import party as party
from domain.steps import role as role
from domain.steps import step as step
from domain.succession import take_place

LEDGER = UUID("6f1d2c1a-1f6e-5f0e-9b57-5a1c0e7a2020")

Organ = NewType("Organ", str)
"""A step argument that names an organ of the register by its id."""

Uscc = NewType("Uscc", str)
"""A step argument that is a unified social credit code (统一社会信用代码), its check character verified at the edge."""

T = TypeVar("T")
Protected = Annotated[T, "protected"]
"""A step argument whose value never enters an event: the event keeps a reference, a vault keeps the value."""


def case_id(number: str) -> UUID:
    """The id of the case with this number: the primary key forbids a second case under one number."""
    return uuid5(LEDGER, f"case:{number}")


def file_id(number: str) -> UUID:
    """The id of the file (案卷) with this number."""
    return uuid5(LEDGER, f"file:{number}")


def reservation_id(fact: str) -> UUID:
    """The stream that holds a fact which may be true of one case only, whatever its file."""
    return uuid5(LEDGER, f"reservation:{fact}")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the law refuses a step: a stable code, the article, and the sentence in both languages."""

    code: str
    instrument: str
    clause: str
    zh: str
    en: str


class Refused(Exception):
    """The law does not allow this step."""

    def __init__(self, ground: Ground, **facts: Any) -> None:
        super().__init__(f"{ground.code}: {ground.instrument} {ground.clause} {ground.zh}")
        self.ground = ground
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an organ of the register, one of its officers, and for whom it records if not for itself."""

    department: str
    officer: str = ""
    on_behalf_of: str | None = None

    @property
    def acting_for(self) -> str:
        """The organ whose act this is."""
        return self.on_behalf_of or self.department


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that happened, published for ever under TOPIC. Fields are business facts, never derivable ones.

    `CORRECTABLE`: whether a correction may change it. What the timer found is judged again instead; what gives access is not moved.
    `SUCCEEDS`: whether the organ `to` takes the place of `from_` in the whole file: what that owed and has not done it owes.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    CUSTODY: ClassVar[Custody | None] = None
    RESERVES: ClassVar[bool] = False
    CORRECTABLE: ClassVar[bool] = True
    SUCCEEDS: ClassVar[bool] = False

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        """The payload as today's fields, from the fields that `version` had."""
        raise LookupError(f"no way from version {version}")

    def warnings(self) -> tuple[str, ...]:
        """What the law lets pass but whoever records the fact should know."""
        return ()


@dataclass(frozen=True, kw_only=True)
class MatterEvent(Event):
    """A fact about one matter (事项) of the file: the unit that somebody holds and that time limits run for."""

    matter: str


@dataclass(frozen=True, kw_only=True)
class OpeningEvent(MatterEvent):
    """The first fact of a case: it names the case and pins the rule profiles in force when it opened."""

    number: str
    file_no: str
    profiles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EventCorrected(Event):
    """更正 An earlier event of the same case was wrong: what it should have said. Both stay visible."""

    TOPIC: ClassVar[str] = "case.corrected"
    corrects: UUID
    occurred_at: datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlaceTaken(Event):
    """接替 Wherever this case named an organ, it names another from now on."""

    TOPIC: ClassVar[str] = "case.place-taken"
    CORRECTABLE: ClassVar[bool] = False
    from_: str
    to: str


@dataclass(frozen=True, kw_only=True)
class Reserved(Event):
    """A fact that may be true of one case only is taken by this case."""

    TOPIC: ClassVar[str] = "reservation.taken"
    fact: str
    holder: UUID


@dataclass(frozen=True, kw_only=True)
class Released(Event):
    """The case gave the reserved fact free again, its basis being gone."""

    TOPIC: ClassVar[str] = "reservation.released"
    fact: str
    holder: UUID


class Entry(NamedTuple):
    """An event with its envelope, as the ledger keeps it. `recorded_at` and `position` are the ledger's to set."""

    event: Event
    event_id: UUID
    case_id: UUID
    case_type: str
    version: int
    file_id: UUID
    file_version: int
    occurred_at: datetime
    actor: Actor
    recorded_at: datetime | None = None
    reason: str | None = None
    correlation: UUID | None = None
    causation: UUID | None = None
    imported: bool = False
    position: int | None = None

    @property
    def originator_id(self) -> UUID:
        """The stream, by the event store's name for it."""
        return self.case_id

    @property
    def originator_version(self) -> int:
        """The place in the stream, by the event store's name for it."""
        return self.version

    @property
    def topic(self) -> str:
        """The stored name of the event's type."""
        return self.event.TOPIC

    @property
    def matter(self) -> str | None:
        """The matter that the event is about, if it is about one."""
        return getattr(self.event, "matter", None)

    def known_at(self) -> datetime:
        """When the ledger learned it; for an entry not yet stored, when it happened."""
        return self.recorded_at or self.occurred_at


def amended(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with every correction among them carried out on the entry it corrects."""
    facts = list(entries)
    corrections = [entry.event for entry in facts if type(entry.event) is EventCorrected]
    if not corrections:
        return facts
    places = {entry.event_id: place for place, entry in enumerate(facts)}
    for right in corrections:
        if (place := places.get(right.corrects)) is not None:
            wrong = facts[place]
            facts[place] = wrong._replace(
                occurred_at=right.occurred_at or wrong.occurred_at,
                event=replace(wrong.event, **right.values),
            )
    return facts


class Case:
    """One case: replayed from its events, changed only by recording new ones.

    `STANDING`: whether its matters come with the calendar or the office, and are not what a file is about. `KEEPS_NAMES`: whether
    the organs that it names stay named when another takes their place in the file. `OPEN_TO`: who may look how far.
    """

    TYPE: ClassVar[str]
    CODE: ClassVar[str]
    STANDING: ClassVar[bool] = False
    KEEPS_NAMES: ClassVar[bool] = False
    OPEN_TO: ClassVar[Audience] = Audience.FILE
    STEPS: ClassVar[Mapping[str, Step]] = {}

    def __init__(self) -> None:
        self.id: UUID | None = None
        self.number = ""
        self.file_no = ""
        self.profiles: tuple[str, ...] = ()
        self.matter = ""
        self.state = ""
        self.version = 0
        self.recorded: list[Event] = []

    def __init_subclass__(cls) -> None:
        found = (getattr(value, "step", None) for base in reversed(cls.__mro__) for value in vars(base).values())
        cls.STEPS = {known.name: known for known in found if known is not None}

    @property
    def concerns(self) -> str | None:
        """The number of another file that this case is about."""
        return None

    def replay(self, entry: Entry) -> None:
        """Apply a stored fact. Never refuses: yesterday's facts stay facts when a rule is tightened."""
        self.id, self.version = entry.case_id, entry.version
        self._apply(entry.event)

    def record(self, event: Event) -> None:
        """Apply a new fact and keep it for the ledger."""
        self._apply(event)
        self.recorded.append(event)

    def _apply(self, event: Event) -> None:
        if isinstance(event, OpeningEvent):
            self.number, self.file_no, self.profiles = event.number, event.file_no, event.profiles
            self.matter = self.matter or event.matter
        if isinstance(event, PlaceTaken):
            take_place(self, event.from_, event.to)
        elif not isinstance(event, EventCorrected):
            self.on(event)

    def on(self, event: Event) -> None:
        """Change the state by one fact; ends in `unknown(event)` for a fact of another type."""
        raise NotImplementedError

    @property
    def barred(self) -> frozenset[str]:
        """Organs and officers that have no right in the whole file because of this case."""
        return frozenset()

    def summary(self) -> Mapping[str, Any]:
        """What a reader of the case is shown besides state, holder and clocks. No protected value."""
        return {}


def unknown(event: Event) -> Exception:
    """The error for an event that a case type does not know: a defect, never a refusal."""
    return TypeError(f"unexpected event {event.TOPIC}")


def field_names(event: type[Event]) -> tuple[str, ...]:
    """The business fields of an event type."""
    return tuple(each.name for each in fields(event))
