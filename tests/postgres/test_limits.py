"""What may be asked so often is counted in the database, whoever asks: all processes together, each key by itself."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from application.callers import TooMany
from infrastructure.postgres.limits import forgive, spend
from infrastructure.postgres.pool import Pool

Owner = psycopg.Connection[Any]


@pytest.fixture
def key() -> str:
    return f"view:{secrets.token_hex(6)}"


def refused(pool: Pool, key: str, most: int) -> bool:
    with pool.connection() as connection:
        try:
            spend(connection, key, most, 600)
        except TooMany as much:
            assert 0 < much.seconds <= 600
            return True
    return False


def test_so_many_are_let_through_and_no_more(pool: Pool, key: str) -> None:
    assert [refused(pool, key, 3) for _ in range(5)] == [False, False, False, True, True]


def test_each_key_is_counted_by_itself(pool: Pool, key: str) -> None:
    assert not refused(pool, key, 1)
    assert not refused(pool, f"{key}-another", 1)
    assert refused(pool, key, 1)


def test_those_who_ask_at_the_same_moment_are_counted_all(pool: Pool, key: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: refused(pool, key, 10), range(40)))
    assert told.count(False) == 10


def test_a_window_that_is_over_begins_anew(pool: Pool, owner: Owner, key: str) -> None:
    assert [refused(pool, key, 1) for _ in range(2)] == [False, True]
    owner.execute("update anjuan.spending set ends_at = now() - interval '1 second'")
    assert [refused(pool, key, 1) for _ in range(2)] == [False, True]


def test_what_turned_out_to_be_in_order_counts_no_longer(pool: Pool, key: str) -> None:
    assert not refused(pool, key, 1)
    with pool.connection() as connection:
        forgive(connection, key)
    assert not refused(pool, key, 1)


def test_windows_that_are_over_are_forgotten_and_keys_are_never_kept(pool: Pool, owner: Owner, key: str) -> None:
    for number in range(3):
        refused(pool, f"{key}-{number}", 1)
    owner.execute("update anjuan.spending set ends_at = now() - interval '1 second'")
    refused(pool, key, 1)
    kept = owner.execute("select key from anjuan.spending").fetchall()
    assert len(kept) == 1
    assert key.encode() not in kept[0][0]
