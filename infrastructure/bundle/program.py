"""Joins the parts of the program `verify.py` (核验程序) into the one file that a stranger reads and runs."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

PACKAGE = "infrastructure.bundle.verifier"
PARTS = (
    "faults", "source", "tree", "signed", "facts", "held", "days", "offices", "clauses", "limits", "verdicts",
    "explained", "recount", "parcel", "lawful", "claims", "exported", "report", "program",
)  # fmt: skip
"""The parts, each after those whose names it uses."""

HEADING = '''"""Verifies a bundle of one case, or an export of the log (核验证据包或账本导出).

Needs Python 3.11 or newer and the package `cryptography` (pip install cryptography); nothing else, and no network.
    python verify.py [ZIP or folder] [--key VKEY ...] [--keys FILE ...] [--days] [--json]
Exit code 0: everything holds. 1: something does not; the file and the cause are named. 2: nothing could be said.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.stderr.write("需要 Python 3.11 或更高版本 Python 3.11 or newer is needed\\n")
    sys.exit(2)
try:
    import cryptography as _needed
except ImportError:
    sys.stderr.write("需要 cryptography：pip install cryptography 只需此包 It is the one package that is needed\\n")
    sys.exit(2)

'''


class TwoOfAName(ValueError):
    """Two parts of the program give one name to different things."""


@cache
def verifier() -> bytes:
    """The program in one file. Raises TwoOfAName."""
    imports, bodies, names = dict[str, None](), list[str](), dict[str, str]()
    for part in PARTS:
        text = (files(PACKAGE) / f"{part}.py").read_text(encoding="utf-8")
        tree = ast.parse(text)
        imports |= dict.fromkeys(_foreign(tree))
        _note_names(tree, part, names)
        bodies.append(f"# ---- {(ast.get_docstring(tree) or part).splitlines()[0]}\n\n\n{_body(text, tree)}")
    return (HEADING + "\n".join(sorted(imports, key=_by_kind)) + "\n\n" + "\n\n\n".join(bodies) + "\n").encode()


def _foreign(tree: ast.Module) -> list[str]:
    """The imports of a part that are none of another part, one name each."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            found += [f"import {alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith((PACKAGE, "__future__")):
            found += [f"from {node.module} import {alias.name}" for alias in node.names]
    return found


def _by_kind(line: str) -> tuple[bool, bool, str]:
    return "cryptography" in line, line.startswith("from"), line


def _note_names(tree: ast.Module, part: str, names: dict[str, str]) -> None:
    for name in _defined(tree):
        if names.setdefault(name, part) != part:
            raise TwoOfAName(f"{name} is defined in {names[name]} and in {part}")


def _defined(tree: ast.Module) -> list[str]:
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found += [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return found


def _body(text: str, tree: ast.Module) -> str:
    """A part from its first statement that is neither its docstring nor an import."""
    skipped = (ast.Import, ast.ImportFrom, ast.Expr)
    first = next(node for node in tree.body if not isinstance(node, skipped))
    begin = min([first.lineno, *(each.lineno for each in getattr(first, "decorator_list", ()))])
    return "\n".join(text.splitlines()[begin - 1 :]).strip("\n")
