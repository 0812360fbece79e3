"""How a method is marked as a step (办理步骤): who may take it, in which states, and whether it opens a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What is known of a step: its name, who may take it, and whether it opens a case.

    `routed`: whether its declaration is its path; a resource of the API takes the others.
    """

    name: str
    by: tuple[str, ...]
    opens: bool
    acts: bool
    states: tuple[str, ...]
    does: Callable[..., None]
    routed: bool = True


HOLDER = "holder"
ADDRESSEE = "addressee"
DEPARTMENT = "department"
FLOW = "flow"


def role(name: str) -> str:
    """Standing of the organ that has this role in the register."""
    return f"role:{name}"


def party(attribute: str) -> str:
    """Standing of the organ that the case itself names in this attribute."""
    return f"case:{attribute}"


def step(
    *by: str, opens: bool = False, acts: bool | None = None, states: tuple[str, ...] = (), routed: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark a method as a step. `by`: who may take it; `states`: where it is allowed (empty: anywhere)."""

    def mark(method: Callable[..., None]) -> Callable[..., None]:
        name = method.__name__.rstrip("_")
        known = Step(name, by or (HOLDER,), opens, not opens if acts is None else acts, states, method, routed)
        vars(method)["step"] = known
        return method

    return mark
