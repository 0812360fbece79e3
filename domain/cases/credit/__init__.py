"""Credit points (信用记分)."""

from domain.cases.credit.case import Credit

CASE = Credit
