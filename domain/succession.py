"""Succession (接替) in a case: wherever one organ was named, another is from now on."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

KEPT = frozenset({"id", "number", "file_no", "profiles", "matter", "state", "version", "recorded"})
"""Attributes of a case that name no organ."""


def take_place(case: object, old: str, new: str) -> bool:
    """Let one organ stand for another in every attribute of a case; answers whether the case named the other at all."""
    changed = {
        name: after
        for name, value in vars(case).items()
        if name not in KEPT and (after := renamed(value, old, new)) is not value
    }
    vars(case).update(changed)
    return bool(changed)


def names(case: object, organ: str) -> bool:
    """Whether a case names an organ anywhere."""
    return any(renamed(value, organ, "") is not value for name, value in vars(case).items() if name not in KEPT)


def renamed(value: Any, old: str, new: str) -> Any:
    """A value with every mention of one id replaced by another; the very same value where it has none."""
    if isinstance(value, str):
        return new if value == old and not isinstance(value, Enum) else value
    if type(value) in (tuple, list, set, frozenset):
        members = [renamed(each, old, new) for each in value]
        if all(one is two for one, two in zip(value, members, strict=True)):
            return value
        return type(value)(dict.fromkeys(members) if type(value) is tuple else members)
    if isinstance(value, dict):
        pairs = {renamed(key, old, new): renamed(each, old, new) for key, each in value.items()}
        same = list(pairs) == list(value) and all(pairs[key] is value[key] for key in value)
        return value if same else pairs
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        changed = {name: after for name, part in parts.items() if (after := renamed(part, old, new)) is not part}
        return replace(value, **changed) if changed else value
    return value
