"""Joint punishment (联合惩戒): a penalty, the report of its result, and the one memo issued on it for all to carry out."""

from __future__ import annotations

from domain.cases.joint_punishment.memo import Memo
from domain.cases.joint_punishment.penalty import Penalty
from domain.kernel import Audience


class JointPunishment(Memo, Penalty):
    """The penalty's matter stays with its department; the memo's is the office's. The base named last gives the first steps."""

    TYPE = "joint_punishment"
    CODE = "CF"
    OPEN_TO = Audience.CASE
