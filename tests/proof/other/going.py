"""The Go team's implementation of logs and notes (x/mod/sumdb), built and asked; what it answered once is kept in recorded.json.

`python -m tests.proof.other.going` writes that file anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE, RECORDED = HERE / "main.go", HERE / "recorded.json"
PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
MISSING = "not run: apt-get install golang-go golang-golang-x-mod-dev makes this test possible"
SMALL, LARGE = 16, 300

Question = dict[str, Any]


def possible() -> bool:
    """Whether the Go team's packages and what builds them are here."""
    return shutil.which("go") is not None and PACKAGES.is_dir()


def built(folder: Path) -> Path:
    """The program, compiled into a folder."""
    assert possible(), MISSING
    program = folder / "other"
    chosen = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "", "GOCACHE": str(folder / "cache")}
    subprocess.run(["go", "build", "-o", str(program), str(SOURCE)], check=True, env={**os.environ, **chosen})
    return program


def asked(program: Path, questions: Iterable[Question]) -> list[dict[str, Any]]:
    """What it answers to each question."""
    text = "\n".join(json.dumps(each) for each in questions)
    done = subprocess.run([str(program)], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def coded(value: bytes | Iterable[bytes]) -> Any:
    """Bytes as JSON has them."""
    return b64encode(value).decode() if isinstance(value, bytes) else [b64encode(each).decode() for each in value]


def decoded(values: Iterable[str] | None) -> list[bytes]:
    """The same backwards."""
    return [b64decode(each) for each in values or ()]


def entries(size: int) -> list[str]:
    """The entries of the log that both build."""
    return [f"entry {each}" for each in range(size)]


def questions() -> list[Question]:
    """What is recorded: every root up to LARGE, every proof up to SMALL."""
    roots = [{"Op": "root", "Entries": entries(size), "Size": size} for size in range(1, LARGE + 1)]
    there = [
        {"Op": "prove inclusion", "Entries": entries(size), "Index": index, "Size": size}
        for size in range(1, SMALL + 1)
        for index in range(size)
    ]
    grew = [
        {"Op": "prove consistency", "Entries": entries(new), "Old": old, "Size": new}
        for new in range(1, SMALL + 1)
        for old in range(1, new + 1)
    ]
    return [*roots, *there, *grew]


def recording(program: Path) -> str:
    """What it answers, as it is kept."""
    told: dict[str, list[Any]] = {"root": [], "prove inclusion": [], "prove consistency": []}
    for question, answer in zip(questions(), asked(program, questions()), strict=True):
        assert answer["Valid"], answer
        found = answer.get("Hashes") or []
        place = question.get("Index", question.get("Old"))
        told[question["Op"]].append(found[0] if question["Op"] == "root" else [place, question["Size"], found])
    lines = (
        f' "{name}": [\n' + ",\n".join(f"  {json.dumps(each)}" for each in all_) + "\n ]" for name, all_ in told.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        RECORDED.write_text(recording(built(Path(folder))), encoding="utf-8")
