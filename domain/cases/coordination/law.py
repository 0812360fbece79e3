"""The grounds (理由) on which a step of a coordination group is refused, each with its article."""

from __future__ import annotations

from domain.kernel import Ground

NINGBO = "甬资交管委办〔2017〕2号"

NO_OFFICE = Ground(
    "COORDINATION_WITHOUT_OFFICE", NINGBO, "附件2 二", "由市公共资源交管办组织牵头",
    "The register names no office that leads coordination",
)  # fmt: skip
QUESTION_REQUIRED = Ground(
    "COORDINATION_QUESTION_REQUIRED", NINGBO, "附件2 一", "应当说明需要协调的问题", "A proposal says what is to be settled"
)  # fmt: skip
GROUP_INCOMPLETE = Ground(
    "GROUP_INCOMPLETE", NINGBO, "附件2 三", "协调小组按2+Ｘ模式组成",
    "A group is made of the office, the trading service and the departments of its subject",
)  # fmt: skip
INDUSTRY_REQUIRED = Ground(
    "INDUSTRY_DEPARTMENT_REQUIRED", NINGBO, "附件2 四4", "涉及双重监管的，另由该行业行政主管部门相关职能处室负责人参加",
    "Under dual supervision the department of the industry takes part too",
)  # fmt: skip
ONLY_IMPORTED_EQUIPMENT = Ground(
    "DUAL_SUPERVISION_ELSEWHERE", NINGBO, "附件2 四4", "双重监管仅见于进口机电产品项目小组",
    "Dual supervision is a matter of imported mechanical and electrical products",
)  # fmt: skip
NO_GROUP = Ground("GROUP_NOT_FORMED", NINGBO, "附件2 三", "协调小组尚未组成", "The group has not been formed yet")
CONVENOR_REQUIRED = Ground(
    "COORDINATION_CONVENOR_REQUIRED", NINGBO, "附件2 三", "由市公共资源交管办有关负责人担任协调会议召集人",
    "A head of the office convenes the group",
)  # fmt: skip
NOT_OF_THE_GROUP = Ground(
    "NOT_OF_THE_GROUP", NINGBO, "附件2 三", "参加协调会议的应为小组成员", "Who takes part belongs to the group"
)
NOT_MET = Ground("COORDINATION_NOT_MET", NINGBO, "附件2 二", "协调会议尚未召开", "The group has not met yet")
OUTCOME_REQUIRED = Ground(
    "COORDINATION_OUTCOME_REQUIRED",
    NINGBO,
    "附件2 二",
    "按责落实工作任务",
    "Say what was settled, given out or asked for",
)
TASK_TAKEN = Ground(
    "RESOLUTION_TAKEN", "案卷规则", "一事项一编号", "交办事项编号已经使用", "The file already has a matter with the id of a task"
)  # fmt: skip
ESCALATED_ALREADY = Ground(
    "COORDINATION_ESCALATED_ALREADY", "案卷规则", "不重复办理", "该事项已提交研究", "This was taken there already"
)
