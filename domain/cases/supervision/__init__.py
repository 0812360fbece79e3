"""The supervision record (督办卷): what was warned of, breached and judged again in one file, kept beside it by the timer."""

from domain.cases.supervision.case import Supervision

CASE = Supervision
