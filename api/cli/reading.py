"""Reading a case (查阅案件) that the command line names by its number or id."""

from __future__ import annotations

from datetime import datetime

from api.v1.numbers import case_named
from api.wiring import Place
from application.handle import TIMER, NotFound
from application.queries import Moment, Reading, read_case
from domain.kernel import Case


def read(place: Place, named: str, moment: Moment, now: datetime) -> tuple[Reading, Case]:
    """The file of a case at a moment, and the case; raises NotFound."""
    identifier = case_named(named)
    try:
        found = read_case(place.ledger, identifier, moment, TIMER, now=now)
        return found, found.case(identifier)
    except NotFound as missing:
        raise NotFound(named if str(identifier) in str(missing) else f"{named}: {missing}") from missing
