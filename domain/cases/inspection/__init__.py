"""Joint inspection (联合检查): departments inspect together what and by whom the lot decides, and each deals with what is its own."""

from domain.cases.inspection.case import JointInspection

CASE = JointInspection
