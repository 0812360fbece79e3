"""Complaint and report (投诉举报): from receipt to the file's end, in the hands of whoever holds its matter."""

from domain.cases.complaint.case import Complaint

CASE = Complaint
