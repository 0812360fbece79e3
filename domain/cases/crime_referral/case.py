"""Crime referral (涉嫌犯罪案件移送): from the suspicion to the police's decision, in place of an ordinary referral."""

from __future__ import annotations

from domain.cases.crime_referral.police import Police
from domain.cases.crime_referral.sending import Sending


class CrimeReferral(Police, Sending):
    """Scope S4. No administrative penalty replaces it, and it pauses no other time limit."""

    TYPE = "crime_referral"
    CODE = "XS"
