"""What a reader is shown of why today's answer is another than that of the day (差异说明): what was said, what is said, each cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from application.causes import STATE, Cause, Difference
from application.ledger import OFFICE_FILE
from application.shown import in_china, shown_edition
from application.whatif import Verdict
from application.whatif_shown import shown_verdict
from application.worlds import Kind
from domain.file import File
from domain.kernel import Entry, EventCorrected, OpeningEvent
from domain.law.limit import TimeLimit

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.LATE: ("补录：事后登记，或未按发生顺序登记", "recorded later, or in another order than it happened"),
    Kind.CORRECTION: ("更正：事后登记的更正", "a correction recorded later"),
    Kind.CALENDAR: ("放假安排：事后获知的版本", "an arrangement of holidays learned later"),
    Kind.RULE: ("规则版本：事后获知的版本", "a version of the rule learned later"),
    Kind.ORGANS: ("机关调整：角色、范围或工作日历", "organs as they are today: roles, place or calendar"),
}
"""What each cause is called in Chinese and in English."""


@dataclass(frozen=True)
class Showing:
    """Shows what differs in one file. `entries`: all of it; `shows`: which of its cases the reader may look at."""

    entries: Sequence[Entry]
    shows: Callable[[UUID | None], bool]

    def number(self, case: UUID) -> str:
        """The number of a case."""
        said = (each.event for each in self.entries if each.case_id == case)
        return next((event.number for event in said if isinstance(event, OpeningEvent)), "")

    def difference(self, found: Difference, case: UUID) -> dict[str, Any]:
        """One difference; `case` is the case that it is about."""
        verdict = next((each for each in (found.known, found.recomputed) if isinstance(each, Verdict)), None)
        what, name = found.about
        return {
            "about": what,
            "case": case,
            "number": self.number(case),
            "matter": verdict.clock.matter if verdict else None if what == STATE else name,
            "clock": None if verdict is None else _clock(verdict),
            "known": _said(what, found.known),
            "recomputed": _said(what, found.recomputed),
            "causes": [self._cause(each) for each in found.causes],
        }

    def _cause(self, cause: Cause) -> dict[str, Any]:
        zh, en = KINDS[cause.kind]
        return {
            "kind": cause.kind,
            "text": {"zh": zh, "en": en},
            "alone": cause.alone,
            "needed": cause.needed,
            "one_by_one": cause.one_by_one,
            "events": [self._event(each) for each in cause.entries if self._may_show(each)],
            "editions": [shown_edition(each) for each in cause.editions],
            "versions": [_version(each) for each in cause.versions],
        }

    def _may_show(self, entry: Entry) -> bool:
        return entry.file_id == OFFICE_FILE or self.shows(entry.case_id)

    def _event(self, entry: Entry) -> dict[str, Any]:
        return {
            "event_id": entry.event_id,
            "type": entry.topic,
            "case": entry.case_id,
            "number": self.number(entry.case_id),
            "version": entry.version,
            "occurred_at": in_china(entry.occurred_at),
            "recorded_at": in_china(entry.known_at()),
            "department": entry.actor.department,
            "corrects": entry.event.corrects if isinstance(entry.event, EventCorrected) else None,
        }


def case_of(found: Difference, files: Sequence[File]) -> UUID | None:
    """The case that something is about which differs, in the first of these files that has it."""
    verdict = next((each for each in (found.known, found.recomputed) if isinstance(each, Verdict)), None)
    if verdict is not None:
        return verdict.clock.case_id
    what, name = found.about
    if what == STATE:
        return UUID(name)
    return next((file.matters[name].case_id for file in files if name in file.matters), None)


def _clock(verdict: Verdict) -> dict[str, Any]:
    clock, limit = verdict.clock, verdict.clock.limit
    title = {"zh": limit.title_zh, "en": limit.title_en}
    return {"id": clock.id, "profile": limit.profile, "rule": limit.id, "title": title, "leg": clock.leg}


def _said(what: str, said: Any) -> dict[str, Any] | None:
    if said is None:
        return None
    if isinstance(said, Verdict):
        return {**(shown_verdict(said) or {}), "version_since": said.clock.limit.since}
    return {"state": said} if what == STATE else {"holder": said[0], "in_transit_to": said[1]}


def _version(limit: TimeLimit) -> dict[str, Any]:
    return {"profile": limit.profile, "rule": limit.id, "since": limit.since, "learned": limit.learned}
