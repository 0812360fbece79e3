"""Supervised task (督办任务): what a plan or a meeting gives to departments by a date, until its completion is verified."""

from domain.cases.task.case import Task

CASE = Task
