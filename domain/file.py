"""A file (案卷): everything that is read, judged and protected as one, folded from the events of all its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from domain.custody import CustodyFold, Matter, by_knowledge, by_occurrence
from domain.kernel import Case, Entry, OpeningEvent, amended
from domain.law.calendar import Calendars
from domain.law.clock import Clock, Judgement, judge
from domain.law.duties import Duties
from domain.law.rulebook import Rulebook
from domain.register import Register

KNOWN, RECOMPUTED = "known", "recomputed"


class File:
    """The file as of its last entry. Cases fold by version; custody and clocks along the axis of the basis."""

    def __init__(
        self,
        identifier: UUID,
        entries: Iterable[Entry],
        *,
        types: Mapping[str, type[Case]],
        rulebook: Rulebook,
        calendars: Calendars,
        register: Register,
        basis: str = KNOWN,
        corrected: bool = False,
    ) -> None:
        """`corrected`: the entries have their corrections carried out already, of which some may be missing."""
        self.id = identifier
        self.types, self.calendars, self.register = types, calendars, register
        self.entries: list[Entry] = list(entries) if corrected else amended(entries)
        self.version = max((entry.file_version for entry in self.entries), default=0)
        self.cases: dict[UUID, Case] = {}
        self._profiles: dict[UUID, tuple[str, ...]] = {}
        self.rulebook = rulebook
        self._custody = CustodyFold(by_knowledge if basis == KNOWN else by_occurrence)
        self._order = self.entries.copy() if basis == KNOWN else sorted(self.entries, key=by_occurrence)
        self._duties: Duties | None = None
        for entry in self.entries:
            self._replay(entry)
        self._holders = [self._custody.apply(entry) for entry in self._order]

    def add(self, entry: Entry) -> None:
        """Tell one entry more, as a command does with what it has just decided; its case has recorded it already."""
        self.entries.append(entry)
        self._order.append(entry)
        self.version = entry.file_version
        self._holders.append(self._custody.apply(entry))
        if isinstance(entry.event, OpeningEvent):
            self._profiles[entry.case_id] = entry.event.profiles
            if self._duties is not None:
                self._duties.opened(entry.case_id, entry.event.profiles)
        if self._duties is not None:
            self._duties.apply(entry, self._holders[-1])

    def _replay(self, entry: Entry) -> None:
        if isinstance(entry.event, OpeningEvent):
            self._profiles[entry.case_id] = entry.event.profiles
        if entry.case_type not in self.types:
            return
        case = self.cases.get(entry.case_id)
        if case is None:
            case = self.cases[entry.case_id] = self.types[entry.case_type]()
        case.replay(entry)

    def _running(self) -> Duties:
        """The clocks, told when they are first asked for: many steps never do. Each entry finds its matter as it was then."""
        if self._duties is None:
            known = self.register
            self._duties = duties = Duties(self.id, self.rulebook, known.role, known.calendar_of, known.external)
            for case_id, profiles in self._profiles.items():
                duties.opened(case_id, profiles)
            for entry, holder in zip(self._order, self._holders, strict=True):
                duties.apply(entry, holder)
        return self._duties

    @property
    def number(self) -> str:
        """The number of the file, as its first case gave it."""
        return next((case.file_no for case in self.cases.values() if case.file_no), "")

    @property
    def barred(self) -> frozenset[str]:
        """The organs and officers that have no right in the file now: implicated (涉案) or recused (回避)."""
        return frozenset().union(*(case.barred for case in self.cases.values()))

    @property
    def matters(self) -> dict[str, Matter]:
        """Its matters by id, in the order in which they were opened."""
        return self._custody.matters

    @property
    def custody(self) -> CustodyFold:
        """Who held what since when."""
        return self._custody

    @property
    def clocks(self) -> list[Clock]:
        """Its clocks in the order in which they were created."""
        return self._running().clocks.copy()

    def latest(self, topic: str, matter: str | None = None) -> Entry | None:
        """The latest event with this topic, in one matter or in the whole file."""
        return next(iter(reversed(self.all(topic, matter))), None)

    def all(self, topic: str, matter: str | None = None) -> list[Entry]:
        """Every event with this topic, in recording order."""
        return [each for each in self.entries if each.topic == topic and matter in (None, each.matter)]

    def judge(self, clock: Clock, at: datetime) -> Judgement:
        """What is true of one of its clocks at an instant."""
        return judge(clock, self.calendars[clock.calendar], at)

    def open_clocks(self, matter: str, at: datetime) -> list[Clock]:
        """The clocks of a matter that wait for an act: what keeps a case from being closed."""
        return [
            clock
            for clock in self.clocks
            if clock.matter == matter
            and clock.open
            and clock.limit.within.unit != "none"
            and not (clock.limit.right or clock.limit.conditional or clock.limit.advisory)
            and not self.judge(clock, at).lapsed_by_law
        ]
