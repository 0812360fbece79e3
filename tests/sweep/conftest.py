"""What tests of the sweep share with those of the lists: ledgers in a real database, in which no period begins by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from domain.kernel import Entry
from infrastructure.postgres.pool import Pool
from tests.projections.conftest import Place, made
from tests.projections.conftest import new_full_place as new_full_place
from tests.projections.histories import QUIET, jurisdiction


@pytest.fixture
def new_place(new_ledger: Callable[..., Any], pool: Pool) -> Callable[..., Place]:
    """Makes ledgers: `new_place(office=entries)`."""

    def make(office: Sequence[Entry] | None = None) -> Place:
        return made(pool, new_ledger().schema, jurisdiction(profiles=QUIET) if office is None else office)

    return make


@pytest.fixture
def place(new_place: Callable[..., Place]) -> Place:
    """A ledger with a jurisdiction and nothing else."""
    return new_place()
