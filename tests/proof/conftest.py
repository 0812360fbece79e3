"""Signed ledgers of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import REAL, Jurisdiction
from tests.proof.ledgers import Signed
from tests.store.facts import log_of


@pytest.fixture
def signed(pool: Pool, new_ledger: Callable[..., Jurisdiction], tmp_path: Path) -> Signed:
    """A real ledger, and the folder of its log's keys."""
    return Signed(pool, log_of(pool, new_ledger(kind=REAL).schema), tmp_path / "log")
