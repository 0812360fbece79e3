"""The successor of a dissolved organ takes its place in every file, found and made good by the sweep (机关承继)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from application.catching_up import succeed
from application.handle import Command, handle
from application.ledger import JURISDICTION
from application.sweep import Swept, sweep
from domain.cases.complaint.events import Subject
from domain.kernel import Actor, file_id
from infrastructure.agenda import PostgresAgenda
from tests.projections.conftest import Place
from tests.projections.histories import jurisdiction
from tests.sweep.meetings import china

NUMBERS = ("TS-1", "TS-2", "TS-3")


def taken(place: Place, case_type: str, step: str, by: str, day: str, case: Any = None, **said: Any) -> None:
    at = china(day)
    command = Command(
        case_type=case_type, step=step, actor=Actor(by), occurred_at=at, recorded_at=at, case=case, **said
    )
    handle(command, place.ledger, now=at, new_id=uuid4)


def swept(place: Place, day: str) -> Swept:
    agenda = PostgresAgenda(place.pool, place.log, rehearsal=True, patience=5.0, bring=place.catch_up)
    return sweep(place.ledger, agenda, at=china(day), warn_before=None)


def holders(place: Place) -> list[str | None]:
    files = [place.ledger.file_numbered(number) for number in NUMBERS]
    return [next(iter(file.matters.values())).holder for file in files if file]


@pytest.fixture
def county(new_place: Callable[..., Place]) -> Place:
    """Three complaints: two with the housing bureau, which is then dissolved, one with the water bureau."""
    place = new_place(jurisdiction())
    for number, by in zip(NUMBERS, ("zjj", "zjj", "slj"), strict=True):
        said = {"subject": Subject.BIDDING, "complainant": "ref-1", "objection_needed": False}
        taken(place, "complaint", "register", by, "2025-03-03", number=number, arguments=said)
    said = {"organ": "zjj", "successor": "slj"}
    taken(place, "jurisdiction", "dissolve_organ", "system", "2025-03-04", JURISDICTION, arguments=said)
    return place


def test_each_open_file_is_handed_on_once(county: Place) -> None:
    assert holders(county) == ["zjj", "zjj", "slj"], "the control: the register alone moves nothing"
    assert swept(county, "2025-03-04T10:00").handed_on == 2
    assert holders(county) == ["slj"] * 3
    length = len(county.log.load_file(file_id("TS-1")))
    assert swept(county, "2025-03-04T11:00").handed_on == 0
    assert len(county.log.load_file(file_id("TS-1"))) == length


def test_a_sweep_that_was_killed_in_the_middle_is_finished_by_the_next(county: Place) -> None:
    assert succeed(county.ledger, "TS-1", "zjj", at=china("2025-03-04T10:00")) is not None
    assert succeed(county.ledger, "TS-1", "zjj", at=china("2025-03-04T10:00")) is None
    assert swept(county, "2025-03-04T12:00").handed_on == 1
    assert holders(county) == ["slj"] * 3


def test_lists_follow(county: Place) -> None:
    swept(county, "2025-03-04T10:00")
    county.catch_up()
    holding = {row[0] for row in county.run("SELECT holder FROM {schema}.holding")}
    owing = {row[0] for row in county.run("SELECT party FROM {schema}.clock WHERE state = 'running'")}
    assert "slj" in holding & owing and "zjj" not in holding | owing
