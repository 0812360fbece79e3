"""Every module says what it is for, and the domain is plain Python without a clock."""

from __future__ import annotations

import ast
import sys

from tests.conventions.source import LAYERS, modules, place, tree

CLOCKS = {"now", "utcnow", "today"}


def test_every_module_opens_with_a_sentence() -> None:
    silent = []
    for path in modules(*LAYERS, "tests"):
        first = (ast.get_docstring(tree(path)) or "").split("\n\n")[0]
        if not first.rstrip().endswith((".", "。")):
            silent.append(place(path))
    assert silent == []


def test_the_domain_imports_the_standard_library_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"domain"}
    foreign = []
    for path in modules("domain"):
        for node in ast.walk(tree(path)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            foreign += [f"{place(path, node)} {name}" for name in names if name.split(".")[0] not in allowed]
    assert foreign == []


def test_the_domain_never_asks_a_clock() -> None:
    asking = []
    for path in modules("domain", "application"):
        for node in ast.walk(tree(path)):
            called = isinstance(node, ast.Attribute) and node.attr in CLOCKS
            imported = (isinstance(node, ast.ImportFrom) and node.module == "time") or (
                isinstance(node, ast.Import) and any(alias.name == "time" for alias in node.names)
            )
            if called or imported:
                asking.append(f"{place(path, node)} {ast.unparse(node)}")
    assert asking == []
