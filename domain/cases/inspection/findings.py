"""What was found (发现的违法违规行为): each a matter of its finder, which disposes of it or refers it like any other matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.cases.inspection import law
from domain.cases.inspection.events import (
    CaseClosed,
    CaseReportFiled,
    HandlingCompleted,
    JointInspectionStarted,
    Scope,
    ViolationDiscovered,
)
from domain.cases.inspection.planning import CENTRE
from domain.cases.inspection.record import (
    DISPOSED,
    FOUND,
    INITIATOR,
    PARTICIPANTS,
    PUBLISHED,
    REPORTED,
    STARTED,
    Finding,
    InspectionRecord,
)
from domain.demands import MATTER_TAKEN, blank, stated
from domain.kernel import HOLDER, Organ, Refused, step
from domain.law.clock import day_of
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

CAME_BACK = ("referral.return-received", "referral.withdrawn")
SUSPECTED = "crime-referral.suspicion-recorded"
LEFT_BY_POLICE = ("crime-referral.not-approved", "crime-referral.not-filing-notice-received")


@dataclass(frozen=True)
class Found:
    """One finding as it is handed in. `found_by`: who recorded it, if not said; `discovered_on`: the day of the step."""

    matter: str
    description: str | None
    refer: bool
    scope: Scope | None = None
    found_by: str | None = None
    discovered_on: date | None = None


class Findings(InspectionRecord):
    """Record what was found; its finder deals with it as long as nobody else has signed for it."""

    @step(INITIATOR, PARTICIPANTS, states=(STARTED, PUBLISHED))
    def record_findings(self, desk: Desk, *, findings: tuple[Found, ...] | None) -> None:
        """Record findings, each a new `matter`. `refer`: it goes on to others in `scope` S1 to S3, or as a crime in S4."""
        if not findings:
            raise Refused(law.NOTHING_FOUND)
        events = [self._discovered(desk, found) for found in findings]
        named = [found.matter for found in findings]
        if twice := [matter for matter in named if named.count(matter) > 1]:
            raise Refused(MATTER_TAKEN, matter=twice[0])
        for event in events:
            self.record(event)

    def _discovered(self, desk: Desk, found: Found) -> ViolationDiscovered:
        if found.description is None or blank(found.description):
            raise Refused(law.NOTHING_FOUND, matter=found.matter)
        if blank(found.matter):
            raise Refused(law.MATTER_UNNAMED)
        if found.matter in desk.file.matters or found.matter == self.matter:
            raise Refused(MATTER_TAKEN, matter=found.matter)
        if found.refer != (found.scope is not None):
            raise Refused(law.SCOPE_REQUIRED, matter=found.matter)
        return ViolationDiscovered(
            matter=found.matter,
            inspection=Fixed(self.number),
            found_by=self._finder(desk, found),
            description=found.description,
            discovered_on=self._day(desk, found),
            refer=found.refer,
            scope=found.scope,
        )

    def _finder(self, desk: Desk, found: Found) -> Organ:
        known = desk.known(found.found_by or desk.organ)
        if known is None or known.id not in (self.initiator, *self.participants):
            raise Refused(law.FINDER_NOT_PARTICIPANT, found_by=found.found_by)
        if desk.has_role(CENTRE, known.id):
            raise Refused(law.CENTRE_COLLECTS)
        if desk.organ not in (self.initiator, known.id):
            raise Refused(law.OWN_FINDINGS, found_by=known.id)
        return Organ(known.id)

    def _day(self, desk: Desk, found: Found) -> date:
        today = day_of(desk.at)
        begun = desk.file.latest(JointInspectionStarted.TOPIC, self.matter)
        day = found.discovered_on or today
        if day > today or (begun is not None and day < day_of(begun.occurred_at)):
            raise Refused(law.FOUND_OUTSIDE, matter=found.matter, discovered_on=day)
        return day

    @step(HOLDER)
    def dispose_finding(
        self, desk: Desk, *, matter: str, outcome: str | None, instead_of_referral: str | None = None
    ) -> None:
        """Deal with what one has found oneself: it is handled (处理完毕), and the handling is to be reported."""
        found = self._own(desk, matter)
        if found.state != FOUND:
            raise Refused(law.ALREADY_DONE)
        outcome = stated(outcome, law.OUTCOME_REQUIRED)
        crime = found.scope is Scope.CRIME or desk.file.latest(SUSPECTED, matter) is not None
        if crime and not _left_by_police(desk, matter):
            raise Refused(law.CRIME_GOES_TO_POLICE)
        if found.refer and not crime and blank(instead_of_referral) and not _happened(desk, matter, CAME_BACK):
            raise Refused(law.TO_BE_REFERRED)
        self.record(HandlingCompleted(matter=matter, outcome=outcome, instead_of_referral=instead_of_referral))

    @step(HOLDER)
    def file_report(self, desk: Desk, *, matter: str, uploaded_to: str | None = None) -> None:
        """Report to the coordinating office how one has dealt with a finding."""
        found = self._own(desk, matter)
        if found.state == FOUND:
            raise Refused(law.NOT_DISPOSED)
        if found.state != DISPOSED:
            raise Refused(law.ALREADY_DONE)
        self.record(CaseReportFiled(matter=matter, uploaded_to=uploaded_to))

    @step(HOLDER)
    def close_finding(self, desk: Desk, *, matter: str) -> None:
        """Close a finding that is disposed of when no duty in it is outstanding."""
        found = self._own(desk, matter)
        if found.state not in (DISPOSED, REPORTED):
            raise Refused(law.NOT_DISPOSED)
        if running := desk.file.open_clocks(matter, desk.at):
            raise Refused(law.CLOCKS_RUNNING, rules=[clock.limit.id for clock in running])
        self.record(CaseClosed(matter=matter))

    def _own(self, desk: Desk, matter: str) -> Finding:
        """The finding, if who acts has found it and has it at hand."""
        found = self.findings.get(matter)
        if found is None:
            raise Refused(law.NO_SUCH_FINDING, matter=matter)
        if found.found_by != desk.organ:
            raise Refused(law.NOT_THE_FINDER, found_by=found.found_by)
        if (way := desk.file.matters[matter].in_transit_to) is not None:
            raise Refused(law.ON_THE_WAY, matter=matter, addressee=way)
        return found

    def _open(self, desk: Desk) -> list[str]:
        """The findings that are neither disposed of nor in the hands of whoever signed for them."""
        return [each.matter for each in self.findings.values() if each.state == FOUND and _still_here(desk, each)]


def _still_here(desk: Desk, found: Finding) -> bool:
    matter = desk.file.matters[found.matter]
    return matter.open and found.found_by in (matter.holder, matter.in_transit_to)


def _happened(desk: Desk, matter: str, topics: Sequence[str]) -> bool:
    return any(desk.file.latest(topic, matter) is not None for topic in topics)


def _left_by_police(desk: Desk, matter: str) -> bool:
    """Whether the police, or one's own head before them, left the latest suspicion to the finder."""
    suspected = desk.file.latest(SUSPECTED, matter)
    since = 0 if suspected is None else suspected.file_version
    left = (desk.file.latest(topic, matter) for topic in LEFT_BY_POLICE)
    return any(each is not None and each.file_version > since for each in left)
