"""Whoever leads the scheduler attests its law before it judges by it, once for as long as it is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LawAttested
from domain.kernel import case_id
from infrastructure.law_parts import law_parts
from infrastructure.postgres.pool import connect
from infrastructure.scheduler import Scheduler
from tests.projections.conftest import Place
from tests.projections.histories import QUIET, jurisdiction
from tests.servers import Database
from tests.sweep.real_ledgers import NothingToDo, recorded_now


def attested(real: Place) -> list[tuple[str, ...]]:
    """The law that the ledger attested, time after time."""
    told = (each.event for each in real.log.load_stream(case_id(NUMBER)))
    return [each.parts for each in told if isinstance(each, LawAttested)]


def test_the_law_is_attested_before_the_first_sweep_wherever_it_is_another(
    scheduler: Callable[..., Scheduler], real: Place
) -> None:
    slots = (datetime(2026, 5, 6, 1, 20, tzinfo=UTC) + timedelta(minutes=10 * n) for n in range(9))
    first, second = law_parts(), (f"rules/any {'0' * 64}",)
    for law in (first, first, second, first):
        one = scheduler(NothingToDo(), law=law)
        one.sweep_for(next(slots))
        one.sweep_for(next(slots))
    assert attested(real) == [first, second, first]


def test_no_law_is_attested_before_the_ledger_is_opened(new_real: Callable[..., Place], database: Database) -> None:
    unopened = new_real([])
    own = partial(connect, database.app, name="test scheduler")
    one = Scheduler(own, unopened.schema, unopened.ledger, NothingToDo(), law=law_parts())
    one.sweep_for(datetime(2026, 5, 6, 1, 20, tzinfo=UTC))
    assert attested(unopened) == []
    recorded_now(unopened, jurisdiction(profiles=QUIET))
    one.sweep_for(datetime(2026, 5, 6, 1, 30, tzinfo=UTC))
    assert attested(unopened) == [law_parts()]
