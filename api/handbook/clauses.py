"""The clauses of a time limit in words: what starts it, stops it, pauses it, and what else an event does to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.handbook.markdown import chinese, code
from domain.kernel import Event
from domain.law.limit import Condition, Extension, Passing, Pause, Revival, Span, Start, Stop, TimeLimit, Void
from domain.law.wording import span_text

PARTIES = {
    "holder": "who holds the matter",
    "actor": "who acted",
    "addressee": "the addressee",
}


def amount(span: Span, language: int = 1) -> str:
    """How long, in words; language 0 is Chinese, 1 English."""
    return span_text(span, language).replace("(s)", "" if span.amount == 1 else "s")


def owing(owed_by: str) -> str:
    """Who owes the act."""
    kind, _, rest = owed_by.partition(":")
    if kind == "role":
        return f"the organ with the role `{rest}`"
    if kind == "party":
        return f"the {rest} (no organ)"
    if kind == "field":
        return f"the organ in the field `{rest}`"
    if kind.startswith("actor of "):
        return f"who recorded `{kind.removeprefix('actor of ')}`"
    return PARTIES[kind]


class Words:
    """The clauses of limits in words, with the Chinese name beside every event."""

    def __init__(self, events: Mapping[str, type[Event]]) -> None:
        self._names = {topic: chinese(event.__doc__) for topic, event in events.items()}

    def of(self, limit: TimeLimit) -> Iterator[tuple[str, str]]:
        """Every clause of a limit: what it does, and when."""
        yield from (("Starts", self._start(each)) for each in limit.starts)
        yield from (("Stops", self._stop(each)) for each in limit.stops)
        yield from (("Pauses", self._pause(each)) for each in limit.pauses)
        yield from (("Void", self._void(each)) for each in limit.voids)
        yield from (("Revived", self._revival(each)) for each in limit.revivals)
        yield from (("Extended", self._extension(each)) for each in limit.extensions)
        yield from (("Passes on", self._passing(each)) for each in limit.passings)
        if limit.not_later_than is not None:
            ceiling = limit.not_later_than
            yield "Not later than", f"{amount(ceiling.within)} from the latest {self._any(ceiling.anchors)}"

    def _topic(self, topic: str) -> str:
        return f"`{topic}` {self._names.get(topic, '')}".rstrip()

    def _any(self, topics: tuple[str, ...]) -> str:
        return " or ".join(map(self._topic, topics))

    def _start(self, start: Start) -> str:
        parts = [self._topic(start.on) + self._condition(start.condition), *self._counted_from(start)]
        if start.owed_by:
            parts.append(f"owed by {owing(start.owed_by)}")
        if start.within:
            parts.append(f"{amount(start.within)} long")
        if start.stops_itself:
            done = f", done on the day in `{start.done_on}`" if start.done_on else ""
            parts.append(f"which is also the act that was owed{done}")
        return ", ".join(parts)

    def _counted_from(self, start: Start) -> Iterator[str]:
        dates = ("the latest of " if len(start.fields) > 1 else "") + code(start.fields)
        if start.about:
            there = [f"the latest {self._any(start.anchors)}"] if start.anchors else []
            due = [f"the last day of {start.after_due}"] if start.after_due else []
            elsewhere = " or else ".join([*there, *due])
            yield f"counted from the latest of {code(start.fields)} and of {elsewhere} in the matter named by `{start.about}`"
        elif start.anchors and start.fields:
            yield f"counted from {dates} of the latest {self._any(start.anchors)}"
        elif start.anchors:
            yield f"counted from the latest {self._any(start.anchors)}"
        elif start.fields:
            yield f"counted from {dates}"

    def _stop(self, stop: Stop) -> str:
        parts = [self._topic(stop.on) + self._condition(stop.condition)]
        if stop.same_party:
            parts.append("by the organ that owes")
        if stop.field:
            parts.append(f"on the day in `{stop.field}`")
        if stop.confirmed_by:
            parts.append(f"once `{stop.confirmed_by}` confirms it")
        if stop.rejected_by:
            parts.append(f"unless `{stop.rejected_by}` undoes it")
        if stop.lapse:
            parts.append("which records that the time ran out by itself")
        return ", ".join(parts)

    def _pause(self, pause: Pause) -> str:
        matched = f", matched by `{pause.match}`" if pause.match else ""
        return (
            f"from {self._topic(pause.begins)}{self._condition(pause.condition)} to {self._topic(pause.ends)}{matched}"
        )

    def _void(self, void: Void) -> str:
        other = ", where another organ owes" if void.other_party else ""
        return self._topic(void.on) + self._condition(void.condition) + other

    def _revival(self, revival: Revival) -> str:
        same = ", for the organ that acts" if revival.same_party else ""
        return (
            f"{self._topic(revival.on)}{self._condition(revival.condition)} undoes {self._topic(revival.cancels)}{same}"
        )

    def _extension(self, extension: Extension) -> str:
        on = self._topic(extension.on) + self._condition(extension.condition)
        if extension.to is not None:
            return f"{on}: to {amount(extension.to)}"
        return f"{on}: by {extension.by} more" if extension.by else f"{on}: to the day in `{extension.field}`"

    def _passing(self, passing: Passing) -> str:
        return f"{self._topic(passing.on)}{self._condition(passing.condition)} to whoever then owes it"

    def _condition(self, condition: Condition) -> str:
        own = [f"`{name}` {_value(allowed)}" for name, allowed in condition.when.items()]
        earlier = [self._earlier(path, allowed) for path, allowed in condition.given.items()]
        return "".join(f" if {' and '.join(parts)}" for parts in [[*own, *earlier]] if parts)

    def _earlier(self, path: str, allowed: tuple[Any, ...]) -> str:
        if path.count(".") == 1:
            return f"{self._topic(path)} {'came before' if True in allowed else 'did not come before'}"
        topic, _, name = path.rpartition(".")
        return f"{self._topic(topic)} said `{name}` {_value(allowed)}"


def _value(allowed: tuple[Any, ...]) -> str:
    if allowed == ("@some",):
        return "is given"
    if allowed == ("@none",):
        return "is not given"
    return "is " + " or ".join("not given" if each == "@none" else f"`{_plain(each)}`" for each in allowed)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
