"""The lists of inspectors (督查清单) of one jurisdiction, read from its projections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from application.inspections import Listed, Span
from application.ledger import Ledger
from application.ports import Page, Reader
from application.projections.knowledge import Knowledge
from domain.cases import CASES
from domain.law.calendar import Calendars, WorkingCalendar
from domain.law.clock import DAY, day_of, midnight
from domain.register import Register
from infrastructure import figures
from infrastructure.inspection_items import (
    AGEING,
    RETURN,
    TRANSIT,
    card_item,
    days_between,
    extension_item,
    item,
    letter_item,
)
from infrastructure.list_items import Row
from infrastructure.pages import FIRST, LAST_ID, LATEST, NO_ID, filters, instant, page, place, position, read_for
from infrastructure.postgres.session import Connections, Session
from infrastructure.statistics import spans

FEW = 20
"""Returns that are shown of each pair of departments."""

LARGEST = 2**63 - 1

STANDING = [name for name, case_type in CASES.items() if case_type.STANDING]
"""Case types that are not about anything that happened: periods, meetings, duties to report."""


class PostgresInspections:
    """Lists of one schema, as `application.inspections.Inspections` describes them. Safe to share between threads."""

    def __init__(
        self, pool: Connections, schema: str, ledger: Ledger, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._session, self._ledger, self._now = Session(pool, schema), ledger, now
        self._known: tuple[int, Knowledge] | None = None

    def cards(self, reader: Reader, asked: Listed) -> Page:
        """Yellow and red cards, latest first."""
        given_at, card_id = place(asked.cursor, (instant, UUID), (LATEST, LAST_ID))
        said = filters(asked.filters, "department", "kind", "rule", "file_no", "state")
        rows = self._read(reader, "cards_page", asked, {**said, "given_at": given_at, "card_id": card_id})
        return self._page(asked, rows, [card_item(row) for row in rows], lambda row: (row[13].isoformat(), str(row[1])))

    def letters(self, reader: Reader, asked: Listed) -> Page:
        """Letters, latest first."""
        issued_at, file_id, letter = place(asked.cursor, (instant, UUID, str), (LATEST, LAST_ID, ""))
        today, calendar_of = day_of(asked.at), self._calendars(asked.at)
        said = {
            **filters(asked.filters, "department", "issuer", "kind", "state", "file_no", "open", "overdue"),
            "issued_at": issued_at,
            "file_id": file_id,
            "letter": letter,
            "today": today,
        }
        rows = self._read(reader, "letters_page", asked, said)
        items = [letter_item(row, today, calendar_of(row[5])) for row in rows]
        return self._page(asked, rows, items, lambda row: (row[7].isoformat(), str(row[-1]), row[1]))

    def extensions(self, reader: Reader, asked: Listed) -> Page:
        """Pauses and extensions, latest or longest first."""
        size, cause, clock_id = place(asked.cursor, (int, UUID, UUID), (LARGEST, LAST_ID, LAST_ID))
        today, calendars = day_of(asked.at), self._surroundings(asked.at)[1]
        through = asked.filters.get("begun_through")
        since = asked.filters.get("begun_from")
        said = {
            **filters(asked.filters, "department", "rule", "kind", "outlier"),
            "longest": bool(asked.filters.get("longest")),
            "begun_from": since and midnight(since),
            "begun_before": through and midnight(through + DAY),
            "size": size,
            "cause": cause,
            "clock_id": clock_id,
            "today": midnight(today),
        }
        rows = self._read(reader, "extensions_page", asked, said)
        items = [extension_item(row, today, calendars[row[10]]) for row in rows]
        return self._page(asked, rows, items, lambda row: (row[-1], str(row[1]), str(row[2])))

    def returns(self, reader: Reader, asked: Listed, span: Span) -> Page:
        """Returns by pairs of departments, most first; of each the latest few."""
        after = place(asked.cursor, (int, str, str), (0, "", ""))
        said = {
            **filters(asked.filters, "department", "type"),
            "at": asked.at,
            "first": midnight(span.first),
            "before": midnight(span.last + DAY),
        }
        rows = read_for(self._session, reader, "returns_by_pair", said)
        found = figures.pairs(rows, day_of(asked.at), self._calendars(asked.at))
        found = [each for each in found if asked.cursor is None or _pair(each) > after]
        shown = found[: asked.limit]
        latest = self._latest(reader, shown, said, asked.at) if shown else {}
        items = [{**each, "latest": latest.get((each["sender"], each["returned_by"]), [])} for each in shown]
        more = len(found) > len(shown)
        return Page(items, position(self._session), _pair(shown[-1]) if more else None)

    def _latest(
        self, reader: Reader, pairs: Sequence[Mapping[str, Any]], said: Mapping[str, Any], at: datetime
    ) -> dict[tuple[str, str], list[dict[str, Any]]]:
        wanted = {
            **said,
            "addressees": [each["sender"] for each in pairs],
            "senders": [each["returned_by"] for each in pairs],
            "few": FEW,
        }
        calendar_of, found = self._calendars(at), dict[tuple[str, str], list[dict[str, Any]]]()
        for sender, returned_by, *row in read_for(self._session, reader, "latest_returns", wanted):
            shown = item(RETURN, tuple(row))
            back = day_of(at) if shown["received_at"] is None else day_of(shown["received_at"])
            lost = days_between(day_of(shown["sent_at"]), back, calendar_of(sender))
            found.setdefault((sender, returned_by), []).append({**shown, "lost": lost})
        return found

    def in_transit(self, reader: Reader, asked: Listed, days: int) -> Page:
        """What is on the way for so many working days or more, longest first."""
        sent_at, cause = place(asked.cursor, (instant, UUID), (FIRST, NO_ID))
        today, register, calendars = day_of(asked.at), *self._surroundings(asked.at)
        cutoffs = {name: _before(calendars[name], today, days) for name in calendars.names}
        own = {each.id: cutoffs[each.calendar] for each in register.organs.values() if each.calendar}
        said = {
            **filters(asked.filters, "department", "sender", "type"),
            "sent_at": sent_at,
            "cause": cause,
            "organs": list(own),
            "befores": list(own.values()),
            "before": cutoffs[register.calendar],
        }
        rows = self._read(reader, "in_transit_page", asked, said)
        calendar_of = self._calendars(asked.at)
        items = [_waiting(item(TRANSIT, row[1:]), "sent_at", today, calendar_of(row[8])) for row in rows]
        return self._page(asked, rows, items, lambda row: (row[9].isoformat(), str(row[1])))

    def ageing(self, reader: Reader, asked: Listed) -> Page:
        """Duties without a number of days that are awaited, oldest first."""
        start_on, clock_id = place(asked.cursor, (date.fromisoformat, UUID), (date.min, NO_ID))
        said = {**filters(asked.filters, "department", "rule", "type"), "start_on": start_on, "clock_id": clock_id}
        rows = self._read(reader, "ageing_page", asked, said)
        _, calendars = self._surroundings(asked.at)
        items = [_waiting(item(AGEING, row[1:]), "start", day_of(asked.at), calendars[row[12]]) for row in rows]
        return self._page(asked, rows, items, lambda row: (row[11].isoformat(), str(row[1])))

    def league(self, reader: Reader, span: Span) -> Page:
        """Departments by clocks due in the span."""
        moment = self._moment(span)
        said = {**spans(span.first, span.last, moment["today"]), **moment}
        if reader.reads_all:
            counts = self._session.read_anew("league", said)
        else:
            counts = read_for(self._session, reader, "own_league", said)
        rows = [
            read_for(self._session, reader, name, said, anew=True) for name in ("league_explained", "league_left_out")
        ]
        return Page(figures.league(counts, *rows, ranked=reader.reads_all), position(self._session))

    def heatmap(self, reader: Reader, span: Span, filters_: Mapping[str, Any]) -> Page:
        """Late clocks due in the span by department and rule."""
        said = {**self._moment(span), **filters(filters_, "department", "rule", "severity")}
        units = {(each.profile, each.id): each.within.unit for each in self._ledger.rulebook.limits}
        _, calendars = self._surroundings(said["at"])
        found = figures.heatmap(read_for(self._session, reader, "late_clocks", said), said["at"], units, calendars)
        return Page(found, position(self._session))

    def flow(self, reader: Reader, span: Span, filters_: Mapping[str, Any]) -> Page:
        """Cases opened and closed, backlog and flow time by week; what comes with the calendar only if it is asked for."""
        said = {**self._moment(span), **filters(filters_, "department", "type"), "standing": STANDING}
        opened, closed = (
            read_for(self._session, reader, name, said, anew=True) for name in ("cases_opened", "cases_closed")
        )
        return Page(figures.weeks(span, opened, closed, self._calendars(said["at"])), position(self._session))

    def _moment(self, span: Span) -> dict[str, Any]:
        at = self._now()
        today = day_of(at)
        return {"first": span.first, "last": span.last, "at": at, "today": today, "midnight": midnight(today)}

    def _read(self, reader: Reader, name: str, asked: Listed, said: Mapping[str, Any]) -> list[Row]:
        return read_for(self._session, reader, name, {**said, "at": asked.at, "limit": asked.limit + 1}, anew=True)

    def _page(self, asked: Listed, rows: Sequence[Row], items: list[dict[str, Any]], end: Callable[[Row], Any]) -> Page:
        return page(self._session, rows, items, asked.limit, end)

    def _surroundings(self, at: datetime) -> tuple[Register, Calendars]:
        """The register and the calendars as known at an instant."""
        office = self._ledger.office()
        if self._known is None or self._known[0] != office.case.version:
            self._known = (office.case.version, Knowledge(office, self._ledger.shipped))
        return self._known[1].register_at(at), self._known[1].calendars_at(at)

    def _calendars(self, at: datetime) -> Callable[[str], WorkingCalendar]:
        """By which calendar an organ works."""
        register, calendars = self._surroundings(at)
        return lambda organ: calendars[register.calendar_of(organ)]


def _pair(row: Mapping[str, Any]) -> tuple[int, str, str]:
    """The place of a pair in its list: the most returns first."""
    return -row["returns"], row["sender"], row["returned_by"]


def _before(calendar: WorkingCalendar, today: date, days: int) -> datetime:
    """What was sent before this is on the way for so many working days or more."""
    return midnight(next(each for each in _back(today) if calendar.workdays(each, today) >= days) + DAY)


def _back(day: date) -> Iterator[date]:
    while True:
        yield day
        day -= timedelta(days=1)


def _waiting(row: dict[str, Any], since: str, today: date, calendar: WorkingCalendar) -> dict[str, Any]:
    begun = row[since]
    first = day_of(begun) if isinstance(begun, datetime) else begun
    return {**row, "waiting": days_between(first, today, calendar)}
