"""Crime referral (涉嫌犯罪案件移送): a suspected crime goes to the police."""

from domain.cases.crime_referral.case import CrimeReferral

CASE = CrimeReferral
