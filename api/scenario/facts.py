"""Facts that a scenario names besides holders and clocks, each read from the product."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote

from api.scenario.compare import Mismatch
from api.scenario.files import Scenario, Step
from api.scenario.http import Answer, Client
from domain.cases.cadence.period import year_of

File = Mapping[str, Any]
Read = Callable[[Step, File, Answer | None, Client], Any]
PLENARY, THEN = re.compile(r"annual_plenary_(\d{4})"), re.compile(r"as_of_(\d{4})_(\d\d)_(\d\d)")
NOW = "as_of_now"


class NotAnswered(LookupError):
    """The product does not answer a question that the scenario asks."""


def _told(reader: Client, path: str) -> Any:
    answer = reader.get(path)
    if answer.status != 200:
        raise NotAnswered(answer.told)
    return answer.body


def _as_of(step: Step) -> str:
    return f"as_of={quote(step.known_at.isoformat(), safe='')}"


def _punished(step: Step, file: File, answer: Answer | None, reader: Client) -> Any:
    day, seen = step.at.date().isoformat(), file["events"][-1]["event_id"]
    told = _told(reader, f"/api/v1/under-punishment?on={day}&after={seen}")
    return sorted(each["subject"] for each in told["items"])


def _summary(case_type: str, key: str) -> Read:
    def read(step: Step, file: File, answer: Answer | None, reader: Client) -> Any:
        numbers = [case["number"] for case in file["cases"] if case["type"] == case_type]
        if not numbers:
            return None
        told = _told(reader, f"/api/v1/cases/{quote(numbers[-1], safe='')}?{_as_of(step)}")
        return told["summary"].get(key)

    return read


def _covered(step: Step, file: File, answer: Answer | None, reader: Client) -> Any:
    day = step.at.date().isoformat()
    return _told(reader, f"/api/v1/calendar?from={day}&to={day}&{_as_of(step)}")["covered_through"]


def _of_last_event(key: str) -> Read:
    def read(step: Step, file: File, answer: Answer | None, reader: Client) -> Any:
        left = {event["event_id"] for event in answer.body["events"]} if answer and answer.status < 400 else set()
        found = [event for event in file["events"] if event["event_id"] in left]
        return found[-1][key] if found else None

    return read


def _born_overdue(step: Step, file: File, answer: Answer | None, reader: Client) -> bool:
    """Of the clocks that the step started, or of all where it started none."""
    left = {event["event_id"] for event in answer.body["events"]} if answer and answer.status < 400 else set()
    new = [clock for clock in file["clocks"] if clock["created_by"] in left]
    return any(clock.get("born_overdue") for clock in new or file["clocks"])


def _plenary(year: int, step: Step, file: File, answer: Answer | None, reader: Client) -> str | None:
    """Whether the full meeting of the year was held, by the limit of the year; without one, by the meetings."""
    matter = year_of(date(year, 1, 1)).number
    states = {(clock["state"], clock["severity"]) for clock in file["clocks"] if clock["matter"] == matter}
    if any(state == "met" for state, _ in states):
        return "held"
    missed = [severity for state, severity in states if state.startswith("breached")]
    if missed:
        return "missed (soft)" if "soft" in missed else "missed"
    held = [event for event in file["events"] if event["type"] == "meeting.held" and event["data"].get("full")]
    return "held" if not states and any(event["occurred_at"].startswith(str(year)) for event in held) else None


def _then(at: datetime | None, wanted: Mapping[str, Any], step: Step, file: File, reader: Client) -> dict[str, Any]:
    """The same facts at another time, under what is known at the step; None: now."""
    when = "" if at is None else f"?as_of={quote(at.isoformat(), safe='')}&basis=recomputed"
    told = _told(reader, f"/api/v1/files/{quote(file['file_no'], safe='')}{when}")
    moment = step if at is None else replace(step, at=at, recorded_at=at)
    return {key: _read(key, value, moment, told, None, reader) for key, value in wanted.items()}


def _read(key: str, expected: Any, step: Step, file: File, answer: Answer | None, reader: Client) -> Any:
    """What the product says of a fact; raises NotAnswered where it cannot be asked."""
    if (found := PLENARY.fullmatch(key)) is not None:
        return _plenary(int(found[1]), step, file, answer, reader)
    if key == NOW:
        return _then(None, expected, step, file, reader)
    if (found := THEN.fullmatch(key)) is not None:
        day = datetime.combine(date.fromisoformat("-".join(found.groups())), time.max, step.at.tzinfo)
        return _then(day, expected, step, file, reader)
    if key not in FACTS:
        raise NotAnswered("the product cannot be asked this")
    return FACTS[key](step, file, answer, reader)


FACTS: Mapping[str, Read] = {
    "under_joint_punishment": _punished,
    "memo_state": _summary("joint_punishment", "memo_state"),
    "procurement_suspended": _summary("complaint", "procurement_suspended"),
    "calendar_known_through": _covered,
    "born_overdue": _born_overdue,
    "late_recorded": _of_last_event("late_recorded"),
    "recording_lag_calendar_days": _of_last_event("recording_lag_calendar_days"),
}
COMPARED_ELSEWHERE = frozenset({"result", "reason", "holder", "in_transit_to", "clocks", "knowledge"})


def extra_facts(step: Step, file: File | None, answer: Answer | None, reader: Client) -> Iterator[Mismatch]:
    """Every other fact that a step expects."""
    for key, expected in step.expect.items():
        if key in COMPARED_ELSEWHERE:
            continue
        try:
            got = "there is no file" if file is None else _read(key, expected, step, file, answer, reader)
        except NotAnswered as refused:
            got = str(refused)
        if _plain(got) != _plain(expected):
            yield Mismatch(step.n, key, expected, got)


def _plain(told: Any) -> Any:
    """A fact without the order of its parts."""
    if isinstance(told, Mapping):
        return {key: _plain(value) for key, value in told.items()}
    return sorted(told) if isinstance(told, list) else told


def day_facts(step: Step, reader: Client) -> Iterator[Mismatch]:
    """The weekday of a step, and whether it is a rest day or a make-up workday, by the product's calendar."""
    if step.weekday is None:
        return
    day = step.at.date().isoformat()
    told = _told(reader, f"/api/v1/calendar?from={day}&to={day}&{_as_of(step)}")["items"][0]
    rests = told["kind"] in ("weekend", "holiday")
    for key, expected, got in (
        ("weekday", step.weekday, told["weekday"][:3]),
        ("rest_day", step.rest_day, rests),
        ("makeup_workday", step.makeup_workday, told["kind"] == "make-up"),
    ):
        if expected != got:
            yield Mismatch(step.n, key, expected, got)


def final_facts(
    scenario: Scenario, file: File | None, clocks: Mapping[str, str], reader: Client, last: Step
) -> Iterator[Mismatch]:
    """The facts of `final` besides holders and verdicts; other keys are plain words for readers."""
    if file is None:
        return
    final = scenario.final
    if "case_state" in final and file.get("state") != final["case_state"]:
        yield Mismatch("final", "case_state", final["case_state"], file.get("state"))
    legs = sum(event["type"] == "referral.dispatched" for event in file["events"])
    returns = sum(event["type"] == "referral.returned" for event in file["events"])
    for key, got in (("referral_legs", legs), ("returns", returns)):
        if key in final and final[key] != got:
            yield Mismatch("final", key, final[key], got)
    cases = {clock["id"]: clock["case"] for clock in file["clocks"]}
    for name, expected in (final.get("counted_days") or {}).items():
        clock = clocks.get(name)
        got = _counted(reader, cases[clock], clock, last) if clock in cases else "no such clock"
        if got != str(expected).strip():
            yield Mismatch("final", f"counted days of {name}", expected, got)


def _counted(reader: Client, case: str, clock: str | None, last: Step) -> str:
    told = _told(reader, f"/api/v1/cases/{case}/clocks/{clock}/explanation?{_as_of(last)}")
    return " ".join(day["date"][5:] for day in told["days"] if day.get("number"))
