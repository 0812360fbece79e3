"""Referral (移送): a matter goes from the department that holds it to the one that is competent."""

from domain.cases.referral.case import Referral

CASE = Referral
