"""The embedded server starts, is shared, stops with its last user, and survives what kills processes."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.programs import ServerFailed
from tests.postgres.processes import (
    alive,
    embedded,
    end,
    folder,
    kill,
    postmaster,
    rows,
    started,
    user_of,
)
from tests.servers import new_home, remove
from tests.waiting import until


def test_a_fresh_home_becomes_a_durable_server_that_knows_chinese(home: Path) -> None:
    server = embedded(home)
    server.start()
    with psycopg.connect(server.url(role="owner"), autocommit=True) as owner:
        assert [
            owner.execute(f"show {name}").fetchone() for name in ("fsync", "full_page_writes", "synchronous_commit")
        ] == [("on",)] * 3
        owner.execute("create extension pg_trgm")
        (trigrams,) = owner.execute("select show_trgm('案卷移送')").fetchone() or ([],)
        assert len(trigrams) == 5
        assert owner.execute("select lower('Ä'), 'Ä案' ~ '^[[:alpha:]]+$'").fetchone() == ("ä", True)


@pytest.mark.usefixtures("used")
def test_neither_role_is_a_superuser_and_the_application_creates_nothing(home: Path) -> None:
    server = embedded(home)
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as app:
        assert app.execute("select current_user").fetchone() == ("anjuan_app",)
        assert app.execute("select bool_or(rolsuper) from pg_roles where rolname like 'anjuan%'").fetchone() == (False,)
        for creation in ("create table t (n int)", "create schema s", "create database d", "create role r"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(creation)


def test_everything_lies_in_a_folder_that_is_closed_to_others(home: Path) -> None:
    server = embedded(home)
    server.start()
    assert folder(home).stat().st_mode & 0o777 == 0o700
    assert (folder(home) / ".s.PGSQL.5432").is_socket()
    assert home.stat().st_mode & 0o777 == 0o711


@pytest.mark.usefixtures("used")
def test_the_last_user_stops_the_server(home: Path) -> None:
    first, second = started(user_of(home)), started(user_of(home))
    assert len(alive(home)) == 1
    end(first)
    assert len(alive(home)) == 1
    end(second)
    assert not alive(home)


@pytest.mark.usefixtures("used")
def test_what_was_written_is_there_after_a_stop_and_a_start(home: Path) -> None:
    writer = started(user_of(home))
    end(writer)
    server = embedded(home)
    server.start()
    assert rows(server) == [writer.pid]


def test_eight_first_starts_at_once_make_one_server(home: Path) -> None:
    users = [user_of(home) for _ in range(8)]
    for each in users:
        started(each)
    assert len(alive(home)) == 1
    server = embedded(home)
    server.start()
    assert sorted(rows(server)) == sorted(each.pid for each in users)
    for each in users:
        end(each)
    assert len(alive(home)) == 1
    server.stop()
    assert not alive(home)


@pytest.mark.usefixtures("used")
def test_a_server_whose_user_was_killed_is_taken_over_and_stopped_by_the_next(home: Path) -> None:
    killed = started(user_of(home))
    kill(killed.pid)
    killed.communicate()
    (left,) = alive(home)
    server = embedded(home)
    server.start()
    assert alive(home) == [left]
    assert rows(server) == [killed.pid]
    server.stop()
    assert not alive(home)


@pytest.mark.usefixtures("used")
def test_a_killed_server_comes_back_with_every_acknowledged_row(home: Path) -> None:
    server = embedded(home)
    server.start()
    for round_ in range(3):
        writer = started(user_of(home))
        end(writer)
        kill(postmaster(home))
        server.start()
        assert len(rows(server)) == round_ + 1
    assert len(alive(home)) == 1


def test_an_initialisation_killed_half_way_leaves_nothing_that_passes_for_a_database(home: Path) -> None:
    victim = user_of(home)
    until(lambda: list(home.glob("pg*/data.*/base")))
    kill(victim.pid)  # initdb itself runs on for a moment: the next start must not share its folder
    victim.communicate()
    assert not (folder(home) / "data").exists()
    server = embedded(home)
    server.start()
    with psycopg.connect(server.url()) as app:
        assert app.execute("select 1").fetchone() == (1,)
    server.stop()
    again = embedded(home)
    again.start()
    assert not list(folder(home).glob("data.*"))


def test_an_initialisation_killed_with_its_children_is_begun_anew(home: Path) -> None:
    victim = user_of(home)
    until(lambda: list(home.glob("pg*/data.*/global")))
    os.killpg(victim.pid, signal.SIGKILL)
    victim.communicate()
    server = embedded(home)
    server.start()
    assert len(alive(home)) == 1


def _crash(home: Path) -> None:
    """Kill the server and wait for its last process to go, as after a power cut."""
    server = embedded(home)
    server.start()
    kill(postmaster(home))
    until(lambda: not alive(home))
    server.stop()


def _write_down(home: Path, pid: int) -> None:
    for name in ("data/postmaster.pid", ".s.PGSQL.5432.lock"):
        path = folder(home) / name
        _, *rest = path.read_text().split("\n")
        path.write_text("\n".join([str(pid), *rest]))


def _same_account(home: Path) -> dict[str, object]:
    owner = (folder(home) / "data").stat()
    return {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}


@pytest.mark.usefixtures("used")
def test_a_process_that_got_the_number_of_the_killed_server_is_not_taken_for_it(home: Path) -> None:
    _crash(home)
    other = subprocess.Popen(["sleep", "600"], cwd="/", **_same_account(home))  # type: ignore[call-overload]
    _write_down(home, other.pid)
    server = embedded(home)
    server.start()
    assert len(alive(home)) == 1
    assert other.poll() is None
    other.kill()
    other.wait()


@pytest.mark.usefixtures("used")
def test_nor_is_the_server_of_another_home(home: Path) -> None:
    _crash(home)
    beside = new_home()
    try:
        neighbour = embedded(beside)
        neighbour.start()
        _write_down(home, postmaster(beside))
        server = embedded(home)
        server.start()
        assert len(alive(home)) == 1
        assert len(alive(beside)) == 1
        neighbour.stop()
    finally:
        remove(beside)


@pytest.mark.usefixtures("used")
def test_nor_is_a_zombie_named_like_a_server(home: Path) -> None:
    _crash(home)
    lookalike = home / "postgres"
    lookalike.write_bytes(Path("/bin/true").read_bytes())
    lookalike.chmod(0o755)
    zombie = subprocess.Popen([str(lookalike)], cwd="/", **_same_account(home))  # type: ignore[call-overload]
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    _write_down(home, zombie.pid)
    server = embedded(home)
    server.start()
    assert len(alive(home)) == 1
    zombie.wait()


@pytest.mark.usefixtures("used")
def test_a_forked_child_keeps_the_server_when_its_parent_leaves(home: Path) -> None:
    server = embedded(home)
    server.start()
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell)
        os.read(hear, 1)
        server.stop()
        os._exit(0)
    try:
        server.stop()
        assert len(alive(home)) == 1
    finally:
        os.close(tell)
        os.waitpid(child, 0)
        os.close(hear)
    assert not alive(home)


def test_the_surroundings_of_the_caller_change_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in {
        "PGPORT": "1",
        "PGDATA": "/nowhere",
        "LC_ALL": "no_SUCH",
        "TZ": "Mars",
        "PGUSER": "x",
    }.items():
        monkeypatch.setenv(variable, value)
    end(started(user_of(home)))


def test_a_path_too_long_for_a_socket_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ServerFailed, match="shorten ANJUAN_HOME"):
        EmbeddedServer(tmp_path / ("long" * 30))
    with pytest.raises(ServerFailed, match="comma"):
        EmbeddedServer(Path("/tmp/a,b"))


@pytest.mark.usefixtures("used")
def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    server = embedded(home)
    server.start()
    server.stop()
    (folder(home) / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    server.refusal_seconds = 0
    with pytest.raises(ServerFailed, match="no_such_setting"):
        server.start()
    assert not alive(home)
