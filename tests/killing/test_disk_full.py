"""A disk that is full: whoever writes is told 503, whoever reads is answered, nothing that was acknowledged is lost, and work goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from infrastructure.postgres.embedded import OWNER
from infrastructure.postgres.pool import connect
from tests.http.client import Client
from tests.killing.conftest import NOTHING, Made, Mortal
from tests.postgres.processes import folder
from tests.servers import hold, new_home, remove

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root: sudo make check-outside"),
]
SIZE = "400m"


@pytest.fixture
def home() -> Iterator[Path]:
    """A home folder on a small disk of its own."""
    made = new_home()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "anjuan-test", str(made)], check=True)
    held = hold(made)
    yield made
    os.close(held)
    subprocess.run(["umount", "--lazy", str(made)], check=True)
    remove(made)


def fill(disk: Path) -> Path:
    """Leave nothing of it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65_536))
    return ballast


def switch_journal(service: Mortal) -> None:
    """Have the journal need another file, for which there is no room: PostgreSQL panics and ends."""
    with (
        suppress(psycopg.OperationalError),
        connect(service.server.url(role="owner").replace(OWNER, "postgres")) as root,
    ):
        for _ in range(20):
            root.execute("select pg_switch_wal(), pg_logical_emit_message(false, 'x', 'x')")


def test_a_full_disk_is_an_outage_and_no_loss(mortal: Made, home: Path) -> None:
    service = mortal(embedded=True)
    crew = service.crew()
    with crew.at_work() as heard:
        crew.until(20)
        ballast = fill(home)
        crew.until_away(30)
        reader = Client(service.running.port, service.token)
        answers = [reader.get(path) for path in ("/healthz", "/api/v1/cases")]
        reader.close()
        switch_journal(service)
        crew.until_away(2)
        ballast.unlink()
        crew.until(50)
    assert answers[0].status == 200
    assert (answers[1].status, answers[1].problem) == (503, "not-recorded"), "what cannot be recorded is not shown"
    assert (folder(home) / "log").read_text().count("ready to accept connections") > 1, (
        "it ended, and was started again"
    )
    assert service.judge(heard) == NOTHING
