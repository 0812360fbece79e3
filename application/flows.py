"""Whenever something happened in one case of a file, another case of it follows: the one table of such flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.file import File
from domain.kernel import Case, Entry


def _always(entry: Entry, file: File) -> bool:
    return True


def _none(entry: Entry) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Flow:
    """After `when`, if `only_if` holds, the case of `case_type` whose main matter the event is about takes `step`."""

    when: str
    case_type: str
    step: str
    only_if: Callable[[Entry, File], bool] = _always
    arguments: Callable[[Entry], Mapping[str, Any]] = _none


def _receiver(entry: Entry) -> Mapping[str, Any]:
    return {"receiver": entry.actor.acting_for}


FLOWS = (
    Flow("referral.receipt-signed", "complaint", "hand_over", arguments=_receiver),
    Flow("referral.accepted", "complaint", "take_over", arguments=_receiver),
    Flow("referral.return-received", "complaint", "take_back"),
    Flow("referral.withdrawn", "complaint", "take_back"),
    Flow("referral.closed", "complaint", "end_elsewhere"),
)
"""A complaint or report referred as a whole goes along with its matter, comes back with it, or ends with it."""


def following(entry: Entry, file: File, flows: tuple[Flow, ...] = FLOWS) -> list[tuple[Case, str, Mapping[str, Any]]]:
    """What follows from an entry: which case takes which step with which arguments. Without such a case nothing does."""
    return [
        (case, flow.step, flow.arguments(entry))
        for flow in flows
        if flow.when == entry.topic and flow.only_if(entry, file)
        for case in tuple(file.cases.values())
        if case.TYPE == flow.case_type and case.matter == entry.matter
    ]
