"""Facts about reporting duties that several tests begin with (报送)."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.reporting_duty.events import (
    BidOpeningClosed,
    DutyOpened,
    ExpertAssessmentSubmitted,
    InformationRequested,
    OpeningLogSubmitted,
    QuarterListPartSubmitted,
    QuarterListSubmitted,
    QuarterOpened,
    Subject,
)
from tests.given import opening

BID, Q3, ASKED, DUTY = ({"matter": number} for number in ("BS-1", "BS-2025-Q3", "BS-2", "BS-3"))
BID_CLOSED = BidOpeningClosed(**opening("BS-1"), unit="jyzx", project="P1")
LOG = OpeningLogSubmitted(**BID, complete=False)
ASSESSMENT = ExpertAssessmentSubmitted(**BID, complete=True)
QUARTER = QuarterOpened(**opening("BS-2025-Q3"), unit="jyzx", begins=date(2025, 7, 1), ends=date(2025, 9, 30))
ELECTRONIC = QuarterListPartSubmitted(**Q3, electronic=True, sealed_paper=False)
LIST = QuarterListSubmitted(**Q3, electronic=True, sealed_paper=True)
REQUEST = InformationRequested(
    **opening("BS-2"), unit="jyzx", requester="fgj", subject=Subject.TRADING, items=("一季度成交额",), answer_by=date(2025, 4, 10)
)  # fmt: skip


def duty(rule: str = "XE-TIMELY-AGENCY", unit: str = "jyzx") -> DutyOpened:
    """A duty without a number has arisen."""
    return DutyOpened(**opening("BS-3"), rule=rule, unit=unit, about="某代理机构迟到")


CLOSED = (BID_CLOSED, "2025-09-26T11:40+08:00", "jyzx")
LOGGED = (LOG, "2025-09-28", "jyzx")
ASSESSED = (ASSESSMENT, "2025-09-29", "jyzx")
OPENED = (QUARTER, "2025-07-01T00:00+08:00", "system")
HALF = (ELECTRONIC, "2025-09-30", "jyzx")
LISTED = (LIST, "2025-09-30", "jyzx")
REQUESTED = (REQUEST, "2025-04-02", "fgj")
ARISEN = (duty(), "2025-04-02", "jyzx")
COPY: dict[str, Any] = {"copy_hash": "AB" * 32}
