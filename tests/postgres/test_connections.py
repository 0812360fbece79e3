"""Connections work in UTC, belong to one process, and only to a database that can hold a ledger."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.direct import rows
from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.programs import ServerFailed
from infrastructure.postgres.server import check_server, database_url
from infrastructure.settings import settings
from tests.servers import Database

Owner = psycopg.Connection[Any]


def test_every_connection_works_in_utc_and_commits_by_itself(pool: Pool) -> None:
    with pool.connection() as connection:
        assert connection.autocommit
        assert connection.execute("show timezone").fetchone() == ("UTC",)
        assert connection.execute("show idle_in_transaction_session_timeout").fetchone() == ("10s",)
        assert connection.execute("show application_name").fetchone() == ("test",)


def test_eight_threads_open_one_pool_and_stay_within_its_size(database: Database) -> None:
    pool = Pool(database.app, size=3, name="three")

    def use(_: int) -> int:
        with pool.connection() as connection:
            connection.execute("select pg_sleep(0.01)")
            return connection.info.backend_pid

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(use, range(40)))) <= 3
    pool.close()


def test_a_closed_pool_opens_again(database: Database) -> None:
    pool = Pool(database.app)
    for _ in range(2):
        with pool.connection() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        pool.close()


def test_a_forked_process_uses_connections_of_its_own_and_leaves_the_parents_alone(database: Database) -> None:
    pool = Pool(database.app, size=1)
    with pool.connection() as connection:
        before = connection.info.backend_pid
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            with pool.connection() as connection:
                outcome = 0 if connection.info.backend_pid != before else 2
            pool.close()
        finally:
            os._exit(outcome)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with pool.connection() as connection:
        assert connection.info.backend_pid == before
        assert connection.execute("select 1").fetchone() == (1,)
    pool.close()


def test_a_database_that_does_not_know_chinese_is_refused(owner: Owner, server: EmbeddedServer) -> None:
    check_server(owner)
    for number, form in enumerate(("encoding 'UTF8' locale 'C'", "encoding 'SQL_ASCII' locale 'C'")):
        name = f"cannot_{os.getpid()}_{number}"
        provider = " locale_provider libc"
        owner.execute(f"create database {name} template template0 {form}{provider}")
        with connect(server.url(role="owner", database=name)) as inside, pytest.raises(ServerFailed, match="Chinese"):
            check_server(inside)
        owner.execute(f"drop database {name}")


def test_a_database_that_is_given_is_used_and_its_owner_too() -> None:
    given = {"DATABASE_URL": "postgresql://app@db/x", "ANJUAN_OWNER_URL": "postgresql://owner@db/x"}
    assert database_url(settings(given)) == "postgresql://app@db/x"
    assert database_url(settings(given), role="owner") == "postgresql://owner@db/x"
    del given["ANJUAN_OWNER_URL"]
    assert database_url(settings(given), role="owner") == "postgresql://app@db/x"


def test_a_statement_is_prepared_again_after_a_rollback_made_the_connection_forget_it(database: Database) -> None:
    connection = connect(database.app, name="rollback")

    def roll_back() -> None:
        with connection.transaction(force_rollback=True):
            connection.execute("SELECT 1", prepare=True)
        connection.execute("SELECT 1")

    assert rows(connection, b"forgotten", b"SELECT 1", []) == [(1,)]
    roll_back()
    prepared = {name for (name,) in connection.execute("SELECT name FROM pg_prepared_statements")}
    assert "forgotten" not in prepared, "what this is about does not happen"
    for number, steps in enumerate(product(("one", "two", "roll back"), repeat=5)):
        for step in steps:
            if step == "roll back":
                roll_back()
            else:
                assert rows(connection, b"%d.%s" % (number, step.encode()), b"SELECT 1", []) == [(1,)], steps
    connection.close()
