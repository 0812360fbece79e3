"""Why the supervision record (督办卷) refuses to be written: it keeps each verdict once, in order."""

from __future__ import annotations

from domain.kernel import Ground

KEEPING = "督办规则"

ONE_RECORD = Ground(
    "ONE_SUPERVISION_RECORD", KEEPING, "一卷一档", "每个案卷只有一个督办卷", "A file has one supervision record"
)
ALREADY_RECORDED = Ground("ALREADY_RECORDED", KEEPING, "一事一记", "该项认定已经记录", "This is on record already")
NOTHING_TO_REJUDGE = Ground(
    "NOTHING_TO_REJUDGE", KEEPING, "先认定后更正", "没有可以重新认定的超期", "No verdict of a breach is on record that could be judged again"
)  # fmt: skip
