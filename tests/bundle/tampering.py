"""Bundles taken apart, changed and put together again, and the program that verifies them, run here or as a process."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from infrastructure.bundle.packing import contents
from infrastructure.bundle.program import verifier
from tests.bundle.logs import LOG_PEN, ORIGIN, Log, bundle, log_of, vkey
from tests.projections.histories import jurisdiction, some_mixed_files

Files = dict[str, bytes]
HOLDS, DOES_NOT_HOLD, UNABLE = 0, 1, 2


@cache
def some_log() -> Log:
    """A log of some files of cases of any type."""
    return log_of(*some_mixed_files(*range(8)), office=jurisdiction())


@cache
def some_bundle() -> bytes:
    """The bundle of a case with time limits of many kinds."""
    return bundle(some_log(), "AJ-2")


def files_in(content: bytes) -> Files:
    """The files of a ZIP."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def listed(files: Mapping[str, bytes]) -> Files:
    """The files with a list of contents that names them as they are now: what whoever changed one would do."""
    rest = {name: content for name, content in files.items() if name != "contents"}
    return {**rest, "contents": contents(rest, ORIGIN)}


@cache
def program() -> ModuleType:
    """The program as a module of this process."""
    made = ModuleType("verify")
    sys.modules["verify"] = made  # dataclasses look their module up
    exec(compile(verifier(), "verify.py", "exec"), vars(made))
    return made


def verified(folder: Path, content: bytes, *keys: str) -> Any:
    """What the program answers of a ZIP, in this process."""
    path = folder / "given.zip"
    path.write_bytes(content)
    wrong, unable = program().Wrong, program().Unable
    try:
        return program()._verified(path, list(keys), days=False)[1]
    except (wrong, unable) as error:
        return error


def run(where: Path, *arguments: str, program: Path | None = None) -> tuple[int, Any, str]:
    """Run the program as a process: its exit code, its answer as JSON, and what it said beside."""
    file = program or where.parent / "verify.py"
    if not file.exists():
        file.write_bytes(verifier())
    command = [sys.executable, "-I", "-W", "error", str(file), str(where), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=where.parent, check=False)
    return done.returncode, json.loads(done.stdout or "null"), done.stderr.decode()


def known() -> str:
    """The key of the log, as somebody has it from elsewhere."""
    return vkey(LOG_PEN.key)


Change = Callable[[Any], Any]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the single values of a JSON value are."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for key, child in children:
        found = True
        yield from leaves(child, (*path, key))
    if not found:
        yield path


def events(files: Files) -> list[tuple[str, str]]:
    """Events with their proofs."""
    found = sorted(name for name in files if name.startswith("events/"))
    return [(name, f"proofs/{name.removeprefix('events/').removesuffix('.json')}.tlog-proof") for name in found]


def with_leaf(content: bytes, path: tuple[Any, ...], change: Change) -> bytes:
    """A JSON text with one of its values changed."""
    value = json.loads(content)
    if not path:
        return json.dumps(change(value)).encode()
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = change(inner[path[-1]])
    return json.dumps(value, ensure_ascii=False).encode()


def otherwise(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return ("1" if value[:1] == "0" else "0") + value[1:] if value else "x"
        case None:
            return "x"
    return [*value, "x"] if isinstance(value, list) else {**value, "x": 1}
