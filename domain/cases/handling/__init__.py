"""Handling (承办): which officer is in charge of a case inside an organ, and which organ stands where another did."""

from domain.cases.handling.case import Handling

CASE = Handling
