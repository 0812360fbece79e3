"""Files with any history: events in any order, at any time, recorded late, corrected, under calendars published meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from hypothesis import assume
from hypothesis import strategies as st

from application.ledger import JURISDICTION, Ledger
from application.projections.knowledge import Knowledge
from application.projections.projection import Projection
from application.projections.rows import Rows
from domain.cases import CASES
from domain.cases.jurisdiction.events import (
    CalendarPublished,
    LedgerKind,
    LedgerOpened,
    OrganAmended,
    OrganRegistered,
    Role,
)
from domain.kernel import LEDGER, Actor, Entry, Event, EventCorrected, OpeningEvent, case_id, file_id
from domain.law.clock import CHINA
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from tests.given import EXTERNAL, ORGANS, PROFILES, opening
from tests.mixed import Mixed
from tests.projections.history_facts import FACTS

BEGUN = datetime(2025, 12, 8, 1, tzinfo=UTC)
"""Late in the year, so that what runs reaches into 2026, and with 36 working days into the unpublished 2027 if begun later."""

RECEIVED, ACCEPTED = 0, 1
"""The places of a complaint received (three working days to accept it) and of its acceptance."""

OPENINGS = {fact[0]: place for place, fact in reversed(tuple(enumerate(FACTS))) if isinstance(fact[1](), OpeningEvent)}


hours = st.integers(0, 24 * 12).map(lambda count: timedelta(hours=count))
lags = st.one_of(st.just(timedelta()), st.integers(0, 24 * 20).map(lambda count: timedelta(hours=count, minutes=7)))
acts = st.tuples(st.integers(0, len(FACTS) - 1), hours, lags)
corrections = st.tuples(st.integers(0, 10**6), st.integers(-24 * 8, 24 * 8), hours)


@dataclass
class Written:
    """The entries of one file as they are recorded, one after the other."""

    entries: list[Entry] = field(default_factory=list)
    known: datetime = BEGUN
    versions: dict[UUID, int] = field(default_factory=dict)
    name: str = "F-1"

    def write(self, event: Event, number: str, organ: str, happened: datetime, recorded: datetime) -> None:
        """One entry more; the ledger learns in the order in which it records."""
        self.known = max(self.known, recorded)
        owner = case_id(number)
        self.versions[owner] = self.versions.get(owner, 0) + 1
        place = len(self.entries) + 1
        kind = (
            self.entries_of(owner)[0].case_type
            if isinstance(event, EventCorrected)
            else type(event).__module__.split(".")[2]
        )
        self.entries.append(
            Entry(
                event,
                uuid5(LEDGER, f"{self.name}:{place}"),
                owner,
                kind,
                self.versions[owner],
                file_id(self.name),
                place,
                happened,
                Actor(organ),
                recorded_at=self.known,
            )
        )

    def entries_of(self, owner: UUID) -> list[Entry]:
        return [each for each in self.entries if each.case_id == owner]

    def act(self, place: int, happened: datetime, lag: timedelta) -> None:
        """A fact, its case being opened first if it is not."""
        number, event, organ = FACTS[place]
        opened = case_id(self.named(number)) in self.versions
        if not opened and place != OPENINGS[number]:
            self.act(OPENINGS[number], happened, lag)
        elif opened and place == OPENINGS[number]:
            return
        fact = event()
        if isinstance(fact, OpeningEvent):
            fact = replace(fact, number=self.named(number), file_no=self.name)
        self.write(fact, self.named(number), organ, happened, happened + lag)

    def named(self, number: str) -> str:
        """A case number of this file, from one of the file F-1."""
        return self.name + number.removeprefix("F-1")

    def correct(self, which: int, hours_off: int, later: timedelta) -> None:
        """An earlier fact occurred at another time."""
        facts = [each for each in self.entries if not isinstance(each.event, EventCorrected)]
        wrong = facts[which % len(facts)]
        numbers = {case_id(self.named(number)): self.named(number) for number in OPENINGS}
        right = EventCorrected(corrects=wrong.event_id, occurred_at=wrong.occurred_at + timedelta(hours=hours_off))
        self.write(right, numbers[wrong.case_id], wrong.actor.department, self.known + later, self.known + later)


@st.composite
def files(draw: st.DrawFn, straight: bool = False) -> list[Entry]:
    """The entries of a file. `straight`: neither late recorded nor corrected."""
    written, now = Written(), BEGUN
    for place, after, lag in draw(st.lists(acts, min_size=1, max_size=14)):
        now += after
        written.act(place, now, timedelta() if straight else lag)
        if not straight and draw(st.integers(0, 4)) == 0:
            written.correct(*draw(corrections))
    return written.entries


@st.composite
def mixed_files(draw: st.DrawFn) -> list[Entry]:
    """The entries of a file of cases of any type, as they were allowed, each recorded at once or some days later."""
    random = Random(draw(st.integers(0, 2**32)))
    entries = recorded_late(Mixed(random, BEGUN).grow(60).file.entries, random)
    assume(entries)
    return entries


def some_mixed_files(*seeds: int) -> list[list[Entry]]:
    """Files of cases of any type that one ledger can hold: none has a number or a reservation of one before it."""
    found, taken = list[list[Entry]](), set[UUID]()
    for seed in seeds:
        random = Random(seed)
        entries = recorded_late(Mixed(random, BEGUN, f"AJ-{seed}").grow(60).file.entries, random)
        if entries and taken.isdisjoint(cases := {each.case_id for each in entries}):
            found.append(entries)
            taken |= cases
    return found


def recorded_late(entries: Sequence[Entry], random: Random) -> list[Entry]:
    """The same, each recorded at once or some days later, in their order."""
    found, known = [], BEGUN
    for entry in entries:
        known = max(known, entry.occurred_at + timedelta(hours=random.choice((0, 0, 0, 0, 30, 24 * 9))))
        found.append(entry._replace(recorded_at=known))
    return found


QUIET = ("hangzhou-2016",)
"""A profile of which no limit begins with a period."""


def jurisdiction(*later: tuple[Event, datetime], profiles: tuple[str, ...] = PROFILES) -> list[Entry]:
    """The file of the jurisdiction: opened with its organs long ago, and what it recorded since."""
    begun = datetime(2024, 1, 2, tzinfo=UTC)
    facts: list[tuple[Event, datetime]] = [
        (
            LedgerOpened(
                **{**opening("jurisdiction"), "profiles": profiles}, kind=LedgerKind.REHEARSAL, calendar="enshi"
            ),
            begun,
        )
    ]
    for organ, roles in ORGANS.items():
        if organ not in ("system", "respondent"):
            external = organ in EXTERNAL
            registered = OrganRegistered(organ=organ, name_zh=organ, roles=tuple(map(Role, roles)), external=external)
            facts.append((registered, begun))
    entries = []
    for version, (event, at) in enumerate((*facts, *sorted(later, key=lambda each: each[1])), 1):
        entries.append(
            Entry(
                event,
                uuid5(LEDGER, f"jurisdiction:{version}"),
                JURISDICTION,
                "jurisdiction",
                version,
                file_id("jurisdiction"),
                version,
                at,
                Actor("admin"),
                recorded_at=at,
            )
        )
    return entries


def published(year: int, off: Sequence[date], at: datetime, calendar: str = "national") -> tuple[Event, datetime]:
    """A calendar edition that the jurisdiction imports."""
    day = at.astimezone(CHINA).date()
    return CalendarPublished(calendar=calendar, year=year, days_off=tuple(off), notice="n", published=day), at


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


@st.composite
def jurisdictions(draw: st.DrawFn) -> list[Entry]:
    """A jurisdiction that may publish calendars and reorganise while files run."""
    later: list[tuple[Event, datetime]] = []
    moments = st.integers(0, 24 * 80).map(lambda count: BEGUN + timedelta(hours=count, minutes=13))
    for kind in draw(
        st.lists(st.sampled_from(("2027", "2026", "2025", "local", "calendar", "role", "external")), max_size=3)
    ):
        at = draw(moments)
        match kind:
            case "2027":
                later.append(published(2027, days(date(2027, 1, 1), 3), at))
            case "2026" | "2025":
                off = days(
                    date(int(kind), 12 if kind == "2025" else 1, draw(st.integers(10, 25))), draw(st.integers(1, 6))
                )
                later.append(published(int(kind), off, at))
            case "local":
                later.append(published(2026, days(date(2026, 1, draw(st.integers(5, 25))), 2), at, "enshi"))
            case "calendar":
                later.append((OrganAmended(organ="slj", calendar="national"), at))
            case "role":
                later.append((OrganAmended(organ="zwj", roles=()), at))
                later.append((OrganAmended(organ="fgj", roles=(Role.OFFICE,)), at))
            case "external":
                later.append((OrganAmended(organ="slj", external=True), at))
    return jurisdiction(*later)


@dataclass
class FakeLog:
    """An event log that only knows streams."""

    entries: Sequence[Entry]

    def load_stream(self, case: UUID, after: int = 0) -> list[Entry]:
        return [entry for entry in self.entries if entry.case_id == case and entry.version > after]


def ledger(office: Sequence[Entry]) -> Ledger:
    """A ledger whose jurisdiction recorded this."""
    log: Any = FakeLog(office)
    return Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=True)


def project(known: Ledger, *histories: Sequence[Entry]) -> Rows:
    """The rows of files."""
    knowledge = Knowledge(known.office(), known.shipped, known.rulebook.learned)
    return Projection(CASES, known.rulebook, knowledge).rows(histories)


def some_files(count: int, seed: int = 1) -> list[list[Entry]]:
    """Files for tests that need a ledger full of them: late recordings and corrections among them, the same each time."""
    random = Random(seed)
    return [_some_file(f"F-{number}", random) for number in range(count)]


def _some_file(name: str, random: Random) -> list[Entry]:
    written, now = Written(name=name), BEGUN
    for _ in range(random.randint(3, 14)):
        now += timedelta(hours=random.randint(0, 24 * 12))
        lag = timedelta() if random.random() < 0.7 else timedelta(hours=random.randint(0, 24 * 20), minutes=7)
        written.act(random.randrange(len(FACTS)), now, lag)
        if random.random() < 0.05:
            written.correct(random.randrange(10**6), random.randint(-200, 200), timedelta(hours=3))
    return written.entries
