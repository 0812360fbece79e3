"""Nothing is so long that it cannot be read in one go."""

from __future__ import annotations

from tests.conventions.source import LAYERS, ROOT, functions, modules, place

LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
GENERATED = {"schema.sql"}


def test_no_file_is_longer_than_300_lines() -> None:
    statements = [path for path in (ROOT / "infrastructure").rglob("*.sql") if path.name not in GENERATED]
    sizes = {place(path): len(path.read_bytes().splitlines()) for path in (*modules(*LAYERS, "tests"), *statements)}
    assert {path: size for path, size in sizes.items() if size > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{place(path, function)} {function.name}"
        for path in modules(*LAYERS, "tests")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LINES_OF_A_FUNCTION
    ]
    assert long == []
