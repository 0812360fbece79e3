"""Referral (移送): one case per matter and addressee, from the need to refer to the reply of the result."""

from __future__ import annotations

from domain.cases.referral.dispute import Dispute
from domain.cases.referral.receiving import Receiving
from domain.cases.referral.sending import Sending


class Referral(Receiving, Dispute, Sending):
    """Scopes S1 to S3; suspected crime has its own case type. The base named last gives the first steps: dispatch leads."""

    TYPE = "referral"
    CODE = "YS"
