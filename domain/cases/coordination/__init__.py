"""Coordination group (协调小组): 2+X departments that settle what comes up, give out tasks, or take it to the joint meeting."""

from domain.cases.coordination.case import Coordination

CASE = Coordination
