"""A profile (规则档) is a TOML text of `[[limit]]` tables; this reads it strictly and refuses it with file, line and reason."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

from domain.law.limit import (
    Ceiling,
    Citation,
    Condition,
    Extension,
    Passing,
    Pause,
    Revival,
    Span,
    Start,
    Stop,
    TimeLimit,
    Void,
)
from domain.law.strict_table import PATH, TOPIC, Table, Wrong

COUNTED = ("working day", "calendar day", "hour", "month", "year")
PERIODS = ("half-year end", "year end")
UNITS = (*COUNTED, *PERIODS, "quarter day", "date", "none")
KINDS = ("limit", "practice")
STATUSES = ("seed", "national", "derived")
OWED_BY = re.compile(r"holder|actor|addressee|(field|role|party):\w+|actor of [a-z-]+\.[a-z-]+")


class BadProfile(Exception):
    """A profile that is not understood: which file, at which line, and why."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}:{line}: {reason}")
        self.source, self.line, self.reason = source, line, reason


def parse(text: str, *, source: str) -> tuple[TimeLimit, ...]:
    """The limits of a profile; `source` is its file name, and without `.toml` the name of the profile."""
    found: dict[tuple[str, date], TimeLimit] = {}
    for line, values in tables(text, source, "limit"):
        try:
            limit = _limit(Table(values, "limit"), source.removesuffix(".toml"), line)
            if (earlier := found.setdefault((limit.id, limit.since), limit)) is not limit:
                raise Wrong(f"the version of {limit.since} stands already at line {earlier.line}")
        except Wrong as wrong:
            raise BadProfile(source, line, f"{values.get('id', 'limit')}: {wrong}") from wrong
    return tuple(found.values())


def tables(text: str, source: str, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables of one of the two kinds that a profile has, each with its line."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise BadProfile(source, int(place[1]) if place else len(text.splitlines()), str(error)) from error
    heading = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if heading.match(line)]
    found = document.get(kind, [])
    if not document or set(document) - set(KINDS) or not isinstance(found, list) or len(found) != len(lines):
        reason = (
            "a profile has tables that begin with [[limit]] or [[practice]] on a line of their own, and nothing else"
        )
        raise BadProfile(source, 1, reason)
    return list(zip(lines, found, strict=True))


def _limit(table: Table, profile: str, line: int) -> TimeLimit:
    title = table.table("title")
    limit = TimeLimit(
        id=table.need("id", str),
        profile=profile,
        title_zh=title.need("zh", str),
        title_en=title.need("en", str),
        citation=citation(table.table("citation")),
        status=table.one_of("status", STATUSES),
        since=table.need("since", date),
        until=table.may("until", date, None),
        learned=table.may("learned", date, None),
        within=_span(table.table("within")),
        starts=tuple(_start(each) for each in table.tables("start")),
        stops=tuple(_stop(each) for each in table.tables("stop")),
        pauses=tuple(_pause(each) for each in table.tables("pause")),
        voids=tuple(_void(each) for each in table.tables("void")),
        revivals=tuple(_revival(each) for each in table.tables("revive")),
        extensions=tuple(_extension(each) for each in table.tables("extend")),
        passings=tuple(_passing(each) for each in table.tables("pass")),
        not_later_than=_ceiling(table.maybe_table("not_later_than")),
        roll=table.one_of("roll", ("none", "next"), "none"),
        owed_by=table.matching("owed_by", OWED_BY, "holder"),
        shared_by=table.may("shared_by", str, None),
        severity=table.one_of("severity", ("hard", "soft"), "hard"),
        conditional=table.may("conditional", bool, False),
        at_due=table.one_of("at_due", ("breach", "lapse-met"), "breach"),
        right=table.may("right", bool, False),
        advisory=table.may("advisory", bool, False),
        binds_external=table.may("binds_external", bool, True),
        enforced=table.may("enforced", bool, True),
        why_not=table.may("why_not", str, None),
        reading=table.may("reading", str, None),
        line=line,
    )
    title.done()
    table.done()
    _sensible(limit)
    return limit


def _sensible(limit: TimeLimit) -> None:
    if limit.enforced != (limit.why_not is None):
        raise Wrong("a rule that is not enforced says why_not, and only such a rule")
    if limit.roll == "next" and limit.within.unit != "calendar day":
        raise Wrong(f"a limit in {limit.within.unit!r} does not roll")
    if limit.until is not None and limit.until <= limit.since:
        raise Wrong("until must be after since")
    if limit.learned is not None and limit.learned <= limit.since:
        raise Wrong("learned must be after since: a version known in time needs no such day")
    if limit.enforced and not limit.starts:
        raise Wrong("no event starts the clock")
    if limit.enforced and not limit.stops and not all(start.stops_itself for start in limit.starts):
        raise Wrong("no event stops the clock")


def citation(table: Table) -> Citation:
    """Where a sentence stands."""
    found = Citation(
        instrument=table.need("instrument", str),
        clause=table.need("clause", str),
        text=table.may("text", str, None),
        quote=table.texts("quote"),
        url=table.may("url", str, None),
    )
    table.done()
    if (found.text is None) != (not found.quote):
        raise Wrong("citation has text and quote, or neither")
    return found


def _span(table: Table) -> Span:
    span = Span(table.one_of("unit", UNITS), table.may("amount", int, 0), table.may("field", str, None))
    table.done()
    if (span.unit in COUNTED or span.unit == "quarter day") != (span.amount > 0):
        raise Wrong(f"an amount above 0 goes with {', '.join(COUNTED)} and quarter day, not with {span.unit!r}")
    if (span.unit == "date") != (span.field is not None):
        raise Wrong("a field goes with the unit date")
    return span


def _ceiling(table: Table | None) -> Ceiling | None:
    if table is None:
        return None
    anchors = table.topics("from")
    if not anchors:
        raise Wrong("not_later_than lacks the key 'from'")
    return Ceiling(_span(table), anchors)


def _condition(table: Table) -> Condition:
    given = table.values("given")
    for path in given:
        if not PATH.fullmatch(path):
            raise Wrong(f"{table.name}.given {path!r} is neither topic nor topic.field")
    return Condition(table.values("when"), given)


def _start(table: Table) -> Start:
    found = Start(
        on=table.topic("on"),
        condition=_condition(table),
        anchors=table.topics("from"),
        fields=table.texts("field"),
        leg=table.may("leg", bool, False),
        stops_itself=table.may("stops_itself", bool, False),
        owed_by=table.matching("owed_by", OWED_BY, None),
        about=table.may("about", str, None),
        after_due=table.may("after_due", str, None),
        done_on=table.may("done_on", str, None),
        within=None if (within := table.maybe_table("within")) is None else _span(within),
    )
    table.done()
    if found.about is None and found.after_due is not None:
        raise Wrong("after_due goes with about")
    if found.done_on is not None and not found.stops_itself:
        raise Wrong("done_on goes with stops_itself")
    return found


def _stop(table: Table) -> Stop:
    found = Stop(
        on=table.topic("on"),
        condition=_condition(table),
        same_party=table.may("same_party", bool, False),
        field=table.may("field", str, None),
        confirmed_by=table.matching("confirmed_by", TOPIC, None),
        rejected_by=table.matching("rejected_by", TOPIC, None),
        lapse=table.may("lapse", bool, False),
    )
    table.done()
    return found


def _pause(table: Table) -> Pause:
    condition = _condition(table)
    found = Pause(table.topic("begins"), table.topic("ends"), condition, table.may("match", str, None))
    table.done()
    return found


def _void(table: Table) -> Void:
    condition = _condition(table)
    found = Void(table.topic("on"), condition, table.may("other_party", bool, False))
    table.done()
    return found


def _revival(table: Table) -> Revival:
    condition = _condition(table)
    same_party, whichever = (table.may(name, bool, False) for name in ("same_party", "whichever"))
    found = Revival(table.topic("on"), table.topic("cancels"), condition, same_party, whichever)
    table.done()
    return found


def _passing(table: Table) -> Passing:
    condition = _condition(table)
    found = Passing(table.topic("on"), condition)
    table.done()
    return found


def _extension(table: Table) -> Extension:
    to = table.maybe_table("to")
    found = Extension(
        on=table.topic("on"),
        condition=_condition(table),
        to=None if to is None else _span(to),
        by=table.may("by", int, 0),
        field=table.may("field", str, None),
    )
    table.done()
    if sum((found.to is not None, found.by > 0, found.field is not None)) != 1:
        raise Wrong("extend has one of to, by, field")
    return found
