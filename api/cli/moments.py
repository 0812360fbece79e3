"""The moment a question is about (时点): an instant, a day, or a version of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import click

from api.cli.command import option
from api.cli.words import Words
from application.queries import BASES, Moment
from domain.file import KNOWN
from domain.law.clock import CHINA

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Instant(click.ParamType[datetime]):
    """An instant; without offset that of China, a day alone stands for its last instant."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return instant(value)
        except ValueError:
            about = Words("不是日期或时刻", "is neither a day nor an instant, 2025-10-02 or 2025-10-02T09:00+08:00")
            return self.fail(f"{value!r} {about}", param, ctx)


def instant(text: str) -> datetime:
    """The instant that a text names; raises ValueError."""
    try:
        return datetime.combine(date.fromisoformat(text), time.max, CHINA)
    except ValueError:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=CHINA)


as_of_option: Decorator = option(
    "--as-of",
    type=Instant(),
    metavar="INSTANT",
    zh="截至该时刻；只写日期即当日终了",
    en="As of this instant; a day alone means its end",
)
basis_option: Decorator = option(
    "--basis",
    type=click.Choice(BASES),
    default=KNOWN,
    show_default=True,
    zh="known：当时所知；recomputed：以今日所知重算",
    en="known: as the ledger knew it then; recomputed: under all that is known today",
)


class Then(click.ParamType[Moment]):
    """A version of a case, an instant, or `now`."""

    name = "version or instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        if isinstance(value, Moment):
            return value
        if value == "now":
            return Moment()
        if value.isascii() and value.isdigit() and len(value) < 7:
            return Moment(version=int(value))
        return Moment(as_of=Instant().convert(value, param, ctx))
