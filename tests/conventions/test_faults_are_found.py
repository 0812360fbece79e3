"""The search for known kinds of faults, which `make lint` runs, finds one that is planted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[2] / "Makefile"
PLANTED = {
    "shell": "import subprocess\nsubprocess.run('ls ' + input(), shell=True)\n",
    "eval": "eval(input())\n",
    "yaml": "import yaml\nyaml.load(input(), Loader=yaml.Loader)\n",
    "md5": "import hashlib\nhashlib.md5(b'x').hexdigest()\n",
}


def found(path: Path) -> int:
    """The exit code of the search as `make lint` runs it."""
    (skipped,) = [
        line.partition(":=")[2].strip() for line in MAKEFILE.read_text().splitlines() if "NOT_ASKED :=" in line
    ]
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", "--skip", skipped, str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    (tmp_path / "planted.py").write_text(PLANTED[fault])
    assert found(tmp_path) == 1


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "clean.py").write_text("print('clean')\n")
    assert found(tmp_path) == 0
