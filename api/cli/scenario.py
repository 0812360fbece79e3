"""Playing whole cases from a script (剧本演练) and comparing after every step."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import command
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.places import wired
from api.cli.telling import progress, tell
from api.cli.words import Words
from api.scenario.command import run as play
from api.scenario.files import BadScenario, read
from api.wiring import administer


@command(
    "在全新的演练账本上演练剧本并逐步比对\n\n每处不符输出步骤、应为、实为；有不符时退出码为 1。演练账本随后删除。",
    "Play a scenario on a fresh rehearsal ledger and compare after every step\n\nEach mismatch is told with its step, what was "
    "expected and what was got; exit code 1 if there is one. The ledger is dropped afterwards.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def run(file: Path) -> int:
    steps = _steps(file)
    with administer() as owner:
        owner.migrate()
        with wired() as wiring, progress(file.name, steps) as done:
            found = play(file, wiring, owner, lambda step: done(1))
    data = [{"step": each.step, "what": each.what, "expected": each.expected, "got": each.got} for each in found]
    equal = Words(f"{steps} 步全部相符", f"all {steps} steps as expected")
    lines = [f"{each['step']}  {each['what']}: expected {each['expected']!r}, got {each['got']!r}" for each in data]
    tell({"file": str(file), "steps": steps, "mismatches": data}, lines or [equal])
    return NO if found else OK


def _steps(file: Path) -> int:
    try:
        return len(read(file).steps)
    except BadScenario as error:
        raise Failed(USAGE, Words(f"文件有误：{error}", f"The file is wrong: {error}")) from error
