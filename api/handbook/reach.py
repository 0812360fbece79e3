"""What a step can lead to, read from its code: the grounds on which it can be refused, and the events it can leave."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

from domain import demands
from domain.kernel import Case, Event, Ground, Step


@dataclass(slots=True)
class Reach:
    """Grounds and events in the order in which the code names them."""

    grounds: dict[str, Ground] = field(default_factory=dict)
    events: dict[str, type[Event]] = field(default_factory=dict)


def reach(case_type: type[Case], step: Step) -> Reach:
    """What the step names itself or through functions that it calls, of its own case type or made for all of them."""
    reader = _Reader(case_type)
    reader.read(step.does)
    return reader.found


class _Reader(ast.NodeVisitor):
    """Follows names from function to function, out of the folder of the case type only to what all of them demand."""

    def __init__(self, case_type: type[Case]) -> None:
        self.case_type, self.found = case_type, Reach()
        self._homes = (f"domain.cases.{case_type.TYPE}.", f"{demands.__name__}.")
        self._seen: set[Callable[..., Any]] = set()
        self._names: dict[str, Any] = {}

    def read(self, function: Callable[..., Any]) -> None:
        """Read a function of the case type, or of what all demand, once."""
        if not isinstance(function, FunctionType) or function in self._seen:
            return
        if not f"{function.__module__}.".startswith(self._homes):
            return
        self._seen.add(function)
        outer, self._names = self._names, function.__globals__
        self.visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
        self._names = outer

    def visit_Call(self, node: ast.Call) -> None:
        called = self._names.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if isinstance(called, type) and issubclass(called, Event):
            self.found.events.setdefault(called.TOPIC, called)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self._meet(self._names.get(node.id))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner = self._names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if isinstance(owner, ModuleType):
            self._meet(getattr(owner, node.attr, None))
        elif isinstance(node.value, ast.Name) and node.value.id == "self":
            self._meet(inspect.getattr_static(self.case_type, node.attr, None))
        self.generic_visit(node)

    def _meet(self, value: Any) -> None:
        if isinstance(value, Ground):
            self.found.grounds.setdefault(value.code, value)
        elif isinstance(value, property) and value.fget is not None:
            self.read(value.fget)
        else:
            self.read(value)
