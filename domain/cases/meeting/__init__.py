"""Joint meeting (联席会议): its agenda, what it decided and deferred, its minutes and what became of them."""

from domain.cases.meeting.case import Meeting

CASE = Meeting
