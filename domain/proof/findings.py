"""Findings (查验结果): what a check of the log and of what rests on it found wrong, each with its cause named."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Cause(StrEnum):
    """What was done to what is recorded (篡改情形), as far as it shows."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    ROLLED_BACK = "rolled back"
    FORKED = "forked"
    UNSIGNED = "unsigned"
    BACK_DATED = "back-dated"

    @property
    def zh(self) -> str:
        """The same in Chinese."""
        return CHINESE[self]


CHINESE = {
    Cause.CHANGED: "被更改",
    Cause.REMOVED: "被删除",
    Cause.INSERTED: "被插入",
    Cause.REORDERED: "被换序",
    Cause.ROLLED_BACK: "被回退",
    Cause.FORKED: "被分叉",
    Cause.UNSIGNED: "未签名",
    Cause.BACK_DATED: "被倒签",
}


class Finding(NamedTuple):
    """One thing that is wrong: its cause, where it is (the same words for the same place, for machines too), and what it says
    to people in both languages."""

    cause: Cause
    where: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.cause.zh} {self.cause}: {self.where}: {self.zh} {self.en}"


def causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The causes among findings, each once, in the order in which they are listed."""
    found = {each.cause for each in findings}
    return tuple(each for each in Cause if each in found)
