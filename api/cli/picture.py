"""A case in lines of text (案件概览): state, holder, clocks, events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from api.cli.words import Words, language
from domain.law.clock import State
from domain.law.wording import STATES
from domain.register import Register

UNITS = {
    "calendar_days": Words("天", " calendar days"),
    "working_days": Words("个工作日", " working days"),
    "hours": Words("小时", " hours"),
}


def picture(case: Mapping[str, Any], register: Register) -> Iterator[str]:
    """The lines about a case as `anjuan replay` shows it."""
    yield f"{case['number']}  {case['type']}  {case['state']}  " + str(Words("版本", "version")) + f" {case['version']}"
    yield f"{Words('案卷', 'file')} {case['file_no']}  {_standing(case)}"
    yield _held(case, register)
    yield ""
    for event in case["events"]:
        yield event_line(event)
    if case["clocks"]:
        yield ""
    for clock in case["clocks"]:
        yield clock_line(clock)


def _standing(case: Mapping[str, Any]) -> str:
    when = moment_text(case["as_of"]) if case["as_of"] else str(Words("现在", "now"))
    final = Words("已定", "final") if case["final"] else Words("可能变化", "may still change")
    return f"{Words('截至', 'as of')} {when} ({case['basis']}, {final})"


def _held(case: Mapping[str, Any], register: Register) -> str:
    holder = named(case["holder"], register) if case["holder"] else str(Words("无（已办结）", "nobody"))
    on_the_way = case["in_transit_to"]
    sent = f"  → {named(on_the_way, register)}" if on_the_way else ""
    return f"{Words('办理机关', 'holder')}: {holder}{sent}"


def named(organ: str, register: Register) -> str:
    """An organ by its name and id."""
    found = register.organ(organ)
    if found is None:
        return organ
    return f"{found.name_en if language() == 'en' and found.name_en else found.name_zh} ({organ})"


def event_line(event: Mapping[str, Any]) -> str:
    """One event in a line."""
    late = f"  ({Words('补录', 'recorded')} {moment_text(event['recorded_at'])})" if event["late_recorded"] else ""
    return f"{event['version']:>3}  {moment_text(event['occurred_at'])}  {event['department']:<8} {event['type']}{late}"


def clock_line(clock: Mapping[str, Any]) -> str:
    """One clock with its verdict in a line."""
    due = moment_text(clock["due"]) if clock["due"] else "-"
    zh, en = STATES[State(clock["state"])]
    late = late_text(clock.get("late_by"))
    stopped = f"  [{moment_text(clock['stopped'])}]" if "stopped" in clock else ""
    title = clock["title"][language()]
    verdict = f"{Words(zh, en)}{late and ' '}{late}{stopped}"
    return f"{clock['rule']:<11} {clock['party']:<6} {moment_text(clock['start'])} → {due:<16} {verdict}  {title}"


def judged_text(verdict: Mapping[str, Any] | None) -> str:
    """When an act is due and what holds of it, in a few words; a dash where there is no clock."""
    if verdict is None:
        return "-"
    provisional = f" {Words('暂定', 'provisional')}" if verdict["provisional"] else ""
    return f"{moment_text(verdict['due']) if verdict['due'] else '-'}{provisional} {verdict['state']}"


def late_text(late: Mapping[str, Any] | None) -> str:
    """How late something is, in all units in which that is told."""
    return " ".join(f"+{amount}{UNITS[unit]}" for unit, amount in (late or {}).items())


def moment_text(moment: Any) -> str:
    """A day, or an instant to the minute."""
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%d %H:%M}"
    return moment.isoformat() if isinstance(moment, date) else str(moment)
