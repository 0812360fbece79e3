"""Ledgers under attack, with a few files, protected values and several checkpoints."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import REAL, create_jurisdiction
from tests.projections.conftest import new_full_place as new_full_place
from tests.proof.ledgers import Signed
from tests.servers import Database
from tests.store.facts import log_of
from tests.verifying.attacked import Attacked

LENGTHS = (4, 7, 1, 9, 3)
"""How many events the files have; the log is signed after each."""


@pytest.fixture(scope="module")
def new_attacked(
    owner: psycopg.Connection[Any], pool: Pool, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Attacked]]:
    """Makes ledgers: `new_attacked(lengths)`."""
    opened: list[psycopg.Connection[Any]] = []

    def make(lengths: tuple[int, ...] = LENGTHS, folder: Path | None = None) -> Attacked:
        made = create_jurisdiction(owner, f"t-{secrets.token_hex(6)}", kind=REAL, app=database.app_role)
        signed = Signed(pool, log_of(pool, made.schema), folder or tmp_path_factory.mktemp("log"))
        for place, length in enumerate(lengths):
            signed.record(length, secrets=2 if place % 2 == 0 else 0)
            signed.sign()
        opened.append(connect(database.owner, name="attacker", idle_ms=0))
        return Attacked(signed, opened[-1])

    yield make
    for each in opened:
        each.close()


@pytest.fixture(scope="module")
def attacked(new_attacked: Callable[..., Attacked]) -> Attacked:
    """One for all tests of a module, which leave it as it was."""
    return new_attacked()
