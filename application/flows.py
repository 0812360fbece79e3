"""Whenever something happened in one case of a file, another case of it follows or is opened: the one table of such flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.cases import EVENTS
from domain.file import File
from domain.kernel import Case, Entry
from domain.law.clock import day_of


def _always(entry: Entry, file: File) -> bool:
    return True


def _none(entry: Entry) -> Mapping[str, Any]:
    return {}


def _main_matter(case: Case, entry: Entry) -> bool:
    return case.matter == entry.matter


@dataclass(frozen=True, slots=True)
class Flow:
    """After `when`, if `only_if` holds, a case of `case_type` takes `step`: `whose` main matter the event is about, if not said."""

    when: str
    case_type: str
    step: str
    only_if: Callable[[Entry, File], bool] = _always
    arguments: Callable[[Entry], Mapping[str, Any]] = _none
    whose: Callable[[Case, Entry], bool] = _main_matter


def _receiver(entry: Entry) -> Mapping[str, Any]:
    return {"receiver": entry.actor.acting_for}


def _decision(entry: Entry) -> Mapping[str, Any]:
    decided: Any = entry.event
    return {"decision": decided.number, "subject": decided.subject, "uscc": decided.uscc}


def _ended(entry: Entry, file: File) -> bool:
    matter = file.matters.get(entry.matter or "")
    return matter is not None and not matter.open


def _asks_about(case: Case, entry: Entry) -> bool:
    return getattr(case, "about", None) == entry.matter


CLOSING = tuple(topic for topic, event in EVENTS.items() if event.CUSTODY and event.CUSTODY.effect == "closes")
"""Every event that can end a matter."""

FLOWS = (
    Flow("referral.receipt-signed", "complaint", "hand_over", arguments=_receiver),
    Flow("referral.accepted", "complaint", "take_over", arguments=_receiver),
    Flow("referral.return-received", "complaint", "take_back"),
    Flow("referral.withdrawn", "complaint", "take_back"),
    Flow("referral.closed", "complaint", "end_elsewhere"),
    *(Flow(topic, "assistance", "outlive", only_if=_ended, whose=_asks_about) for topic in CLOSING),
    Flow("joint-punishment.penalty-decided", "penalty", "conclude", arguments=_decision),
)
"""A complaint or report referred as a whole goes along with its matter, comes back with it, or ends with it. A letter outlives
its matter. A penalty ends the case that was filed for it, and may be decided only if that allows."""


def following(entry: Entry, file: File, flows: tuple[Flow, ...] = FLOWS) -> list[tuple[Case, str, Mapping[str, Any]]]:
    """What follows from an entry: which case takes which step with which arguments. Without such a case nothing does."""
    return [
        (case, flow.step, flow.arguments(entry))
        for flow in flows
        if flow.when == entry.topic and flow.only_if(entry, file)
        for case in tuple(file.cases.values())
        if case.TYPE == flow.case_type and flow.whose(case, entry)
    ]


@dataclass(frozen=True, slots=True)
class Opening:
    """After `when` a case of `case_type` is opened by `step` in the same file, for each of the arguments that `each` gives."""

    when: str
    case_type: str
    step: str
    each: Callable[[Entry, File], Iterator[Mapping[str, Any]]]


def _resolved(entry: Entry, file: File) -> Iterator[Mapping[str, Any]]:
    """Each thing decided, as a task that counts from the day of the document and whose date is moved by who set it."""
    decided: Any = entry.event
    number = file.cases[entry.case_id].number
    for each in decided.resolutions:
        yield {
            "matter": each.resolution,
            "title": each.text or each.resolution,
            "leads": (each.lead, *each.co_leads),
            "cooperating": each.cooperating,
            "issued": day_of(entry.occurred_at),
            "due": each.due,
            "long_term": each.long_term,
            "authority": decided.set_by,
            "source": number,
            "clause": each.resolution,
        }


OPENINGS = (
    Opening("meeting.minutes-issued", "task", "assign", _resolved),
    Opening("coordination.task-assigned-out", "task", "assign", _resolved),
)
"""What a meeting or a coordination group decided becomes supervised tasks, in the same breath or not at all."""


def opened_by(
    entry: Entry, file: File, openings: tuple[Opening, ...] = OPENINGS
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Which cases an entry opens: type, step, and its arguments."""
    for opening in openings:
        if opening.when == entry.topic:
            for arguments in opening.each(entry, file):
                yield opening.case_type, opening.step, arguments
