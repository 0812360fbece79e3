"""The grounds (理由) on which the timer is refused a step in a period."""

from __future__ import annotations

from domain.kernel import Ground

KEEPING = "周期规则"

WRONG_PERIOD = Ground(
    "WRONG_PERIOD", KEEPING, "一期一档", "周期编号与日期不符", "The number is not that of the period in which the day lies"
)  # fmt: skip
MATTER_TAKEN = Ground("MATTER_TAKEN", KEEPING, "一期一档", "本周期已经开始", "The period is open already")
NO_OFFICE = Ground(
    "NO_OFFICE", KEEPING, "办公室", "机关名录中没有办公室", "The register has no organ with the role of the office"
)
OUTSIDE_PERIOD = Ground(
    "OUTSIDE_PERIOD", KEEPING, "按发生日期计入", "不在本周期内发生，不计入本周期",
    "It did not take place in this period and counts for the one of its own date",
)  # fmt: skip
ALREADY_COUNTED = Ground("ALREADY_COUNTED", KEEPING, "一次一计", "已经计入本周期", "This was counted already")
NOT_COUNTED = Ground("NOT_COUNTED", KEEPING, "一次一计", "未计入本周期", "This is not counted in the period")
NOT_OVER = Ground("PERIOD_NOT_OVER", KEEPING, "期满", "周期尚未届满", "The period is not over yet")
