"""A file as of an instant under some of what was learned since (反事实): known then, known today, and everything between the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from application.ledger import Ledger, Office
from domain.file import KNOWN, RECOMPUTED, File
from domain.kernel import Case, Entry, EventCorrected, amended
from domain.law.calendar import Calendars
from domain.law.clock import day_of
from domain.register import Register


class Kind(StrEnum):
    """A kind of knowledge by which what is said of an instant today differs from what was said then."""

    LATE = "late-recording"
    CORRECTION = "correction"
    CALENDAR = "calendar-edition"
    RULE = "rule-version"
    ORGANS = "organs"


RESERVATION = "reservation"
NOTHING: frozenset[Kind] = frozenset()
EVERYTHING = frozenset(Kind)


@dataclass(frozen=True)
class Worlds:
    """One file at an instant, to be folded with any kinds of later knowledge: with none of them it is what was known then, with
    all of them what is known today of what had happened by then.

    `entries`: all of the file in recording order; `office`: the jurisdiction's own file of today.
    """

    ledger: Ledger
    entries: Sequence[Entry]
    office: Office
    at: datetime

    def file(
        self,
        kinds: Set[Kind],
        only: Set[UUID] | None = None,
        *,
        types: Mapping[str, type[Case]] | None = None,
    ) -> File:
        """The file under some kinds of later knowledge. `only`: of later facts and corrections these alone (None: all).

        `types`: the types of cases to be folded, none if clocks and custody are all that is asked.
        """
        ledger = self.ledger
        register = (self.office if Kind.ORGANS in kinds else self.then).case.register
        return File(
            self.entries[0].file_id,
            self.facts(kinds, only),
            types=types or {},
            rulebook=ledger.rulebook.known_at(None if Kind.RULE in kinds else day_of(self.at)),
            calendars=self.calendars(kinds),
            register=register,
            basis=RECOMPUTED if Kind.LATE in kinds else KNOWN,
            corrected=True,
        )

    @cached_property
    def then(self) -> Office:
        """The jurisdiction's own file as it was known at the instant."""
        return self.office.known_at(self.at)

    def calendars(self, kinds: Set[Kind]) -> Calendars:
        """The calendars of such a file; those of today too where an organ of today counts by one that there was not then."""
        before = self.ledger.calendars_under(self.then, self.at)
        register = self.office.case.register
        named = (register.calendar, *(each.calendar for each in register.organs.values() if each.calendar))
        missing = Kind.ORGANS in kinds and not all(each in before for each in named)
        return self.ledger.calendars_under(self.office, None) if Kind.CALENDAR in kinds or missing else before

    def facts(self, kinds: Set[Kind], only: Set[UUID] | None = None) -> list[Entry]:
        """The facts of such a file, corrections carried out. What a correction or the order of the acts puts later is left out."""
        chosen = [each for each in self.entries if self._then(each) or self._learned(each, kinds, only)]
        if not kinds & {Kind.LATE, Kind.CORRECTION}:
            return amended(chosen)
        before = {each.event_id: each.occurred_at for each in self._known} if Kind.LATE not in kinds else {}
        return [
            each
            for each in amended(chosen)
            if each.occurred_at <= self.at or before.get(each.event_id) == each.occurred_at
        ]

    @cached_property
    def _known(self) -> list[Entry]:
        return amended(each for each in self.entries if self._then(each))

    def _then(self, entry: Entry) -> bool:
        return entry.known_at() <= self.at

    def _learned(self, entry: Entry, kinds: Set[Kind], only: Set[UUID] | None) -> bool:
        return kind_of(entry) in kinds and (only is None or entry.event_id in only)

    def later(self, kind: Kind) -> list[Entry]:
        """The facts, or the corrections, that were recorded after the instant and bear on what had happened by then."""
        facts = (each for each in self.entries if each.case_type != RESERVATION)
        found = [each for each in facts if not self._then(each) and kind_of(each) is kind]
        if kind is Kind.CORRECTION:
            return found
        happened = {each.event_id for each in amended(self.entries) if each.occurred_at <= self.at}
        return [each for each in found if each.occurred_at <= self.at or each.event_id in happened]

    def out_of_order(self) -> list[Entry]:
        """The facts that were known at the instant, but recorded only after others that had happened later, as is known today."""
        found, latest = [], None
        for each in amended(each for each in self.entries if self._then(each) or kind_of(each) is Kind.CORRECTION):
            if each.case_type == RESERVATION or kind_of(each) is Kind.CORRECTION:
                continue
            if latest is not None and each.occurred_at < latest:
                found.append(each)
            latest = each.occurred_at if latest is None else max(latest, each.occurred_at)
        return found

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of which anything was learned since that can bear on the file at all."""
        return tuple(self._kinds())

    def _kinds(self) -> Iterator[Kind]:
        rules, day = self.ledger.rulebook, day_of(self.at)
        if self.later(Kind.LATE) or self.out_of_order() or any(each.occurred_at > self.at for each in self._known):
            yield Kind.LATE
        if self.later(Kind.CORRECTION):
            yield Kind.CORRECTION
        if self.calendars(NOTHING) is not self.calendars(EVERYTHING):
            yield Kind.CALENDAR
        if rules.known_at(day) is not rules:
            yield Kind.RULE
        if _organs(self.then.case.register) != _organs(self.office.case.register):
            yield Kind.ORGANS


def kind_of(entry: Entry) -> Kind:
    """Whether an entry is a fact or the correction of one."""
    return Kind.CORRECTION if isinstance(entry.event, EventCorrected) else Kind.LATE


def _organs(register: Register) -> tuple[object, ...]:
    return register.calendar, dict(register.organs)
