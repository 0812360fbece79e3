"""A file told again (重新计算): custody and time limits from the facts that are shown, under the law that is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from infrastructure.bundle.verifier.days import Almanac
from infrastructure.bundle.verifier.explained import Explaining
from infrastructure.bundle.verifier.facts import Fact, corrected, day_in_china
from infrastructure.bundle.verifier.held import Custody
from infrastructure.bundle.verifier.limits import Limits
from infrastructure.bundle.verifier.offices import Offices
from infrastructure.bundle.verifier.verdicts import Counting

Law = dict[str, Any]


class Recount:
    """What follows from the facts of a file as of an instant. `law`: its `rules`, `calendars`, `effects` and `succeeds`."""

    def __init__(self, facts: list[Fact], offices: list[Fact], law: Law, at: datetime) -> None:
        self.offices = Offices(corrected(sorted(offices, key=lambda each: each.version)))
        told = corrected(sorted(facts, key=lambda each: each.place))
        profiles = {each.case: each.said["profiles"] for each in told if "profiles" in each.said}
        custody, limits = Custody(law["effects"]), Limits(law["rules"], profiles, law["succeeds"], self.offices)
        for fact in told:
            limits.tell(fact, custody.tell(fact))
        self.custody = custody.spans
        counting = Counting(Almanac(law["calendars"], day_in_china(at)))
        explaining = Explaining(counting)
        self.clocks = [{**counting.judge(each, at), **explaining.told(each)} for each in limits.clocks]
