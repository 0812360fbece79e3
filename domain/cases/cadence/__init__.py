"""A cadence (周期): a half-year or a year in which a meeting or an inspection is to take place."""

from domain.cases.cadence.case import Cadence

CASE = Cadence
