"""The county of the demonstration with its cases of 2024 and 2025, told once for all tests of inspectors' lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import chain

import pytest

from api.app import create_app
from api.cli.county import OPENED, charter
from api.cli.wiring import demonstration_scenarios
from api.scenario.files import read
from api.scenario.surroundings import Surroundings
from api.wiring import Wiring, found_ledger
from infrastructure.administration import Administration
from infrastructure.postgres.embedded import EmbeddedServer
from tests.inspections.county import Inspected, Playing, china, mornings, tokens_of
from tests.inspections.walk import letters, others
from tests.servers import Database, new_database
from tests.sites import answering

TOLD = {"A1", "A2", "A3"}
"""The cases of the county whose days the tests work out by hand."""

LOOKS = ("2024-05-07T08:10", "2024-05-10T18:00", "2024-05-13T18:00", "2024-05-16T18:00", "2024-05-31T18:00", "2024-06-11T18:00",
         "2024-06-27T18:00", "2024-07-02T18:00", "2025-02-14T18:00", "2025-10-16T18:00")  # fmt: skip


@pytest.fixture(scope="session")
def county(server: EmbeddedServer) -> Iterator[Inspected]:
    """Everything happened."""
    with new_database(server) as database:
        yield from _told(database)


def _told(database: Database) -> Iterator[Inspected]:
    wiring, founded = Wiring(database.app), charter()
    with Administration(database.owner, app=database.app_role) as owner:
        place = found_ledger(
            wiring, owner, "xuanen", kind="rehearsal", calendar=founded.calendar, profiles=founded.profiles,
            organs=founded.organs, at=OPENED,
        )  # fmt: skip
        organs = [*place.ledger.register().organs]
        tokens = {organ: owner.create_token(jurisdiction="xuanen", organ=organ) for organ in organs}
    with closing(wiring), answering(create_app(wiring)) as port:
        county = Inspected(wiring, place, port, tokens)
        _play(county, port)
        yield county


def _play(county: Inspected, port: int) -> None:
    loader = Playing(tokens_of("xuanen", county.tokens), port, Surroundings.of(charter().organs, charter().profiles))
    with demonstration_scenarios() as paths:
        scenarios = [read(path) for path in paths if path.stem in TOLD]
    acts = [*chain.from_iterable(map(loader.acts, scenarios)), *letters(county), *others(county)]
    days = (
        mornings(date(2024, 4, 25), date(2024, 7, 31)),
        mornings(date(2025, 1, 22), date(2025, 4, 8)),
        mornings(date(2025, 9, 24), date(2025, 11, 5)),
    )
    county.play(acts, [china(each) for each in LOOKS], chain(*days))
