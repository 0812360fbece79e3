"""The page of calendars: which arrangements of holidays come with the package, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterable

from api.handbook.markdown import page as whole_page
from api.handbook.markdown import table
from domain.law.calendar import Calendars
from domain.law.edition import NATIONAL, Edition

INTRODUCTION = """\
Which days count is settled by notices. Each notice is an edition: it arranges one whole year of one calendar and is known from
the day on which it was published, so that a question about the past is answered under what was known then. Of several editions
of a year the latest published one that is known holds. A local calendar says only what it changes in the one it rests on. An
edition that is imported later ([format-calendars.md](format-calendars.md)) is known from the day of its import.

A year without a national edition is **provisional**: weekends and statutory days are taken, no make-up workday is guessed, and no
breach is found on a date that depends on it, until the arrangement is published."""

ASSUMED = """\
## What is assumed

- A year of a local calendar without an edition means that no local notice was found, not that there was none: the calendar it rests
  on is used alone.
- A note that begins with `published: assumed` says that the day of the notice is not known for certain.
- Days off that fall on a weekend are listed where the notice names them; they change the name of the day and not the count."""


def page(calendars: Calendars) -> str:
    """The page of all calendars."""
    names = [NATIONAL, *sorted(calendars.names - {NATIONAL})]
    parts = [part for name in names for part in _calendar(name, calendars)]
    return whole_page("Calendars 工作日历", INTRODUCTION, *parts, ASSUMED, _statutory(calendars))


def _calendar(name: str, calendars: Calendars) -> Iterable[str]:
    editions = sorted((each for each in calendars.editions if each.calendar == name), key=lambda each: each.id)
    rests = "" if name == NATIONAL else f", resting on `{calendars.bases.get(name, NATIONAL)}`"
    yield f"## `{name}`{rests}"
    if name == NATIONAL:
        yield f"Published without a gap through {calendars[name].covered_through}."
    yield table(
        ("Year", "Notice", "Published", "Days off", "Make-up workdays", "Note"), (_row(each) for each in editions)
    )


def _row(edition: Edition) -> tuple[object, ...]:
    notice = f"[{edition.notice}]({edition.url})" if edition.url else edition.notice
    return edition.year, notice, edition.published, len(edition.days_off), len(edition.workdays), edition.note


def _statutory(calendars: Calendars) -> str:
    first, last = min(calendars.statutory), max(calendars.statutory)
    return (
        f"Statutory days (全国年节及纪念日放假办法) are known for {first} to {last}; they serve only while a year's arrangement is "
        "missing, and one that falls on a weekend is made up for on the next workday."
    )
