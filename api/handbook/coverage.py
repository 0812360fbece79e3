"""The page of coverage: every mechanism and duty of the five documents, what serves it here, and the test that proves it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from api.handbook.markdown import anchor, code, table
from api.handbook.markdown import page as whole_page
from domain.law.rulebook import Rulebook

INTRODUCTION = """\
The five documents describe some fifty mechanisms and duties, and lists of tasks. Each stands here once, with the steps by which it
is done in Anjuan, the time limits it has, where it is read, and the tests that prove it; or with the reason why software has
nothing to do there. A row that loses a step, a rule or a test fails the build.

XE 宣公管委〔2020〕5号 · NB 甬资交管委办〔2017〕2号 · DL 大理州府办 2016-05-10 · HZ 杭政办函〔2016〕129号 · ZZ 漳州方案"""

NOT_ENFORCED = """\
These limits stand in the rulebook and can be cited, but no case type records their facts; the reason stands beside each."""


@dataclass(frozen=True, slots=True)
class Row:
    """One mechanism: its number, both names, where it stands, and what serves it (`nothing`: why nothing does)."""

    no: str
    zh: str
    en: str
    source: str
    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    nothing: str | None = None


def shipped_rows() -> tuple[Row, ...]:
    """The rows that come with the package."""
    text = files("api.handbook").joinpath("coverage.toml").read_text(encoding="utf-8")
    return tuple(_row(each) for each in tomllib.loads(text)["row"])


def _row(told: Mapping[str, Any]) -> Row:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(told.get(key, ()))

    return Row(
        told["no"], told["zh"], told["en"], told["source"], listed("steps"), listed("rules"), listed("reads"),
        listed("commands"), listed("tests"), told.get("nothing"),
    )  # fmt: skip


def page(rows: Iterable[Row], rulebook: Rulebook) -> str:
    """The page of all mechanisms."""
    return whole_page(
        "Coverage 机制覆盖",
        INTRODUCTION,
        table(("No", "Mechanism", "Source", "Served by", "Limits", "Proved by"), map(_cells, rows)),
        "## Limits that are not enforced",
        NOT_ENFORCED,
        table(("Limit", "时限", "Why"), _not_enforced(rulebook)),
    )


def _cells(row: Row) -> tuple[str, ...]:
    served = "; ".join(_served(row)) if row.nothing is None else f"*Nothing to do for software:* {row.nothing}"
    tests = ", ".join(f"`{test.rpartition('::')[2]}`" for test in row.tests)
    return row.no, f"{row.en} {row.zh}", row.source, served, code(row.rules), tests


def _served(row: Row) -> Iterator[str]:
    if row.steps:
        yield ", ".join(f"[{step}](steps.md{anchor(step)})" for step in row.steps)
    if row.reads:
        yield code(f"GET /api/v1/{read}" for read in row.reads)
    if row.commands:
        yield code(f"anjuan {command}" for command in row.commands)


def _not_enforced(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    for limit in rulebook.limits:
        if not limit.enforced:
            yield f"`{limit.id}`", limit.title_zh, " ".join((limit.why_not or "").split())
