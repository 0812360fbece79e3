"""Implication (涉案) and recusal (回避): who has no right in a file."""

from domain.cases.recusal.case import Recusal

CASE = Recusal
