"""Whether limits say what is true: quotes (引文) that stand in the texts, events and fields that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from domain.law.limit import Condition, Extension, Passing, Revival, TimeLimit, Void
from domain.law.practice import Practice
from domain.law.profile_format import BadProfile

Named = tuple[str, str | None]
"""A topic, and a field of its event if one is named."""


def check(
    limits: Iterable[TimeLimit], texts: Mapping[str, str], topics: Mapping[str, Collection[str]] | None = None
) -> None:
    """Refuse a quote that is not in its text and, of enforced rules, an event or a field that does not exist.

    `texts`: full texts by file name. `topics`: the fields of every event by topic; without it events are not looked up.
    """
    for limit in limits:
        if reason := _misquoted(limit, texts) or (topics is not None and _unknown(limit, topics)):
            raise BadProfile(f"{limit.profile}.toml", limit.line, f"{limit.id}: {reason}")


def check_quotes(practices: Iterable[Practice], texts: Mapping[str, str]) -> None:
    """Refuse a practice whose quote is not in its text."""
    for practice in practices:
        if reason := _misquoted(practice, texts):
            raise BadProfile(f"{practice.profile}.toml", practice.line, f"{practice.about}: {reason}")


def _misquoted(limit: TimeLimit | Practice, texts: Mapping[str, str]) -> str | None:
    citation = limit.citation
    if citation.text is not None and citation.text not in texts:
        return f"there is no text {citation.text!r}"
    missing = (quote for quote in citation.quote if quote not in texts[citation.text or ""])
    return next((f"{citation.text} does not say {quote!r}" for quote in missing), None)


def _unknown(limit: TimeLimit, topics: Mapping[str, Collection[str]]) -> str | None:
    for topic, field in names(limit) if limit.enforced else ():
        if topic not in topics:
            return f"there is no event {topic!r}"
        if field is not None and field not in topics[topic]:
            return f"the event {topic!r} has no field {field!r}"
    return None


def names(limit: TimeLimit) -> Iterator[Named]:
    """Every event that a limit names, and every field of one."""
    yield from _start_names(limit)
    for stop in limit.stops:
        yield from _asked(stop.on, stop.condition)
        yield stop.on, stop.field
        yield from ((topic, None) for topic in (stop.confirmed_by, stop.rejected_by) if topic)
    for pause in limit.pauses:
        yield from _asked(pause.begins, pause.condition)
        yield pause.begins, pause.match
        yield pause.ends, pause.match
    clauses: tuple[Void | Revival | Extension | Passing, ...] = (
        *limit.voids,
        *limit.revivals,
        *limit.extensions,
        *limit.passings,
    )
    for clause in clauses:
        yield from _asked(clause.on, clause.condition)
    yield from ((revival.cancels, None) for revival in limit.revivals)
    yield from ((extension.on, extension.field) for extension in limit.extensions)
    for passing in limit.passings:
        yield passing.on, limit.shared_by
        yield from _owing(passing.on, limit.owed_by)
    if limit.not_later_than is not None:
        yield from ((topic, None) for topic in limit.not_later_than.anchors)


def _start_names(limit: TimeLimit) -> Iterator[Named]:
    for start in limit.starts:
        yield from _asked(start.on, start.condition)
        elsewhere = start.about is not None
        yield from product((start.on,) if elsewhere or not start.anchors else start.anchors, start.fields or (None,))
        yield from ((topic, None) for topic in start.anchors if elsewhere)
        named = (start.about, start.done_on, (start.within or limit.within).field, limit.shared_by)
        yield from ((start.on, field) for field in named)
        yield from _owing(start.on, start.owed_by or limit.owed_by)


def _asked(on: str, condition: Condition) -> Iterator[Named]:
    yield on, None
    yield from ((on, field) for field in condition.when)
    for path in condition.given:
        topic, field = path.rsplit(".", 1) if path.count(".") > 1 else (path, None)
        yield topic, field


def _owing(on: str, owed_by: str) -> Iterator[Named]:
    if owed_by == "addressee":
        yield on, "to"
    elif owed_by.startswith("field:"):
        yield on, owed_by.removeprefix("field:")
    elif owed_by.startswith("actor of "):
        yield owed_by.removeprefix("actor of "), None
