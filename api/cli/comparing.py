"""The known beside the recomputed (今昔对照), in lines: what was said of an instant then, what is said today, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.cli.picture import judged_text, moment_text
from api.cli.words import Words, language, title
from application.causes import CLOCK, CUSTODY


def lines_of(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each difference in a line, its causes below it."""
    for item in items:
        yield f"{item['number']}  {_about(item)}: {_said(item, 'known')} → {_said(item, 'recomputed')}"
        for cause in item["causes"]:
            yield f"    {_cause(cause)}"
            yield from (f"      {line}" for line in _facts(cause))


def _about(item: Mapping[str, Any]) -> str:
    if item["about"] == CLOCK:
        clock = item["clock"]
        return f"{clock['rule']} {title(clock['title'])}"
    return f"{Words('经办', 'holder')} {item['matter']}" if item["about"] == CUSTODY else str(Words("状态", "state"))


def _said(item: Mapping[str, Any], side: str) -> str:
    said = item[side]
    if said is None:
        return "-"
    if item["about"] == CLOCK:
        return f"{judged_text(said)} ({said['party']})"
    if item["about"] == CUSTODY:
        return f"{said['holder'] or '-'}" + (f" → {said['in_transit_to']}" if said["in_transit_to"] else "")
    return str(said["state"])


def _cause(cause: Mapping[str, Any]) -> str:
    notes = [
        () if cause["alone"] else (Words("仅与他因并存时", "only together with another"),),
        () if cause["needed"] else (Words("无此亦然", "the same without it"),),
    ]
    told = [str(each) for few in notes for each in few]
    return cause["text"][language()] + (f" ({'; '.join(told)})" if told else "")


def _facts(cause: Mapping[str, Any]) -> Iterator[str]:
    recorded = Words("登记", "recorded")
    for event in cause["events"]:
        times = f"{moment_text(event['occurred_at'])}, {recorded} {moment_text(event['recorded_at'])}"
        yield f"{event['number']} {event['version']}  {event['type']}  {times}  {event['department']}"
    yield from (f"{each['id']}  {each['notice']}" for each in cause["editions"])
    for each in cause["versions"]:
        yield f"{each['profile']}/{each['rule']}  {each['since']}, {Words('获知', 'learned')} {each['learned']}"
