"""A witness and a log reader by others (aics-witness, aics-tlog), in an environment of their own, where a Python that runs them is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PINNED = ("aics-tlog==0.2.1", "aics-witness==0.1.0")
WANTED = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"
MISSING = "not run: Python 3.12 or newer with venv makes this test possible (apt-get install python3.12-venv)"


def newer_python() -> str | None:
    """A Python that is new enough, if there is one."""
    named = [shutil.which(f"python3.{minor}") for minor in range(12, 20)]
    kept = sorted(
        (Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions").glob("3.1[2-9]*/bin/python3")
    )
    for each in (*filter(None, named), *map(str, kept)):
        if subprocess.run([each, "-c", WANTED], capture_output=True, check=False).returncode == 0:
            return each
    return None


def installed(python: str, folder: Path) -> Path:
    """Where their programs are, once they are installed."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin/pip"), "install", "--quiet", *PINNED], check=True)
    return folder / "bin"


@contextmanager
def serving(command: Sequence[str], ready: bytes) -> Iterator[str]:
    """A server for a block; the first line of its log that says where it listens."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        try:
            yield next(line for line in process.stdout if ready in line).decode()
        finally:
            process.terminate()
