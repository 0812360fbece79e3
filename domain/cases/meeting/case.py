"""A joint meeting (联席会议), from its preparation to the circulation of what became of its resolutions."""

from __future__ import annotations

from domain.cases.meeting.calling import Calling
from domain.cases.meeting.holding import Holding
from domain.cases.meeting.minutes import Minutes
from domain.kernel import Audience


class Meeting(Calling, Holding, Minutes):
    """A meeting of departments. It is held by its office, beside what the file is about, until the minutes name lead departments."""

    TYPE = "meeting"
    CODE = "LX"
    OPEN_TO = Audience.DEPARTMENTS
    STANDING = True
