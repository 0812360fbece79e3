"""Demands (载明) that steps of every type make: texts that say something, and matters that the file does not have yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.kernel import Ground, Refused

if TYPE_CHECKING:
    from domain.desk import Desk

MATTER_TAKEN = Ground(
    "MATTER_TAKEN", "案卷规则", "一事项一编号", "本案卷已有该编号的事项", "The file already has a matter with this id"
)


def blank(text: str | None) -> bool:
    """Whether a text says nothing."""
    return text is None or not text.strip()


def stated(text: str | None, ground: Ground, **facts: Any) -> str:
    """The text; refused on this ground where it says nothing."""
    if text is None or blank(text):
        raise Refused(ground, **facts)
    return text


def require(holds: object, ground: Ground, **facts: Any) -> None:
    """Refuse on this ground unless the condition holds."""
    if not holds:
        raise Refused(ground, **facts)


def check_new(desk: Desk, matter: str) -> None:
    """Refuse a matter that the file has already."""
    require(matter not in desk.file.matters, MATTER_TAKEN, matter=matter)
