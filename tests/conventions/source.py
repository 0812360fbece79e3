"""The project's own source as these tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("domain", "application", "infrastructure", "api")


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Every Python module of the folders."""
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The module as Python understands it."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where something stands, for a message."""
    where = str(path.relative_to(ROOT))
    return f"{where}:{node.lineno}" if isinstance(node, (ast.stmt, ast.expr)) else where


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of the module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def texts(path: Path) -> Iterator[ast.Constant]:
    """Every string of the module that is not a docstring."""
    documents = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                documents.add(first.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documents:
            yield node
