"""What to try next (试一试): lines that work when they are pasted into a shell."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.cli.county import County
from api.cli.words import Words

PRETTY = " | python3 -m json.tool --no-ensure-ascii"


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try: what it shows, and the command line."""

    about: Words
    line: str


def requests(url: str, county: County, prefecture: County, today: date) -> Iterator[Try]:
    """Requests over HTTP."""
    curl, there = _Curl(url, county), _Curl(url, prefecture)
    number = f"TS-{today.year}-101"
    yield Try(
        Words("案件现由谁办理，进行到哪一步？", "Who holds the case, and how far has it come?"),
        curl.get("jwjc", "/api/v1/cases/XS-2025-003"),
    )
    yield Try(
        Words("2025年10月2日上午9时，什么已经逾期？", "What was overdue at 9:00 on 2 October 2025?"),
        curl.get("jwjc", "/api/v1/overdue?as_of=2025-10-02T09:00:00%2B08:00"),
    )
    yield Try(
        Words("这个截止日是怎样逐日算出来的？", "Why was the decision due on that very day?"),
        curl.get("zjj", "/api/v1/cases/TS-2025-001/clocks/NA-DEC30/explanation"),
    )
    yield Try(
        Words("联席会议交办的任务办结了吗？", "What became of the tasks that the joint meeting gave out?"),
        curl.get("zwj", "/api/v1/files/ZQ-2025-H1"),
    )
    yield Try(
        Words(
            "另一辖区：2016年7月1日，大理州谁已逾期？", "Another jurisdiction: who in Dali was overdue on 1 July 2016?"
        ),
        there.get("dl_dcs", "/api/v1/overdue?as_of=2016-07-01T09:00:00%2B08:00"),
    )
    complaint = {"number": number, "subject": "bidding", "project": "县医院门诊楼", "complainant": "乙公司"}
    answered = {"prior_objection_answered": today.isoformat()}
    yield Try(
        Words("登记一件投诉（幂等键：重复发送只登记一次）", "A complaint comes in (sent twice it is recorded once)"),
        curl.post("zjj", "/api/v1/complaint", complaint | answered, f"try-{number}"),
    )
    yield Try(
        Words("受理它，以所见版本为前提（If-Match）", "Accept it, on the version that was seen (If-Match)"),
        curl.post("zjj", f"/api/v1/complaint/{number}/accept", {}, f"try-{number}-accept", version=1),
    )


def commands(county: County, prefecture: County) -> Iterator[Try]:
    """The same questions on the command line."""
    which = f"--jurisdiction {county.jurisdiction}"
    yield Try(Words("逾期清单", "What was overdue"), f"{program()} overdue --as-of 2025-10-02 {which}")
    yield Try(Words("逐日说明", "Why this date"), f"{program()} explain TS-2025-001 NA-DEC30 {which}")
    yield Try(
        Words("两天之间有何变化", "What changed between two days"),
        f"{program()} replay JB-2024-007 --diff 2024-04-29 2024-05-08 {which}",
    )
    yield Try(Words("账目有没有被改动？", "Was anything that is recorded changed?"), f"{program()} verify {which}")
    yield Try(
        Words("大理州任务清单：2016年7月1日的逾期清单", "Dali's plan: what was overdue on 1 July 2016"),
        f"{program()} overdue --as-of 2016-07-01 --jurisdiction {prefecture.jurisdiction}",
    )


@dataclass(frozen=True, slots=True)
class _Curl:
    url: str
    county: County

    def get(self, organ: str, path: str) -> str:
        return f"curl -s {self._bearer(organ)} {shlex.quote(self.url + path)}{PRETTY}"

    def post(self, organ: str, path: str, body: Mapping[str, Any], key: str, version: int | None = None) -> str:
        seen = "" if version is None else f""" -H 'If-Match: "{version}"'"""
        sent = shlex.quote(json.dumps(body, ensure_ascii=False))
        headers = f"-H 'Content-Type: application/json' -H 'Idempotency-Key: {key}'{seen}"
        return f"curl -s {self._bearer(organ)} {headers} -d {sent} {shlex.quote(self.url + path)}{PRETTY}"

    def _bearer(self, organ: str) -> str:
        return f"-H 'Authorization: Bearer {self.county.tokens[organ]}'"


def program() -> str:
    """How this program was called, with the home folder that it was told."""
    called = Path(sys.argv[0])
    words = [sys.executable, "-m", "api"] if called.name == "__main__.py" else [str(called)]
    home = os.environ.get("ANJUAN_HOME")
    return (f"ANJUAN_HOME={shlex.quote(home)} " if home else "") + shlex.join(words)
