"""Reads what every module says of itself in its first line."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("domain", "application", "infrastructure", "api")


def first_lines() -> Mapping[str, str]:
    """The first line of the docstring of every module, by its path."""
    modules = (found for package in PACKAGES for found in _modules(files(package), package))
    said = {path: ast.get_docstring(ast.parse(each.read_text(encoding="utf-8"))) for path, each in modules}
    return {path: text.partition("\n")[0] for path, text in said.items() if text}


def _modules(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.is_dir():
            yield from _modules(each, f"{path}/{each.name}")
        elif each.name.endswith(".py"):
            yield f"{path}/{each.name}", each
