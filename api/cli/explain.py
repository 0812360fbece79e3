"""Why a date is what it is (期限说明): day by day, with the sentence of law."""

from __future__ import annotations

from datetime import datetime

import click

from api.cli.command import command
from api.cli.moments import as_of_option, basis_option
from api.cli.places import jurisdiction_option
from api.cli.reading import read
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import title
from application.handle import NotFound
from application.queries import Moment, Reading
from application.shown import shown_explanation, shown_moment
from domain.kernel import Case
from domain.law.clock import Clock


@command(
    "逐日说明期限如何算出，附条文\n\nCASE 是案号或标识，CLOCK 是规则编号（取最近一个）或时限标识。",
    "Explain a time limit day by day, with the sentence of law\n\n"
    "CASE is a number or id, CLOCK the id of a rule (its latest clock) or of a clock.",
)
@click.argument("case")
@click.argument("clock")
@as_of_option
@basis_option
@jurisdiction_option
def explain(case: str, clock: str, as_of: datetime | None, basis: str, jurisdiction: str | None) -> None:
    with watched(jurisdiction) as (wiring, place):
        reading, known = read(place, case, Moment(as_of=as_of, basis=basis), wiring.now())
        found = reading.explain(_clock(reading, known, clock))
        shown = {**shown_explanation(found), **shown_moment(reading)}
    tell(shown, [title(shown["text"])])


def _clock(reading: Reading, case: Case, named: str) -> Clock:
    for clock in reversed(reading.clocks_of(case)):
        if named in (str(clock.id), clock.limit.id):
            return clock
    raise NotFound(named)
