"""The scenarios that are played walk the whole vocabulary: every command, every key of a payload, every refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.scenario.commands import COMMANDS

DATA = Path(__file__).parent / "data"
VOCABULARY: Mapping[str, Any] = yaml.safe_load((DATA / "vocabulary.yaml").read_text(encoding="utf-8"))
ELSEWHERE = {"Query", "PublishCalendar"}
"""What the runner does itself: it asks, or publishes an arrangement."""


def steps() -> Iterator[Mapping[str, Any]]:
    """Every step of every scenario that the tests play."""
    for path in sorted(DATA.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from told.get("scenario", {}).get("steps", ())


STEPS = tuple(steps())


def outcome(command: str, result: str) -> list[Mapping[str, Any]]:
    """The payloads with which a command meets this result."""
    return [
        {**(step.get("payload") or {}), "": step["expect"].get("reason")}
        for step in STEPS
        if step["command"] == command and step["expect"]["result"] == result
    ]


def free(key: str) -> bool:
    """Whether a key stands for any name, such as the id of a finding."""
    return key.startswith("<")


def gaps(command: str, told: Mapping[str, Any]) -> Iterator[str]:
    """What of a command no scenario shows."""
    accepted = outcome(command, "query" if command == "Query" else "accepted")
    if not accepted:
        yield "never accepted"
    for key, rule in (told["payload"] or {}).items():
        if not free(key) and not any(key in payload for payload in accepted):
            yield f"{key} is never given"
        if rule.get("optional") and not any(key not in payload for payload in accepted):
            yield f"{key} is never absent"
    refused = {payload[""] for payload in outcome(command, "rejected")}
    yield from (f"never refused for {code}" for code in told["rejections"] if code not in refused)


@pytest.mark.parametrize("command", VOCABULARY["commands"])
def test_every_command_is_shown_with_all_it_can_say_and_every_refusal_it_can_meet(command: str) -> None:
    assert list(gaps(command, VOCABULARY["commands"][command])) == []


def test_the_runner_knows_every_command() -> None:
    assert VOCABULARY["commands"].keys() - COMMANDS.keys() - ELSEWHERE == set()


def test_a_command_that_nobody_shows_is_missed() -> None:
    told = {"payload": {"case": {"optional": False}}, "rejections": ["NOT_TODAY"]}
    assert list(gaps("NoSuchCommand", told)) == ["never accepted", "case is never given", "never refused for NOT_TODAY"]
