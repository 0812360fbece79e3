"""Joint punishment (联合惩戒)."""

from domain.cases.joint_punishment.case import JointPunishment

CASE = JointPunishment
