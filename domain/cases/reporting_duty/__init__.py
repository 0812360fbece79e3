"""A reporting duty (报送): what one unit has to send another because something happened, a quarter began, or somebody asked."""

from domain.cases.reporting_duty.case import ReportingDuty

CASE = ReportingDuty
