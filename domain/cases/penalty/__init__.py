"""Penalty procedure (行政处罚程序), from the filing of the case to the decision."""

from domain.cases.penalty.case import PenaltyCase

CASE = PenaltyCase
