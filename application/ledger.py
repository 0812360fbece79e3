"""One jurisdiction's ledger as the application sees it: its events, its law, its register, now or as of any instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.ports import EventLog
from domain.cases.jurisdiction import Jurisdiction
from domain.file import KNOWN, File
from domain.kernel import Case, Entry, Released, Reserved, amended, case_id, file_id, reservation_id
from domain.law.calendar import Calendars
from domain.law.clock import day_of
from domain.law.rulebook import Rulebook
from domain.register import Register

JURISDICTION = case_id("jurisdiction")
OFFICE_FILE = file_id("jurisdiction")


@dataclass(frozen=True, slots=True)
class Office:
    """The jurisdiction's own file as far as it has been read: its entries, and what they fold to."""

    entries: tuple[Entry, ...] = ()
    case: Jurisdiction = field(default_factory=Jurisdiction)

    def known_at(self, instant: datetime) -> Office:
        """The same as the ledger knew it at an instant."""
        return office(entry for entry in self.entries if entry.known_at() <= instant)

    def and_then(self, later: Sequence[Entry]) -> Office:
        """The same with later entries."""
        return office((*self.entries, *later)) if later else self


def office(entries: Iterable[Entry]) -> Office:
    """Fold the entries of the jurisdiction's own file."""
    facts = tuple(entries)
    case = Jurisdiction()
    for entry in amended(facts):
        case.replay(entry)
    return Office(facts, case)


@dataclass(slots=True)
class Ledger:
    """Events, case types, rules and shipped calendars of one jurisdiction. Safe to share between threads."""

    log: EventLog
    types: Mapping[str, type[Case]]
    rulebook: Rulebook
    shipped: Calendars
    rehearsal: bool = False
    _office: Office = field(default_factory=Office)
    _calendars: dict[tuple[int, int], Calendars] = field(default_factory=dict)

    def office(self, as_of: datetime | None = None) -> Office:
        """The jurisdiction's own file, up to date or as known at an instant."""
        latest = self._office
        self._office = latest = latest.and_then(self.log.load_stream(JURISDICTION, latest.case.version))
        return latest if as_of is None else latest.known_at(as_of)

    def at_hand(self) -> Office:
        """The jurisdiction's own file as it was when last looked at, without asking again."""
        return self._office if self._office.entries else self.office()

    def register(self, as_of: datetime | None = None) -> Register:
        """The organs, up to date or as known at an instant."""
        return self.office(as_of).case.register

    def calendars(self, as_of: datetime | None = None) -> Calendars:
        """Shipped and imported calendars, all of them or as known at an instant."""
        return self.calendars_under(self.office(as_of), as_of)

    def load(self, case: UUID) -> tuple[Sequence[Entry], Office]:
        """Every entry of the file of a case (none: there is no such case), and the jurisdiction's own file of that moment."""
        if case == JURISDICTION:
            return self.log.load_file_of(case), self.office()
        entries, version = self.log.load_file_of_beside(JURISDICTION, case)
        return entries, self._office_at(version)

    def load_file(self, identifier: UUID) -> tuple[Sequence[Entry], Office]:
        """The same of a file by its id."""
        if identifier == OFFICE_FILE:
            return self.log.load_file(identifier), self.office()
        entries, version = self.log.load_file_beside(JURISDICTION, identifier)
        return entries, self._office_at(version)

    def file(
        self,
        identifier: UUID,
        entries: Sequence[Entry],
        *,
        as_of: datetime | None = None,
        basis: str = KNOWN,
        office: Office | None = None,
    ) -> File:
        """Fold a file: live, as known at `as_of`, or with everything known today about what had occurred by then.

        `office`: as it was loaded with the entries; without it it is read now.
        """
        knowledge = as_of if basis == KNOWN else None
        if as_of is not None and basis == KNOWN:
            entries = [entry for entry in entries if entry.known_at() <= as_of]
        elif as_of is not None:
            entries = [entry for entry in amended(entries) if entry.occurred_at <= as_of]
        known = self.office() if office is None else office
        known = known if knowledge is None else known.known_at(knowledge)
        return File(
            identifier,
            entries,
            types=self.types,
            rulebook=self.rulebook.known_at(None if knowledge is None else day_of(knowledge)),
            calendars=self.calendars_under(known, knowledge),
            register=known.case.register,
            basis=basis,
            corrected=as_of is not None and basis != KNOWN,
        )

    def file_numbered(self, number: str) -> File | None:
        """The file with this number as it is now, None where there is none."""
        identifier = file_id(number)
        entries, office = self.load_file(identifier)
        return self.file(identifier, entries, office=office) if entries else None

    def barred_where_it_concerns(self, file: File) -> frozenset[str]:
        """Who is barred in the files that cases of this one are about: of a supervision record, in what is supervised."""
        about = {each.concerns for each in file.cases.values() if each.concerns}
        found = (self.file_numbered(number) for number in about)
        return frozenset().union(*(each.barred for each in found if each is not None))

    def _office_at(self, version: int | None) -> Office:
        """The jurisdiction's own file at a version or later; asked for only where it is not known yet."""
        known = self._office
        return known if version is not None and version <= known.case.version else self.office()

    def calendars_under(self, known: Office, as_of: datetime | None) -> Calendars:
        """Shipped calendars, all of them or as known at an instant, with what the jurisdiction's own file published."""
        shipped = self.shipped.known_at(None if as_of is None else day_of(as_of))
        imported = known.case.editions
        key = (len(shipped.editions), len(imported))
        if key not in self._calendars:
            self._calendars[key] = shipped.adding(*imported) if imported else shipped
        return self._calendars[key]

    def reserved(self, fact: str) -> tuple[UUID | None, int]:
        """Which case holds a fact that only one may hold (None: free), and the version of its reservation."""
        holder, version = None, 0
        for entry in self.log.load_stream(reservation_id(fact)):
            version = entry.version
            match entry.event:
                case Reserved(holder=by):
                    holder = by
                case Released():
                    holder = None
        return holder, version
