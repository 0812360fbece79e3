"""A file that everybody has some relation to, with a case of every type in it, recorded without any step being taken."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, get_type_hints
from uuid import UUID

from application.ports import Batch, Unavailable
from application.signatures import Hint, fields_of, hint
from domain.cases import CASES, EVENTS
from domain.cases.jurisdiction.events import Duty, Role
from domain.cases.recusal.events import Implicated
from domain.cases.referral.events import ReferralDispatched
from domain.cases.supervision.events import LetterIssued, SupervisionOpened
from domain.kernel import Actor, Entry, Event, OpeningEvent, Organ, Uscc, case_id, file_id
from infrastructure.identifiers import new_id
from tests.cases.punishment_facts import issued

FILE, RECORD, LETTER, THEIRS = "TS-1", "TS-1-DB", "TS-1-DB-1", "TS-1-DB-2"
"""The file, its supervision record, a letter to the holder, and one to the implicated organ."""

AT = datetime(2025, 3, 3, 1, tzinfo=UTC)
APART = ("jurisdiction", "supervision", "recusal")
"""Types of which the world has a case of its own making."""

ORGANS: dict[str, dict[str, Any]] = {
    "zjj": {}, "slj": {}, "jtj": {}, "nyj": {}, "fgj": {}, "czj": {},
    "zwj": {"roles": (Role.OFFICE,)}, "jwjc": {"roles": (Role.INSPECTOR,)}, "sjj": {"roles": (Role.AUDITOR,)},
    "admin": {"roles": (Role.ADMINISTRATOR,)}, "gaj": {"roles": (Role.POLICE,), "external": True},
    "jyzx": {"roles": (Role.TRADING_CENTRE,)}, "gwh": {"roles": (Role.COMMITTEE,)},
}  # fmt: skip
OFFICERS = {"li": ("zjj", Duty.HANDLER), "wang": ("zjj", Duty.HANDLER), "duan": ("zjj", Duty.READER)}


def type_of(event: Event) -> str:
    """The type of case that records an event."""
    return type(event).__module__.split(".")[2]


def number_of(case_type: str) -> str:
    """The number of the case of a type."""
    return {"complaint": FILE, "supervision": RECORD, "jurisdiction": "jurisdiction"}.get(
        case_type, f"{FILE}-{case_type}"
    )


def file_of(case_type: str) -> str:
    """The file that it is in: cases that stand by themselves are files of their own."""
    return number_of(case_type) if case_type == "supervision" or CASES[case_type].STANDING else FILE


class Frozen:
    """The log of a ledger that has no room for anything more: what would be recorded is not."""

    def __init__(self, log: Any) -> None:
        self._log = log

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def append(self, batch: Batch) -> Any:
        """Nothing is recorded."""
        raise Unavailable


def histories() -> Iterator[list[Entry]]:
    """The entries of the file, of the files beside it and of its supervision record."""
    facts = [(event, number_of(name), "zjj") for name in CASES if name not in APART and (event := beginning(name))]
    whole = [each for each in facts if file_of(type_of(each[0])) == FILE]
    punished, referred = number_of("joint_punishment"), number_of("referral")
    first = [(event, number, organ) for organ, (event, number, _) in zip(("jtj", "fgj"), whole, strict=False)]
    implicated = Implicated(**naming("recusal"), organs=("fgj",), officers=("li",), declared_by="jwjc", reason="涉案")
    sent: Any = made_up(ReferralDispatched, "slj", matter=FILE)
    more = [
        (issued(matter=f"{punished}-memo", recipients=("nyj",)), punished, "zwj"),
        (implicated, number_of("recusal"), "jwjc"),
        (sent, referred, "zjj"),
    ]
    yield written(FILE, [*first, *whole[2:], *more])
    for event, number, organ in facts:
        if file_of(type_of(event)) != FILE:
            yield written(number, [(event, number, organ)])
    letters: list[Event] = [
        made_up(LetterIssued, to, matter=letter, clocks=()) for letter, to in ((LETTER, "zjj"), (THEIRS, "fgj"))
    ]
    opened = made_up(SupervisionOpened, "jwjc", **naming("supervision"), supervises=FILE)
    yield written(RECORD, [(event, RECORD, "jwjc") for event in (opened, *letters)])


def beginning(case_type: str) -> Event | None:
    """A first fact of a type of case, its fields made up; all that it names is the holder."""
    for event in EVENTS.values():
        if issubclass(event, OpeningEvent) and event.__module__.startswith(f"domain.cases.{case_type}."):
            found: Event = made_up(event, "zjj", **naming(case_type))
            return found
    return None


def naming(case_type: str) -> dict[str, Any]:
    """How a first fact names its case."""
    file = file_of(case_type)
    return {"number": number_of(case_type), "file_no": file, "matter": file, "profiles": ("xuanen-2020", "national")}


def made_up(event: Any, organ: str, **said: Any) -> Any:
    """An event or a part of one with every field that must be given."""
    hints = get_type_hints(event, include_extras=True)
    wanted = [each.name for each in fields(event) if each.name not in said and not _optional(each)]
    return event(**said, **{name: value(hint(hints[name]), organ) for name in wanted})


def _optional(each: Any) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING


def value(known: Hint, organ: str) -> Any:
    """Something of a type; organs are this one."""
    return (one(known.kind, organ),) if known.several else one(known.kind, organ)


def one(kind: Any, organ: str) -> Any:
    """A single value of a kind."""
    plain = {
        Organ: organ,
        Uscc: "91420000MA4K3JDN5R",
        bool: True,
        int: 1,
        date: AT.date(),
        datetime: AT,
        str: organ,
    }
    while kind not in plain and hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    if kind in plain:
        return plain[kind]
    if kind is UUID:
        return UUID(int=1)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        return kind(**{name: value(each, organ) for name, each in fields_of(kind).items()})
    raise TypeError(kind)


def as_json(found: Any) -> Any:
    """The value as a body says it."""
    if isinstance(found, tuple):
        return [as_json(each) for each in found]
    if is_dataclass(found):
        return {each.name.rstrip("_"): as_json(getattr(found, each.name)) for each in fields(found)}
    if isinstance(found, date | datetime):
        return found.isoformat()
    return found.value if isinstance(found, Enum) else found


def written(file: str, facts: list[tuple[Event, str, str]]) -> list[Entry]:
    """The facts as the ledger keeps them, an hour apart."""
    versions: dict[UUID, itertools.count[int]] = {}
    return [
        Entry(
            event, new_id(), case_id(number), type_of(event), next(versions.setdefault(case_id(number), itertools.count(1))),
            file_id(file), place, at, Actor(organ), recorded_at=at,
        )
        for place, (event, number, organ) in enumerate(facts, 1)
        for at in (AT + timedelta(hours=place),)
    ]  # fmt: skip
