"""The report of a bench: what was measured, which goals were reached, as a table for people and as JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.rounds import Contest, Line


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the project: `at_least` or `at_most` a number; `measured` is what came out."""

    name: str
    measured: float
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool:
        """Whether it was."""
        if self.at_least is not None:
            return self.measured >= self.at_least
        return self.at_most is not None and self.measured <= self.at_most

    @property
    def wanted(self) -> str:
        """The goal as text."""
        return f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is no rate of a contest: how many were lost, how long a rebuild took."""

    name: str
    value: float
    unit: str


@dataclass(slots=True)
class Report:
    """What one part of the bench found."""

    contests: list[Contest] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Append what another part found."""
        self.contests += other.contests
        self.figures += other.figures
        self.goals += other.goals
        self.notes += other.notes


def as_text(report: Report, machine: dict[str, Any]) -> str:
    """The report for people."""
    return "\n".join((*_machine(machine), *_contests(report.contests), *_figures(report), *_goals(report.goals)))


def _machine(machine: dict[str, Any]) -> Iterator[str]:
    yield "; ".join(f"{name} {value}" for name, value in machine.items())


def _contests(contests: Iterable[Contest]) -> Iterator[str]:
    for contest in contests:
        low, high = min(contest.syncs, default=0), max(contest.syncs, default=0)
        rounds = len(next(iter(contest.lines.values())).samples)
        yield ""
        yield f"{contest.title}  [{contest.unit}; {rounds} rounds, {contest.dropped} dropped; fdatasync {low:.0f}-{high:.0f} us]"
        heading = (
            "contestant",
            "clients",
            "rate/s",
            "lowest-highest",
            "of limit",
            "by CPU",
            "client us",
            "app us",
            "server us",
        )
        rows = [_row(contest, line) for line in contest.lines.values()]
        yield from _table((*heading, "p50 ms", "p99 ms", "others' CPU"), rows)


def _row(contest: Contest, line: Line) -> tuple[str, ...]:
    low, high = line.range("rate")
    return (
        line.name,
        str(line.clients),
        f"{line.middle('rate'):,.0f}",
        f"{low:,.0f}-{high:,.0f}",
        f"{contest.ratio(line.name, line.clients):.2f}",
        f"{contest.by_cpu(line.name, line.clients):.2f}",
        f"{line.middle('client_us'):.0f}",
        f"{line.middle('serving_us'):.0f}",
        f"{line.middle('server_us'):.0f}",
        f"{line.middle('p50_ms'):.2f}",
        f"{line.middle('p99_ms'):.2f}",
        f"{100 * line.middle('foreign'):.0f} %",
    )


def _figures(report: Report) -> Iterator[str]:
    if report.figures:
        yield ""
        yield from _table(
            ("figure", "value", "unit"), [(each.name, _number(each.value), each.unit) for each in report.figures]
        )
    yield from ("", *report.notes) if report.notes else ()


def _goals(goals: Iterable[Goal]) -> Iterator[str]:
    rows = [
        (each.name, each.wanted, _number(each.measured), "yes" if each.reached else "NO", each.note) for each in goals
    ]
    if rows:
        yield ""
        yield from _table(("goal", "wanted", "measured", "reached", ""), rows)


def _number(value: float) -> str:
    if math.isnan(value):
        return "not measured"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in (heading, *rows)) for place in range(len(heading))]
    yield "  ".join(each.ljust(width) for each, width in zip(heading, widths, strict=True)).rstrip()
    yield "  ".join("-" * width for width in widths)
    for row in rows:
        cells = (
            each.ljust(width) if place == 0 else each.rjust(width)
            for place, (each, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def as_data(report: Report, machine: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The report for programs: every sample that counted, every figure and goal."""
    return {
        "machine": machine,
        "options": options,
        "contests": [
            {
                "title": contest.title,
                "unit": contest.unit,
                "limit": contest.limit,
                "dropped": contest.dropped,
                "fdatasync_us": contest.syncs,
                "lines": [_line(contest, line) for line in contest.lines.values()],
            }
            for contest in report.contests
        ],
        "figures": report.figures,
        "goals": [
            {"name": g.name, "wanted": g.wanted, "measured": g.measured, "reached": g.reached, "note": g.note}
            for g in report.goals
        ],
        "notes": report.notes,
    }


def _line(contest: Contest, line: Line) -> dict[str, Any]:
    what = ("rate", "client_us", "serving_us", "server_us", "p50_ms", "p99_ms", "foreign")
    return {
        "name": line.name,
        "clients": line.clients,
        "ratio": contest.ratio(line.name, line.clients),
        "ratio_by_cpu": contest.by_cpu(line.name, line.clients),
        "ratio_range": contest.ratios(line.name, line.clients),
        "median": {name: line.middle(name) for name in what},
        "samples": line.samples,
    }
