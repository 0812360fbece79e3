"""The supervision record (督办卷) of one file: an aggregate of its own, so that inspectors and departments never contend."""

from __future__ import annotations

from domain.cases.supervision.answering import Answering
from domain.cases.supervision.issuing import Issuing
from domain.cases.supervision.measures import Measures
from domain.cases.supervision.record import supervision_number as supervision_number
from domain.cases.supervision.timer import Timer
from domain.kernel import Audience


class Supervision(Measures, Answering, Issuing, Timer):
    """What was recorded of the clocks of a file, and what inspectors did about it. The base named last gives the first steps."""

    TYPE = "supervision"
    CODE = "DB"
    OPEN_TO = Audience.ADDRESSEES
