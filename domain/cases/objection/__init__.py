"""Objection (异议) to a tenderee, or challenge (质疑) to a purchaser: what comes before a complaint."""

from domain.cases.objection.case import Objection

CASE = Objection
