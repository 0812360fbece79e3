"""Given these facts, when this step is taken, then these facts follow or the law refuses: how case types are tested."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from application.decide import Decision
from application.permissions import Forbidden
from domain.cases import CASES
from domain.file import KNOWN, File
from domain.kernel import LEDGER, Actor, Case, Entry, Event, OpeningEvent, Refused, case_id, file_id
from domain.law.clock import Clock, Judgement
from domain.register import OfficerRecord, OrganRecord, Register
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook

PROFILES = ("xuanen-2020", "national")
ORGANS = {
    "zwj": ("office",), "jyzx": ("trading_centre",), "zjj": (), "slj": (), "jtj": (), "czj": ("finance",), "fgj": (),
    "zrj": (), "scj": (), "nyj": (), "gaj": ("police",), "gaj2": ("police",), "jcy": ("procuratorate",),
    "zhb": ("convenor",), "gwh": ("committee",), "ez_zjj": (), "jwjc": ("inspector",), "system": ("system",),
    "respondent": ("respondent",), "admin": ("administrator",),
}  # fmt: skip
EXTERNAL = {"gaj", "gaj2", "jcy", "ez_zjj"}
OFFICERS = {
    "li": "zjj",
    "wang": "zjj",
    "zhao": "slj",
    "qian": "zwj",
    "sun": "jwjc",
    "zhou": "jtj",
    "wu": "fgj",
    "zheng": "nyj",
    "feng": "czj",
}


def register(profiles: tuple[str, ...] = PROFILES) -> Register:
    """The county's organs as tests need them."""
    organs = {key: OrganRecord(key, key, roles=roles, external=key in EXTERNAL) for key, roles in ORGANS.items()}
    officers = {key: OfficerRecord(key, key, organ, duties=("handler",)) for key, organ in OFFICERS.items()}
    return Register(organs, calendar="enshi", profiles=profiles, officers=officers)


def instant(text: str) -> datetime:
    """An instant from `2025-01-22T10:05+08:00`, or 09:00 in China of a plain date."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00+08:00")


def opening(number: str = "TS-1", matter: str | None = None, file_no: str | None = None) -> dict[str, Any]:
    """The fields that every opening event has."""
    return {"number": number, "file_no": file_no or number, "matter": matter or number, "profiles": PROFILES}


@dataclass
class Given:
    """A file with facts, and what came of the last step. `others`: files that a step may look into, by number."""

    file: File
    reserved: dict[str, UUID] = field(default_factory=dict)
    case: Case | None = None
    new: tuple[Entry, ...] = ()
    refusal: Refused | None = None
    denied: bool = False
    others: dict[str, File] = field(default_factory=dict)

    def when(self, case_type: type[Case], name: str, /, *, by: str, at: str, case: str | None = None,
             number: str | None = None, on_behalf_of: str | None = None, signed: str = "",
             **arguments: Any) -> Given:  # fmt: skip
        """Take a step, `signed` by an officer. An opening step opens case `number`; another acts on `case`, else on the latest of its type."""
        self.refusal, self.denied, self.new = None, False, ()
        ids = (uuid5(LEDGER, f"{len(self.file.entries)}:{n}") for n in itertools.count())
        decision = Decision(
            file=self.file,
            actor=Actor(by, signed, on_behalf_of),
            at=instant(at),
            new_id=lambda: next(ids),
            reserved=lambda fact: (self.reserved.get(fact), int(fact in self.reserved)),
            elsewhere=self.others.get,
        )
        step = case_type.STEPS[name]
        try:
            self.case = self._take(decision, case_type, name, step.opens, case, number, arguments)
        except Refused as refusal:
            self.refusal = refusal
        except Forbidden:
            self.denied = True
        else:
            self.new = tuple(decision.entries)
        return self

    def _take(self, decision: Decision, case_type: type[Case], name: str, opens: bool, case: str | None,
              number: str | None, arguments: Mapping[str, Any]) -> Case:  # fmt: skip
        of_type = [each for each in self.file.cases.values() if isinstance(each, case_type)]
        if opens and (number or not of_type or not case_type.STEPS[name].acts):
            number = number or f"{case_type.TYPE}-{len(self.file.cases) + 1}"
            return decision.open(case_type.TYPE, name, number, arguments)
        found = self.file.cases[case_id(case)] if case else of_type[-1]
        return decision.act(found, name, arguments)

    def then(self, *events: Event) -> Given:
        """Exactly these facts were recorded by the step, flows included."""
        assert not self.denied, "forbidden"
        assert self.refusal is None, self.refusal
        assert [entry.event for entry in self.new if entry.case_type != "reservation"] == list(events)
        return self

    def then_topics(self, *topics: str) -> Given:
        """Facts with these topics were recorded by the step, flows included."""
        assert not self.denied, "forbidden"
        assert self.refusal is None, self.refusal
        assert [entry.topic for entry in self.new if entry.case_type != "reservation"] == list(topics)
        return self

    def refused(self, code: str) -> Given:
        """The law refused, for this reason, and nothing was recorded."""
        assert not self.denied, "forbidden, not refused"
        assert self.refusal is not None, f"accepted: {[entry.topic for entry in self.new]}"
        assert self.refusal.ground.code == code, self.refusal
        return self

    def forbidden(self) -> Given:
        """The organ may not take the step."""
        assert self.denied, self.refusal or [entry.topic for entry in self.new]
        return self

    def holder(self, matter: str | None = None) -> str | None:
        """Who holds the matter; of the file's first one without a name."""
        return self._matter(matter).holder

    def in_transit_to(self, matter: str | None = None) -> str | None:
        """To whom the matter is on the way."""
        return self._matter(matter).in_transit_to

    def _matter(self, matter: str | None) -> Any:
        return self.file.matters[matter or next(iter(self.file.matters))]

    def clocks(self, rule: str) -> list[Clock]:
        """Every clock of a rule."""
        return [clock for clock in self.file.clocks if clock.limit.id == rule]

    def clock(self, rule: str, at: str | None = None) -> Judgement | None:
        """The judgement of the latest clock of a rule, at the last fact or at an instant."""
        found = self.clocks(rule)
        moment = instant(at) if at else max(entry.occurred_at for entry in self.file.entries)
        return self.file.judge(found[-1], moment) if found else None


def given(
    *facts: tuple[Any, ...],
    reserved: Mapping[str, UUID] | None = None,
    basis: str = KNOWN,
    profiles: tuple[str, ...] = PROFILES,
) -> Given:
    """A file with these facts: `(event, when, department)`, and a case number if the topic's type has several cases."""
    entries: list[Entry] = []
    latest: dict[str, UUID] = {}
    versions: dict[UUID, int] = {}
    number = next((fact[0].file_no for fact in facts if isinstance(fact[0], OpeningEvent)), "F-1")
    for place, (event, at, department, *rest) in enumerate(facts, 1):
        case_type = type(event).__module__.split(".")[2]
        if isinstance(event, OpeningEvent):
            latest[case_type] = case_id(event.number)
        owner = case_id(rest[0]) if rest else latest[case_type]
        versions[owner] = versions.get(owner, 0) + 1
        entry = Entry(event, uuid5(LEDGER, f"given:{place}"), owner, case_type, versions[owner], file_id(number), place,
                      instant(at), Actor(department))  # fmt: skip
        entries.append(entry._replace(recorded_at=entry.occurred_at))
    file = File(file_id(number), entries, types=CASES, rulebook=shipped_rulebook(), calendars=shipped_calendars(),
                register=register(profiles), basis=basis)  # fmt: skip
    return Given(file, dict(reserved or {}))
