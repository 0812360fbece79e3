"""The command line (命令行): one program, `anjuan`, for whoever runs a ledger or looks into one."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import FrameType

import click

from api.cli.command import Family
from api.cli.failing import answered
from api.cli.telling import use_json
from api.cli.words import Words, choose

MEMBERS = {
    "demo": "api.cli.demo:demo",
    "serve": "api.cli.serve:serve",
    "sequencer": "api.cli.sequencer:sequencer",
    "replay": "api.cli.replay:replay",
    "explain": "api.cli.explain:explain",
    "overdue": "api.cli.overdue:overdue",
    "history": "api.cli.history:history",
    "inspect": "api.cli.inspect:inspect",
    "eligibility": "api.cli.eligibility:eligibility",
    "bundle": "api.cli.bundle:bundle",
    "export": "api.cli.exporting:export",
    "accesses": "api.cli.accesses:accesses",
    "sweep": "api.cli.sweep:sweep",
    "scenario": "api.cli.families:SCENARIO",
    "calendar": "api.cli.families:CALENDAR",
    "rules": "api.cli.families:RULES",
    "inspection": "api.cli.families:INSPECTION",
    "plan": "api.cli.families:PLAN",
    "jurisdiction": "api.cli.families:JURISDICTION",
    "account": "api.cli.families:ACCOUNT",
    "people": "api.cli.families:PEOPLE",
    "token": "api.cli.families:TOKEN",
    "subject": "api.cli.families:SUBJECT",
    "events": "api.cli.families:EVENTS",
    "webhook": "api.cli.families:WEBHOOK",
    "whatif": "api.cli.whatif:whatif",
    "import": "api.cli.importing:import_",
    "rebuild": "api.cli.rebuild:rebuild",
    "verify": "api.cli.verify:verify",
    "migrate": "api.cli.db:migrate",
    "backup": "api.cli.backup:backup",
    "restore": "api.cli.backup:restore",
    "keys": "api.cli.families:KEYS",
    "db": "api.cli.families:DB",
    "anchors": "api.cli.families:ANCHORS",
    "witness": "api.cli.families:WITNESS",
    "log": "api.cli.families:LOG",
    "receipt": "api.cli.families:RECEIPT",
    "config": "api.cli.families:CONFIG",
    "docs": "api.cli.docs:docs",
}

ANJUAN = Family(
    "anjuan",
    about=Words(
        "案卷：案件现由谁办理、是否逾期、依据哪一条。",
        "Who holds the case, was it in time, and by which sentence of law.",
    ),
    members=MEMBERS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.version_option(package_name="anjuan", prog_name="anjuan")(ANJUAN)


def _end(number: int, frame: FrameType | None) -> None:
    """Leave in order, so that whatever was started is stopped."""
    raise SystemExit(128 + number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    choose(None)
    use_json(False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _end)
    raise SystemExit(answered(lambda: ANJUAN.main(arguments, "anjuan", standalone_mode=False)))
