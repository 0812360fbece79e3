"""Small changes of a program: each function with one thing in it otherwise, each constant with another value."""

from __future__ import annotations

import ast
import copy
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Pow: ast.Mult,
}  # fmt: skip
SAID = ("zh", "en", "about", "zh, en")
"""Names of what is said to people, whose words may be other ones."""


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, what was there and what is there instead, and what makes it."""

    module: str
    line: int
    about: str
    apply: Callable[[], None]

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.about}"


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Every change of a module."""
    assert module.__file__
    with open(module.__file__, encoding="utf-8") as file:
        tree = ast.parse(file.read(), module.__file__)
    _forget_documents(tree)
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.targets[0], ast.Name)
        ):
            yield _constant(module, node.targets[0].id, node.value)
    for qualified, function in _functions(tree, ""):
        for line, about, changed in _changed(tree, function):
            yield Mutant(module.__name__, line, about, _replacing(module, qualified, changed))


def _forget_documents(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body[0] = ast.copy_location(ast.Pass(), node.body[0])


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef):
            yield prefix + each.name, each
        elif isinstance(each, ast.ClassDef):
            yield from _functions(each, f"{prefix}{each.name}.")


def _constant(module: ModuleType, name: str, node: ast.Constant) -> Mutant:
    import sys

    other = _another(node.value)

    def apply() -> None:
        for each in list(sys.modules.values()):
            if each.__name__.startswith("domain.") and name in vars(each):
                setattr(each, name, other)

    return Mutant(module.__name__, node.lineno, f"{name} = {other!r}", apply)


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value + (b"x" if isinstance(value, bytes) else "x") if isinstance(value, bytes | str) else 7


def _changed(tree: ast.Module, function: ast.FunctionDef) -> Iterator[tuple[int, str, ast.Module]]:
    """The module with one thing in the function changed, again and again; what is said to people is left as it is."""
    nodes = list(_inside(function))
    for place, node in enumerate(nodes):
        for about, change in _changes(node):
            memo: dict[int, Any] = {}
            changed = copy.deepcopy(tree, memo)
            change(memo[id(node)], memo[id(_parent(nodes[:place], function, node))])
            yield getattr(node, "lineno", function.lineno), about, ast.fix_missing_locations(changed)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "defaults", "kw_defaults") or isinstance(
            node, ast.Raise
        ):
            continue
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).strip("()") in SAID:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield each
                yield from _inside(each)


def _parent(before: list[ast.AST], function: ast.FunctionDef, node: ast.AST) -> ast.AST:
    return next(each for each in (*reversed(before), function) if node in ast.iter_child_nodes(each))


Change = Callable[[Any, Any], None]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    told = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield (
                f"{told}: compared otherwise",
                _setting(lambda it, p=place, o=operator: it.ops.__setitem__(p, COMPARED[type(o)]())),
            )
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        yield f"{told}: computed otherwise", _setting(lambda it: setattr(it, "op", COMPUTED[type(it.op)]()))
    elif isinstance(node, ast.BoolOp):
        yield (
            f"{told}: and for or",
            _setting(lambda it: setattr(it, "op", ast.Or() if isinstance(it.op, ast.And) else ast.And())),
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield (
            f"{told}: without {type(node.op).__name__}",
            _setting(lambda it: setattr(it, "op", ast.UAdd() if isinstance(it.op, ast.USub) else _no(it))),
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | str | bytes):
        yield f"{told}: {_another(node.value)!r}", _setting(lambda it: setattr(it, "value", _another(it.value)))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield f"{told}: nothing returned", _setting(lambda it: setattr(it, "value", ast.Constant(None)))
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        for value in (True, False) if not isinstance(node, ast.While) else (False,):
            yield (
                f"if {ast.unparse(node.test)}: {value}",
                _setting(lambda it, v=value: setattr(it, "test", ast.Constant(v))),
            )
    elif isinstance(node, ast.Expr | ast.Raise | ast.AugAssign):
        yield f"{told}: left out", _left_out


def _no(node: ast.UnaryOp) -> ast.unaryop:
    node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return ast.Not()


def _setting(change: Callable[[Any], None]) -> Change:
    return lambda node, parent: change(node)


def _left_out(node: Any, parent: Any) -> None:
    for _, value in ast.iter_fields(parent):
        if isinstance(value, list) and node in value:
            value[value.index(node)] = ast.Pass()


def _replacing(module: ModuleType, qualified: str, changed: ast.Module) -> Callable[[], None]:
    """Puts the changed code in the place of the function's, wherever the function is known."""

    def apply() -> None:
        code = _code(compile(changed, module.__file__ or "", "exec"), qualified.split("."))
        found: Any = module
        for name in qualified.split("."):
            found = vars(found)[name]
        found = getattr(found, "fget", None) or getattr(found, "__func__", found)
        found = getattr(found, "__wrapped__", found)
        assert isinstance(found, FunctionType), qualified
        found.__code__ = code
        inner = {each.co_qualname: each for each in code.co_consts if isinstance(each, CodeType)}
        for known in gc.get_objects() if inner else ():
            if isinstance(known, FunctionType) and known.__module__ == module.__name__ and known.__qualname__ in inner:
                known.__code__ = inner[known.__qualname__]

    return apply


def _code(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
    return code
