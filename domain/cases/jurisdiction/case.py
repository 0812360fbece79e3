"""The jurisdiction (辖区): one case that knows which organs exist, by which rules they are judged, and which days they work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.events import (
    ArrangedDay,
    CalendarChosen,
    CalendarPublished,
    LedgerKind,
    LedgerOpened,
    OrganAmended,
    OrganDissolved,
    OrganRegistered,
    ProfilesChosen,
    Role,
)
from domain.cases.jurisdiction.officers import past_day
from domain.cases.jurisdiction.organs import (
    BUILT_IN,
    amended_record,
    check_amendment,
    check_registration,
    dissolved_record,
    living,
    record_of,
)
from domain.cases.jurisdiction.people import RUNS, People
from domain.cases.jurisdiction.publication import check_publication, edition_of
from domain.cases.jurisdiction.webhooks import Webhooks
from domain.kernel import Audience, Entry, Event, Organ, Refused, step, unknown
from domain.law.clock import day_of
from domain.law.edition import Edition
from domain.names import Fixed
from domain.register import OrganRecord, Register

if TYPE_CHECKING:
    from domain.desk import Desk

NUMBER = "jurisdiction"
OPEN = "open"


class Jurisdiction(People, Webhooks):
    """`register` and `editions` are replaced, never changed: what was handed out stays as it was."""

    TYPE = "jurisdiction"
    CODE = "XQ"
    OPEN_TO = Audience.LEDGER

    def __init__(self) -> None:
        super().__init__()
        self.kind: LedgerKind | None = None
        self.title: str | None = None
        self.register = Register(organs={organ.id: organ for organ in BUILT_IN})
        self.editions: tuple[Edition, ...] = ()
        self._learned: date | None = None

    def replay(self, entry: Entry) -> None:
        """Apply a stored fact; an edition is known from the day on which the ledger recorded it."""
        self._learned, self.acting = day_of(entry.known_at()), entry.actor.acting_for
        super().replay(entry)

    @step(*RUNS, opens=True)
    def open_ledger(
        self,
        desk: Desk,
        *,
        kind: LedgerKind,
        calendar: str,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        title: str | None = None,
    ) -> None:
        """Open the ledger, for ever real or for ever a rehearsal, with its calendar and its rule profiles."""
        if number != NUMBER or file_no != NUMBER or self.version:
            raise Refused(law.ONE_JURISDICTION, number=number)
        _check_calendar(desk, calendar)
        _check_profiles(desk, profiles)
        opened = LedgerOpened(
            number=number,
            file_no=file_no,
            matter=number,
            profiles=profiles,
            kind=kind,
            calendar=Fixed(calendar),
            title=title,
        )
        self.record(opened)

    @step(*RUNS, states=(OPEN,))
    def register_organ(
        self,
        desk: Desk,
        *,
        organ: str,
        name_zh: str,
        name_en: str | None = None,
        roles: tuple[Role, ...] = (),
        superior: str | None = None,
        calendar: str | None = None,
        external: bool = False,
        offices: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        valid_from: date | None = None,
    ) -> None:
        """Enter an organ in the register, under an id that never changes."""
        registered = OrganRegistered(
            organ=Organ(organ),
            name_zh=name_zh,
            name_en=name_en,
            roles=tuple(dict.fromkeys(roles)),
            superior=None if superior is None else Organ(superior),
            calendar=None if calendar is None else Fixed(calendar),
            external=external,
            offices=offices,
            aliases=tuple(map(Fixed, aliases)),
            valid_from=valid_from,
        )
        check_registration(self.register, record_of(registered))
        _check_calendar(desk, calendar)
        self.record(registered)

    @step(*RUNS, states=(OPEN,))
    def amend_organ(
        self,
        desk: Desk,
        *,
        organ: Organ,
        name_zh: str | None = None,
        name_en: str | None = None,
        roles: tuple[Role, ...] | None = None,
        superior: str | None = None,
        calendar: str | None = None,
        external: bool | None = None,
        offices: tuple[str, ...] | None = None,
        aliases: tuple[str, ...] | None = None,
    ) -> None:
        """Change what the register says of an organ: what is given; an empty text takes a value away."""
        amended = OrganAmended(
            organ=living(self.register, organ),
            name_zh=name_zh,
            name_en=name_en,
            roles=None if roles is None else tuple(dict.fromkeys(roles)),
            superior=None if superior is None else Organ(superior),
            calendar=None if calendar is None else Fixed(calendar),
            external=external,
            offices=offices,
            aliases=None if aliases is None else tuple(map(Fixed, aliases)),
        )
        check_amendment(self.register, amended)
        _check_calendar(desk, calendar or None)
        self.record(amended)

    @step(*RUNS, states=(OPEN,))
    def dissolve_organ(
        self, desk: Desk, *, organ: Organ, on: date | None = None, successor: Organ | None = None
    ) -> None:
        """Record that an organ was dissolved (today unless a past day is given), and which one goes on in its place.

        The successor gets its officers, and with the next sweep what it holds and owes in open files.
        """
        gone, follows = living(self.register, organ), successor and living(self.register, successor)
        if follows == gone:
            raise Refused(law.OWN_SUCCESSOR, organ=gone)
        self.record(OrganDissolved(organ=gone, on=past_day(desk, on), successor=follows))

    @step(*RUNS, states=(OPEN,))
    def choose_profiles(self, desk: Desk, *, profiles: tuple[str, ...]) -> None:
        """Choose the rule profiles by which cases are judged that open from now on."""
        _check_profiles(desk, profiles)
        if profiles == self.register.profiles:
            raise Refused(law.NOTHING_CHANGED)
        self.record(ProfilesChosen(profiles=profiles))

    @step(*RUNS, states=(OPEN,))
    def choose_calendar(self, desk: Desk, *, calendar: str) -> None:
        """Choose the calendar of every organ that has none of its own."""
        _check_calendar(desk, calendar)
        if calendar == self.register.calendar:
            raise Refused(law.NOTHING_CHANGED)
        self.record(CalendarChosen(calendar=Fixed(calendar)))

    @step(*RUNS, states=(OPEN,))
    def publish_calendar(
        self,
        desk: Desk,
        *,
        calendar: str,
        year: int,
        days_off: tuple[date, ...],
        workdays: tuple[date, ...] = (),
        notice: str,
        published: date,
        source: str | None = None,
        synthetic: bool = False,
    ) -> None:
        """Import what one notice arranges for one whole year of one calendar; open clocks are judged by it from now on."""
        notified = CalendarPublished(
            calendar=Fixed(calendar),
            year=year,
            days_off=tuple(map(ArrangedDay, days_off)),
            workdays=tuple(map(ArrangedDay, workdays)),
            notice=notice,
            published=ArrangedDay(published),
            source=source,
            synthetic=synthetic,
        )
        if synthetic and self.kind is LedgerKind.REAL:
            raise Refused(law.SYNTHETIC)
        check_publication(notified, self.editions, day_of(desk.at))
        self._learned = day_of(desk.at)
        self.record(notified)

    def on(self, event: Event) -> None:
        match event:
            case LedgerOpened():
                self.state, self.kind, self.title = OPEN, event.kind, event.title
                self._enter(calendar=event.calendar, profiles=event.profiles)
            case OrganRegistered():
                self._enter(record_of(event))
            case OrganAmended():
                self._enter(amended_record(self.register.organs[event.organ], event))
            case OrganDissolved():
                self._enter(dissolved_record(self.register.organs[event.organ], event))
                self._go_along(event.organ, event.successor)
            case ProfilesChosen():
                self._enter(profiles=event.profiles)
            case CalendarChosen():
                self._enter(calendar=event.calendar)
            case CalendarPublished():
                self.editions = (*self.editions, edition_of(event, self._learned))
            case _:
                if not self.on_webhook(event) and not self.on_people(event):
                    raise unknown(event)

    def _enter(
        self, organ: OrganRecord | None = None, *, calendar: str | None = None, profiles: tuple[str, ...] | None = None
    ) -> None:
        known = self.register
        organs = {**known.organs, organ.id: organ} if organ else known.organs
        self.register = replace(
            known,
            organs=organs,
            calendar=calendar or known.calendar,
            profiles=known.profiles if profiles is None else profiles,
        )

    def summary(self) -> Mapping[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title,
            "calendar": self.register.calendar,
            "profiles": list(self.register.profiles),
            "organs": len(self.register.organs),
            "officers": sum(each.left_on is None for each in self.register.officers.values()),
            "editions": [each.id for each in self.editions],
            "webhooks": len(self.webhooks),
        }


def _check_profiles(desk: Desk, profiles: tuple[str, ...]) -> None:
    if not profiles or len(set(profiles)) < len(profiles):
        raise Refused(law.NO_PROFILES, profiles=profiles)
    for each in profiles:
        if each not in desk.file.rulebook.profiles:
            raise Refused(law.UNKNOWN_PROFILE, profile=each)


def _check_calendar(desk: Desk, calendar: str | None) -> None:
    if calendar is not None and calendar not in desk.file.calendars:
        raise Refused(law.UNKNOWN_CALENDAR, calendar=calendar)
