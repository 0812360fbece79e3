"""Assistance letter (协助办理函): the department that inquires into a matter asks another organ to help."""

from domain.cases.assistance.case import Assistance

CASE = Assistance
