"""The jurisdiction (辖区) itself."""

from domain.cases.jurisdiction.case import Jurisdiction as Jurisdiction

CASE = Jurisdiction
