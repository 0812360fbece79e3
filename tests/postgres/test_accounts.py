"""Root never runs PostgreSQL, opens no folder of other people, and an ordinary account needs nothing special."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.programs import Account, ServerFailed, find, reachable
from tests.postgres.processes import REPOSITORY, alive, embedded, end, folder, started, user_of
from tests.servers import programs

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root: sudo make check-outside"),
]
NOBODY = pwd.getpwnam("nobody")


def _as_nobody(act: Callable[[], None]) -> int:
    """Do it in a child that has given up root; 0 if it went well."""
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY.pw_gid)
            os.setuid(NOBODY.pw_uid)
            act()
            outcome = 0
        finally:
            traceback.print_exc()
            os._exit(outcome)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_root_hands_the_server_to_an_account_without_rights(home: Path) -> None:
    server = embedded(home)
    server.start()
    (postmaster,) = alive(home)
    assert Path(f"/proc/{postmaster}").stat().st_uid == NOBODY.pw_uid
    assert folder(home).stat().st_uid == NOBODY.pw_uid


def test_a_closed_parent_folder_stays_closed_and_is_named(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ServerFailed, match="nobody, who cannot reach"):
        embedded(closed).start()
    assert closed.stat().st_mode & 0o777 == 0o700


def test_programs_under_a_closed_folder_are_copied_once_and_the_folder_stays_closed(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    package = Path(find().folder).parents[1]
    shutil.copytree(package, closed / package.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, closed / libraries.name)
    os.environ.pop("ANJUAN_POSTGRES_BIN", None)
    for _ in range(2):
        end(started(user_of(home, path=closed)))
    (copied,) = folder(home).glob("programs-*")
    assert copied.stat().st_mode & 0o777 == 0o755
    assert closed.stat().st_mode & 0o777 == 0o700


def test_an_ordinary_account_runs_the_server_itself(home: Path) -> None:
    own = home / "own"
    own.mkdir()
    os.chown(own, NOBODY.pw_uid, NOBODY.pw_gid)
    embedded(home).start()  # everything is imported before root is given up: the interpreter may lie in a closed folder
    usable = reachable(replace(find(programs()), account=Account(NOBODY.pw_uid, NOBODY.pw_gid)), copies=home)

    def act() -> None:
        server = EmbeddedServer(own, programs=usable.folder)
        server.start()
        with psycopg.connect(server.url()) as app:
            assert app.execute("select current_user").fetchone() == ("anjuan_app",)
        server.stop()

    assert _as_nobody(act) == 0
    assert not alive(own)


def _give_away(home: Path, uid: int) -> None:
    server = embedded(home)
    server.start()
    server.stop()
    for path in (folder(home), *folder(home).rglob("*")):
        os.lchown(path, uid, uid)


def test_root_runs_the_server_of_another_account_as_that_account(home: Path) -> None:
    _give_away(home, 12345)
    server = embedded(home)
    server.start()
    (postmaster,) = alive(home)
    assert Path(f"/proc/{postmaster}").stat().st_uid == 12345


def test_an_ordinary_account_is_told_that_a_folder_is_not_its_own(home: Path) -> None:
    _give_away(home, 12345)

    def act() -> None:
        with pytest.raises(ServerFailed, match="belongs to another account"):
            embedded(home).start()

    assert _as_nobody(act) == 0


def test_an_account_that_is_not_there_and_root_itself_are_refused(home: Path) -> None:
    with pytest.raises(ServerFailed, match="ANJUAN_PG_USER"):
        EmbeddedServer(home, account="nosuchaccount")
    with pytest.raises(ServerFailed, match="does not run as root"):
        EmbeddedServer(home, account="root")


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare: apt-get install util-linux")
def test_a_container_with_hardly_any_shared_memory_will_do(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import psycopg\n"
        "from infrastructure.postgres.embedded import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]))\n"
        "server.start()\n"
        "print(psycopg.connect(server.url()).execute('show dynamic_shared_memory_type').fetchone()[0])\n"
        "server.stop()\n"
    )
    small = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=1m tmpfs /dev/shm && exec "$@"', "sh"]
    command = [*small, sys.executable, "-c", script, str(home)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/")
    assert told.stdout == "mmap\n", told.stderr
