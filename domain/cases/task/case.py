"""A supervised task (督办任务), from its assignment by a plan or a meeting to the verification of its completion."""

from __future__ import annotations

from domain.cases.task.assigning import Assigning
from domain.cases.task.completing import Completing


class Task(Assigning, Completing):
    """What departments are to have done by a date, followed until it is verified."""

    TYPE = "task"
    CODE = "RW"
