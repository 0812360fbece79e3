"""The program as its users run it: real processes with a home folder of their own, the short ones forked."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.command_line.forking import parent
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-P", "-m", "api")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The one document on standard error."""
        return json.loads(self.err.splitlines()[-1])


@dataclass(frozen=True)
class Anjuan:
    """The program over one home folder."""

    home: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        return {**kept, "ANJUAN_HOME": str(self.home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **self.more}

    def run(self, *words: str, given: str | None = None) -> Done:
        """Run a command to its end; no command that ends as expected shows a traceback."""
        chosen = self.environment
        done = Done(*parent(_before_any_import(chosen)).run(words, chosen, given or "", PATIENCE))
        assert "Traceback" not in done.err, done.err
        return done

    def start(self, *words: str) -> Running:
        """Start a command that serves, and wait for the line that it answers."""
        complaints = tempfile.TemporaryFile()  # noqa: SIM115
        process = subprocess.Popen(
            [*PROGRAM, *words, "--json"], env=self.environment, stdout=subprocess.PIPE, stderr=complaints
        )
        return Running(process, complaints, _first_document(process, complaints))

    @contextmanager
    def serving(self, *words: str) -> Iterator[Running]:
        """The same for a block; stopped at its end."""
        running = self.start(*words)
        try:
            yield running
        finally:
            running.stop()


@dataclass
class Running:
    """A process that serves, what it said when it was ready, and the file that takes what it says on standard error.

    A pipe that nobody reads would hold it up once it is full.
    """

    process: subprocess.Popen[bytes]
    complaints: IO[bytes]
    said: Any
    complained: str = ""

    @property
    def url(self) -> str:
        """Where it answers."""
        return str(self.said["url"])

    @property
    def port(self) -> int:
        """The port of that."""
        return int(self.url.rpartition(":")[2])

    def get(self, path: str, token: str = "") -> Any:
        """What it answers to a request, as JSON."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {token}"} if token else {})
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    def checks(self) -> list[dict[str, Any]]:
        """What its readiness says, all well or not."""
        try:
            return list(self.get("/readyz")["checks"])
        except urllib.error.HTTPError as error:
            with error:
                return list(json.load(error)["checks"])

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """End it by a signal; its exit code and what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=PATIENCE)
        if not self.complaints.closed:
            with self.complaints:
                self.complained = _all(self.complaints)
        return self.process.returncode, self.complained


def _before_any_import(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the interpreter looks at when it starts, and nothing of ours."""
    ours = ("ANJUAN_", "DATABASE_URL", "PYTEST_")
    return tuple(sorted((name, value) for name, value in environment.items() if not name.startswith(ours)))


def _all(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _first_document(process: subprocess.Popen[bytes], complaints: IO[bytes]) -> Any:
    """The first line of standard output; what was said instead, if the process ends or says nothing in time."""
    assert process.stdout is not None
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if select.select([process.stdout], [], [], 0.2)[0] and (line := process.stdout.readline()):
            return json.loads(line)
    process.kill()
    process.communicate()
    raise AssertionError(_all(complaints))
