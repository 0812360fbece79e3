"""The bench: `python -m tests.benchmarks`; every goal of the project, measured beside its limit and its peers in one run."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tests.benchmarks import append, catch_up, over_http, overdue, read, rebuild, verify
from tests.benchmarks.machine import Family, describe
from tests.benchmarks.report import Report, as_data, as_text
from tests.benchmarks.rounds import Referee
from tests.benchmarks.world import World, world

CLIENTS = (1, 8)

Part = Callable[[World, Referee, argparse.Namespace], Report]

PARTS: dict[str, Part] = {
    "append": lambda world, referee, chosen: append.measure(world, referee, CLIENTS),
    "read": lambda world, referee, chosen: read.measure(world, referee, CLIENTS, chosen.cases),
    "catch-up": lambda world, referee, chosen: catch_up.measure(world, referee, chosen.events),
    "rebuild": lambda world, referee, chosen: rebuild.measure(world, referee, chosen.events),
    "overdue": lambda world, referee, chosen: overdue.measure(world, referee, chosen.size),
    "verify": lambda world, referee, chosen: verify.measure(world, referee, chosen.events),
    "http": lambda world, referee, chosen: over_http.measure(world, referee, chosen.json.parent),
}


def main() -> None:
    """Measure, print the table, write the JSON; of what was measured also where a part of the bench breaks off."""
    chosen = _options()
    report = Report()
    with world() as place:
        machine = describe(place.version)
        referee = Referee(chosen.rounds, chosen.seconds, place.database(), Family(os.getpid()), place.folder)
        try:
            for name in chosen.only:
                begun = time.monotonic()
                report.add(PARTS[name](place, referee, chosen))
                print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        finally:
            _tell(report, machine, chosen)


def _tell(report: Report, machine: dict[str, Any], chosen: argparse.Namespace) -> None:
    print(as_text(report, machine))
    options: dict[str, Any] = {name: value for name, value in vars(chosen).items() if name != "json"}
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_bytes(msgspec.json.format(msgspec.json.encode(as_data(report, machine, options))))
    print(f"\n{chosen.json}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of every contest (default 5)")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long one sample takes (default 1)")
    parser.add_argument(
        "--size", type=int, default=100_000, help="clocks of the lists (default 100000; a million works)"
    )
    parser.add_argument(
        "--events", type=int, default=100_000, help="events of catch-up, rebuild and verify (default 100000)"
    )
    parser.add_argument("--cases", type=int, default=200, help="cases that are read (default 200)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts only")
    parser.add_argument("--quick", action="store_true", help="tiny: does it run at all? the numbers mean nothing")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), help="where the JSON goes")
    chosen = parser.parse_args()
    if chosen.quick:
        parser.set_defaults(rounds=2, seconds=0.3, size=5_000, events=5_000, cases=20)
        chosen = parser.parse_args()
    return chosen


if __name__ == "__main__":
    main()
