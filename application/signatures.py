"""What a step asks for, read once from its signature: the source of request bodies, documentation and the fields kept protected."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from domain.desk import Desk
from domain.kernel import Case, Organ, Step, Uscc

NAMING = frozenset({"number", "file_no", "profiles"})
"""What the ledger itself gives to a step that opens a case."""

MISSING = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Hint:
    """A type as a step or event declares it. `kind`: a plain type, an enum, a dataclass, Organ or Uscc."""

    kind: Any
    nullable: bool = False
    several: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a step. `key`: its name towards the outside, where a trailing underscore is dropped."""

    name: str
    hint: Hint
    default: Any

    @property
    def key(self) -> str:
        """The name towards the outside."""
        return self.name.rstrip("_")

    @property
    def required(self) -> bool:
        """Whether it must be given, be it as null."""
        return self.default is MISSING


def arguments(step: Step) -> tuple[Argument, ...]:
    """The arguments of a step that its caller gives: all but those by which an opening step names its case."""
    hints = get_type_hints(step.does, localns={"Desk": Desk}, include_extras=True)
    signature = inspect.signature(step.does)
    return tuple(
        Argument(each.name, hint(hints[each.name]), each.default)
        for each in signature.parameters.values()
        if each.kind is inspect.Parameter.KEYWORD_ONLY and not (step.opens and each.name in NAMING)
    )


def hint(declared: Any) -> Hint:
    """Take a declared type apart: protected, `| None`, a tuple of any length, and what is left."""
    kind, nullable, several, protected = declared, False, False, False
    if get_origin(kind) is Annotated:
        kind, *marks = get_args(kind)
        protected = "protected" in marks
    if get_origin(kind) in (Union, UnionType):
        members = [each for each in get_args(kind) if each is not type(None)]
        nullable = len(members) < len(get_args(kind))
        kind = members[0] if len(members) == 1 else kind
    if get_origin(kind) is tuple and get_args(kind)[1:] == (...,):
        kind, several = get_args(kind)[0], True
    if get_origin(kind) is not None and kind not in (Organ, Uscc):
        raise TypeError(f"no argument of a step can be {declared}")
    return Hint(kind, nullable, several, protected)


def protected_names(case_type: type[Case]) -> frozenset[str]:
    """The arguments whose values never enter an event of the case type: its events keep references under these names."""
    known = (each for step in case_type.STEPS.values() for each in arguments(step))
    return frozenset(each.name for each in known if each.hint.protected)


@cache
def fields_of(declared: type) -> Mapping[str, Hint]:
    """The fields of a dataclass that is part of a step or an event."""
    return {name: hint(found) for name, found in get_type_hints(declared, include_extras=True).items()}
