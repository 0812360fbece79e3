"""Facts that tests of crime referrals start from: the market bureau suspects bid-rigging and refers it to the police."""

from __future__ import annotations

from typing import Any

from domain.cases.crime_referral.events import (
    CrimeReferralApproved,
    CrimeReferralDispatched,
    CrimeReferralReportSubmitted,
    CrimeSuspicionRecorded,
    CriminalCaseFiled,
    CriminalFilingRefused,
    FilingNoticeReceived,
    NotFilingNoticeReceived,
    PoliceReceiptSigned,
    ReconsiderationDecided,
    ReconsiderationRequested,
    ReconsiderationRequestReceived,
    Result,
    SupplementRequested,
    SupplementSubmitted,
)
from tests.given import opening

M: dict[str, Any] = {"matter": "V1"}
LETTER, REPORT, ITEMS = "涉嫌犯罪案件移送书", "调查报告", "涉案物品清单"
NO_EXPERTISE = ("有关检验报告或者鉴定结论",)
SUSPICION = CrimeSuspicionRecorded(
    **opening("XS-1", "V1"), department="scj", task_force=("甲", "乙"), description="四家公司串通投标"
)
DISPATCH = CrimeReferralDispatched(
    **M, to="gaj", materials=(LETTER, REPORT, ITEMS), missing=NO_EXPERTISE, copied_to="jcy"
)
REFUSAL = CriminalFilingRefused(**M, reason="犯罪事实显著轻微", to="scj")

SUSPECTED = ((SUSPICION, "2025-09-24T10:00+08:00", "scj"),)
REPORTED = (*SUSPECTED, (CrimeReferralReportSubmitted(**M, report="专案组报告"), "2025-09-29T09:30+08:00", "scj"))
APPROVED = (*REPORTED, (CrimeReferralApproved(**M, approved_by="局长"), "2025-09-30T16:30+08:00", "scj"))
DISPATCHED = (*APPROVED, (DISPATCH, "2025-10-09T09:00+08:00", "scj"))
EXAMINING = (*DISPATCHED, (PoliceReceiptSigned(**M), "2025-10-09T10:00+08:00", "gaj"))
SUPPLEMENTING = (*EXAMINING, (SupplementRequested(**M, missing=("鉴定意见",)), "2025-10-10T09:20+08:00", "gaj"))
SUPPLEMENTED = (*SUPPLEMENTING, (SupplementSubmitted(**M, materials=("鉴定意见",)), "2025-10-13T15:00+08:00", "scj"))
REFUSED = (*SUPPLEMENTED, (REFUSAL, "2025-10-16T16:00+08:00", "gaj"))
NOT_FILED = (*REFUSED, (NotFilingNoticeReceived(**M), "2025-10-17T10:00+08:00", "scj"))
ASKED = (*NOT_FILED, (ReconsiderationRequested(**M), "2025-10-20T11:00+08:00", "scj"))
RECONSIDERING = (*ASKED, (ReconsiderationRequestReceived(**M), "2025-10-21T09:00+08:00", "gaj"))
UPHELD = (*RECONSIDERING, (ReconsiderationDecided(**M, result=Result.UPHELD), "2025-10-23T15:00+08:00", "gaj"))
FILED = (*EXAMINING, (CriminalCaseFiled(**M), "2025-10-10T15:00+08:00", "gaj"))
NOTIFIED = (*FILED, (FilingNoticeReceived(**M), "2025-10-13T09:00+08:00", "scj"))
