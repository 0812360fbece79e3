"""The program that a stranger runs is one file that stands by itself, and the only one that he has to read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from infrastructure.bundle import program as joining
from infrastructure.bundle.program import PARTS, TwoOfAName, verifier
from tests.bundle.tampering import UNABLE
from tests.conventions.source import ROOT

FOLDER = ROOT / "infrastructure" / "bundle" / "verifier"


def imported(tree: ast.Module) -> set[str]:
    """The packages that a program imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or ".").split(".")[0])
    return names


def test_it_imports_the_standard_library_and_cryptography_and_nothing_of_ours() -> None:
    assert imported(ast.parse(verifier())) - set(sys.stdlib_module_names) == {"cryptography"}


def test_every_part_is_in_it_and_its_parts_know_nothing_else_of_ours() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__"} == set(PARTS)
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "infrastructure":
                assert (node.module or "").startswith("infrastructure.bundle.verifier."), path


def test_two_parts_that_give_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_defined", lambda tree: ["twice"])
    with pytest.raises(TwoOfAName):
        verifier.__wrapped__()


def test_without_cryptography_it_says_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "verify.py"
    file.write_bytes(verifier())
    hidden = "import sys, runpy; sys.modules['cryptography'] = None; runpy.run_path(sys.argv[1], run_name='__main__')"
    done = subprocess.run([sys.executable, "-I", "-c", hidden, str(file)], capture_output=True, check=False)
    assert done.returncode == UNABLE
    assert "pip install cryptography" in done.stderr.decode()
