"""A holiday arrangement (放假安排) that a jurisdiction imports: checked as the shipped ones are, known from the day it came."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.events import CalendarPublished
from domain.kernel import Refused
from domain.law.edition import Edition
from domain.law.notice import BadEdition, parse_edition

MADE_UP = "synthetic"


def edition_of(event: CalendarPublished, learned: date | None) -> Edition:
    """The edition that the event publishes, usable from the day on which the ledger learned it."""
    return Edition(
        calendar=event.calendar,
        year=event.year,
        notice=event.notice,
        published=event.published,
        days_off=tuple(sorted(event.days_off)),
        workdays=tuple(sorted(event.workdays)),
        url=event.source,
        note=MADE_UP if event.synthetic else None,
        learned=learned,
    )


def check_publication(event: CalendarPublished, editions: Iterable[Edition], today: date) -> None:
    """Refuse what no notice can arrange, what is not out yet, and what was imported before."""
    try:
        parse_edition(_written(event), "notice")
    except BadEdition as wrong:
        raise Refused(law.BAD_EDITION, reason=wrong.reason) from wrong
    if event.published > today:
        raise Refused(law.NOT_YET, published=event.published)
    if any(edition_of(event, each.learned) == each for each in editions):
        raise Refused(law.EDITION_KNOWN, calendar=event.calendar, year=event.year)


def _written(event: CalendarPublished) -> str:
    return json.dumps(
        {
            "calendar": event.calendar,
            "year": event.year,
            "notice": event.notice,
            "published": event.published.isoformat(),
            "days_off": [day.isoformat() for day in event.days_off],
            "workdays": [day.isoformat() for day in event.workdays],
        }
    )
